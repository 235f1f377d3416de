import { describe, expect, test } from 'vitest'
import type { OAuth2ProviderConfig, OidcProviderConfig } from '../config/types.ts'
import { UpstreamError } from './contract.ts'
import { createUpstreams } from './index.ts'
import {
  type Call,
  handClock,
  issuer,
  json,
  metadataDocument,
  oauth2Provider,
  oidcProvider,
  outcomeOf,
  scriptedFetch,
  unsigned,
} from './upstream.fixture.ts'

const discovery = `${issuer}/.well-known/openid-configuration`
const { token_endpoint } = metadataDocument
const revocation = 'https://op.example/revoke'
const introspection = 'https://op.example/introspect'
const answer = { access_token: 'new', token_type: 'Bearer' }
const held = { refreshToken: 'the-refresh-token', subject: 'u-1' }
type Answers = Parameters<typeof scriptedFetch>[0]

function acme(answers: Answers = {}, provider: Partial<OidcProviderConfig> = {}, metadata: object = {}) {
  const op = scriptedFetch({
    [discovery]: json({
      ...metadataDocument,
      revocation_endpoint: revocation,
      introspection_endpoint: introspection,
      ...metadata,
    }),
    [token_endpoint]: json(answer),
    [revocation]: new Response(null),
    [introspection]: json({ active: true }),
    ...answers,
  })
  const clock = handClock()
  const upstreams = createUpstreams([{ ...oidcProvider, ...provider }], {
    ...{ clock, allowPrivate: false, fetch: op.fetch },
  })
  const upstream = upstreams.get('acme')
  if (upstream === undefined) throw new Error('no upstream')
  const sent = (url: string) => op.calls.filter((call) => call.url === url)
  return { ...op, clock, upstream, sent }
}

function legacy(answers: Answers = {}, provider: Partial<OAuth2ProviderConfig> = {}) {
  const op = scriptedFetch({ [oauth2Provider.tokenEndpoint]: json(answer), ...answers })
  const config = { ...oauth2Provider, ...provider }
  const upstreams = createUpstreams([config], { clock: handClock(), allowPrivate: false, fetch: op.fetch })
  const upstream = upstreams.get('legacy')
  if (upstream === undefined) throw new Error('no upstream')
  return { ...op, upstream }
}

const idToken = (claims: object) => `${unsigned({ alg: 'RS256', kid: 'gone' }, claims)}.c2ln`
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

test('what the vault may know before anything is fetched', () => {
  const rules = { endsAfterDays: 90, narrowsScopes: true }
  const { upstream, calls } = acme(
    {},
    { connect: true, connectScopes: ['files'], refresh: rules, revocationEndsAccount: true },
  )
  expect(upstream).toMatchObject({ connect: true, connectScopes: ['files'], refreshRules: rules })
  expect(upstream.revocationEndsAccount).toBe(true)
  expect(calls).toEqual([])
})

describe('refresh', () => {
  test('authenticates as for a code, and names the grant', async () => {
    const op = acme({ [token_endpoint]: json({ ...answer, refresh_token: 'next', expires_in: 60 }) })
    expect(await op.upstream.refresh(held)).toEqual({
      accessToken: 'new',
      tokenType: 'Bearer',
      refreshToken: 'next',
      expiresIn: 60,
    })
    const [call] = op.sent(token_endpoint)
    expect(call?.headers.authorization).toBe(basic('latchkey', 'a+secret'))
    expect(Object.fromEntries(call?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'the-refresh-token',
    })
  })

  test('quirks hold there, too', async () => {
    const form = 'access_token=new&expires_in=60&scope=a%2Cb'
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const op = legacy(
      { [oauth2Provider.tokenEndpoint]: new Response(form, { headers }) },
      {
        quirks: ['form-encoded-response', 'nonstandard-token-fields', 'comma-scopes', 'basic-not-urlencoded'],
      },
    )
    expect(await op.upstream.refresh({ ...held, scopes: ['a', 'b'] })).toEqual({
      ...{ accessToken: 'new', tokenType: 'Bearer', expiresIn: 60, scope: 'a b' },
    })
    expect(op.calls[0]?.headers.authorization).toBe(basic('latchkey', 'a secret'))
    expect(op.calls[0]?.form.get('scope')).toBe('a,b')
  })

  test('R35: an answer without a refresh token has none: the caller keeps the old one', async () => {
    expect(await acme().upstream.refresh(held)).toEqual({ accessToken: 'new', tokenType: 'Bearer' })
  })

  test('R35: an ID token about somebody else: nothing of the answer is taken', async () => {
    const claims = { iss: issuer, aud: 'latchkey', sub: 'u-1' }
    const refreshed = (changes: object) => {
      const op = acme({ [token_endpoint]: json({ ...answer, id_token: idToken({ ...claims, ...changes }) }) })
      return outcomeOf(() => op.upstream.refresh(held))
    }
    expect(await refreshed({})).toBe('none')
    expect(await refreshed({ sub: 'u-2' })).toBe('provider_error refresh_identity')
    expect(await refreshed({ iss: 'https://evil.example' })).toBe('provider_error refresh_identity')
    expect(await refreshed({ aud: 'other' })).toBe('provider_error refresh_identity')
  })

  test('R35: the ID token is not handed on, and costs no request for keys', async () => {
    const token = idToken({ iss: issuer, aud: 'latchkey', sub: 'u-1' })
    const op = acme({ [token_endpoint]: json({ ...answer, id_token: token }) })
    expect(await op.upstream.refresh(held)).not.toHaveProperty('idToken')
    expect(op.asked(metadataDocument.jwks_uri)).toBe(0)
  })

  test('an ID token of a provider that speaks no OpenID Connect means nothing', async () => {
    const op = legacy({ [oauth2Provider.tokenEndpoint]: json({ ...answer, id_token: 'x' }) })
    expect(await op.upstream.refresh(held)).toEqual({ accessToken: 'new', tokenType: 'Bearer' })
  })

  test.each(['invalid_grant', 'invalid_client'])(
    '1,000 times %s do not open the breaker: other people’s tokens are refreshed',
    async (error) => {
      const said: Answers = { [token_endpoint]: json({ error }, 400) }
      const op = acme(said)
      for (let i = 0; i < 1_000; i++) {
        expect(await outcomeOf(() => op.upstream.refresh(held))).toBe(`provider_error ${error}`)
      }
      op.answers[token_endpoint] = json(answer)
      expect(await outcomeOf(() => op.upstream.refresh(held))).toBe('none')
    },
  )

  test('X06: the refresh token stands in no detail', async () => {
    const body = { error: 'invalid_grant', error_description: 'the-refresh-token is over' }
    const op = acme({ [token_endpoint]: json(body, 400) })
    const error = await op.upstream.refresh(held).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UpstreamError)
    expect(error).toHaveProperty('detail', 'invalid_grant: [redacted] is over')
  })

  test('Retry-After as a date counts from our clock', async () => {
    const headers = { 'retry-after': 'Sun, 22 Nov 2026 00:01:00 GMT' }
    const op = acme({ [token_endpoint]: new Response('', { status: 429, headers }) })
    const error = await op.upstream.refresh(held).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ reason: 'rate_limited', retryAfterMs: 60_000 })
  })
})

const tokens = { accessToken: 'the-access-token', refreshToken: 'the-refresh-token' }

describe('revoke', () => {
  test('the refresh token where there is one, authenticated', async () => {
    const op = acme()
    expect(await op.upstream.revoke(tokens)).toBe('revoked')
    const [call, ...more] = op.sent(revocation)
    expect(more).toEqual([])
    expect(Object.fromEntries(call?.form ?? [])).toEqual({
      token: 'the-refresh-token',
      token_type_hint: 'refresh_token',
    })
    expect(call?.headers.authorization).toBe(basic('latchkey', 'a+secret'))
  })

  test('else the access token', async () => {
    const op = acme()
    expect(await op.upstream.revoke({ accessToken: 'the-access-token' })).toBe('revoked')
    expect(op.sent(revocation)[0]?.form.get('token')).toBe('the-access-token')
  })

  test('no endpoint, no revocation; the configured one comes before metadata', async () => {
    expect(await acme({}, {}, { revocation_endpoint: undefined }).upstream.revoke(tokens)).toBe('unsupported')
    expect(await legacy().upstream.revoke(tokens)).toBe('unsupported')
    const own = 'https://op.example/own'
    const op = acme({ [own]: new Response(null) }, { revocationEndpoint: own })
    expect(await op.upstream.revoke(tokens)).toBe('revoked')
    expect(op.asked(revocation)).toBe(0)
  })

  test('unsupported_token_type: the other token, once', async () => {
    const refuse = (kind: string) => (call: Call) =>
      call.form.get('token_type_hint') === kind
        ? json({ error: 'unsupported_token_type' }, 400)
        : new Response(null)
    const op = acme({ [revocation]: refuse('refresh_token') })
    expect(await op.upstream.revoke(tokens)).toBe('revoked')
    expect(op.sent(revocation).map(({ form }) => form.get('token'))).toEqual([
      'the-refresh-token',
      'the-access-token',
    ])
    const none = acme({ [revocation]: json({ error: 'unsupported_token_type' }, 400) })
    expect(await none.upstream.revoke(tokens)).toBe('unsupported')
    expect(none.asked(revocation)).toBe(2)
  })

  test.each<[string, Response, string]>([
    ['204', new Response(null, { status: 204 }), 'none'],
    ['200 with any body', new Response('OK'), 'none'],
    ['Google on a token that is over', json({ error: 'invalid_token' }, 400), 'none'],
    ['503', new Response('', { status: 503 }), 'temporarily_unavailable provider_5xx'],
    ['429', new Response('', { status: 429 }), 'temporarily_unavailable rate_limited'],
    ['invalid_client', json({ error: 'invalid_client' }, 401), 'provider_error invalid_client'],
    ['an error with 200', json({ error: 'oops' }), 'provider_error revocation_error'],
    ['404', new Response('', { status: 404 }), 'provider_error revocation_status'],
  ])('%s', async (_what, said, outcome) => {
    const op = acme({ [revocation]: said })
    expect(await outcomeOf(() => op.upstream.revoke(tokens))).toBe(outcome)
  })

  test.each([
    ['http://op.example/revoke', 'insecure_url'],
    ['https://127.0.0.1/revoke', 'blocked_address'],
    ['https://user:pass@op.example/revoke', 'credentials_in_url'],
    ['nonsense', 'invalid_url'],
  ])('R22: an endpoint at %s is not called, and keeps nobody from signing in', async (endpoint, reason) => {
    const op = acme({}, {}, { revocation_endpoint: endpoint })
    expect(await outcomeOf(() => op.upstream.revoke(tokens))).toBe(`provider_error ${reason}`)
    expect(await outcomeOf(() => op.upstream.refresh(held))).toBe('none')
    expect(op.calls.map(({ url }) => url)).not.toContain(endpoint)
  })
})

describe('introspect', () => {
  test('whether it lives and until when', async () => {
    const op = acme({ [introspection]: json({ active: true, exp: 1_800_000_000 }) })
    expect(await op.upstream.introspect('the-access-token')).toEqual({
      active: true,
      expiresAt: 1_800_000_000_000,
    })
    expect(Object.fromEntries(op.sent(introspection)[0]?.form ?? [])).toEqual({
      token: 'the-access-token',
      token_type_hint: 'access_token',
    })
  })

  test('X06: what proves who asks stands in no detail', async () => {
    const op = acme({ [introspection]: json({ active: true }) })
    await op.upstream.introspect('the-access-token')
    const { authorization = '' } = op.sent(introspection)[0]?.headers ?? {}
    expect(authorization).toMatch(/^Basic ./)
    op.answers[introspection] = json({ error: 'odd', error_description: authorization }, 400)
    await expect(op.upstream.introspect('the-access-token')).rejects.toMatchObject({
      detail: 'odd: Basic [redacted]',
    })
  })

  test('not offered, not asked', async () => {
    const op = acme({}, {}, { introspection_endpoint: undefined })
    expect(await op.upstream.introspect('the-access-token')).toBeUndefined()
    expect(await legacy().upstream.introspect('the-access-token')).toBeUndefined()
  })

  test.each<[string, Response, object]>([
    ['over', json({ active: false, exp: 1_800_000_000 }), { active: false }],
    ['a damaged expiry', json({ active: true, exp: 'soon' }), { active: true }],
    ['no expiry', json({ active: true }), { active: true }],
  ])('%s', async (_what, said, expected) => {
    expect(await acme({ [introspection]: said }).upstream.introspect('t')).toEqual(expected)
  })

  test.each<[string, Response, string]>([
    ['active as text', json({ active: 'true' }), 'provider_error introspection_malformed'],
    ['HTML', new Response('<html>'), 'provider_error introspection_malformed'],
    ['an error with 200', json({ error: 'oops' }), 'provider_error introspection_error'],
    ['401', json({ error: 'invalid_client' }, 401), 'provider_error invalid_client'],
    ['403 without a word', new Response('', { status: 403 }), 'provider_error introspection_status'],
    ['429', new Response('', { status: 429 }), 'temporarily_unavailable rate_limited'],
    ['500', new Response('', { status: 500 }), 'temporarily_unavailable provider_5xx'],
  ])('refused: %s', async (_what, said, outcome) => {
    const op = acme({ [introspection]: said })
    expect(await outcomeOf(() => op.upstream.introspect('t'))).toBe(outcome)
  })
})
