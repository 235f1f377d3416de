import { json } from '@latchkey/testing'
import { describe, expect, it, test } from 'vitest'
import type { OAuth1ProviderConfig } from '../../config/types.ts'
import { outcomeOf } from '../upstream.fixture.ts'
import { clientSecret, openSide, reachCallback, rsaKey, travel } from './oauth1.fixture.ts'

describe('A journey', () => {
  test.each<[string, Partial<OAuth1ProviderConfig>]>([
    ['HMAC-SHA1', {}],
    ['HMAC-SHA256', { signatureMethod: 'HMAC-SHA256' }],
    ['PLAINTEXT', { signatureMethod: 'PLAINTEXT' }],
    ['RSA-SHA1', { signatureMethod: 'RSA-SHA1', privateKey: rsaKey }],
  ])('signed with %s tells who it is and brings tokens with their secret', async (method, changes) => {
    const side = await openSide(changes, { oauth1: { signatureMethods: [method as 'PLAINTEXT'] } })
    expect(await travel(side)).toEqual({
      ...{ subject: '1001', label: 'ada', name: 'Ada Quinn', email: 'ada@example.com', emailVerified: true },
      tokens: {
        ...{ accessToken: expect.any(String), tokenSecret: expect.any(String), tokenType: 'OAuth1' },
      },
    })
    expect(side.provider.requests.all.map(({ point }) => point)).toEqual([
      ...['request_token', 'authorize', 'access_token', 'userinfo'],
    ])
  })

  it('R01 takes its id along in the callback, which the provider is told beforehand', async () => {
    const side = await openSide()
    const { callback } = await reachCallback(side)
    expect(callback.href).toMatch(
      /^https:\/\/auth\.example\/callback\/legacy\?state=the-journey&oauth_token=[\w-]+&oauth_verifier=[\w-]+$/,
    )
    const sent = side.provider.requests.last('request_token')?.headers.authorization
    expect(sent).toContain(
      `oauth_callback="${encodeURIComponent('https://auth.example/callback/legacy?state=the-journey')}"`,
    )
  })

  it('sends scopes and parameters where they belong, and nothing in place of its own', async () => {
    const common = { scopes: ['read', 'write'], scopeSeparator: ',' }
    const form = await openSide({
      ...{ ...common, scopeParameter: { parameter: 'scope', at: 'request-token' } },
      requestTokenParams: { xoauth_displayname: 'An app & more' },
    })
    const reached = await reachCallback(form)
    expect(Object.fromEntries(form.provider.requests.last('request_token')?.form ?? [])).toEqual({
      ...{ scope: 'read,write', xoauth_displayname: 'An app & more' },
    })
    await form.upstream.exchange(
      await form.upstream.readCallback(reached.params, reached.proof),
      reached.proof,
    )
    expect(form.provider.grants()).toMatchObject([{ protocol: 'oauth1', scope: ['read', 'write'] }])

    const query = await openSide({
      ...{ ...common, scopeParameter: { parameter: 'scope', at: 'authorization' } },
      authorizeParams: { expiration: 'never', oauth_token: 'mine' },
      connectAuthorizeParams: { prompt: 'yes' },
    })
    await reachCallback(query, { connecting: true, scopes: ['admin'] })
    const asked = query.provider.requests.last('authorize')?.query
    expect(Object.fromEntries(asked ?? [])).toEqual({
      ...{ scope: 'admin', expiration: 'never', prompt: 'yes' },
      oauth_token: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(query.provider.requests.last('request_token')?.body).toBe('')
  })

  it('learns who it is from the answer with the token where there is no userinfo, and of its own parameters nothing', async () => {
    const side = await openSide({
      identityFrom: 'token-response',
      subject: ['user_id'],
      profile: { label: 'screen_name' },
    })
    expect(await travel(side)).toMatchObject({ subject: '1001', label: 'ada', emailVerified: false })
    const greedy = await openSide({ identityFrom: 'token-response', subject: ['oauth_token_secret'] })
    expect(await outcomeOf(() => travel(greedy))).toBe('provider_error subject_malformed')
  })

  it('knows nobody where nothing tells', async () => {
    const side = await openSide({ identityFrom: 'nothing', subject: [] })
    const connected = await travel(side, { connecting: true })
    expect(connected).toMatchObject({ subject: 'unidentified', emailVerified: false })
    expect(side.provider.requests.to('userinfo')).toEqual([])
  })

  it('no-userinfo: signs nobody in where nothing tells', async () => {
    const side = await openSide({ identityFrom: 'nothing', subject: [] })
    expect(await outcomeOf(() => travel(side))).toBe('access_denied nobody_identified')
    const { params, proof } = await reachCallback(side, { connecting: true })
    const { connecting: _, ...signIn } = proof
    const callback = await side.upstream.readCallback(params, signIn)
    expect(await outcomeOf(() => side.upstream.exchange(callback, signIn))).toBe(
      'access_denied nobody_identified',
    )
    expect(side.provider.requests.to('token')).toEqual([])
  })

  it('an account that several people hold is connected under its id, and signs nobody in', async () => {
    const side = await openSide({ sharedAccount: true })
    expect(await travel(side, { connecting: true })).toMatchObject({ subject: '1001' })
    expect(await outcomeOf(() => travel(side))).toBe('access_denied nobody_identified')
  })

  it('lets in whom the configuration lets in', async () => {
    const side = await openSide({ allowedEmailDomains: ['other.example'] })
    expect(await outcomeOf(() => travel(side))).toBe('access_denied email_domain_not_allowed')
  })

  it('reads an answer for what it is, whatever it is labelled', async () => {
    const side = await openSide({}, { oauth1: { contentType: 'text/html; charset=utf-8' } })
    expect(await travel(side)).toMatchObject({ subject: '1001' })
  })

  it('R26 sends each request once, with another nonce', async () => {
    const side = await openSide()
    await travel(side)
    await travel(side)
    const headers = side.provider.requests.all.flatMap(
      ({ headers: { authorization } }) => authorization ?? [],
    )
    const nonces = headers.map((header) => /oauth_nonce="([0-9a-f]{32})"/.exec(header)?.[1])
    expect(new Set(nonces).size).toBe(6)
  })
})

describe('OAuth Core 1.0', () => {
  it('has the callback at the page, and no verifier', async () => {
    const side = await openSide({ unsafeVersion10: true }, { oauth1: { version10: true } })
    expect(await travel(side)).toMatchObject({ subject: '1001' })
    expect(side.provider.requests.last('request_token')?.headers.authorization).not.toContain('callback')
  })

  it('is not what 1.0a falls back to', async () => {
    const side = await openSide({}, { oauth1: { version10: true } })
    expect(await outcomeOf(() => travel(side))).toBe('provider_error request_token_refused')
    const careless = await openSide({}, { oauth1: { ignoresVerifier: true } })
    const { params, proof } = await reachCallback(careless)
    params.delete('oauth_verifier')
    expect(await outcomeOf(() => careless.upstream.readCallback(params, proof))).toBe(
      'access_denied callback_verifier_missing',
    )
  })
})

describe('A refusal', () => {
  test.each(['denied', 'oauth_problem', 'no-verifier'] as const)('by %s is one', async (refusal) => {
    const side = await openSide({}, { autoApprove: 'denies', oauth1: { refusal } })
    expect(await outcomeOf(() => travel(side))).toMatch(/^access_denied callback_/)
    expect(side.provider.requests.to('access_token')).toEqual([])
  })
})

describe('Tokens', () => {
  const held = async () => {
    const side = await openSide()
    const { tokens } = await travel(side)
    return { ...side, credentials: { token: tokens.accessToken, secret: tokens.tokenSecret ?? '' } }
  }

  it('are neither renewed, revoked nor introspected', async () => {
    const { upstream, credentials } = await held()
    expect(await upstream.revoke({ accessToken: credentials.token })).toBe('unsupported')
    expect(await upstream.introspect(credentials.token)).toBeUndefined()
    expect(await outcomeOf(() => upstream.refresh({ refreshToken: 'x', subject: '1001' }))).toBe(
      'provider_error unsupported_grant_type',
    )
  })

  it('sign requests with their parameters', async () => {
    const { upstream, provider, credentials } = await held()
    const url = new URL(`${provider.endpoints.api}/items?b=2&a=1%202&a=%C3%BC`)
    const form = 'status=Hello+%26%20you%21&x'
    const authorization = upstream.signing?.sign({ method: 'POST', url, form }, credentials) ?? ''
    const send = () =>
      provider.fetch(url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: form,
      })
    const answer = await send()
    expect([answer.status, await answer.json()]).toMatchObject([200, { account: 'fake-user-ada' }])
    expect([(await send()).status, authorization.includes(encodeURIComponent(clientSecret))]).toEqual([
      401,
      false,
    ])
  })

  test.each([
    ['the access token endpoint', (base: string) => `${base}/oauth1/access_token?x=1`],
    ['the same, spelled otherwise', (base: string) => `${base}//oauth1/ACCESS%5Ftoken/`],
    ['the same, with what a server may overlook', (base: string) => `${base}/oauth1/access_token;v=1.0`],
    ['the same, in the middle', (base: string) => `${base}/oauth1;a/access_token%3Bb`],
    ['the same, for an answer in JSON', (base: string) => `${base}/oauth1/access_token.json`],
    ['the request token endpoint', (base: string) => `${base}/oauth1/request_token`],
    ['a parameter of the protocol', (base: string) => `${base}/api?oauth_callback=https%3A%2F%2Fx`],
    ['a parameter of an extension', (base: string) => `${base}/api?oauth_session_handle=1`],
    ['the same, in capitals', (base: string) => `${base}/api?OAuth_Token=1`],
    ['the same, encoded', (base: string) => `${base}/api?oauth%5Fverifier=1`],
  ])('V01 do not sign a request for %s', async (_, url) => {
    const { upstream, provider, credentials } = await held()
    const target = new URL(url(provider.issuer))
    expect(upstream.signing?.sign({ method: 'POST', url: target }, credentials)).toBeUndefined()
    const inForm = { method: 'POST', url: new URL(provider.endpoints.api), form: 'oauth_token=x' }
    expect(upstream.signing?.sign(inForm, credentials)).toBeUndefined()
  })

  it('are good until the provider says that they are not', async () => {
    const { upstream, provider, credentials } = await held()
    expect(await upstream.signing?.stillGood(credentials)).toBe(true)
    provider.faults.next('userinfo', 'http-500')
    expect(await outcomeOf(() => upstream.signing?.stillGood(credentials))).toBe(
      'temporarily_unavailable provider_5xx',
    )
    provider.revokeGrant()
    expect(await upstream.signing?.stillGood(credentials)).toBe(false)
  })

  test.each([
    ['timestamp_refused', true],
    ['consumer_key_rejected', true],
    ['token_revoked', false],
  ])('are not to blame for whatever is refused: %s', async (problem, good) => {
    const { upstream, provider, credentials } = await held()
    provider.faults.next('userinfo', () => json({ oauth_problem: problem }, 401))
    provider.faults.next('userinfo', () =>
      json({}, 401, { 'www-authenticate': `OAuth realm="x", oauth_problem="${problem}"` }),
    )
    provider.faults.next('userinfo', () => new Response(`oauth_problem=${problem}`, { status: 401 }))
    for (const expected of [false, good, good]) {
      expect(await upstream.signing?.stillGood(credentials)).toBe(expected)
    }
  })
})
