import type { Logger } from '../logging.ts'
import type { Tokens } from '../upstream/index.ts'
import type { Ends } from './connecting.ts'
import type { HeldTokens } from './contents.ts'
import { accessEnd, hardEndOfGrant } from './lifetime.ts'
import type { Renewer } from './renewal-attempt.ts'
import { nextSweepAt } from './sweep-plan.ts'

/** A grant that was just given, as its provider answered. */
export interface Granted extends Pick<Tokens, 'expiresIn' | 'refreshExpiresIn'> {
  provider: string
  subject: string
  /** Milliseconds since the epoch. */
  obtainedAt: number
}

/**
 * Learns how a new connection's tokens end. The provider's introspection is asked where nothing else tells; should that
 * fail, the same is assumed as if there were none.
 */
export function createEndsOf(deps: {
  upstreams: ReadonlyMap<string, Renewer>
  logger: Logger
}): (grant: Granted, held: Pick<HeldTokens, 'accessToken' | 'refreshToken'>) => Promise<Ends> {
  const { upstreams, logger } = deps

  return async (grant, held) => {
    const { provider, subject, obtainedAt, expiresIn } = grant
    const upstream = upstreams.get(provider)
    const rules = upstream?.refreshRules ?? { narrowsScopes: false }
    const renewable = held.refreshToken !== undefined
    const tokens = { accessToken: held.accessToken, ...(expiresIn === undefined ? {} : { expiresIn }) }
    let { expiresAt, by } = accessEnd({ tokens, obtainedAt, renewable, rules })
    if (upstream !== undefined && by !== 'expires_in' && by !== 'jwt') {
      const introspected = await told(upstream, held.accessToken, provider)
      const about = { tokens, obtainedAt, renewable, rules }
      if (introspected !== undefined) ({ expiresAt, by } = accessEnd({ ...about, introspected }))
    }
    const hardEndsAt = hardEndOfGrant(grant, obtainedAt, rules)
    const ends = {
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(hardEndsAt === undefined ? {} : { hardEndsAt }),
    }
    const sweepAt = nextSweepAt({ id: subject, renewable, obtainedAt, ...ends }, rules, obtainedAt)
    return { ...ends, ...(sweepAt === undefined ? {} : { sweepAt }) }
  }

  async function told(upstream: Renewer, accessToken: string, provider: string): Promise<number | undefined> {
    try {
      return (await upstream.introspect(accessToken))?.expiresAt
    } catch (error) {
      logger.info({ error, provider }, 'introspection at a provider taught nothing')
      return
    }
  }
}
