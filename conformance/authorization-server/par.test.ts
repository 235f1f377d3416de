import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, provedToken, redemptionOf, start, startOf } from '../support/spa.ts'

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
  it('A23 keeps a request for one browser, once, and the journey ends as if it had been brought there', async () => {
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

  it('A23 is the pushing client’s, for a minute', async () => {
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
    ['a nested request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 400, 'invalid_request'],
    ['a request object', { request: 'eyJ' }, 400, 'request_not_supported'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 400, 'invalid_request'],
    ['another redirect URI', { redirect_uri: 'https://evil.example/' }, 400, 'invalid_request'],
    ['an unlisted scope', { scope: 'admin' }, 400, 'invalid_scope'],
    ['a foreign resource', { resource: 'https://other.example.com' }, 400, 'invalid_target'],
    ['prompt=none', { prompt: 'none' }, 400, 'login_required'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['an unknown intent', { intent: 'own' }, 400, 'invalid_request'],
    ['a link without a user', { intent: 'link', provider: 'oidc' }, 401, 'invalid_token'],
  ] as [string, Record<string, string>, number, string][])(
    'A23 refuses %s as /authorize does, in JSON',
    async (_, changes, status, error) => {
      const { status: answered, body } = await push({ ...startOf(server.spa).params, ...changes })
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
    expect((await fetch(`${server.issuer}/par`)).status).toBe(405)
  })

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
