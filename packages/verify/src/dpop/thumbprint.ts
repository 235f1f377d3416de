import { hash } from 'node:crypto'
import { isJsonObject } from '../jws/compact.ts'
import { definingMembers, type PublicJwk } from '../jws/jwk.ts'

/**
 * The SHA-256 thumbprint of a JWK (RFC 7638), in base64url: 43 characters. Of a private key, that of its public half.
 *
 * @throws TypeError when the key is not EC (P-256, P-384), OKP (Ed25519) or RSA (2048 to 4096 bits), canonically written
 */
export function thumbprint(jwk: object): string {
  const members = isJsonObject(jwk) ? definingMembers(jwk) : undefined
  if (!members) throw new TypeError('not a JWK of a supported kind')
  return thumbprintOf(members)
}

/** As {@link thumbprint}, of a key already parsed. */
export function thumbprintOf(key: PublicJwk): string {
  return hash('sha256', canonicalJson(key), 'base64url')
}

// The required members in lexicographic order (RFC 7638 section 3.2); none holds a character that JSON would escape.
function canonicalJson(key: PublicJwk): string {
  if (key.kty === 'RSA') return `{"e":"${key.e}","kty":"RSA","n":"${key.n}"}`
  const curve = `"crv":"${key.crv}","kty":"${key.kty}","x":"${key.x}"`
  return key.kty === 'EC' ? `{${curve},"y":"${key.y}"}` : `{${curve}}`
}
