import { hash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import type { Events } from '../events.ts'
import { hashOf } from '../ids.ts'
import { fromBase64url } from '../sealing/index.ts'
import type { OneTimeStore, SessionStore } from '../storage/index.ts'
import type { CodeGrant, CodeGrants } from './grant.ts'

export interface Redemption {
  code: string
  clientId: string
  /** Compared when the request brings it. */
  redirectUri?: string
  /** Well-formed: 43 to 128 characters. */
  codeVerifier: string
  /** Of the DPoP proof that came along. */
  jkt?: string
  /** Whether the browser that sent it shows the cookie of a journey. */
  holdsCookieOf: (journeyId: string) => boolean
  requestId: string
}

export interface RedeemDeps {
  clock: Clock
  oneTime: OneTimeStore
  sessions: SessionStore
  events: Events
  /** Gives up what a connect has put into quarantine. */
  discard: (quarantineId: string) => Promise<void>
}

const invalidGrant = (detail: string) =>
  new ApiError('invalid_grant', {
    status: 400,
    description: 'The code is not valid here, or not any more.',
    detail,
  })

/**
 * Burns a code and hands out what it stands for. One statement takes it; whatever is wrong with the attempt after that,
 * the code is gone, and the tokens that a connect has put into quarantine are given up.
 * @throws ApiError `invalid_grant`, `wrong_browser`; StorageError
 */
export async function redeem<Kind extends keyof CodeGrants>(
  kind: Kind,
  redemption: Redemption,
  deps: RedeemDeps,
): Promise<{ grant: CodeGrants[Kind]; codeKey: string }> {
  const { code } = redemption
  // Never issued in this form: not worth asking for.
  if (fromBase64url(code)?.length !== 32) throw invalidGrant('not a code')
  const codeKey = hashOf(code)
  const now = deps.clock.now()
  const taken = await deps.oneTime.consumeOnce({ kind: 'code', key: codeKey }, now)
  if (taken.outcome === 'absent') throw invalidGrant('unknown or expired code')
  if (taken.outcome === 'replayed') {
    // RFC 6749 section 4.1.2. A replay without the key of a bound session proves no theft, and ending that session
    // would hand a sign-out button to whoever finds a used code: the store spares bound ones.
    const ended = await deps.sessions.revokeByCode(codeKey, now, 'code_replayed')
    const { userId: subject, clientId: client_id } = grantIn(taken.value)
    for (const session_id of ended) {
      const data = { session_id, client_id, reason: 'code_replayed' }
      deps.events.emit('session.revoked', { requestId: redemption.requestId, subject, data })
    }
    throw invalidGrant('used code')
  }
  const grant = grantIn(taken.value)
  const wrong = mismatch(grant, redemption)
  if (!isOfKind(grant, kind) || wrong !== undefined) {
    await giveUp(grant, 'invalid_grant', redemption.requestId, deps)
    throw invalidGrant(wrong ?? `a code for ${grant.kind}`)
  }
  if (grant.cookieId !== undefined && !redemption.holdsCookieOf(grant.cookieId)) {
    await giveUp(grant, 'wrong_browser', redemption.requestId, deps)
    tellWrongBrowser(grant, redemption.requestId, deps.events)
    throw wrongBrowser()
  }
  return { grant, codeKey }
}

/** Nobody fetches the tokens of a connect whose code is burned. */
async function giveUp(
  grant: CodeGrant,
  reason: 'invalid_grant' | 'wrong_browser',
  requestId: string,
  { discard, events }: RedeemDeps,
): Promise<void> {
  if (grant.kind !== 'connect') return
  const { provider, userId: subject } = grant
  events.emit('connection.refused', { requestId, subject, data: { provider, reason } })
  await discard(grant.quarantineId)
}

/** Whoever has code, verifier and key but not the browser is no client that made a mistake: somebody should hear of it. */
function tellWrongBrowser(grant: CodeGrant, requestId: string, events: Events): void {
  const { userId: subject, clientId: client_id } = grant
  if (grant.kind === 'link') {
    const data = { provider: grant.identity.provider, reason: 'wrong_browser' }
    events.emit('identity.refused', { requestId, subject, data })
  } else if (grant.kind === 'sign_in') {
    const data = { provider: grant.provider, client_id, error: 'wrong_browser' }
    events.emit('sign_in.failed', { requestId, subject, data })
  }
}

const wrongBrowser = () =>
  new ApiError('wrong_browser', {
    status: 403,
    description: 'The code was not issued to this browser, or the request came without its cookies.',
    detail: 'a code without the cookie of its journey',
  })

/** Written by `finish`, stored under the hash of 256 random bits. */
const grantIn = (value: string): CodeGrant => JSON.parse(value)

const isOfKind = <Kind extends keyof CodeGrants>(grant: CodeGrant, kind: Kind): grant is CodeGrants[Kind] =>
  grant.kind === kind

function mismatch(grant: CodeGrant, redemption: Redemption): string | undefined {
  if (grant.clientId !== redemption.clientId) return 'another client'
  if (redemption.redirectUri !== undefined && redemption.redirectUri !== grant.redirectUri)
    return 'another redirect_uri'
  if (grant.dpopJkt !== undefined && grant.dpopJkt !== redemption.jkt) return 'another DPoP key'
  const challenge = hash('sha256', redemption.codeVerifier, 'buffer')
  if (!timingSafeEqual(challenge, Buffer.from(grant.codeChallenge, 'base64url'))) return 'wrong code_verifier'
  return
}
