import { decodeBase64url } from './base64url.ts'
import { isJsonObject, type JsonObject } from './compact.ts'

/** The members that define a public key (RFC 7638 section 3.2), and no others. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256' | 'P-384'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']
const coordinateBytes = { 'P-256': 32, 'P-384': 48 }
const rsaBytes = { min: 256, max: 512 }

/**
 * The public key in a JWK, or `undefined` where it is of an unsupported kind, carries a private or symmetric member, or
 * is not written in the one canonical way (so one key has one thumbprint). RSA moduli are 2048 to 4096 bits.
 * Whether a point lies on its curve shows when the key is imported.
 */
export function parsePublicJwk(jwk: unknown): PublicJwk | undefined {
  if (!isJsonObject(jwk) || privateMembers.some((member) => Object.hasOwn(jwk, member))) return undefined
  return definingMembers(jwk)
}

/** As {@link parsePublicJwk}, but passes over private members. */
export function definingMembers(jwk: JsonObject): PublicJwk | undefined {
  const { kty, crv, x, y, n, e } = jwk
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384')) {
    const length = coordinateBytes[crv]
    return isBytes(x, length) && isBytes(y, length) ? { kty, crv, x, y } : undefined
  }
  if (kty === 'OKP' && crv === 'Ed25519') return isBytes(x, 32) ? { kty, crv, x } : undefined
  if (kty === 'RSA') return isModulus(n) && isExponent(e) ? { kty, n, e } : undefined
  return undefined
}

function isBytes(value: unknown, length: number): value is string {
  return typeof value === 'string' && decodeBase64url(value)?.length === length
}

function isModulus(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 684) return false
  const bytes = decodeBase64url(value)
  if (!bytes || bytes.length < rsaBytes.min || bytes.length > rsaBytes.max) return false
  // A first byte below 0x80 would be a modulus a little under 2048 bits, a zero one a second spelling.
  const first = bytes[0] ?? 0
  return bytes.length === rsaBytes.min ? first >= 0x80 : first > 0
}

function isExponent(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 6) return false
  const bytes = decodeBase64url(value)
  if (!bytes || bytes.length === 0 || bytes[0] === 0) return false
  const exponent = bytes.readUIntBE(0, bytes.length)
  return exponent >= 3 && exponent % 2 === 1
}
