import { importJWK, type JWK, SignJWT } from 'jose'
import { LatchkeyError } from '../errors.ts'

export interface SignedSecretFacts {
  /** Apple's team id. */
  issuer: string
  /** `sub`: the client id. */
  clientId: string
  /** Whose token endpoint it is for. */
  audience: string
  /** Seconds since the epoch. */
  now: number
}

/** Seconds. Made for one request. */
const lifetime = 300

/**
 * Makes client secrets that are JWTs, signed with ES256 (Apple). The key is looked at at once, and imported when it is first used.
 * @throws LatchkeyError `invalid_configuration` for a key that is no private P-256 JWK with a `kid`
 */
export function createSecretSigner(
  providerId: string,
  jwk: Record<string, unknown>,
): (facts: SignedSecretFacts) => Promise<string> {
  if (!isEs256Key(jwk)) {
    throw new LatchkeyError(
      'invalid_configuration',
      `provider ${providerId} lacks a private_key that signs its client secrets: a private P-256 JWK with a kid`,
    )
  }
  const { kty, crv, x, y, d, kid } = jwk
  let imported: ReturnType<typeof importJWK> | undefined
  return async ({ issuer, clientId, audience, now }) => {
    imported ??= importJWK({ kty, crv, x, y, d }, 'ES256')
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(issuer)
      .setSubject(clientId)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .sign(await imported)
  }
}

type Es256Key = JWK & Record<'kty' | 'crv' | 'x' | 'y' | 'd' | 'kid', string>

const isEs256Key = (jwk: Record<string, unknown>): jwk is Es256Key =>
  jwk.kty === 'EC' &&
  jwk.crv === 'P-256' &&
  ['x', 'y', 'd', 'kid'].every((name) => typeof jwk[name] === 'string' && jwk[name] !== '')
