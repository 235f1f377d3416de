import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import type { Events } from '../events.ts'
import { newId } from '../ids.ts'
import type { Logger } from '../logging.ts'
import {
  type Connection,
  type ConnectionContent,
  type ConnectionStore,
  type QuarantineStore,
  StorageError,
} from '../storage/index.ts'
import { type Tokens, type Upstream, UpstreamError } from '../upstream/index.ts'
import type { VaultContents } from './contents.ts'
import { type ConnectDecision, decideConnect } from './decide-connect.ts'
import type { By } from './removals.ts'
import { grantedScopes } from './scopes.ts'

export interface Account {
  userId: string
  provider: string
  subject: string
}

/** What a code for `/account/connections` stands for, as far as the vault is concerned. */
export interface Connectable extends Account {
  quarantineId: string
  label?: string
  requestedScopes: string[]
  /** Space separated. Absent: all that was requested. */
  grantedScope?: string
  /** Milliseconds. */
  obtainedAt: number
  /** Seconds. */
  expiresIn?: number
  /** Seconds. */
  refreshExpiresIn?: number
  /** The connection to make anew. */
  connectionId?: string
}

/** From the provider's answer to a connection. */
export interface Connecting {
  /**
   * Keeps tokens where nobody can use them, until their code has run out and a little longer; the name of the place.
   * @throws StorageError; the tokens are given back to the provider then
   */
  quarantine(account: Account, tokens: Tokens): Promise<string>
  /**
   * Makes the connection, or makes anew that of the same account. Whoever calls has made sure that the user who began is
   * the one who finishes. Whatever is refused here is given up.
   * @throws ApiError `account_mismatch`, `invalid_grant`; StorageError
   */
  finishConnect(
    grant: Connectable,
    by: By,
  ): Promise<{ connection: Connection; outcome: 'connected' | 'updated' }>
  /** Gives up what is in quarantine: nobody can adopt it any more, and the provider is asked to revoke it. Never throws. */
  discard(quarantineId: string): Promise<void>
}

/** Milliseconds from the end of a code until its tokens are given back: whoever redeems in the last moment is served. */
const graceMs = 30_000

export function createConnecting(deps: {
  connections: ConnectionStore
  quarantine: QuarantineStore
  contents: VaultContents
  upstreams: ReadonlyMap<string, Upstream>
  /** What is known of how these tokens end. */
  endsOf: (grant: Connectable, tokens: { accessToken: string; refreshToken?: string }) => Promise<Ends>
  codeSeconds: number
  clock: Clock
  events: Events
  logger: Logger
}): Connecting {
  const { connections, quarantine, contents, upstreams, clock, events, logger } = deps

  async function discard(quarantineId: string): Promise<void> {
    // Not merely due: a claim also tells it from what was never finished.
    await quarantine.claim(quarantineId, clock.now()).catch((error: unknown) => {
      logger.warn({ error, quarantine_id: quarantineId }, 'giving up tokens failed; they are soon due anyway')
    })
  }

  /** They could not be kept. Not where it could end a connection that lives. */
  async function giveBack({ provider }: Account, tokens: Tokens): Promise<void> {
    const upstream = upstreams.get(provider)
    if (upstream === undefined || upstream.revocationEndsAccount) return
    await upstream.revoke(tokens).catch((error: unknown) => {
      const reason = error instanceof UpstreamError ? error.reason : 'unexpected'
      logger.warn({ provider, reason }, 'tokens that could not be kept were not revoked')
    })
  }

  async function refuse(
    { quarantineId, provider, userId: subject }: Connectable,
    { requestId, actor }: By,
    reason: string,
    error: ApiError,
  ): Promise<never> {
    events.emit('connection.refused', { requestId, actor, subject, data: { provider, reason } })
    await discard(quarantineId)
    throw error
  }

  return {
    async quarantine(account, tokens) {
      const { userId, provider, subject } = account
      const place = { id: newId('qtn'), userId, provider }
      const dueAt = clock.now() + deps.codeSeconds * 1000 + graceMs
      const entry = { ...place, subject, ...contents.seal(place, tokens), dueAt, attempts: 0 }
      try {
        await quarantine.put(entry)
      } catch (error) {
        if (error instanceof StorageError) await giveBack(account, tokens)
        throw error
      }
      return place.id
    },

    async finishConnect(grant, by) {
      const { quarantineId, userId, provider, subject } = grant
      const entry = await quarantine.find(quarantineId)
      if (entry === undefined) throw over('the tokens are not in quarantine any more')
      const tokens = await contents.open({ id: entry.id, userId, provider, sealed: entry.sealed })
      const ends = await deps.endsOf(grant, tokens)
      const content = (place: { id: string; version: number }): ConnectionContent => ({
        ...(grant.label === undefined ? {} : { label: grant.label }),
        requestedScopes: grant.requestedScopes,
        grantedScopes: grantedScopes(grant.grantedScope, grant.requestedScopes),
        ...contents.seal({ ...place, userId, provider }, { ...tokens, grant: quarantineId }),
        renewable: tokens.refreshToken !== undefined,
        obtainedAt: grant.obtainedAt,
        ...ends,
      })

      // Each lost race is followed by a look at what the winner left.
      for (;;) {
        const decision = await decide(grant)
        if (decision.kind === 'refuse') {
          return refuse(
            grant,
            by,
            decision.reason,
            decision.reason === 'gone' ? over('removed meanwhile') : mismatch(),
          )
        }
        const id = decision.kind === 'reconnect' ? decision.id : newId('con')
        const outcome =
          decision.kind === 'reconnect'
            ? await connections.reconnect(
                quarantineId,
                clock.now(),
                id,
                decision.from,
                content({ id, version: decision.from + 1 }),
              )
            : await connections.connect(quarantineId, clock.now(), {
                ...{ id, userId, provider, subject, connectedAt: clock.now() },
                ...content({ id, version: 1 }),
              })
        if (outcome === 'conflict') continue
        if (outcome === 'gone') throw over('the tokens are not in quarantine any more')
        if (outcome === 'refused')
          return refuse(grant, by, 'user_disabled', over('the user is disabled or erased'))
        return made(id, decision, grant, by)
      }
    },

    discard,
  }

  async function decide(grant: Connectable): Promise<ConnectDecision> {
    const { userId, provider, subject, connectionId } = grant
    const named = connectionId === undefined ? undefined : await connections.find(connectionId)
    const same =
      connectionId === undefined ? await connections.findAccount(userId, provider, subject) : undefined
    return decideConnect(grant, { ...(named && { named }), ...(same && { same }) })
  }

  async function made(
    id: string,
    { kind }: ConnectDecision,
    { userId: subject, provider }: Connectable,
    by: By,
  ) {
    const connection = await connections.find(id)
    // Disconnected in the same moment, in another tab.
    if (connection === undefined) throw over('removed meanwhile')
    const data = { connection_id: id, provider, scopes: connection.grantedScopes }
    events.emit(kind === 'connect' ? 'connection.created' : 'connection.updated', { ...by, subject, data })
    return { connection, outcome: kind === 'connect' ? ('connected' as const) : ('updated' as const) }
  }
}

/** What is known of how tokens end; milliseconds. */
export type Ends = Pick<ConnectionContent, 'expiresAt' | 'hardEndsAt' | 'sweepAt'>

const over = (detail: string) =>
  new ApiError('invalid_grant', {
    status: 400,
    description: 'The code is not valid here, or not any more.',
    detail,
  })

const mismatch = () =>
  new ApiError('account_mismatch', {
    status: 409,
    description:
      'This is another account than the connected one. Connect it on its own, or choose the other account.',
  })
