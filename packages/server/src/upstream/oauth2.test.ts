import { describe, expect, test } from 'vitest'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { createOAuth2Upstream } from './oauth2.ts'
import { handClock, json, oauth2Provider, outcomeOf, proof, scriptedFetch } from './upstream.fixture.ts'

const { authorizationEndpoint, tokenEndpoint, userinfoEndpoint } = oauth2Provider
const good = { access_token: 'the-access-token', token_type: 'bearer' }

function legacy(
  provider: Partial<OAuth2ProviderConfig> = {},
  answers: Parameters<typeof scriptedFetch>[0] = {},
) {
  const op = scriptedFetch({
    [tokenEndpoint]: json(good),
    [userinfoEndpoint]: json({ id: 42, name: 'Ann', email: 'ann@example.com' }),
    ...answers,
  })
  const upstream = createOAuth2Upstream(
    { ...oauth2Provider, ...provider },
    { fetch: op.fetch, clock: handClock(), allowPrivate: false, onBackgroundFailure: () => undefined },
  )
  const signIn = async (query = `code=c&state=${proof.state}`) =>
    upstream.exchange(await upstream.readCallback(new URLSearchParams(query), proof), proof)
  return { ...op, upstream, signIn, outcome: (query?: string) => outcomeOf(() => signIn(query)) }
}

test('what the journey may know: accounts are filed under the provider’s id', () => {
  expect(legacy({ issuer: 'https://legacy.example' }).upstream).toMatchObject({
    protocol: 'oauth2',
    provesAuthTime: false,
    identityIssuer: 'provider:legacy',
  })
})

test('R31: a sign-in: the account id names the account, not the address', async () => {
  const op = legacy()
  expect((await op.upstream.authorizationUrl(proof)).href.split('?')[0]).toBe(authorizationEndpoint)
  expect(await op.signIn()).toEqual({
    subject: '42',
    label: 'ann@example.com',
    name: 'Ann',
    email: 'ann@example.com',
    emailVerified: false,
    tokens: { accessToken: 'the-access-token', tokenType: 'Bearer' },
  })
})

test('R16: the token travels in the header only', async () => {
  const op = legacy()
  await op.signIn()
  expect(op.calls.map(({ url }) => url)).toEqual([tokenEndpoint, userinfoEndpoint])
  expect(op.calls[1]?.headers.authorization).toBe('Bearer the-access-token')
})

test('R06: an ID token that nobody verified is dropped', async () => {
  const { tokens } = await legacy({}, { [tokenEndpoint]: json({ ...good, id_token: 'a.b.c' }) }).signIn()
  expect(tokens).not.toHaveProperty('idToken')
})

test('R04: PKCE unless the configuration says none', async () => {
  const op = legacy()
  await op.signIn()
  expect(op.calls[0]?.form.get('code_verifier')).toBe(proof.codeVerifier)
  const without = legacy({ pkce: 'none' })
  await without.signIn()
  expect(without.calls[0]?.form.has('code_verifier')).toBe(false)
})

test('R29: Basic or in the body, as configured', async () => {
  const basic = legacy()
  await basic.signIn()
  expect(basic.calls[0]?.headers.authorization).toMatch(/^Basic /)
  const post = legacy({ tokenEndpointAuthMethod: 'client_secret_post' })
  await post.signIn()
  expect(post.calls[0]?.headers).not.toHaveProperty('authorization')
  expect(post.calls[0]?.form.get('client_secret')).toBe('a secret')
})

test('an old provider: form-encoded tokens, no PKCE, a nested profile', async () => {
  const form = new Response('access_token=the-access-token&token_type=bearer&scope=read', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const op = legacy(
    {
      pkce: 'none',
      quirks: ['form-encoded-response'],
      subject: ['data.user_id'],
      profile: { label: 'data.login' },
    },
    { [tokenEndpoint]: form, [userinfoEndpoint]: json({ data: { user_id: 'u', login: 'ann' } }) },
  )
  expect(await op.signIn()).toEqual({
    subject: 'u',
    label: 'ann',
    emailVerified: false,
    tokens: { accessToken: 'the-access-token', tokenType: 'Bearer', scope: 'read' },
  })
})

test.each<[string, Parameters<typeof scriptedFetch>[0], string]>([
  [
    'R28: 200 with an error',
    { [tokenEndpoint]: json({ error: 'bad_verification_code' }) },
    'provider_error token_error',
  ],
  ['R27, #61: no token', { [tokenEndpoint]: json({}) }, 'provider_error token_malformed'],
  ['R27: no token_type', { [tokenEndpoint]: json({ access_token: 'at' }) }, 'provider_error token_malformed'],
  ['userinfo refuses', { [userinfoEndpoint]: json({}, 401) }, 'provider_error userinfo_status'],
  ['userinfo is HTML', { [userinfoEndpoint]: new Response('<html>') }, 'provider_error userinfo_not_json'],
  [
    'R31: no subject',
    { [userinfoEndpoint]: json({ email: 'ann@example.com' }) },
    'provider_error subject_malformed',
  ],
  [
    'R31: a subject JSON has rounded',
    {
      [userinfoEndpoint]: new Response('{"id":9007199254740993}', {
        headers: { 'content-type': 'application/json' },
      }),
    },
    'provider_error subject_malformed',
  ],
])('%s', async (_what, answers, expected) => {
  expect(await legacy({}, answers).outcome()).toBe(expected)
})

describe('R19: iss', () => {
  const iss = (value: string): string => `code=c&state=${proof.state}&iss=${value}`
  const plain = `code=c&state=${proof.state}`

  test.each<[string, string | undefined, string, string]>([
    ['configured and right', 'https://legacy.example', iss('https://legacy.example'), 'none'],
    [
      'configured and wrong',
      'https://legacy.example',
      iss('https://evil.example'),
      'provider_error callback_issuer',
    ],
    ['configured and missing', 'https://legacy.example', plain, 'provider_error callback_issuer_missing'],
    ['not configured: not looked at', undefined, iss('https://legacy.example'), 'none'],
  ])('%s', async (_what, issuer, query, expected) => {
    const op = legacy(issuer === undefined ? {} : { issuer })
    expect(await op.outcome(query)).toBe(expected)
    expect(op.calls).toHaveLength(expected === 'none' ? 2 : 0)
  })
})

test('R32, email-not-verified: the word of such a provider does not count', async () => {
  const verified = json({ id: 1, email: 'ann@example.com', email_verified: true })
  const trusting = await legacy({}, { [userinfoEndpoint]: verified }).signIn()
  const wary = await legacy({ quirks: ['email-not-verified'] }, { [userinfoEndpoint]: verified }).signIn()
  expect([trusting.emailVerified, wary.emailVerified]).toEqual([true, false])
})
