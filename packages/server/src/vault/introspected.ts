import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import type { VaultContents } from './contents.ts'
import { accessEnd } from './lifetime.ts'
import type { Renewer } from './renewal-attempt.ts'
import type { Settlement } from './settlement.ts'

/**
 * Learns from the provider's introspection (RFC 7662) how long an access token lives that came without a word about it.
 * Asked once the token is written: nothing may come between the answer that brought it and its write. Never rejects.
 */
export function createIntrospected(deps: {
  connections: Pick<ConnectionStore, 'find' | 'lease'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Renewer>
  settle: Settlement
  clock: Clock
  logger: Logger
  leaseMs: number
}): (renewed: Pick<Connection, 'id' | 'provider'>) => Promise<void> {
  const { connections, contents, upstreams, settle, clock, logger, leaseMs } = deps

  async function learn(id: string, upstream: Renewer): Promise<void> {
    const row = await connections.find(id)
    if (row === undefined || row.needsReconnect !== undefined) return
    const tokens = await contents.open(row)
    const told = await upstream.introspect(tokens.accessToken)
    if (told?.active !== true || told.expiresAt === undefined) return
    const { expiresAt, by } = accessEnd({
      tokens,
      obtainedAt: row.obtainedAt,
      renewable: row.renewable,
      rules: upstream.refreshRules,
      introspected: told.expiresAt,
    })
    if (by !== 'introspection' || expiresAt === undefined || expiresAt === row.expiresAt) return
    const now = clock.now()
    const leased = await connections.lease(id, { version: row.version, now, until: now + leaseMs })
    if (leased === undefined) return
    const { startedAt, failures } = leased.renewal
    if (leased.expiresAt !== row.expiresAt || startedAt !== undefined || failures > 0) {
      // A service has said meanwhile that the token is over, or a renewal has failed: that must not be forgotten.
      await settle(leased, () => ({ kind: 'released' }))
      return
    }
    const { renewable, obtainedAt, grantedScopes, hardEndsAt, sweepAt } = leased
    await settle(leased, (from) => ({
      ...{ kind: 'renewed', from, renewable, obtainedAt, grantedScopes, expiresAt },
      ...(hardEndsAt === undefined ? {} : { hardEndsAt }),
      ...(sweepAt === undefined ? {} : { sweepAt }),
      ...contents.seal({ ...leased, version: from + 1 }, tokens),
    }))
  }

  return async ({ id, provider }) => {
    const upstream = upstreams.get(provider)
    if (upstream === undefined) return
    try {
      await learn(id, upstream)
    } catch (error) {
      logger.info({ error, connection_id: id, provider }, 'introspection at a provider taught nothing')
    }
  }
}
