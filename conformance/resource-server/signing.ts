import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type Sign = (input: string) => Uint8Array
export type Json = Record<string, unknown>

/** A key with which an issuer, or who plays one, signs whatever it is asked to. */
export interface SigningKey {
  kid: string
  alg: string
  publicKey: KeyObject
  privateKey: KeyObject
  /** The public half, as an issuer publishes it: with `kid`, `alg` and `use`. */
  jwk: Json
  sign: Sign
}

const curve = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve })
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed25519 = () => generateKeyPairSync('ed25519')

const pairs = {
  ES256: curve('P-256'),
  ES384: curve('P-384'),
  ES512: curve('P-521'),
  ES256K: curve('secp256k1'),
  EdDSA: ed25519,
  Ed25519: ed25519,
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
}

export type KeyAlgorithm = keyof typeof pairs

export function createKey(alg: KeyAlgorithm, kid: string): SigningKey {
  const { publicKey, privateKey } = pairs[alg]()
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
  return { kid, alg, publicKey, privateKey, jwk, sign: signWith(alg, privateKey) }
}

/** Signs as an algorithm does (RFC 7518 section 3, RFC 8037), with any key that can be brought to it. */
export function signWith(alg: KeyAlgorithm, privateKey: KeyObject): Sign {
  const hash = `sha${/\d{3}/.exec(alg)?.[0]}`
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  return (input) => {
    const data = Buffer.from(input)
    if (alg === 'EdDSA' || alg === 'Ed25519') return sign(null, data, privateKey)
    if (alg.startsWith('ES')) return sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return sign(hash, data, { key: privateKey, ...(alg === 'PS256' ? pss : {}) })
  }
}

/** HMAC, of which the secret is something that everybody knows. */
export const hmacWith =
  (secret: string | Buffer, hash = 'sha256'): Sign =>
  (input) =>
    createHmac(hash, secret).update(input).digest()

export const encode = (part: string | Buffer): string => Buffer.from(part).toString('base64url')

/** The parts of a compact JWS, by name. */
export function partsOf(jws: string): { header: string; payload: string; signature: string } {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  return { header, payload, signature }
}
