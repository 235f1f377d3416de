import type { VerifyReason } from '../error.ts'
import type { Algorithm } from '../jws/algorithm.ts'
import { verifySignature } from '../jws/algorithm.ts'
import { isJsonObject, type JsonObject, parseCompact } from '../jws/compact.ts'
import type { KeySet } from '../keys/key-set.ts'
import { maxKidLength } from '../keys/load.ts'
import { type AccessTokenClaims, isAccessTokenClaims } from './claims.ts'

/** What a token must be; from the configuration only. */
export type TokenPolicy = {
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly algorithms: readonly Algorithm[]
  readonly toleranceMs: number
}

/** A refusal on its way to becoming a `VerifyError`, which also knows how to challenge. */
export class Refused extends Error {
  readonly reason: VerifyReason
  constructor(reason: VerifyReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * Verifies an access token (RFC 9068 section 4): form, key and signature first, then what it says. The caller bounds its
 * length beforehand.
 *
 * @throws Refused, or KeysUnavailable
 */
export async function checkToken(
  jwt: string,
  policy: TokenPolicy,
  keys: KeySet,
  now: number,
): Promise<AccessTokenClaims> {
  const jws = parseCompact(jwt)
  if (!jws) throw new Refused('malformed')
  const { kid, alg } = checkHeader(jws.header, policy.algorithms)
  if (!keys.usable(now)) await keys.ensure(now)
  let key = keys.find(kid, alg)
  if (!key) {
    await keys.refetch(now)
    key = keys.find(kid, alg)
  }
  if (!key) throw new Refused('key_unknown')
  if (!verifySignature(alg, key, jws.signingInput, jws.signature)) throw new Refused('signature')

  const claims = jws.payload
  if (claims.iss !== policy.issuer) throw new Refused('issuer')
  if (!isAccessTokenClaims(claims)) throw new Refused('claims')
  const { aud } = claims
  const isOurs = (audience: string) => policy.audiences.includes(audience)
  if (!(typeof aud === 'string' ? isOurs(aud) : aud.some(isOurs))) throw new Refused('audience')
  // Any other way of binding (RFC 8705's certificate, for one) is a condition that cannot be checked here.
  if (claims.cnf !== undefined && !isKeyBinding(claims.cnf)) throw new Refused('confirmation')
  checkTimes(claims, policy.toleranceMs, now)
  return claims
}

function checkHeader(header: JsonObject, allowed: readonly Algorithm[]): { kid: string; alg: Algorithm } {
  const { typ, kid } = header
  if (typeof typ !== 'string' || !/^(?:application\/)?at\+jwt$/i.test(typ)) throw new Refused('typ')
  const alg = allowed.find((algorithm) => algorithm === header.alg)
  if (!alg) throw new Refused('alg')
  if (Object.hasOwn(header, 'crit')) throw new Refused('crit')
  if (typeof kid !== 'string' || kid.length > maxKidLength) throw new Refused('key_unknown')
  return { kid, alg }
}

function isKeyBinding(cnf: unknown): boolean {
  return (
    isJsonObject(cnf) &&
    typeof cnf.jkt === 'string' &&
    /^[\w-]{43}$/.test(cnf.jkt) &&
    Object.keys(cnf).length === 1
  )
}

/**
 * A token that was issued in the future tells that this machine's clock is late, perhaps by years (no battery, seconds for
 * milliseconds): to such a clock nothing ever expires.
 *
 * @throws Refused `expired` from `exp` plus tolerance on, `not_yet_valid` before `nbf` or `iat` minus tolerance
 */
export function checkTimes(claims: AccessTokenClaims, toleranceMs: number, now: number): void {
  const { exp, iat, nbf = iat } = claims
  // Written so that NaN, from a broken clock, is a refusal.
  if (!(now < exp * 1000 + toleranceMs)) throw new Refused('expired')
  if (!(now >= Math.max(iat, nbf) * 1000 - toleranceMs)) throw new Refused('not_yet_valid')
}
