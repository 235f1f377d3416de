import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { JsonObject } from './compact.ts'
import type { PublicJwk } from './jwk.ts'

/** The signature algorithms that this package can verify (RFC 7518 section 3, RFC 8037, RFC 9864); all asymmetric. */
export type Algorithm = 'ES256' | 'ES384' | 'EdDSA' | 'Ed25519' | 'PS256' | 'RS256'

const curves: { readonly [alg in Algorithm]: string } = {
  ES256: 'P-256',
  ES384: 'P-384',
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
  PS256: 'RSA',
  RS256: 'RSA',
}

export function isAlgorithm(value: unknown): value is Algorithm {
  return typeof value === 'string' && Object.hasOwn(curves, value)
}

/**
 * Whether a key may be used with an algorithm: its type and curve are the algorithm's, and what the JWK says of itself
 * (`alg`, `use`, `key_ops`; RFC 7517 section 4), where it says anything, allows it.
 */
export function isKeyFor(alg: Algorithm, key: PublicJwk, jwk: JsonObject): boolean {
  return (
    curves[alg] === (key.kty === 'RSA' ? 'RSA' : key.crv) &&
    (jwk.alg === undefined || jwk.alg === alg) &&
    (jwk.use === undefined || jwk.use === 'sig') &&
    (jwk.key_ops === undefined || (Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
  )
}

/** Imports a public key, or answers `undefined` where it is none, such as a point off its curve. */
export function importKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    if (jwk.kty === 'EC' && jwk.crv === 'P-256') return createPublicKey(pemOfP256(jwk.x, jwk.y))
    return createPublicKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** SubjectPublicKeyInfo (RFC 5480) up to the point: id-ecPublicKey, prime256v1, uncompressed. */
const p256Prefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')

/** Node takes a key from PEM 2.5 times as fast as from a JWK; on its curve it must be all the same. */
function pemOfP256(x: string, y: string): string {
  const der = Buffer.concat([p256Prefix, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
}

type Check = (data: Buffer, key: KeyObject, signature: Buffer) => boolean

const checkEd25519: Check = (data, key, signature) => verify(null, data, key, signature)
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

const checks: { readonly [alg in Algorithm]: Check } = {
  ES256: (data, key, signature) => signature.length === 64 && verify('sha256', data, key, toDer(signature)),
  ES384: (data, key, signature) => signature.length === 96 && verify('sha384', data, key, toDer(signature)),
  EdDSA: checkEd25519,
  Ed25519: checkEd25519,
  RS256: (data, key, signature) => verify('sha256', data, key, signature),
  PS256: (data, key, signature) => verify('sha256', data, { key, ...pss }, signature),
}

/**
 * Verifies a JWS signature. Never throws; the caller has matched algorithm and key with {@link isKeyFor}.
 */
export function verifySignature(alg: Algorithm, key: KeyObject, input: string, signature: Buffer): boolean {
  try {
    return checks[alg](Buffer.from(input, 'latin1'), key, signature)
  } catch {
    return false
  }
}

/**
 * From JOSE's `r || s` (RFC 7518 section 3.4) to DER's ECDSA-Sig-Value (RFC 3279 section 2.2.3). OpenSSL takes DER;
 * Node's own conversion (`dsaEncoding: 'ieee-p1363'`) makes a verification about 1.4 times as dear.
 */
export function toDer(signature: Buffer): Buffer {
  const half = signature.length / 2
  // The longest (ES384) body is 2 x (2 + 49) = 102 bytes, so every length fits in one byte.
  const der = Buffer.allocUnsafe(signature.length + 8)
  const afterR = writeInteger(der, 2, signature, 0, half)
  const end = writeInteger(der, afterR, signature, half, signature.length)
  der[0] = 0x30
  der[1] = end - 2
  return der.subarray(0, end)
}

function writeInteger(der: Buffer, at: number, source: Buffer, from: number, to: number): number {
  let start = from
  while (start < to - 1 && source[start] === 0) start++
  const sign = (source[start] ?? 0) >= 0x80 ? 1 : 0
  der[at] = 0x02
  der[at + 1] = to - start + sign
  if (sign) der[at + 2] = 0
  source.copy(der, at + 2 + sign, start, to)
  return at + 2 + sign + to - start
}
