import { hash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import { fromBase64url } from '../sealing/index.ts'
import type { OneTimeStore, SessionStore } from '../storage/index.ts'
import type { CodeGrant } from './grant.ts'

export interface Redemption {
  code: string
  clientId: string
  /** Compared when the request brings it. */
  redirectUri?: string
  /** Well-formed: 43 to 128 characters. */
  codeVerifier: string
  /** Of the DPoP proof that came along. */
  jkt?: string
}

const invalidGrant = (detail: string) =>
  new ApiError('invalid_grant', {
    status: 400,
    description: 'The code is not valid here, or not any more.',
    detail,
  })

/**
 * Burns a code and hands out what it stands for. One statement takes it; whatever is wrong with the attempt after that,
 * the code is gone.
 * @throws ApiError `invalid_grant`; StorageError
 */
export async function redeem<Kind extends CodeGrant['kind']>(
  kind: Kind,
  redemption: Redemption,
  deps: { clock: Clock; oneTime: OneTimeStore; sessions: SessionStore },
): Promise<{ grant: Extract<CodeGrant, { kind: Kind }>; codeKey: string }> {
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
    await deps.sessions.revokeByCode(codeKey, now, 'code_replayed')
    throw invalidGrant('used code')
  }
  // Written by `finish`, stored under the hash of 256 random bits.
  const grant: CodeGrant = JSON.parse(taken.value)
  if (!isOfKind(grant, kind)) throw invalidGrant(`a code for ${grant.kind}`)
  const wrong = mismatch(grant, redemption)
  if (wrong !== undefined) throw invalidGrant(wrong)
  return { grant, codeKey }
}

const isOfKind = <Kind extends CodeGrant['kind']>(
  grant: CodeGrant,
  kind: Kind,
): grant is Extract<CodeGrant, { kind: Kind }> => grant.kind === kind

function mismatch(grant: CodeGrant, redemption: Redemption): string | undefined {
  if (grant.clientId !== redemption.clientId) return 'another client'
  if (redemption.redirectUri !== undefined && redemption.redirectUri !== grant.redirectUri)
    return 'another redirect_uri'
  if (grant.dpopJkt !== undefined && grant.dpopJkt !== redemption.jkt) return 'another DPoP key'
  const challenge = hash('sha256', redemption.codeVerifier, 'buffer')
  if (!timingSafeEqual(challenge, Buffer.from(grant.codeChallenge, 'base64url'))) return 'wrong code_verifier'
  return
}
