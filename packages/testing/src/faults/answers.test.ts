import { describe, expect, test } from 'vitest'
import { callback, membersOf, quietProvider, redeem, signIn } from '../flow.fixture.ts'
import type { FakeProvider, FaultName } from '../index.ts'
import type { transportFaults } from './transport.ts'

type Own<P extends 'discovery' | 'token' | 'jwks' | 'userinfo'> = Exclude<
  FaultName<P>,
  keyof typeof transportFaults
>
type Members = Record<string, unknown>
interface Seen {
  status: number
  type: string | null
  members: Members
  provider: FakeProvider
}

const seen = async (provider: FakeProvider, response: Response): Promise<Seen> => {
  const type = response.headers.get('content-type')
  const members = type?.startsWith('application/json') ? await membersOf(response) : {}
  return { status: response.status, type, members, provider }
}

const table = <N extends string>(rows: Record<N, (seen: Seen) => void>): [N, (seen: Seen) => void][] =>
  Object.entries<(seen: Seen) => void>(rows).map(([name, check]) => [name as N, check])

const without =
  (...names: string[]) =>
  ({ members }: Seen) => {
    for (const name of names) expect(members).not.toHaveProperty(name)
  }

const having =
  (expected: Members) =>
  ({ members, status }: Seen) => {
    expect(status).toBe(200)
    expect(members).toMatchObject(expected)
  }

describe('discovery', () => {
  test.each(
    table<Own<'discovery'>>({
      'issuer-mismatch': having({ issuer: 'https://issuer.example' }),
      'issuer-trailing-slash': having({ issuer: 'https://provider.test/' }),
      'issuer-missing': without('issuer'),
      'jwks-uri-missing': without('jwks_uri'),
      'token-endpoint-missing': without('token_endpoint'),
      'endpoints-not-http': having({
        token_endpoint: 'file:///etc/hostname',
        jwks_uri: 'file:///etc/hostname',
      }),
      'alg-none-listed': having({ id_token_signing_alg_values_supported: ['none', 'ES256'] }),
    }),
  )('R18 %s', async (name, check) => {
    const provider = await quietProvider()
    provider.faults.next('discovery', name)
    check(await seen(provider, await provider.fetch(`${provider.issuer}/.well-known/openid-configuration`)))
  })
})

describe('token', () => {
  test.each(
    table<Exclude<Own<'token'>, 'lost-answer'>>({
      'error-with-200': ({ status, members }) => {
        expect(status).toBe(200)
        expect(members.error).toBe('bad_verification_code')
        expect(members).not.toHaveProperty('access_token')
      },
      'error-beside-tokens': having({ error: 'invalid_scope', access_token: expect.any(String) }),
      'invalid-grant': ({ status, members }) =>
        expect([status, members.error]).toEqual([400, 'invalid_grant']),
      'invalid-client': ({ status, members }) =>
        expect([status, members.error]).toEqual([401, 'invalid_client']),
      'missing-access-token': without('access_token'),
      'empty-access-token': having({ access_token: '' }),
      'access-token-number': having({ access_token: 12_345 }),
      'missing-token-type': without('token_type'),
      'unknown-token-type': having({ token_type: 'mac' }),
      'token-type-lower-case': having({ token_type: 'bearer' }),
      'negative-expires-in': having({ expires_in: -1 }),
      'expires-in-string': having({ expires_in: '3600' }),
      'expires-in-not-a-number': having({ expires_in: 'soon' }),
      'missing-expires-in': without('expires_in'),
      'form-encoded': ({ type, status }) =>
        expect([status, type]).toEqual([200, 'application/x-www-form-urlencoded']),
    }),
  )('R27, R28 %s', async (name, check) => {
    const provider = await quietProvider()
    provider.faults.next('token', name)
    check(await seen(provider, await redeem(provider, (await callback(provider)).get('code'))))
  })

  test('lost-answer: the connection drops, and the code is used up', async () => {
    const provider = await quietProvider()
    const code = (await callback(provider)).get('code')
    provider.faults.next('token', 'lost-answer')
    await expect(redeem(provider, code)).rejects.toThrow(TypeError)
    expect((await redeem(provider, code)).status).toBe(400)
  })

  test('strikes the plain OAuth 2.0 side too, in its own encoding', async () => {
    const provider = await quietProvider({ oauth2: { quirks: ['form-encoded-response'] } })
    provider.faults.next('token', 'missing-access-token')
    const response = await redeem(
      provider,
      (await callback(provider, {}, 'oauth2')).get('code'),
      {},
      'oauth2',
    )
    expect(Object.fromEntries(new URLSearchParams(await response.text()))).toEqual({
      token_type: 'Bearer',
      expires_in: '3600',
      scope: 'openid profile email',
    })
  })
})

describe('jwks', () => {
  const keys = (members: Members): Members[] => (Array.isArray(members.keys) ? members.keys : [])
  test.each(
    table<Own<'jwks'>>({
      'no-keys': having({ keys: [] }),
      'keys-missing': without('keys'),
      rotated: ({ members }) => expect(keys(members).map(({ kid }) => kid)).toEqual(['rfc7515-a3']),
      'no-alg': ({ members }) => {
        expect(keys(members)).toHaveLength(1)
        expect(keys(members)[0]).toHaveProperty('kid')
        expect(keys(members)[0]).not.toHaveProperty('alg')
      },
      'no-kid': ({ members }) => {
        expect(keys(members)).toHaveLength(1)
        expect(keys(members)[0]).toHaveProperty('alg')
        expect(keys(members)[0]).not.toHaveProperty('kid')
      },
      'encryption-only': ({ members }) => expect(keys(members).map(({ use }) => use)).toEqual(['enc']),
      'unknown-key-beside': ({ members }) =>
        expect(keys(members).map(({ kty }) => kty)).toEqual(['XYZ', 'oct', 'EC']),
    }),
  )('R17 %s', async (name, check) => {
    const provider = await quietProvider()
    provider.faults.next('jwks', name)
    check(await seen(provider, await provider.fetch(provider.endpoints.jwks)))
  })
})

describe('userinfo', () => {
  const ask = async (name: FaultName<'userinfo'>, protocol: 'oidc' | 'oauth2') => {
    const provider = await quietProvider()
    const { access_token } = await signIn(provider, {}, protocol)
    provider.faults.next('userinfo', name)
    const url = protocol === 'oidc' ? provider.endpoints.userinfo : provider.endpoints.oauth2.userinfo
    return seen(provider, await provider.fetch(url, { headers: { authorization: `Bearer ${access_token}` } }))
  }

  test.each(
    table<Own<'userinfo'>>({
      'http-401': ({ status, members }) => expect([status, members.error]).toEqual([401, 'invalid_token']),
      'other-subject': having({ sub: 'fake-somebody-else' }),
      'missing-subject': without('sub'),
      'empty-subject': having({ sub: '' }),
      'subject-object': having({ sub: { id: 1 } }),
      'email-verified-string': having({ email_verified: 'true', sub: 'fake-user-ada' }),
    }),
  )('R15, R32 %s', async (name, check) => check(await ask(name, 'oidc')))

  test.each([
    ['other-subject', { id: 9999 }],
    ['empty-subject', { id: '' }],
    ['subject-object', { id: { value: 1 } }],
  ] as const)('%s at the plain OAuth 2.0 side', async (name, expected) => {
    const { members } = await ask(name, 'oauth2')
    expect(members).toMatchObject(expected)
    expect(members).not.toHaveProperty('sub')
  })

  test('missing-subject at the plain OAuth 2.0 side', async () => {
    expect((await ask('missing-subject', 'oauth2')).members).not.toHaveProperty('id')
  })
})
