import { hash } from 'node:crypto'
import { type Clock, seconds } from '../clock.ts'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import type { KeySource } from './jwks.ts'
import { signatureAlgorithm } from './jws.ts'
import {
  type IssuerRule,
  isAudience,
  isIssuer,
  isTime,
  tolerance,
  verifySignedToken,
} from './signed-token.ts'
import { forLogs } from './text.ts'

export interface IdTokenRules {
  issuer: IssuerRule
  clientId: string
  /** The only `alg` values taken; symmetric ones and `none` are refused whatever is listed. */
  algorithms: string[]
  keys: KeySource
  clock: Clock
  /** A token without a nonce passes; one with a wrong nonce never. Only together with PKCE. Default false. */
  unsafeAllowMissingNonce?: boolean
}

/** What this journey expects. */
export interface IdTokenExpectation {
  nonce: string
  /** Issued with the token: `at_hash` is compared when present. */
  accessToken: string
  /** Seconds; when asked for, `auth_time` is required and compared. */
  maxAge?: number
}

export interface IdTokenClaims extends JsonObject {
  iss: string
  sub: string
  exp: number
  iat: number
  auth_time?: number
}

export type VerifyIdToken = (jwt: string, expected: IdTokenExpectation) => Promise<IdTokenClaims>

/**
 * The one verifier that ID tokens of every provider pass (OpenID Connect Core section 3.1.3.7): signature
 * first, by a published key of the issuer (a key or its address in the header is never looked at), then claims.
 *
 * A token with any further audience is refused: none is trusted (point 3 there).
 *
 * @throws UpstreamError `provider_error`: `id_token_malformed`, `id_token_algorithm`, `id_token_critical`,
 *   `id_token_type`, `id_token_key`, `id_token_signature`, `id_token_issuer`, `id_token_audience`,
 *   `id_token_authorized_party`, `id_token_subject`, `id_token_time`, `id_token_expired`, `id_token_nonce`,
 *   `id_token_access_token`, `id_token_auth_time`; and what fetching the keys throws
 */
export function createIdTokenVerifier(rules: IdTokenRules): VerifyIdToken {
  return async (jwt, expected) => {
    const { alg, claims } = await verifySignedToken(jwt, 'id_token', { ...rules, isType: isIdToken })
    if (!(await isIssuer(claims, rules.issuer))) {
      throw fault('id_token_issuer', { detail: forLogs([claims.iss]) })
    }
    return checkClaims(claims, alg, rules, expected)
  }
}

/** Explicit types (`at+jwt`, `logout+jwt`) say that it is another kind of token. */
const isIdToken = (typ: string | undefined): boolean => typ === undefined || !/\+jwt$/i.test(typ)

function checkClaims(
  claims: JsonObject,
  alg: string,
  rules: IdTokenRules,
  expected: IdTokenExpectation,
): IdTokenClaims {
  const now = seconds(rules.clock)
  const { iss, sub, aud, azp, exp, iat, nbf, nonce, at_hash, auth_time } = claims

  if (typeof iss !== 'string') throw fault('id_token_issuer')
  if (typeof sub !== 'string' || sub === '') throw fault('id_token_subject')
  if (!isAudience(aud, rules.clientId)) throw fault('id_token_audience')
  if (azp !== undefined && azp !== rules.clientId) throw fault('id_token_authorized_party')

  if (!isTime(exp) || !isTime(iat) || !(nbf === undefined || isTime(nbf))) throw fault('id_token_time')
  if (exp + tolerance <= now) throw fault('id_token_expired')
  if (iat - tolerance > now || (nbf !== undefined && nbf - tolerance > now)) throw fault('id_token_time')

  const nonceMayMiss = rules.unsafeAllowMissingNonce === true && nonce === undefined
  if (nonce !== expected.nonce && !nonceMayMiss) throw fault('id_token_nonce')
  if (at_hash !== undefined && at_hash !== accessTokenHash(expected.accessToken, alg)) {
    throw fault('id_token_access_token')
  }

  if (auth_time !== undefined && !isTime(auth_time)) throw fault('id_token_auth_time')
  if (expected.maxAge !== undefined) {
    const tooOld = auth_time === undefined || auth_time + expected.maxAge + tolerance < now
    if (tooOld || auth_time - tolerance > now) throw fault('id_token_auth_time')
  }
  return { ...claims, iss, sub, exp, iat, ...(auth_time === undefined ? {} : { auth_time }) }
}

/** OpenID Connect Core section 3.1.3.6: the left half of the hash that belongs to the signature's algorithm. */
function accessTokenHash(accessToken: string, alg: string): string {
  const digest = hash(signatureAlgorithm(alg)?.hash ?? 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
