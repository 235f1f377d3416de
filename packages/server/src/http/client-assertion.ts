import { createPublicKey, type KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { type Clock, seconds } from '../clock.ts'
import type { ServiceConfig } from '../config/types.ts'
import { hashOf } from '../ids.ts'
import { isCanonicalJws } from '../sealing/index.ts'
import type { OneTimeStore } from '../storage/index.ts'
import { unauthenticated } from './client-auth.ts'

/** For signatures of services: asymmetric alone, and what the keys in the configuration can be of. */
export const assertionAlgorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256']

/** How far ahead `exp` may lie, and how far two clocks may differ, in seconds. */
const longestLife = 60
const tolerance = 30

/** Verifies client assertions (`private_key_jwt`, RFC 7523 section 3, OIDC Core section 9), each for its one use. */
export interface AssertionVerifier {
  /**
   * That a service signed this assertion, for us, just now, and that nobody has used it before.
   * @throws ApiError `invalid_client`; StorageError, and then it may count as used
   */
  verify(assertion: string, service: ServiceConfig): Promise<void>
}

/** Who an assertion says that it is by: only to choose the keys that it is verified with. */
export function claimedIssuer(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss
  } catch {
    return
  }
}

export function createAssertionVerifier(deps: {
  issuer: string
  services: ReadonlyMap<string, ServiceConfig>
  clock: Clock
  oneTime: Pick<OneTimeStore, 'consumeOnce'>
}): AssertionVerifier {
  const { issuer, clock, oneTime } = deps
  const keys = new Map([...deps.services].map(([id, { jwks }]) => [id, (jwks?.keys ?? []).map(imported)]))
  return {
    async verify(assertion, { id }) {
      const payload = await signedBy(id, keys.get(id) ?? [], assertion, clock)
      const { aud, exp, iat, jti } = payload
      // The issuer as one string: an assertion made out to another place, or to several, could be another server's.
      if (aud !== issuer) throw unauthenticated('the assertion is for another audience')
      const now = seconds(clock)
      if (exp === undefined || exp > now + longestLife + tolerance) {
        throw unauthenticated('the assertion lives for too long')
      }
      if (iat !== undefined && iat > now + tolerance) throw unauthenticated('the assertion is of the future')
      if (typeof jti !== 'string' || jti === '' || jti.length > 256) {
        throw unauthenticated('the assertion has no usable jti')
      }
      const { outcome } = await oneTime.consumeOnce(
        { kind: 'assertion', key: hashOf(`${id} ${jti}`) },
        clock.now(),
        { expiresAt: Math.ceil((exp + tolerance) * 1000) },
      )
      if (outcome !== 'consumed') throw unauthenticated('the assertion was used before')
    },
  }
}

interface ServiceKey {
  key: KeyObject
  kid: unknown
  alg: unknown
}

const imported = (jwk: Record<string, unknown>): ServiceKey => ({
  key: createPublicKey({ key: jwk, format: 'jwk' }),
  kid: jwk.kid,
  alg: jwk.alg,
})

/** The header first, then the signature with each key that the header may mean. */
async function signedBy(
  id: string,
  keys: readonly ServiceKey[],
  assertion: string,
  clock: Clock,
): Promise<JWTPayload> {
  if (!isCanonicalJws(assertion)) throw unauthenticated('the assertion is no canonical JWS')
  const header = headerOf(assertion)
  if (header.crit !== undefined) throw unauthenticated('the assertion demands an extension')
  // What a service signs for another purpose (a DPoP proof, a token of its own) is no assertion.
  if (header.typ !== undefined && !/^(?:application\/)?(?:client-authentication\+)?jwt$/i.test(header.typ)) {
    throw unauthenticated('the assertion is of another type')
  }
  const options: JWTVerifyOptions = {
    algorithms: assertionAlgorithms,
    issuer: id,
    subject: id,
    requiredClaims: ['aud', 'exp', 'jti'],
    currentDate: new Date(clock.now()),
    clockTolerance: tolerance,
  }
  const meant = keys.filter(
    ({ kid, alg }) =>
      (header.kid === undefined || kid === header.kid) && (alg === undefined || alg === header.alg),
  )
  let reason = 'the assertion names no key of the service'
  for (const { key } of meant) {
    try {
      return (await jwtVerify(assertion, key, options)).payload
    } catch (error) {
      reason = error instanceof Error ? error.message : 'not verified'
    }
  }
  throw unauthenticated(reason)
}

function headerOf(assertion: string) {
  try {
    return decodeProtectedHeader(assertion)
  } catch {
    throw unauthenticated('the header of the assertion cannot be read')
  }
}
