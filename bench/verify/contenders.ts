import { createVerifier } from '@latchkey/verify'
import { createVerifier as createFastVerifier } from 'fast-jwt'
import * as jose from 'jose'
import { audience, type Batch, issuer } from './tokens.ts'

/** Verifies one token; throws when it does not hold. Synchronous where the library is. */
export type Verify = (token: string) => unknown

export interface Contender {
  does: string
  /** Takes a token in again faster when it has been seen. */
  remembers: boolean
  /** Shown, but no peer to be as fast as: not how its users run it. */
  aside?: true
  /** A fresh verifier that has seen nothing. */
  create(batch: Batch): Verify
}

const claims = {
  allowedIss: issuer,
  allowedAud: audience,
  requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id'],
}
/** What Latchkey's verifier remembers by default. */
const remembered = 10_000

export const contenders: Record<string, Contender> = {
  latchkey: {
    does: 'createVerifier().verifyToken() with its defaults: keys from /jwks, RFC 9068 claims and types checked, 10 000 tokens remembered',
    remembers: true,
    create({ jwk }) {
      const answer = JSON.stringify({ keys: [jwk] })
      const verifier = createVerifier({ issuer, audience, fetch: async () => new Response(answer) })
      return (token) => verifier.verifyToken(token)
    },
  },
  jose: {
    does: 'jwtVerify() with a local key set, issuer, audience, type and required claims; remembers nothing',
    remembers: false,
    create({ jwk, algorithm }) {
      const keys = jose.createLocalJWKSet({ keys: [jwk] })
      const options = {
        issuer,
        audience,
        typ: 'at+jwt',
        algorithms: [algorithm],
        requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id'],
      }
      return (token) => jose.jwtVerify(token, keys, options)
    },
  },
  'fast-jwt': {
    does: 'createVerifier() with one PEM key (no key set, no kid), issuer, audience, type and required claims; no cache',
    remembers: false,
    create: ({ pem, algorithm }) =>
      createFastVerifier({ ...claims, key: pem, algorithms: [algorithm], checkTyp: 'at+jwt' }),
  },
  'fast-jwt, cache': {
    does: 'the same with its cache for 10 000 tokens, keyed by a hash of the token (its default)',
    remembers: true,
    create: ({ pem, algorithm }) =>
      createFastVerifier({
        ...claims,
        key: pem,
        algorithms: [algorithm],
        checkTyp: 'at+jwt',
        cache: remembered,
      }),
  },
  'fast-jwt, cache by token': {
    does: 'the same keyed by the token itself, an option it warns about; shown for the limit: a look into a map, without a promise',
    aside: true,
    remembers: true,
    create: ({ pem, algorithm }) =>
      createFastVerifier({
        ...claims,
        key: pem,
        algorithms: [algorithm],
        checkTyp: 'at+jwt',
        cache: remembered,
        cacheKeyBuilder: (token: string) => token,
      }),
  },
}
