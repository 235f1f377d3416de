import type { Clock } from '../clock.ts'
import type { ClientConfig, Config } from '../config/types.ts'
import { ApiError } from '../errors.ts'
import type { Events } from '../events.ts'
import { newId } from '../ids.ts'
import { type Session, type SessionStore, StorageError, type User, type UserStore } from '../storage/index.ts'
import { endSession } from './endings.ts'
import type { IdTokenHint } from './id-token-hint.ts'
import { judgeRefresh, whyOver } from './judge-refresh.ts'
import type { RefreshTokens } from './refresh-token.ts'
import type { TokenMint, TokenResponse } from './tokens.ts'

/** What the journey proved; the part of its grant that a session keeps. */
export interface SessionGrant {
  userId: string
  identityId: string
  provider: string
  scope: string
  /** Empty means all of the client's. */
  resources: string[]
  nonce?: string
  authTime: number
  amr?: string[]
  acr?: string
  upstreamSid?: string
  sealedIdToken?: string
}

export interface Sessions {
  /**
   * Starts the session that a code stands for. Its id and everything in it is made here: nothing from before the
   * redemption becomes a session (session fixation).
   * @throws ApiError `invalid_grant`, `invalid_target`
   */
  start(
    grant: SessionGrant,
    request: {
      codeKey: string
      client: ClientConfig
      jkt?: string
      device?: string
      resources: string[]
      requestId: string
    },
  ): Promise<TokenResponse>
  /**
   * Moves a session on by one generation, or answers a lost response with the same one again.
   * @throws ApiError `invalid_grant`, `invalid_scope`, `invalid_target`
   */
  refresh(
    refreshToken: string,
    request: { client: ClientConfig; jkt?: string; scope?: string; resources: string[]; requestId: string },
  ): Promise<TokenResponse>
  /** Ends the session that a refresh token of this client stands for. Silent about everything else (RFC 7009). */
  end(refreshToken: string, request: { client: ClientConfig; requestId: string }): Promise<void>
  /**
   * Ends the session that an ID token names: as it was, or undefined when there is none such any more. Of several callers
   * at once one gets it.
   */
  endHinted(hint: IdTokenHint, requestId: string): Promise<Session | undefined>
}

const invalidGrant = (detail: string) =>
  new ApiError('invalid_grant', {
    status: 400,
    description: 'The session has ended or the token is not valid here.',
    detail,
  })

export function createSessions(deps: {
  sessions: Pick<SessionStore, 'create' | 'find' | 'rotate' | 'revoke'>
  users: Pick<UserStore, 'find'>
  refreshTokens: RefreshTokens
  mint: TokenMint
  clock: Clock
  config: {
    tokens: Pick<Config['tokens'], 'sessionIdleSeconds' | 'sessionAbsoluteSeconds' | 'refreshGraceSeconds'>
  }
  events: Events
}): Sessions {
  const { sessions, users, refreshTokens, mint, clock, events } = deps
  const { sessionIdleSeconds, sessionAbsoluteSeconds, refreshGraceSeconds } = deps.config.tokens

  async function liveUser(userId: string): Promise<User> {
    const user = await users.find(userId)
    if (user === undefined || user.disabledAt !== undefined)
      throw invalidGrant('the user is gone or disabled')
    return user
  }

  /**
   * The session of a refresh token that is good for a successor, judged once, as it arrives: what racers do to the session
   * while the answer is being made is not held against it.
   */
  async function admit(
    presented: { sessionId: string; counter: number },
    { client, jkt, requestId }: { client: ClientConfig; jkt: string | undefined; requestId: string },
  ): Promise<Session> {
    const now = clock.now()
    const session = await found(presented.sessionId)
    const verdict = judgeRefresh({
      session,
      presented: presented.counter,
      clientId: client.id,
      jkt,
      now,
      graceMs: refreshGraceSeconds * 1000,
    })
    if (verdict.kind === 'good') return session
    if (verdict.kind === 'refuse') throw invalidGrant(verdict.reason)
    if (await sessions.revoke(session.id, now, 'refresh_token_reused')) {
      const data = { session_id: session.id, client_id: client.id }
      events.emit('session.reuse_detected', { requestId, subject: session.userId, data })
    }
    throw invalidGrant('an old refresh token was used again')
  }

  async function found(sessionId: string): Promise<Session> {
    const session = await sessions.find(sessionId)
    if (session === undefined) throw invalidGrant('unknown session')
    return session
  }

  async function alive(sessionId: string): Promise<Session> {
    const session = await found(sessionId)
    const over = whyOver(session, clock.now())
    if (over !== undefined) throw invalidGrant(over)
    return session
  }

  const signOut = (session: Session, requestId: string) =>
    endSession(session, { reason: 'signed_out', requestId }, { sessions, clock, events })

  return {
    async start(grant, { codeKey, client, jkt, device, resources, requestId }) {
      const user = await liveUser(grant.userId)
      const { nonce, ...kept } = grant
      const granted = grant.resources.length > 0 ? grant.resources : client.resources
      const narrowed = narrowResources(resources, granted)
      const mintFor = await mint.prepare(user, client)
      const now = clock.now()
      const absoluteExpiresAt = now + sessionAbsoluteSeconds * 1000
      const session: Session = {
        ...kept,
        id: newId('ses'),
        clientId: client.id,
        counter: 0,
        createdAt: now,
        rotatedAt: now,
        idleExpiresAt: Math.min(now + sessionIdleSeconds * 1000, absoluteExpiresAt),
        absoluteExpiresAt,
        resources: granted,
        ...(jkt === undefined ? {} : { dpopJkt: jkt }),
        ...(device === undefined ? {} : { device }),
      }
      const created = await sessions.create(session, codeKey).catch((error: unknown) => {
        // The user was erased between the two statements.
        throw error instanceof StorageError && error.code === 'constraint'
          ? invalidGrant('the user is gone')
          : error
      })
      if (created === 'user_disabled') throw invalidGrant('the user was disabled')
      // `code_replayed`: the one rightful redemption is answered, and its session is over already. Whoever replayed the
      // code a moment later instead would have had the same.
      const data = { client_id: client.id, provider: session.provider, session_id: session.id }
      events.emit('session.created', { requestId, subject: user.id, data })
      return mintFor(session, {
        scope: session.scope,
        resources: narrowed,
        counter: 0,
        ...(nonce === undefined ? {} : { nonce }),
      })
    },

    async refresh(refreshToken, { client, jkt, scope, resources, requestId }) {
      const presented = refreshTokens.read(refreshToken)
      if (presented === undefined) throw invalidGrant('not a refresh token of ours')

      const session = await admit(presented, { client, jkt, requestId })
      const narrowed = {
        scope: narrowScope(scope, session.scope),
        resources: narrowResources(resources, session.resources),
        counter: presented.counter + 1,
      }
      const user = await liveUser(session.userId)
      const mintFor = await mint.prepare(user, client)
      const now = clock.now()
      const idleExpiresAt = Math.min(now + sessionIdleSeconds * 1000, session.absoluteExpiresAt)
      const moved = await sessions.rotate(session.id, { to: narrowed.counter, now, idleExpiresAt })
      // Not moved: a racer was first, or this is a lost answer's second try, and the successor is there already. Or the
      // session ended while the user was read and the owner's hook asked: then nothing is issued any more.
      return mintFor(moved ? { ...session, idleExpiresAt } : await alive(session.id), narrowed)
    },

    async end(refreshToken, { client, requestId }) {
      const presented = refreshTokens.read(refreshToken)
      const session = presented && (await sessions.find(presented.sessionId))
      if (session?.clientId === client.id) await signOut(session, requestId)
    },

    async endHinted({ sessionId, userId, clientId }, requestId) {
      const session = await sessions.find(sessionId)
      if (session?.clientId !== clientId || session.userId !== userId) return
      return (await signOut(session, requestId)) ? session : undefined
    },
  }
}

/** Narrows, never widens (RFC 6749 section 6). */
function narrowScope(asked: string | undefined, granted: string): string {
  if (asked === undefined) return granted
  const allowed = granted.split(' ')
  const tokens = [...new Set(asked.split(' ').filter((token) => token !== ''))]
  if (!tokens.every((token) => allowed.includes(token))) {
    throw new ApiError('invalid_scope', { status: 400, description: 'A scope goes beyond what was granted.' })
  }
  return tokens.join(' ')
}

/** RFC 8707 section 2.2: from the grant, never from the request alone. */
function narrowResources(asked: string[], granted: string[]): string[] {
  if (asked.length === 0) return granted
  if (!asked.every((resource) => granted.includes(resource))) {
    throw new ApiError('invalid_target', {
      status: 400,
      description: 'A resource goes beyond what was granted.',
    })
  }
  return [...new Set(asked)]
}
