import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import type { KeySource } from './jwks.ts'
import { type DecodedJws, decodeJws, signatureAlgorithm, verifyJws } from './jws.ts'

/**
 * What `iss` must be: this, compared as strings, nothing normalised; or what claims as a whole have to satisfy, where an issuer
 * goes with another claim.
 */
export type IssuerRule = string | ((claims: JsonObject) => Promise<boolean>)

export const isIssuer = async (claims: JsonObject, rule: IssuerRule): Promise<boolean> =>
  typeof rule === 'string' ? claims.iss === rule : rule(claims)

export interface SignatureRules {
  /** The only `alg` values taken; symmetric ones and `none` are refused whatever is listed. */
  algorithms: string[]
  keys: KeySource
  /** Whether a header's `typ` says that it is this kind of token (RFC 8725 section 3.11); undefined for none. */
  isType: (typ: string | undefined) => boolean
}

export interface SignedToken {
  alg: string
  /** Signed, and not looked at yet. */
  claims: JsonObject
}

/**
 * The signature of a provider's JWT, by a published key of the issuer: a key or its address in the header is never
 * looked at.
 *
 * @param what begins the reasons: `id_token`, `logout_token`
 * @throws UpstreamError `provider_error`: `{what}_malformed`, `_algorithm`, `_critical`, `_type`, `_key`, `_signature`;
 *   and what fetching the keys throws
 */
export async function verifySignedToken(
  jwt: string,
  what: string,
  rules: SignatureRules,
): Promise<SignedToken> {
  const jws = decodeJws(jwt)
  if (jws === undefined) throw fault(`${what}_malformed`)
  const alg = checkHeader(jws.header, what, rules)
  await checkSignature(jws, alg, what, rules.keys)
  return { alg, claims: jws.payload }
}

function checkHeader(
  { alg, typ, crit, kid }: JsonObject,
  what: string,
  { algorithms, isType }: SignatureRules,
): string {
  if (typeof alg !== 'string' || !algorithms.includes(alg) || signatureAlgorithm(alg) === undefined) {
    throw fault(`${what}_algorithm`)
  }
  if (crit !== undefined) throw fault(`${what}_critical`)
  if ((typ !== undefined && typeof typ !== 'string') || !isType(typ)) throw fault(`${what}_type`)
  if (kid !== undefined && typeof kid !== 'string') throw fault(`${what}_key`)
  return alg
}

async function checkSignature(jws: DecodedJws, alg: string, what: string, keys: KeySource): Promise<void> {
  const kid = typeof jws.header.kid === 'string' ? jws.header.kid : undefined
  // Not believed yet: it only leaves out keys of other issuers.
  const { iss } = jws.payload
  const known = await keys.find(alg, kid, iss)
  if (known.length === 0) throw fault(`${what}_key`)
  if (known.some((key) => verifyJws(jws, alg, key))) return
  // Without a key id only the failure tells that the provider may have changed its key.
  const renewed = kid === undefined ? await keys.findRenewed(alg, kid, iss) : []
  if (!renewed.some((key) => verifyJws(jws, alg, key))) throw fault(`${what}_signature`)
}

/** Seconds that the provider's clock may differ from ours. */
export const tolerance = 60

/** A NumericDate (RFC 7519 section 2). */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

/** Whether `aud` names this client and nobody else: no further audience is trusted (OpenID Connect Core 3.1.3.7). */
export function isAudience(aud: unknown, clientId: string): boolean {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  return audiences.length > 0 && audiences.every((audience) => audience === clientId)
}
