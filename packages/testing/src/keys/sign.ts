import { constants, createHmac, sign as signWith } from 'node:crypto'
import type { SigningKey } from './signing-key.ts'

/** How a JWS is signed. All but `private` exist for faults. */
export type JwsKey =
  | { kind: 'private'; key: SigningKey }
  /** The same key under another algorithm, truthfully signed: PS256 for RSA, ES384's digest for P-256. */
  | { kind: 'other-algorithm'; key: SigningKey }
  /** The right key, then one bit of the signature turned over. */
  | { kind: 'corrupted'; key: SigningKey }
  | { kind: 'hmac'; secret: string | Uint8Array }
  /** An empty signature. */
  | { kind: 'none' }

const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')

/** One INTEGER of an ECDSA-Sig-Value as 32 bytes, big endian. */
const fixedWidth = (integer: Uint8Array): Buffer => {
  const bytes = Buffer.alloc(32)
  const significant = integer.length > 32 ? integer.subarray(integer.length - 32) : integer
  bytes.set(significant, 32 - significant.length)
  return bytes
}

/** DER to the r || s of RFC 7518 section 3.4: by hand, because `ieee-p1363` halves the speed of Node's signing. */
const joseSignature = (der: Buffer): Buffer => {
  const rLength = der[3] ?? 0
  const r = der.subarray(4, 4 + rLength)
  const s = der.subarray(4 + rLength + 2)
  return Buffer.concat([fixedWidth(r), fixedWidth(s)])
}

const signature = (input: string, jws: JwsKey): Buffer => {
  const data = Buffer.from(input)
  switch (jws.kind) {
    case 'private':
      return jws.key.alg === 'RS256'
        ? signWith('sha256', data, jws.key.privateKey)
        : joseSignature(signWith('sha256', data, jws.key.privateKey))
    case 'other-algorithm':
      return jws.key.alg === 'RS256'
        ? signWith('sha256', data, {
            key: jws.key.privateKey,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: 32,
          })
        : joseSignature(signWith('sha384', data, jws.key.privateKey))
    case 'corrupted': {
      const bytes = signature(input, { kind: 'private', key: jws.key })
      bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10)
      return bytes
    }
    case 'hmac':
      return createHmac('sha256', jws.secret).update(data).digest()
    case 'none':
      return Buffer.alloc(0)
  }
}

/** JWS Compact Serialization (RFC 7515 section 7.1), synchronous and with no check at all: faults need every lie. */
export const signCompact = (
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  key: JwsKey,
): string => {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`
  return `${input}.${base64url(signature(input, key))}`
}
