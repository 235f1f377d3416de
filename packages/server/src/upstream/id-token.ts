import { hash } from 'node:crypto'
import { type Clock, seconds } from '../clock.ts'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import type { KeySource } from './jwks.ts'
import { type DecodedJws, decodeJws, signatureAlgorithm, verifyJws } from './jws.ts'
import { forLogs } from './text.ts'

export interface IdTokenRules {
  /** Compared as strings, nothing is normalised. */
  issuer: string
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

/** Seconds that the provider's clock may differ from ours. */
const tolerance = 60

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
    const jws = decodeJws(jwt)
    if (jws === undefined) throw fault('id_token_malformed')
    const alg = checkHeader(jws.header, rules.algorithms)
    await checkSignature(jws, alg, rules.keys)
    return checkClaims(jws.payload, alg, rules, expected)
  }
}

function checkHeader({ alg, typ, crit, kid }: JsonObject, allowed: string[]): string {
  if (typeof alg !== 'string' || !allowed.includes(alg) || signatureAlgorithm(alg) === undefined) {
    throw fault('id_token_algorithm')
  }
  if (crit !== undefined) throw fault('id_token_critical')
  // Explicit types (`at+jwt`, `logout+jwt`) say that it is another kind of token (RFC 8725 section 3.11).
  if (typ !== undefined && (typeof typ !== 'string' || /\+jwt$/i.test(typ))) throw fault('id_token_type')
  if (kid !== undefined && typeof kid !== 'string') throw fault('id_token_key')
  return alg
}

async function checkSignature(jws: DecodedJws, alg: string, keys: KeySource): Promise<void> {
  const kid = typeof jws.header.kid === 'string' ? jws.header.kid : undefined
  const known = await keys.find(alg, kid)
  if (known.length === 0) throw fault('id_token_key')
  if (known.some((key) => verifyJws(jws, alg, key))) return
  // Without a key id only the failure tells that the provider may have changed its key.
  const renewed = kid === undefined ? await keys.findRenewed(alg, kid) : []
  if (!renewed.some((key) => verifyJws(jws, alg, key))) throw fault('id_token_signature')
}

function checkClaims(
  claims: JsonObject,
  alg: string,
  rules: IdTokenRules,
  expected: IdTokenExpectation,
): IdTokenClaims {
  const now = seconds(rules.clock)
  const { iss, sub, aud, azp, exp, iat, nbf, nonce, at_hash, auth_time } = claims

  if (iss !== rules.issuer) throw fault('id_token_issuer', { detail: forLogs([iss]) })
  if (typeof sub !== 'string' || sub === '') throw fault('id_token_subject')
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (audiences.length === 0 || audiences.some((audience) => audience !== rules.clientId)) {
    throw fault('id_token_audience')
  }
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

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

/** OpenID Connect Core section 3.1.3.6: the left half of the hash that belongs to the signature's algorithm. */
function accessTokenHash(accessToken: string, alg: string): string {
  const digest = hash(signatureAlgorithm(alg)?.hash ?? 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
