import { randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ServiceConfig } from '../config/types.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import type { ProviderData, Upstream } from '../upstream/index.ts'
import type { MarkBroken } from './broken.ts'
import type { VaultContents } from './contents.ts'
import { decideHandOut } from './hand-out-decision.ts'
import type { Narrowing } from './narrowing.ts'
import { type NoteServed, wordFor } from './note.ts'
import { allowanceOf } from './policy.ts'
import { needsReconnect, noConnection, notYours, signsOnly, unavailable } from './refusals.ts'
import type { Renewals } from './renewals.ts'

/** The service that asks, and under which request it is logged. */
export interface ByService {
  service: ServiceConfig
  requestId: string
  /** With a user's own access token, of this session. */
  sessionId?: string
  /** It does not get the token: this host is called with it. */
  proxyHost?: string
  /** Nor here: it gets the signature of a request to this host. */
  signHost?: string
}

/** A provider's access token on its way to a service. */
export interface HandedToken {
  connection: Connection
  accessToken: string
  tokenType: string
  /** For a signature, in this room alone: never there unless a host is named that the request goes to. */
  tokenSecret?: string
  /** Milliseconds since the epoch. */
  expiresAt?: number
  scopes: string[]
  /** What the provider said beside it: which shop, which company, which host. Absent when there is nothing. */
  providerData?: ProviderData
}

export type HandOut = (connectionId: string, by: ByService) => Promise<HandedToken>

/** Of a caller for a renewal that somebody else does. */
const patienceMs = 20_000
/** `lastUsedAt` is noted at most this often. */
const noteEveryMs = 60_000

/**
 * Gives a service a connection's access token, renewed before where it has to be, and tells of it. The function it gives
 * throws ApiError `not_found`, `access_denied`, `needs_reconnect`, `temporarily_unavailable`, `unsupported_token_type`;
 * StorageError, VaultError.
 */
export function createHandOut(deps: {
  connections: Pick<ConnectionStore, 'find' | 'noteUsed'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Pick<Upstream, 'refreshRules'>>
  renewals: Renewals
  narrowing: Narrowing
  markBroken: MarkBroken
  clock: Clock
  events: Events
  logger: Logger
  note: NoteServed
}): HandOut {
  const { connections, contents, upstreams, renewals, narrowing, markBroken, clock, events, logger, note } =
    deps

  return async (connectionId, by) => {
    const found = await connections.find(connectionId)
    if (found === undefined) throw noConnection()
    const { provider } = found
    try {
      const token = await handOut(found, by)
      note('hand_out', provider, 'ok')
      return token
    } catch (error) {
      note('hand_out', provider, wordFor(error))
      throw error
    }
  }

  async function handOut(first: Connection, by: ByService): Promise<HandedToken> {
    const until = clock.now() + patienceMs
    let row = first
    for (let tried = false; ; tried = true) {
      const allowed = allowanceOf(by.service, row, upstreams.get(row.provider)?.refreshRules)
      if (allowed.kind === 'none') throw notYours()
      if (allowed.kind === 'some') {
        const narrowed = await narrowing.token(row, allowed.scopes, by)
        return handed(row, by, { ...narrowed, ...dataOf(await contents.open(row)) })
      }
      // Whatever the provider says of its life, a token that was just obtained is the best there is.
      if (row.obtainedAt !== first.obtainedAt && row.needsReconnect === undefined) return give(row, by)
      const now = clock.now()
      const decision = decideHandOut(row, now, { tried })
      switch (decision.kind) {
        case 'give':
          if (decision.renewBehind) renewBehind(row, by)
          return give(row, by)
        case 'needs_reconnect':
          if (decision.mark) await markBroken(row, decision.reason, by)
          throw needsReconnect(decision.reason)
        case 'wait':
          throw unavailable(decision.failure, decision.retryAt - now)
        case 'renew': {
          if (tried && now >= until) throw unavailable('busy', randomInt(1, 5) * 1000)
          const renewed = await renewals.renew(row, by)
          if (renewed === undefined) throw noConnection()
          row = renewed
        }
      }
    }
  }

  async function give(connection: Connection, by: ByService): Promise<HandedToken> {
    const { grantedScopes: scopes, expiresAt } = connection
    const held = await contents.open(connection)
    const { accessToken, tokenType, tokenSecret } = held
    if (tokenSecret !== undefined && by.proxyHost === undefined && by.signHost === undefined)
      throw signsOnly()
    return handed(connection, by, {
      ...{ accessToken, tokenType, scopes },
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(tokenSecret === undefined ? {} : { tokenSecret }),
      ...dataOf(held),
    })
  }

  function handed(
    connection: Connection,
    { service, requestId, sessionId, proxyHost, signHost }: ByService,
    token: Omit<HandedToken, 'connection'>,
  ): HandedToken {
    const { id, userId, provider } = connection
    noteUsed(connection)
    events.emit('connection.handed_out', {
      ...{ requestId, actor: service.id, subject: userId },
      data: {
        ...{ connection_id: id, provider, service: service.id, scopes: token.scopes },
        ...(sessionId === undefined ? {} : { session_id: sessionId }),
        ...(proxyHost === undefined ? {} : { proxy_host: proxyHost }),
        ...(signHost === undefined ? {} : { sign_host: signHost }),
      },
    })
    const { accessToken, tokenType, tokenSecret, scopes, expiresAt } = token
    return {
      ...{ connection, accessToken, tokenType, scopes },
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(tokenSecret === undefined ? {} : { tokenSecret }),
      ...dataOf(token),
    }
  }

  function renewBehind(row: Connection, by: ByService): void {
    renewals.renew(row, by).catch((error: unknown) => {
      logger.warn({ error, connection_id: row.id }, 'renewing behind a hand-out failed')
    })
  }

  function noteUsed({ id, lastUsedAt = 0 }: Connection): void {
    const now = clock.now()
    const unlessAfter = now - noteEveryMs
    if (lastUsedAt > unlessAfter) return
    connections.noteUsed(id, now, unlessAfter).catch((error: unknown) => {
      logger.warn({ error, connection_id: id }, 'the use of a connection was not noted')
    })
  }
}

const dataOf = ({ providerData }: { providerData?: ProviderData | undefined }) =>
  providerData === undefined ? {} : { providerData }
