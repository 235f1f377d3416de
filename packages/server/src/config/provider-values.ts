import { createPublicKey, type KeyObject } from 'node:crypto'
import { asciiDomain, reservedAuthorizeParams } from '../upstream/index.ts'
import { type Check, complainIf } from './complaint.ts'

export const checkProviderId: Check<string> = (value) =>
  complainIf(
    !/^[a-z0-9-]{1,64}$/.test(value),
    'is not an id: 1 to 64 lower-case letters, digits and "-"',
    'choose a short name, such as "google"',
  )

const insteadOf = new Map([
  ['scope', 'use "scopes"'],
  ['response_mode', 'use the key "response_mode" of the provider'],
  ['redirect_uri', 'use the key "redirect_uri" of the provider'],
  ['client_id', 'use the key "client_id" of the provider'],
])

/** RFC 6749 section 3.1: a parameter's name, and none that this server sets itself. */
export const checkAuthorizeParameter: Check<string> = (name) => [
  ...complainIf(
    !/^[A-Za-z0-9._~:[\]-]{1,64}$/.test(name),
    'is not the name of a parameter',
    'use 1 to 64 letters, digits and ". _ ~ : [ ] -"',
  ),
  ...complainIf(
    reservedAuthorizeParams.has(name),
    'is a parameter that Latchkey sets itself',
    insteadOf.get(name) ?? 'leave it out',
  ),
]

/** RFC 7517: an asymmetric private key of at least the strength of P-256 or 2,048 bits. */
export const checkPrivateKey: Check<Record<string, unknown>> = (jwk) => {
  const kty = jwk.kty
  const modulus = jwk.n
  return [
    ...complainIf(
      (kty !== 'EC' && kty !== 'RSA' && kty !== 'OKP') || typeof jwk.d !== 'string',
      'is not a private key',
      'give a JWK with "kty" EC, RSA or OKP and "d"',
    ),
    // 2,048 bits are 342 characters of base64url
    ...complainIf(
      kty === 'RSA' && typeof modulus === 'string' && modulus.length < 342,
      'is an RSA key of less than 2,048 bits',
      'register a stronger key at the provider, such as one on P-256',
    ),
  ]
}

/** RFC 7517: what a service publishes, such that its signatures can be verified. */
export const checkPublicKey: Check<Record<string, unknown>> = (jwk) => {
  if ('d' in jwk || jwk.kty === 'oct') {
    return complainIf(
      true,
      jwk.kty === 'oct' ? 'is not a public key' : 'holds a private key',
      'give the public half alone: the service keeps the other to itself',
    )
  }
  const key = publicKeyOf(jwk)
  if (key === undefined)
    return complainIf(true, 'is not a public key', 'give a JWK with "kty" EC, RSA or OKP')
  return [
    ...complainIf(
      !canVerify(key),
      'is of a kind that no assertion is signed with here',
      'use a key on P-256, P-384 or Ed25519, or RSA of at least 2,048 bits',
    ),
    ...complainIf(
      (jwk.use !== undefined && jwk.use !== 'sig') ||
        (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify'))),
      'is for another use than signatures ("use", "key_ops")',
      'publish a key with "use": "sig"',
    ),
  ]
}

function publicKeyOf(jwk: Record<string, unknown>): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

function canVerify({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'ec') return details?.namedCurve === 'prime256v1' || details?.namedCurve === 'secp384r1'
  if (type === 'rsa') return (details?.modulusLength ?? 0) >= 2048
  return type === 'ed25519'
}

const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** OpenID Connect Discovery section 3: what cannot be missing when discovery is not asked. */
export const checkMetadata: Check<Record<string, unknown>> = (metadata) => {
  const missing = endpoints.filter((name) => typeof metadata[name] !== 'string')
  return complainIf(
    missing.length > 0,
    `lacks ${missing.join(', ')}`,
    'give the provider\'s endpoints, or leave "metadata" out for discovery',
  )
}

/** A dotted path, and not to what may pass to somebody else. */
export const checkSubject: Check<string> = (value) => [
  ...complainIf(
    !/^[^.]+(\.[^.]+)*$/.test(value),
    'is not a path of names with dots between',
    'give the name of the field, such as "id" or "data.user_id"',
  ),
  ...complainIf(
    /^e-?mail/i.test(value.split('.').at(-1) ?? ''),
    'is an e-mail address, which may pass to somebody else',
    "give the field of the account's immutable id",
  ),
]

/** A whole domain, as it stands behind the `@`. */
export const checkEmailDomain: Check<string> = (value) =>
  complainIf(
    !/^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/.test(asciiDomain(value)) || asciiDomain(value).length > 253,
    'is not a domain',
    'write what stands behind the @, such as "example.com"; each domain by itself, without "*"',
  )
