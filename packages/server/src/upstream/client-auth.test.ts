import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { rulesFor } from '@latchkey/providers'
import { decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { OidcProviderConfig, ProviderConfig } from '../config/types.ts'
import { judgeCallback } from './callback.ts'
import { clientAuthentication } from './client-auth.ts'
import { redeemCode } from './token-endpoint.ts'
import {
  handClock,
  issuer,
  json,
  oauth2Provider,
  oidcProvider,
  proof,
  rsaKey,
  scriptedFetch,
} from './upstream.fixture.ts'

const clock = handClock()
const token = { access_token: 'at', token_type: 'Bearer' }

/** The token request of a provider, as it arrives. */
async function requestOf(change: Partial<OidcProviderConfig>) {
  const provider = { ...oidcProvider, ...change }
  const rules = rulesFor(provider.quirks)
  const as = { issuer, token_endpoint: 'https://op.example/token' }
  const { fetch, calls } = scriptedFetch({ 'https://op.example/token': json(token) })
  const authenticate = clientAuthentication(provider, rules)
  const endpoint = { provider, as, authenticate, rules, fetch, clock, allowPrivate: false }
  const callback = judgeCallback(new URLSearchParams({ code: 'the code', state: proof.state }), proof, {
    as,
    client: { client_id: provider.clientId },
    issuer,
    issRequired: false,
    ...{ wire: rules, clientSecret: undefined, clock },
  })
  const again = () => redeemCode(endpoint, callback, proof)
  await again()
  return { ...calls[0]!, again, calls }
}

const credentials = (headers: Record<string, string>): string =>
  Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()

test('R04: the verifier goes with the code, the redirect URI is the journey’s', async () => {
  const { method, url, form, headers } = await requestOf({})
  expect([method, url, headers.accept]).toEqual(['POST', 'https://op.example/token', 'application/json'])
  expect(Object.fromEntries(form)).toEqual({
    grant_type: 'authorization_code',
    code: 'the code',
    redirect_uri: proof.redirectUri,
    code_verifier: proof.codeVerifier,
  })
  expect((await requestOf({ pkce: 'none' })).form.has('code_verifier')).toBe(false)
})

describe('R29: each method as configured, never another', () => {
  const decode = (half = ''): string => new URLSearchParams(`a=${half}`).get('a') ?? ''

  test.each([
    ['plain', 'secret'],
    ['a:b', 'c:d'],
    ['50%', '%41%'],
    ['a+b', 'c d+e'],
    ['ünï', 'pä€😀'],
    ["-_.!~*'()", "-_.!~*'()"],
  ])('Basic is form-encoded: %j, %j', async (clientId, clientSecret) => {
    const { headers, form } = await requestOf({ clientId, clientSecret })
    const [id, secret, ...more] = credentials(headers).split(':')
    expect([decode(id), decode(secret), more]).toEqual([clientId, clientSecret, []])
    expect(form.has('client_secret')).toBe(false)
    expect(form.has('client_id')).toBe(false)
  })

  test('Basic of an id and a secret that need no encoding has none: some providers do not decode', async () => {
    const common = { clientId: '1234-abc_d.apps.example', clientSecret: 'GOCSPX-a_b.c' }
    const { headers } = await requestOf(common)
    expect(credentials(headers)).toBe(`${common.clientId}:${common.clientSecret}`)
  })

  test('Basic as it is, where the provider does not decode', async () => {
    const { headers } = await requestOf({
      clientId: 'a',
      clientSecret: 'c:d+e',
      quirks: ['basic-not-urlencoded'],
    })
    expect(credentials(headers)).toBe('a:c:d+e')
  })

  test('in the body', async () => {
    const { headers, form } = await requestOf({
      tokenEndpointAuthMethod: 'client_secret_post',
      clientSecret: 'a b+%',
    })
    expect(headers).not.toHaveProperty('authorization')
    expect([form.get('client_id'), form.get('client_secret')]).toEqual(['latchkey', 'a b+%'])
  })

  test('none', async () => {
    const { headers, form } = await requestOf({ tokenEndpointAuthMethod: 'none' })
    expect(headers).not.toHaveProperty('authorization')
    expect([form.get('client_id'), form.get('client_secret')]).toEqual(['latchkey', null])
  })
})

describe('R30: private_key_jwt', () => {
  const rsa = rsaKey('our-key')
  const pairs = {
    RS256: { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'our-key' },
    PS256: { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'our-key', alg: 'PS256' },
    ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    EdDSA: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  }

  test('for the token endpoint only with the quirk', async () => {
    const change: Partial<OidcProviderConfig> = {
      tokenEndpointAuthMethod: 'private_key_jwt',
      privateKey: { ...rsa.privateKey.export({ format: 'jwk' }) },
      quirks: ['assertion-for-token-endpoint'],
    }
    const { form } = await requestOf(change)
    const { aud } = decodeJwt(form.get('client_assertion') ?? '')
    expect(aud).toBe('https://op.example/token')
  })

  test.each(Object.entries(pairs))(
    '%s: for the issuer alone, fresh, one minute, by our clock',
    async (alg, jwk) => {
      const request = await requestOf({ tokenEndpointAuthMethod: 'private_key_jwt', privateKey: { ...jwk } })
      await request.again()
      const assertions = request.calls.map(({ form }) => form.get('client_assertion') ?? '')
      const key = createPublicKey({ key: jwk, format: 'jwk' })
      const [first, second] = await Promise.all(
        assertions.map((jwt) => jwtVerify(jwt, key, { currentDate: new Date(clock.now()) })),
      )
      const now = clock.now() / 1000
      expect(first?.protectedHeader.alg).toBe(alg)
      expect(first?.protectedHeader.kid).toBe('kid' in jwk ? jwk.kid : undefined)
      expect(first?.payload).toMatchObject({ aud: issuer, iss: 'latchkey', sub: 'latchkey' })
      expect(Number.isInteger(first?.payload.exp)).toBe(true)
      expect(first?.payload.exp).toBeLessThanOrEqual(now + 61)
      expect(first?.payload.exp).toBeGreaterThan(now)
      expect(first?.payload.jti).not.toBe(second?.payload.jti)
      expect(request.form.get('client_assertion_type')).toBe(
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      )
      expect(request.form.has('client_secret')).toBe(false)
      expect(request.headers).not.toHaveProperty('authorization')
    },
  )
})

const { clientSecret: _secret, ...withoutSecret } = oidcProvider

test.each<[string, ProviderConfig]>([
  ['no secret', withoutSecret],
  ['an empty secret', { ...oidcProvider, clientSecret: '' }],
  ['no secret for the body', { ...withoutSecret, tokenEndpointAuthMethod: 'client_secret_post' }],
  ['no key', { ...oidcProvider, tokenEndpointAuthMethod: 'private_key_jwt' }],
  [
    'a public key',
    { ...oidcProvider, tokenEndpointAuthMethod: 'private_key_jwt', privateKey: rsaKey('k').publicJwk },
  ],
  [
    'a symmetric key',
    { ...oidcProvider, tokenEndpointAuthMethod: 'private_key_jwt', privateKey: { kty: 'oct', k: 'AAAA' } },
  ],
  [
    'a key for something else',
    {
      ...oidcProvider,
      tokenEndpointAuthMethod: 'private_key_jwt',
      privateKey: { ...rsaKey('k').privateKey.export({ format: 'jwk' }), alg: 'RSA-OAEP' },
    },
  ],
  [
    'R30: no issuer to be the audience',
    {
      ...oauth2Provider,
      tokenEndpointAuthMethod: 'private_key_jwt',
      privateKey: { ...rsaKey('k').privateKey.export({ format: 'jwk' }) },
    },
  ],
])('a provider that cannot work is refused at start: %s', (_what, provider) => {
  expect(() => clientAuthentication(provider, rulesFor([]))).toThrow(
    expect.objectContaining({ code: 'invalid_configuration' }),
  )
})
