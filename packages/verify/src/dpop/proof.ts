import { hash } from 'node:crypto'
import { type Algorithm, importKey, isAlgorithm, isKeyFor, verifySignature } from '../jws/algorithm.ts'
import { isJsonObject, type JsonObject, parseObject, parseSignature, splitCompact } from '../jws/compact.ts'
import { type PublicJwk, parsePublicJwk } from '../jws/jwk.ts'
import { DpopError } from './error.ts'
import { isSameHtu } from './htu.ts'
import type { ProofKey } from './proof-keys.ts'
import { thumbprintOf } from './thumbprint.ts'

/** What a proof may be signed with unless said otherwise; to be advertised as `dpop_signing_alg_values_supported`. */
export const defaultDpopAlgorithms: readonly Algorithm[] = ['ES256', 'EdDSA', 'Ed25519']

/** What the request that carried the proof looks like from the server's side. */
export type DpopExpectation = {
  /** The request's method; compared exactly. */
  readonly htm: string
  /** The request's URL as the client sees it, from configuration rather than `Host`; query and fragment are ignored. */
  readonly htu: string
  /** The time, in milliseconds. */
  readonly now: number
  /** The access token that came with the proof; then `ath` must be its hash. */
  readonly accessToken?: string | undefined
  /** The thumbprint of the key that must have signed, such as a token's `cnf.jkt`. */
  readonly jkt?: string | undefined
  /** How far `iat` may lie from `now`, in seconds, either way; default 60. A nonce check may justify a wider window. */
  readonly maxAgeSeconds?: number | undefined
  /** Default: {@link defaultDpopAlgorithms}. */
  readonly algorithms?: readonly Algorithm[] | undefined
  /**
   * Whether the proof's `nonce` is one the server gave out lately; `false` becomes `use_dpop_nonce`. Asked before the
   * clocks are compared, so that a client with a wrong clock learns the nonce (and the `Date`) first. Default: any.
   */
  readonly nonce?: ((nonce: string | undefined) => boolean) | undefined
  /**
   * Keys of proofs that passed, by the proof's first segment, which a client sends again as it is: `createProofKeys`. A
   * key seen again costs a third less.
   */
  readonly keys?:
    | { get(header: string): ProofKey | undefined; set(header: string, key: ProofKey): unknown }
    | undefined
}

/** A proof that passed. */
export type DpopProof = {
  /** The RFC 7638 thumbprint of the key that signed. */
  readonly jkt: string
  /** At most 256 characters. */
  readonly jti: string
  /** Seconds. */
  readonly iat: number
  /** Milliseconds: from then on `iat` alone has the proof refused. What a replay cache must remember it until. */
  readonly expiresAt: number
  readonly nonce?: string
  readonly jwk: PublicJwk
}

const maxProofLength = 4096
const maxJtiLength = 256
/** In characters; of elliptic curves it has about 250. A longer one is read anew each time, so that a cache stays small. */
const maxKnownHeader = 1024

/**
 * Checks a DPoP proof (RFC 9449 section 4.3), all twelve points but these two: that there was one `DPoP` header only,
 * which the caller sees, and that the proof is new, for which there is `createReplayCache`.
 *
 * The cheap checks come first and the signature last; nothing is answered before all have passed. Without I/O or state.
 *
 * @throws DpopError `invalid_dpop_proof`, or `use_dpop_nonce` when `nonce` says no
 */
export async function verifyDpopProof(proof: string, expected: DpopExpectation): Promise<DpopProof> {
  if (proof.length > maxProofLength) throw new DpopError('too_long')
  const segments = splitCompact(proof)
  if (!segments) throw new DpopError('malformed')
  // The same text says the same: what was found in it holds, but for what this caller allows.
  const known = expected.keys?.get(segments.header)
  const { alg, jwk } = known ?? checkHeader(parseObject(segments.header))
  if (!(expected.algorithms ?? defaultDpopAlgorithms).includes(alg)) throw new DpopError('alg')
  const payload = parseObject(segments.payload)
  const signature = payload && parseSignature(segments.signature)
  if (!signature) throw new DpopError('malformed')
  const claims = checkClaims(payload, expected)
  const jkt = known?.jkt ?? thumbprintOf(jwk)
  if (expected.jkt !== undefined && jkt !== expected.jkt) throw new DpopError('jkt')

  const publicKey = known?.publicKey ?? importKey(jwk)
  if (!publicKey) throw new DpopError('jwk')
  if (!verifySignature(alg, publicKey, segments.signingInput, signature)) throw new DpopError('signature')
  if (!known && segments.header.length <= maxKnownHeader) {
    // A copy: V8 keeps the whole proof for a slice of it.
    const header = Buffer.from(segments.header, 'latin1').toString('latin1')
    expected.keys?.set(header, { alg, jwk, jkt, publicKey })
  }
  return { jkt, ...claims, jwk }
}

function checkHeader(header: JsonObject | undefined): Pick<ProofKey, 'alg' | 'jwk'> {
  if (!header) throw new DpopError('malformed')
  const { typ, alg, jwk } = header
  if (typ !== 'dpop+jwt') throw new DpopError('typ')
  if (!isAlgorithm(alg)) throw new DpopError('alg')
  // No extension is understood here (RFC 7515 section 4.1.11), unencoded payloads included.
  if (Object.hasOwn(header, 'crit')) throw new DpopError('crit')
  const key = parsePublicJwk(jwk)
  if (!key || !isJsonObject(jwk) || !isKeyFor(alg, key, jwk)) throw new DpopError('jwk')
  return { alg, jwk: key }
}

function checkClaims(claims: JsonObject, expected: DpopExpectation) {
  const { jti, htm, htu, iat, ath, nonce } = claims
  if (typeof jti !== 'string' || jti.length === 0 || jti.length > maxJtiLength) throw new DpopError('jti')
  if (htm !== expected.htm) throw new DpopError('htm')
  if (typeof htu !== 'string' || !isSameHtu(htu, expected.htu)) throw new DpopError('htu')
  if (nonce !== undefined && typeof nonce !== 'string') throw new DpopError('nonce')
  if (expected.nonce && !expected.nonce(nonce)) throw new DpopError('nonce')

  const window = (expected.maxAgeSeconds ?? 60) * 1000
  // Written so that NaN, from either side, is a refusal.
  if (typeof iat !== 'number' || !(Math.abs(expected.now - iat * 1000) <= window)) throw new DpopError('iat')
  if (expected.accessToken !== undefined && ath !== hash('sha256', expected.accessToken, 'base64url')) {
    throw new DpopError('ath')
  }
  return { jti, iat, expiresAt: iat * 1000 + window + 1, ...(nonce === undefined ? {} : { nonce }) }
}
