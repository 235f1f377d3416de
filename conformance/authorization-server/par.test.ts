import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, provedToken, redemptionOf, start, startOf } from '../support/spa.ts'

// The modules of the OpenID conformance suite on pushed requests (fapi2-security-profile-final-par-* and
// fapi1-advanced-final-par-*) are named in the titles. Not applicable here: those about the audience of client
// assertions and the times in them (private_key_jwt), and those about request objects, which are refused as such.
const clientSecret = 'a secret of 32 characters or more'

let provider: FakeProvider
let server: Running
beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(() => ({
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'other' },
      { ...client, id: 'pushing', require_pushed_authorization_requests: true },
      {
        ...{ id: 'server', redirect_uris: [spaRedirectUri], secret: clientSecret, response_modes: ['query'] },
        ...{ allow_get_authorize: true, require_pushed_authorization_requests: true },
      },
    ],
    providers: { oidc: provider.oidc },
  }))
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

async function push(params: Record<string, string> | URLSearchParams, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.issuer}/par`, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { Origin: spaOrigin, ...headers },
  })
  const body: Record<string, unknown> = await response.json()
  return { status: response.status, headers: response.headers, body, requestUri: String(body.request_uri) }
}
const bring = (requestUri: string, changes: Record<string, string> = {}) => {
  const browser = createBrowser()
  const params = { client_id: 'web', request_uri: requestUri, ...changes }
  return start(server.spa, browser, params).then((page) => ({ browser, page }))
}

describe('/par', () => {
  it('A23 par-without-duplicate-parameters, par-attempt-reuse-request_uri: keeps a request for one browser, once, and the journey ends as if it had been brought there', async () => {
    const begun = startOf(server.spa, { provider: 'oidc' })
    const pushed = await push(begun.params)
    expect(pushed).toMatchObject({ status: 201, body: { expires_in: 60 } })
    expect(Buffer.from(pushed.requestUri.split(':').at(-1) ?? '', 'base64url').length).toBeGreaterThanOrEqual(
      16,
    )
    expect(pushed.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(pushed.headers.get('cache-control')).toBe('no-store')

    const { browser, page } = await bring(pushed.requestUri)
    const last = await browser.follow(page, (url) => url.href.startsWith(spaRedirectUri))
    expect(answerIn(last.next).get('state')).toBe(begun.state)
    const redemption = redemptionOf(server.spa, { ...begun, answer: answerIn(last.next) })
    expect((await provedToken(server.spa, await createDpopKey(), redemption)).status).toBe(200)

    expect((await bring(pushed.requestUri)).page).toMatchObject({ status: 400, next: undefined })
  })

  it('A23 takes nothing from the browser but the name', async () => {
    const begun = startOf(server.spa, { provider: 'oidc', scope: 'openid' })
    const { requestUri } = await push(begun.params)
    const other = startOf(server.spa, {
      state: 'forged',
      redirect_uri: 'https://evil.example/',
      prompt: 'none',
    }).params
    const { browser, page } = await bring(requestUri, { ...other, client_id: 'web', request_uri: requestUri })
    const last = await browser.follow(page, (url) => url.href.startsWith(spaRedirectUri))
    expect(answerIn(last.next).get('state')).toBe(begun.state)
  })

  it('A23 par-attempt-to-use-request_uri-for-different-client, par-attempt-to-use-expired-request_uri: is the pushing client’s, for a minute', async () => {
    const { requestUri } = await push(startOf(server.spa, { provider: 'oidc' }).params)
    expect((await bring(requestUri, { client_id: 'other' })).page).toMatchObject({
      status: 400,
      next: undefined,
    })
    expect((await bring(requestUri)).page.next?.href).toContain(provider.issuer)
    const late = await push(startOf(server.spa, { provider: 'oidc' }).params)
    server.clock.advance(60_000)
    expect((await bring(late.requestUri)).page).toMatchObject({ status: 400, next: undefined })
  })

  it('A20 A23 is brought by the app’s own page: a pushed request makes no link', async () => {
    const { requestUri } = await push(startOf(server.spa, { provider: 'oidc' }).params)
    for (const origin of ['https://evil.example', 'null', null]) {
      const params = { client_id: 'web', request_uri: requestUri }
      const page = await start(server.spa, createBrowser(), params, { origin })
      expect(page).toMatchObject({ status: 403, next: undefined })
    }
    const link = `${server.issuer}/authorize?${new URLSearchParams({ client_id: 'web', request_uri: requestUri })}`
    expect(await createBrowser().visit(link)).toMatchObject({ status: 403, next: undefined })
    expect((await bring(requestUri)).page.next?.href).toContain(provider.issuer)
  })

  it.each([
    [
      'par-authorization-request-containing-request_uri-form-param: a nested request_uri',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      400,
      'invalid_request',
    ],
    ['a foreign request_uri', { request_uri: 'https://evil.example/r' }, 400, 'invalid_request'],
    ['par-ensure-pkce-required: no challenge', { code_challenge: undefined }, 400, 'invalid_request'],
    ['a challenge without its method', { code_challenge_method: undefined }, 400, 'invalid_request'],
    ['another response_type', { response_type: 'code id_token' }, 400, 'unsupported_response_type'],
    ['an unknown provider', { provider: 'nope' }, 400, 'invalid_request'],
    ['an over-long state', { state: 'x'.repeat(513) }, 400, 'invalid_request'],
    ['a response_mode of another client', { response_mode: 'query' }, 400, 'invalid_request'],
    ['a request object', { request: 'eyJ' }, 400, 'request_not_supported'],
    [
      'par-ensure-plain-pkce-rejected: plain PKCE',
      { code_challenge_method: 'plain' },
      400,
      'invalid_request',
    ],
    [
      'par-authorization-request-containing-invalid-redirect_uri: another redirect URI',
      { redirect_uri: 'https://evil.example/' },
      400,
      'invalid_request',
    ],
    ['an unlisted scope', { scope: 'admin' }, 400, 'invalid_scope'],
    ['a foreign resource', { resource: 'https://other.example.com' }, 400, 'invalid_target'],
    ['prompt=none', { prompt: 'none' }, 400, 'login_required'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['an unknown intent', { intent: 'own' }, 400, 'invalid_request'],
    ['a link without a user', { intent: 'link', provider: 'oidc' }, 401, 'invalid_token'],
  ] as [string, Record<string, string | undefined>, number, string][])(
    'A23 refuses %s as /authorize does, in JSON',
    async (_, changes, status, error) => {
      const { status: answered, body } = await push(startOf(server.spa, changes).params)
      expect([answered, body.error]).toEqual([status, error])
    },
  )

  it('A21 A23 refuses a repeated parameter and parameters in the URL', async () => {
    const twice = new URLSearchParams(startOf(server.spa).params)
    twice.append('scope', 'openid')
    expect((await push(twice)).body.error).toBe('invalid_request')
    const response = await fetch(`${server.issuer}/par?client_id=web`, {
      method: 'POST',
      body: new URLSearchParams(),
    })
    expect(response.status).toBe(400)
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])(
    'A23 par-attempt-invalid-http-method: is called by POST and not by %s',
    async (method) => {
      const { params } = startOf(server.spa, { provider: 'oidc' })
      const form = { body: new URLSearchParams(params) }
      const answer = await fetch(`${server.issuer}/par`, {
        method,
        ...(method === 'GET' || method === 'HEAD' ? {} : form),
      })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
      const byQuery = await fetch(`${server.issuer}/par?${new URLSearchParams(params)}`, { method })
      expect(byQuery.status).toBe(405)
    },
  )

  it('A23 takes a form and nothing else', async () => {
    const { params } = startOf(server.spa, { provider: 'oidc' })
    const answer = await fetch(`${server.issuer}/par`, {
      method: 'POST',
      body: JSON.stringify(params),
      headers: { 'Content-Type': 'application/json' },
    })
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }])
  })

  it('A22 A23 ignores what it does not know, as /authorize does', async () => {
    const begun = startOf(server.spa, { provider: 'oidc', extra: 'foobar' })
    const { requestUri } = await push(begun.params)
    const { page } = await bring(requestUri)
    expect(page.next?.href).toContain(provider.issuer)
    expect(page.next?.searchParams.has('extra')).toBe(false)
  })

  it('A23 no two names are alike, and none tells what was asked', async () => {
    const { params } = startOf(server.spa, { provider: 'oidc', state: 'canary-state' })
    const uris = await Promise.all(Array.from({ length: 20 }, async () => (await push(params)).requestUri))
    expect(new Set(uris).size).toBe(20)
    for (const uri of uris) {
      const sealed = uri.split(':').at(-1) ?? ''
      expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('canary')
      // One bit off is nobody's.
      const turned = `${uri.slice(0, -1)}${uri.endsWith('A') ? 'B' : 'A'}`
      expect((await bring(turned)).page).toMatchObject({ status: 400, next: undefined })
    }
  })

  it('A23 par-ensure-pkce-code-verifier-required, par-incorrect-pkce-code-verifier-rejected: demands the pushed challenge’s verifier', async () => {
    const key = await createDpopKey(server.clock.now)
    for (const [verifier, error] of [
      [undefined, 'invalid_request'],
      ['x'.repeat(43), 'invalid_grant'],
    ]) {
      const begun = startOf(server.spa, { provider: 'oidc' })
      const { browser, page } = await bring((await push(begun.params)).requestUri)
      const last = await browser.follow(page, (url) => url.href.startsWith(spaRedirectUri))
      const { code_verifier: _, ...redemption } = redemptionOf(server.spa, {
        ...begun,
        answer: answerIn(last.next),
      })
      const params = verifier === undefined ? redemption : { ...redemption, code_verifier: verifier }
      expect(await provedToken(server.spa, key, params)).toMatchObject({ status: 400, body: { error } })
    }
  })

  describe('par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', () => {
    const journeyIn = (body: string) => /name="journey" value="([^"]+)"/.exec(body)?.[1] ?? ''
    const choose = (browser: Browser, journey: string, chosen = 'oidc') =>
      browser.visit(`${server.issuer}/authorize/choose`, {
        ...{ method: 'POST', form: { journey, provider: chosen }, origin: server.issuer },
      })

    it('A23 a page that asks for the provider may be loaded again; the choice uses the request up', async () => {
      const { requestUri } = await push(startOf(server.spa).params)
      const first = await bring(requestUri)
      const second = await bring(requestUri)
      expect([first.page.status, second.page.status]).toEqual([200, 200])
      const sentOn = await choose(second.browser, journeyIn(second.page.body))
      expect(sentOn.next?.href).toContain(provider.issuer)
      const last = await second.browser.follow(sentOn, (url) => url.href.startsWith(spaRedirectUri))
      expect(answerIn(last.next).has('code')).toBe(true)
      // The other page, as often as it is tried, and one that is loaded later.
      const third = await bring(requestUri)
      for (const { browser, page } of [first, first, third, third]) {
        expect(await choose(browser, journeyIn(page.body))).toMatchObject({ status: 400, next: undefined })
      }
    })

    it('A23 going back to the page and choosing anew is no second use, a choice that fails is none at all', async () => {
      const { requestUri } = await push(startOf(server.spa).params)
      const { browser, page } = await bring(requestUri)
      const unknown = await choose(browser, journeyIn(page.body), 'nope')
      expect(answerIn(unknown.next).get('error')).toBe('invalid_request')
      for (let choice = 0; choice < 3; choice++) {
        const sentOn = await choose(browser, journeyIn(page.body))
        expect(sentOn.next?.href).toContain(provider.issuer)
      }
    })

    it('A11 A23 of 20 pages that choose at once one is sent on', async () => {
      const { requestUri } = await push(startOf(server.spa).params)
      const pages = await Promise.all(Array.from({ length: 20 }, () => bring(requestUri)))
      const sentOn = await Promise.all(
        pages.map(({ browser, page }) => choose(browser, journeyIn(page.body))),
      )
      expect(sentOn.filter(({ next }) => next !== undefined)).toHaveLength(1)
    })
  })
})

describe('a client that must push', () => {
  const must = () => ({ ...server.spa, clientId: 'pushing' })

  it('A23 ensure-unsigned-authorization-request-without-using-par-fails: is told so at its own address', async () => {
    const begun = startOf(must(), { provider: 'oidc' })
    const browser = createBrowser()
    const page = await start(must(), browser, begun.params)
    expect(Object.fromEntries(answerIn(page.next))).toMatchObject({
      ...{ error: 'invalid_request', state: begun.state, iss: server.issuer },
    })
    expect(browser.cookies()).toEqual([])
    const stranger = await start(must(), browser, begun.params, { origin: 'https://evil.example' })
    expect(stranger).toMatchObject({ status: 403, next: undefined })
  })

  it('A23 goes on with a pushed request, and the metadata keeps quiet while others need not', async () => {
    const { requestUri } = await push(startOf(must(), { provider: 'oidc' }).params)
    const { page } = await bring(requestUri, { client_id: 'pushing' })
    expect(page.next?.href).toContain(provider.issuer)
    const metadata = await (await fetch(`${server.issuer}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).not.toHaveProperty('require_pushed_authorization_requests')
  })

  it('A44 A23 the metadata says so where all must', async () => {
    const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
    const strict = await startLatchkey(() => ({
      clients: [{ ...client, id: 'web', require_pushed_authorization_requests: true }],
      providers: { oidc: provider.oidc },
    }))
    try {
      const metadata = await (await fetch(`${strict.issuer}/.well-known/openid-configuration`)).json()
      expect(metadata).toHaveProperty('require_pushed_authorization_requests', true)
    } finally {
      await strict.close()
    }
  })
})

describe('A25 a confidential client at /par', () => {
  const confidential = () => ({ ...server.spa, clientId: 'server' })
  const basic = (secret: string) => ({
    Authorization: `Basic ${Buffer.from(`server:${encodeURIComponent(secret)}`).toString('base64')}`,
  })
  const params = () => startOf(confidential(), { provider: 'oidc' }).params

  it.each([
    ['no secret', {}, {}],
    ['a wrong secret', { client_secret: 'wrong' }, {}],
    ['an empty secret', { client_secret: '' }, {}],
    ['a wrong secret by Basic', {}, () => basic('wrong')],
  ] as [string, Record<string, string>, Record<string, string> | (() => Record<string, string>)][])(
    'A25 with %s pushes nothing',
    async (_, changes, headers) => {
      const sent = typeof headers === 'function' ? headers() : headers
      expect(await push({ ...params(), ...changes }, sent)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
    },
  )

  it('A25 proves itself in one way', async () => {
    const twice = await push({ ...params(), client_secret: clientSecret }, basic(clientSecret))
    expect(twice).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it.each([
    ['in the body', () => push({ ...params(), client_secret: clientSecret })],
    ['by Basic', () => push(params(), basic(clientSecret))],
  ] as const)('A25 with its secret %s pushes, and goes on by link', async (_, pushing) => {
    const { status, requestUri } = await pushing()
    expect(status).toBe(201)
    const link = new URLSearchParams({ client_id: 'server', request_uri: requestUri })
    const page = await createBrowser().visit(`${server.issuer}/authorize?${link}`)
    expect([page.status, page.next?.origin]).toEqual([303, new URL(provider.issuer).origin])
    // Whoever has not proved it may not go past the pushing either.
    const plain = await createBrowser().visit(`${server.issuer}/authorize?${new URLSearchParams(params())}`)
    expect(plain.next?.searchParams.get('error')).toBe('invalid_request')
  })
})

describe('/par, with a key', () => {
  it('A13 a proof sent here binds the code to its key', async () => {
    const key = await createDpopKey(server.clock.now)
    const begun = startOf(server.spa, { provider: 'oidc' })
    const proof = await key.proof({ htm: 'POST', htu: `${server.issuer}/par` })
    const { browser, page } = await bring((await push(begun.params, { DPoP: proof })).requestUri)
    const last = await browser.follow(page, (url) => url.href.startsWith(spaRedirectUri))
    const redemption = redemptionOf(server.spa, { ...begun, answer: answerIn(last.next) })
    const thief = await createDpopKey(server.clock.now)
    expect(await provedToken(server.spa, thief, redemption)).toMatchObject({
      body: { error: 'invalid_grant' },
    })
    const named = await push(
      { ...begun.params, dpop_jkt: thief.jkt },
      { DPoP: await key.proof({ htm: 'POST', htu: `${server.issuer}/par` }) },
    )
    expect(named).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    const wrong = await push(begun.params, {
      DPoP: await key.proof({ htm: 'POST', htu: `${server.issuer}/token` }),
    })
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
  })
})
