import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { OidcProviderConfig } from '../config/types.ts'
import { outage } from './failures.ts'
import { createOidcUpstream } from './oidc.ts'
import {
  goodClaims,
  handClock,
  issuer,
  json,
  metadataDocument,
  oidcProvider,
  outcomeOf,
  proof,
  rsaKey,
  scriptedFetch,
} from './upstream.fixture.ts'

const key = rsaKey('k1')
const clock = handClock()
const discovery = `${issuer}/.well-known/openid-configuration`
const { authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri } = metadataDocument

interface Given {
  provider?: Partial<OidcProviderConfig>
  claims?: object
  tokens?: object
  answers?: Parameters<typeof scriptedFetch>[0]
}

function acme({ provider = {}, claims = {}, tokens = {}, answers = {} }: Given = {}) {
  const op = scriptedFetch({
    [discovery]: json(metadataDocument),
    [jwks_uri]: json({ keys: [key.publicJwk] }),
    [token_endpoint]: () =>
      json({
        access_token: 'the-access-token',
        token_type: 'Bearer',
        id_token: key.sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock, claims)),
        ...tokens,
      }),
    ...answers,
  })
  const upstream = createOidcUpstream(
    { ...oidcProvider, ...provider },
    { fetch: op.fetch, clock, allowPrivate: false, onBackgroundFailure: () => undefined },
  )
  const signIn = async (query = `code=c&state=${proof.state}`, expected = proof) =>
    upstream.exchange(await upstream.readCallback(new URLSearchParams(query), expected), expected)
  return { ...op, upstream, signIn, outcome: (query?: string) => outcomeOf(() => signIn(query)) }
}

test('what the journey may know before anything is fetched', () => {
  const { upstream, calls } = acme()
  expect(upstream).toMatchObject({
    id: 'acme',
    name: 'Acme',
    protocol: 'oidc',
    responseMode: 'query',
    provesAuthTime: true,
    identityIssuer: issuer,
  })
  expect(calls).toEqual([])
})

test('the browser goes where discovery says', async () => {
  const url = await acme().upstream.authorizationUrl(proof)
  expect(url.href.split('?')[0]).toBe(authorization_endpoint)
})

test('R31: a sign-in yields the subject, its claims and the tokens; userinfo is not asked', async () => {
  const op = acme({
    claims: { auth_time: 1, sid: 's' },
    tokens: { refresh_token: 'rt', expires_in: 60, scope: 'openid' },
  })
  const identity = await op.signIn()
  expect(identity).toEqual({
    subject: 'u-1',
    label: 'ann@example.com',
    name: 'Ann Example',
    email: 'ann@example.com',
    emailVerified: true,
    authTime: 1,
    sid: 's',
    tokens: {
      accessToken: 'the-access-token',
      tokenType: 'Bearer',
      refreshToken: 'rt',
      expiresIn: 60,
      scope: 'openid',
      idToken: expect.any(String),
    },
  })
  expect(op.asked(userinfo_endpoint)).toBe(0)
})

test('R07 no-refresh-token-exchange-instead: at_hash is about the token that came with it, before the exchange', async () => {
  const exchangeEndpoint = 'https://op.example/exchange'
  const at_hash = hash('sha256', 'the-access-token', 'buffer').subarray(0, 16).toString('base64url')
  const op = acme({
    provider: {
      exchangeEndpoint,
      wire: { exchange: { grantType: 'long', tokenParameter: 'access_token', sends: [] } },
    },
    claims: { at_hash },
    answers: { [exchangeEndpoint]: json({ access_token: 'the-long-one', token_type: 'Bearer' }) },
  })
  expect((await op.signIn()).tokens).toMatchObject({
    accessToken: 'the-long-one',
    idToken: expect.any(String),
  })
})

test('discovery and keys are fetched once for many', async () => {
  const op = acme()
  await Promise.all(Array.from({ length: 20 }, () => op.signIn()))
  expect([op.asked(discovery), op.asked(jwks_uri), op.asked(token_endpoint)]).toEqual([1, 1, 20])
})

describe('R06: nothing is used until the ID token has passed', () => {
  const incomplete = { name: undefined, email: undefined }
  test.each<[string, Given]>([
    ['none', { tokens: { id_token: undefined } }],
    ['R05: nonce-invalid', { claims: { ...incomplete, nonce: 'x' } }],
    ['R10: invalid-iss', { claims: { ...incomplete, iss: `${issuer}1` } }],
    ['R11: invalid-aud', { claims: { ...incomplete, aud: 'x' } }],
    ['R12: expired', { claims: { ...incomplete, exp: 1 } }],
    ['R07: invalid-athash', { claims: { ...incomplete, at_hash: 'x' } }],
    [
      'R07: signed by another',
      { tokens: { id_token: rsaKey('k1').sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock, incomplete)) } },
    ],
    ['R08: unsigned', { tokens: { id_token: 'eyJhbGciOiJub25lIn0.e30.' } }],
  ])('%s: refused, userinfo not asked', async (_what, given) => {
    const op = acme(given)
    expect(await op.outcome()).toMatch(/^provider_error id_token_/)
    expect(op.asked(userinfo_endpoint)).toBe(0)
  })

  test('R14: max_age asked and auth_time not proved', async () => {
    const op = acme({ claims: incomplete })
    const expected = { ...proof, maxAge: 60 }
    expect(await outcomeOf(() => op.signIn(undefined, expected))).toBe('provider_error id_token_auth_time')
    expect(op.asked(userinfo_endpoint)).toBe(0)
  })
})

describe('userinfo', () => {
  const thin = { name: undefined, email: undefined, email_verified: undefined }

  test('R16: is asked for what is missing, with the token in the header', async () => {
    const op = acme({
      claims: thin,
      answers: {
        [userinfo_endpoint]: json({
          sub: 'u-1',
          name: 'Ann',
          email: 'ann@example.com',
          email_verified: true,
        }),
      },
    })
    expect(await op.signIn()).toMatchObject({
      subject: 'u-1',
      name: 'Ann',
      email: 'ann@example.com',
      emailVerified: true,
    })
    expect(op.calls.filter(({ url }) => url.includes('the-access-token'))).toEqual([])
  })

  test('R15: userinfo-invalid-sub', async () => {
    const op = acme({
      claims: thin,
      answers: { [userinfo_endpoint]: json({ sub: 'u-2', email: 'bob@example.com' }) },
    })
    expect(await op.outcome()).toBe('provider_error userinfo_subject')
  })

  test('a provider without one is not asked', async () => {
    const { userinfo_endpoint: _none, ...without } = metadataDocument
    const op = acme({ claims: thin, answers: { [discovery]: json(without) } })
    expect(await op.signIn()).toMatchObject({ subject: 'u-1', emailVerified: false })
  })

  test('one that is out makes the sign-in fail, for now', async () => {
    const op = acme({ claims: thin, answers: { [userinfo_endpoint]: json({}, 502) } })
    expect(await op.outcome()).toBe('temporarily_unavailable provider_5xx')
  })
})

describe('R19: a callback of another server', () => {
  test.each([
    [
      'invalid-authorization-response-iss',
      `code=c&state=${proof.state}&iss=https://evil.example`,
      'callback_issuer',
    ],
    ['remove-authorization-response-iss', `code=c&state=${proof.state}`, 'callback_issuer_missing'],
  ])('%s: no other endpoint is called', async (_what, query, reason) => {
    const advertised = { ...metadataDocument, authorization_response_iss_parameter_supported: true }
    const op = acme({ answers: { [discovery]: json(advertised) } })
    expect(await op.outcome(query)).toBe(`provider_error ${reason}`)
    expect(op.calls.map(({ url }) => url)).toEqual([discovery])
  })
})

test('parameters that readCallback has not passed are not redeemed', async () => {
  const op = acme()
  const forged = new URLSearchParams({ code: 'c', state: proof.state })
  // What a caller without types might do.
  await expect(Reflect.apply(op.upstream.exchange, undefined, [forged, proof])).rejects.toThrow(TypeError)
  expect(op.asked(token_endpoint)).toBe(0)
})

describe('R17: rotation', () => {
  test('a new key costs one fetch and the sign-in succeeds', async () => {
    const op = acme()
    await op.signIn()
    const next = rsaKey('k2')
    op.answers[jwks_uri] = json({ keys: [next.publicJwk] })
    op.answers[token_endpoint] = () =>
      json({
        access_token: 'at',
        token_type: 'Bearer',
        id_token: next.sign({ alg: 'RS256', kid: 'k2' }, goodClaims(clock)),
      })
    await op.signIn()
    await op.signIn()
    expect(op.asked(jwks_uri)).toBe(2)
  })

  test('1,000 tokens with made-up key ids cost a few', async () => {
    const op = acme()
    let number = 0
    op.answers[token_endpoint] = () =>
      json({
        access_token: 'at',
        token_type: 'Bearer',
        id_token: key.sign({ alg: 'RS256', kid: `k-${number++}` }, goodClaims(clock)),
      })
    for (let count = 0; count < 1_000; count++) expect(await op.outcome()).toBe('provider_error id_token_key')
    expect(op.asked(jwks_uri)).toBeLessThanOrEqual(3)
  })
})

test.each<[string, Given['answers'], string]>([
  [
    'R18: discovery-issuer-mismatch',
    { [discovery]: json({ ...metadataDocument, issuer: 'https://x.example' }) },
    'provider_error metadata_issuer',
  ],
  ['discovery out', { [discovery]: outage('timeout') }, 'temporarily_unavailable timeout'],
  ['the token endpoint out', { [token_endpoint]: outage('refused') }, 'temporarily_unavailable refused'],
  ['the token endpoint failing', { [token_endpoint]: json({}, 500) }, 'temporarily_unavailable provider_5xx'],
  [
    'the code refused',
    { [token_endpoint]: json({ error: 'invalid_grant' }, 400) },
    'provider_error invalid_grant',
  ],
  [
    'R28: the code refused with 200',
    { [token_endpoint]: json({ error: 'bad_verification_code' }) },
    'provider_error token_error',
  ],
  ['the keys out', { [jwks_uri]: json({}, 503) }, 'temporarily_unavailable provider_5xx'],
  ['the keys no keys', { [jwks_uri]: json({}) }, 'provider_error jwks_malformed'],
])('%s', async (_what, answers = {}, expected) => {
  expect(await acme({ answers }).outcome()).toBe(expected)
})

test('R05: the nonce may miss only where PKCE stands in for it', async () => {
  const given = { claims: { nonce: undefined } }
  const quirks = ['nonce-not-echoed']
  expect(await acme({ ...given, provider: { quirks } }).outcome()).toBe('none')
  expect(await acme({ ...given, provider: { quirks, pkce: 'none' } }).outcome()).toBe(
    'provider_error id_token_nonce',
  )
  expect(await acme(given).outcome()).toBe('provider_error id_token_nonce')
})

test('given metadata: discovery is not asked', async () => {
  const op = acme({ provider: { metadata: metadataDocument } })
  expect(await op.outcome()).toBe('none')
  expect(op.asked(discovery)).toBe(0)
})

describe('signing out at the provider', () => {
  const request = { postLogoutRedirectUri: 'https://auth.example/logout/done/acme', state: 'sealed' }
  const end_session_endpoint = 'https://op.example/logout'
  const signingOut = (metadata: object, provider: Partial<OidcProviderConfig> = { signOut: true }) =>
    acme({ provider, answers: { [discovery]: json({ ...metadataDocument, ...metadata }) } }).upstream

  test('A40 only where it is configured', () => {
    expect(signingOut({ end_session_endpoint }, {}).signOutUrl).toBeUndefined()
  })

  test('A40 where its metadata says, with all that it needs to know us by', async () => {
    const url = await signingOut({ end_session_endpoint }).signOutUrl?.({ ...request, idTokenHint: 'e.y.J' })
    expect(url?.href.split('?')[0]).toBe(end_session_endpoint)
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      client_id: 'latchkey',
      post_logout_redirect_uri: request.postLogoutRedirectUri,
      state: 'sealed',
      id_token_hint: 'e.y.J',
    })
  })

  test('A40 keeps the query of the endpoint, but nothing that is ours', async () => {
    const endpoint = `${end_session_endpoint}?tenant=a%20b&state=x&client_id=y&id_token_hint=z`
    const url = await signingOut({ end_session_endpoint: endpoint }).signOutUrl?.(request)
    expect([...(url?.searchParams ?? [])].sort(([one], [other]) => one.localeCompare(other))).toEqual([
      ['client_id', 'latchkey'],
      ['post_logout_redirect_uri', request.postLogoutRedirectUri],
      ['state', 'sealed'],
      ['tenant', 'a b'],
    ])
  })

  test.each([[undefined], [null], [7]])(
    'A40 nowhere, when the metadata names no place: %s',
    async (endpoint) => {
      expect(await signingOut({ end_session_endpoint: endpoint }).signOutUrl?.(request)).toBeUndefined()
    },
  )

  test.each([
    ['http://op.example/logout', 'insecure_url'],
    ['https://user:pass@op.example/logout', 'credentials_in_url'],
    ['javascript:alert(1)', 'insecure_url'],
    ['https://127.0.0.1/logout', 'blocked_address'],
    ['/logout', 'invalid_url'],
  ])('X05 not to %s, which keeps nobody from signing in', async (endpoint, reason) => {
    const upstream = signingOut({ end_session_endpoint: endpoint })
    expect(await outcomeOf(() => upstream.signOutUrl?.(request))).toBe(`provider_error ${reason}`)
    expect((await upstream.authorizationUrl(proof)).href).toMatch(/^https:\/\/op\.example\/authorize/)
  })
})

test('R18 a flood of made-up logout tokens takes no renewal of keys from sign-in', async () => {
  const { upstream, asked, signIn, answers } = acme()
  await signIn()
  for (let count = 0; count < 50; count++) {
    const made = key.sign({ alg: 'RS256', kid: `made-up-${count}` }, goodClaims(clock))
    await outcomeOf(() => upstream.readLogoutToken?.(made))
  }
  // One for sign-in, one for logout tokens, and the two renewals that these may have at once.
  expect(asked(jwks_uri)).toBe(4)
  const next = rsaKey('k2')
  answers[jwks_uri] = json({ keys: [next.publicJwk] })
  answers[token_endpoint] = json({
    access_token: 'the-access-token',
    token_type: 'Bearer',
    id_token: next.sign({ alg: 'RS256', kid: 'k2' }, goodClaims(clock)),
  })
  expect(await signIn()).toMatchObject({ subject: 'u-1' })
})
