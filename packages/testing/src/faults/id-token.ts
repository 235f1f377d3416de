import { createHash } from 'node:crypto'
import { selfSignedCertificate } from './certificate.ts'
import {
  compose,
  type IdTokenMutator,
  signedWith,
  withClaims,
  withHeader,
  withoutClaims,
} from './id-token-mutators.ts'
import type { NamedFault } from './kinds.ts'

const refused = (description: string, fault: IdTokenMutator): NamedFault<IdTokenMutator> => ({
  description,
  expect: 'refuse',
  fault,
})

const accepted = (description: string, fault: IdTokenMutator): NamedFault<IdTokenMutator> => ({
  description,
  expect: 'accept',
  fault,
})

const other = 'another-client'
const hour = 3600

/** HS256 with a secret that an attacker knows. */
const hs256 = (secret: (context: Parameters<IdTokenMutator>[1]) => string): IdTokenMutator =>
  compose(
    withHeader({ alg: 'HS256' }),
    signedWith((context) => ({ kind: 'hmac', secret: secret(context) })),
  )

/** Signed by a stranger. */
const strangers = signedWith((context) => ({ kind: 'private', key: context.stranger() }))

/** Scheme and host in capitals: the same URL, another string. */
const shouting = (issuer: string): string => issuer.replace(/^[^/]*\/\/[^/]*/, (start) => start.toUpperCase())

/** Faults of the signature and the JOSE header (RFC 7515, RFC 8725). */
const signatureFaults = {
  'alg-none': refused(
    'alg none, no signature',
    compose(
      withHeader({ alg: 'none', kid: undefined }),
      signedWith(() => ({ kind: 'none' })),
    ),
  ),
  'alg-none-mixed-case': refused(
    'alg nOnE, no signature',
    compose(
      withHeader({ alg: 'nOnE', kid: undefined }),
      signedWith(() => ({ kind: 'none' })),
    ),
  ),
  'hs256-public-pem': refused(
    'HS256 keyed with the public key in PEM',
    hs256(({ key }) => key.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  ),
  'hs256-public-jwk': refused(
    'HS256 keyed with the public key as JWK',
    hs256(({ key }) => JSON.stringify(key.publicJwk)),
  ),
  'hs256-client-secret': refused(
    'HS256 keyed with the client secret, which was not agreed on',
    hs256(({ clientSecret }) => clientSecret ?? ''),
  ),
  'other-algorithm': refused(
    'the published key under another algorithm than it is published for (PS256, ES384)',
    compose(
      withHeader((_draft, { key }) => ({ alg: key.alg === 'RS256' ? 'PS256' : 'ES384' })),
      signedWith(({ key }) => ({ kind: 'other-algorithm', key })),
    ),
  ),
  'bad-signature': refused(
    'one bit of the signature turned over',
    signedWith(({ key }) => ({ kind: 'corrupted', key })),
  ),
  'empty-signature': refused(
    'a good header, an empty signature',
    signedWith(() => ({ kind: 'none' })),
  ),
  'foreign-key': refused('signed by a stranger under the genuine kid', strangers),
  'wrong-kid': refused(
    'a kid that is in no key set, another in each token',
    withHeader(({ claims }) => ({
      kid: `unknown-${createHash('sha256').update(JSON.stringify(claims)).digest('base64url')}`,
    })),
  ),
  'missing-kid': accepted('no kid; the key set holds one key', withHeader({ kid: undefined })),
  'kid-path': refused('a kid that looks like a path', withHeader({ kid: '../../../../dev/null' })),
  'jwk-header': refused(
    "signed by a stranger whose key is in the header's jwk",
    compose(
      strangers,
      withHeader((_draft, context) => ({ jwk: context.stranger().publicJwk })),
    ),
  ),
  'jku-header': refused(
    "signed by a stranger whose key set is at the header's jku, and really served there",
    compose(
      strangers,
      withHeader((_draft, context) => ({ jku: context.elsewhere('stranger/jwks') })),
    ),
  ),
  'x5u-header': refused(
    "signed by a stranger whose certificate is at the header's x5u, and really served there",
    compose(
      strangers,
      withHeader((_draft, context) => ({ x5u: context.elsewhere('stranger/certificate') })),
    ),
  ),
  'x5c-header': refused(
    "signed by a stranger whose certificate is in the header's x5c",
    compose(
      strangers,
      withHeader((_draft, context) => ({
        x5c: [selfSignedCertificate(context.stranger()).toString('base64')],
      })),
    ),
  ),
  'unknown-crit': refused(
    'a critical header parameter that nobody knows',
    withHeader({ crit: ['urn:example:must-understand'], 'urn:example:must-understand': true }),
  ),
} as const satisfies Record<string, NamedFault<IdTokenMutator>>

/** Faults of the claims (OpenID Connect Core sections 2 and 3.1.3.7). */
const claimFaults = {
  'wrong-iss': refused('iss is somebody else', withClaims({ iss: 'https://issuer.example' })),
  'iss-suffix': refused(
    'iss with a 1 at the end',
    withClaims((_claims, { issuer }) => ({ iss: `${issuer}1` })),
  ),
  'iss-trailing-slash': refused(
    'iss with a slash at the end',
    withClaims((_claims, { issuer }) => ({ iss: `${issuer}/` })),
  ),
  'iss-upper-case': refused(
    'iss with scheme and host in capitals',
    withClaims((_claims, { issuer }) => ({ iss: shouting(issuer) })),
  ),
  'missing-iss': refused('no iss', withoutClaims('iss')),
  'wrong-aud': refused('aud is another client', withClaims({ aud: other })),
  'missing-aud': refused('no aud', withoutClaims('aud')),
  'aud-array': accepted(
    'aud is an array that holds the client alone',
    withClaims((_claims, { clientId }) => ({ aud: [clientId] })),
  ),
  'extra-aud': refused(
    'aud holds another client beside this one',
    withClaims((_claims, { clientId }) => ({ aud: [clientId, other] })),
  ),
  'extra-aud-azp': {
    description: 'aud holds another client beside this one; azp is this one',
    expect: 'either',
    fault: withClaims((_claims, { clientId }) => ({ aud: [clientId, other], azp: clientId })),
  },
  'wrong-azp': refused('azp is another client', withClaims({ azp: other })),
  'own-azp': accepted(
    'azp is this client',
    withClaims((_claims, { clientId }) => ({ azp: clientId })),
  ),
  expired: refused(
    'exp an hour ago',
    withClaims((_claims, { now }) => ({ iat: now - 2 * hour, exp: now - hour })),
  ),
  'missing-exp': refused('no exp', withoutClaims('exp')),
  'exp-string': refused(
    'exp is a string',
    withClaims((claims) => ({ exp: String(claims.exp) })),
  ),
  'missing-iat': refused('no iat', withoutClaims('iat')),
  'future-iat': refused(
    'iat in an hour',
    withClaims((_claims, { now }) => ({ iat: now + hour, exp: now + 2 * hour })),
  ),
  'future-nbf': refused(
    'nbf in an hour',
    withClaims((_claims, { now }) => ({ nbf: now + hour })),
  ),
  'missing-sub': refused('no sub', withoutClaims('sub')),
  'empty-sub': refused('sub is ""', withClaims({ sub: '' })),
  'sub-number': refused('sub is a number', withClaims({ sub: 1001 })),
  'other-sub': {
    description: 'sub is somebody else: unlike the one at userinfo, and unlike before when refreshed',
    expect: 'either',
    fault: withClaims({ sub: 'fake-somebody-else' }),
  },
  'missing-nonce': refused('no nonce', withoutClaims('nonce')),
  'wrong-nonce': refused('another nonce', withClaims({ nonce: 'not-the-nonce-that-was-sent' })),
  'wrong-at-hash': refused(
    'at_hash of another access token',
    withClaims({
      at_hash: createHash('sha256').update('another token').digest().subarray(0, 16).toString('base64url'),
    }),
  ),
  'missing-at-hash': accepted('no at_hash, which the code flow does not need', withoutClaims('at_hash')),
  'old-auth-time': {
    ...refused(
      'auth_time a day ago: too old for any max_age below that',
      withClaims((_claims, { now }) => ({ auth_time: now - 24 * hour })),
    ),
    needs: 'max_age',
  },
  'missing-auth-time': {
    ...refused('no auth_time, although max_age was asked for', withoutClaims('auth_time')),
    needs: 'max_age',
  },
  'email-verified-string': accepted(
    'email_verified is the string "true": not verified (OpenID Connect Core section 5.1)',
    withClaims({ email_verified: 'true' }),
  ),
} as const satisfies Record<string, NamedFault<IdTokenMutator>>

/** Faults of the ID token as a whole. */
const wholeFaults = {
  'missing-id-token': refused('no id_token member', () => undefined),
  garbage: refused('id_token is no JWT', () => 'not.a.jwt'),
  'typ-access-token': {
    description: 'typ is at+jwt, as if an access token had taken its place',
    expect: 'either',
    fault: withHeader({ typ: 'at+jwt' }),
  },
} as const satisfies Record<string, NamedFault<IdTokenMutator>>

export const idTokenFaults = { ...signatureFaults, ...claimFaults, ...wholeFaults } as const
