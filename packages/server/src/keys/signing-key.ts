import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'
import { thumbprint } from '@latchkey/verify/dpop'
import type { Sealer } from '../sealing/index.ts'
import type { StoredSigningKey } from '../storage/index.ts'

export type SigningAlgorithm = 'ES256' | 'EdDSA' | 'RS256'

export interface SigningKey {
  kid: string
  algorithm: SigningAlgorithm
  /** As published: public members, `kid`, `alg`, `use`. */
  publicJwk: Record<string, unknown>
  /** A compact JWS (RFC 7515) over these claims. */
  sign(typ: 'at+jwt' | 'JWT', claims: object): string
  publicKey: KeyObject
}

const isSigningAlgorithm = (text: string): text is SigningAlgorithm =>
  ['ES256', 'EdDSA', 'RS256'].includes(text)
const placeOf = (kid: string) => `signing_keys/${kid}`

/** Makes a key pair, and holds nobody up: RSA takes long. Its private half leaves here sealed only. */
export async function generateSigningKey(
  algorithm: SigningAlgorithm,
  sealer: Sealer,
  now: number,
): Promise<StoredSigningKey> {
  const { publicKey, privateKey } = await generatePair(algorithm)
  const jwk = publicKey.export({ format: 'jwk' })
  const kid = thumbprint(publicMembers(jwk))
  return {
    kid,
    algorithm,
    publicJwk: JSON.stringify(publicMembers(jwk)),
    sealedPrivateJwk: sealer.seal(
      Buffer.from(JSON.stringify(privateKey.export({ format: 'jwk' }))),
      placeOf(kid),
    ),
    createdAt: now,
  }
}

/** The same key sealed by the first secret; undefined when it is already, or when no secret opens it. */
export function resealed({ kid, sealedPrivateJwk }: StoredSigningKey, sealer: Sealer): string | undefined {
  if (sealer.isCurrent(sealedPrivateJwk)) return
  const opened = sealer.open(sealedPrivateJwk, placeOf(kid))
  return opened === undefined ? undefined : sealer.seal(opened, placeOf(kid))
}

/** Undefined when none of the configured secrets opens it. */
export function openSigningKey(stored: StoredSigningKey, sealer: Sealer): SigningKey | undefined {
  const { kid, algorithm } = stored
  const opened = sealer.open(stored.sealedPrivateJwk, placeOf(kid))
  if (opened === undefined || !isSigningAlgorithm(algorithm)) return
  const privateKey = createPrivateKey({ format: 'jwk', key: JSON.parse(opened.toString('utf8')) })
  const publicKey = createPublicKey(privateKey)
  const headers = {
    'at+jwt': headerOf({ alg: algorithm, typ: 'at+jwt', kid }),
    JWT: headerOf({ alg: algorithm, typ: 'JWT', kid }),
  }
  return {
    kid,
    algorithm,
    publicKey,
    publicJwk: { ...publicMembers(publicKey.export({ format: 'jwk' })), kid, alg: algorithm, use: 'sig' },
    sign(typ, claims) {
      const input = `${headers[typ]}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${input}.${signatureOf(algorithm, privateKey, input).toString('base64url')}`
    },
  }
}

const headerOf = (header: object): string => Buffer.from(JSON.stringify(header)).toString('base64url')

const pair = promisify(generateKeyPair)

function generatePair(algorithm: SigningAlgorithm) {
  switch (algorithm) {
    case 'ES256':
      return pair('ec', { namedCurve: 'P-256' })
    case 'EdDSA':
      return pair('ed25519')
    case 'RS256':
      return pair('rsa', { modulusLength: 2048 })
  }
}

/** Never the private ones, whatever else an export may hold. */
function publicMembers(jwk: JsonWebKey): Record<string, string> {
  const members: Record<string, string> = {}
  for (const name of ['kty', 'crv', 'x', 'y', 'n', 'e'] as const) {
    const value = jwk[name]
    if (typeof value === 'string') members[name] = value
  }
  return members
}

/**
 * Two tokens are signed at each sign-in and one at each refresh, so this calls OpenSSL itself; `jose` is its reference in
 * the test. Node makes ES256 in JOSE's form at half the speed of DER, hence the conversion.
 */
function signatureOf(algorithm: SigningAlgorithm, key: KeyObject, input: string): Buffer {
  const data = Buffer.from(input, 'latin1')
  if (algorithm === 'EdDSA') return sign(null, data, key)
  if (algorithm === 'RS256') return sign('sha256', data, key)
  return fromDer(sign('sha256', data, key))
}

/** From DER's ECDSA-Sig-Value (RFC 3279 section 2.2.3) to `r || s` of 32 bytes each (RFC 7518 section 3.4). */
export function fromDer(der: Buffer): Buffer {
  const raw = Buffer.alloc(64)
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0
    const integer = der.subarray(at + 2, at + 2 + length)
    const digits = integer[0] === 0 ? integer.subarray(1) : integer
    digits.copy(raw, end - digits.length)
    at += 2 + length
  }
  return raw
}

/** The left half of the hash that ID tokens carry of an access token (OIDC Core section 3.1.3.6). */
export function atHash(accessToken: string, algorithm: SigningAlgorithm): string {
  // Ed25519 hashes with SHA-512.
  const digest = hash(algorithm === 'EdDSA' ? 'sha512' : 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
