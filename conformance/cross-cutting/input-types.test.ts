// Names and shapes that a body parser or a map may take for more than text.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, postToken, redemptionOf, type Spa, start, startOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
let plain: Spa

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(() => ({
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'plain', dpop: 'off' },
    ],
    providers: { oidc: provider.oidc },
  }))
  plain = { ...server.spa, clientId: 'plain' }
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})
afterEach(() => {
  // Prototypes of this very process, which is the server's too.
  const polluted: Record<string, unknown> = {}
  for (const name of ['polluted', 'client_id', 'isAdmin', '0']) expect(polluted[name], name).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
})

/** Keys of every object, and spellings that some parsers make objects or lists of. */
const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
]
const smuggled: Record<string, string> = {
  __proto__: 'polluted',
  '__proto__[polluted]': 'yes',
  '__proto__.polluted': 'yes',
  'constructor[prototype][polluted]': 'yes',
  'constructor.prototype.polluted': 'yes',
  'prototype[polluted]': 'yes',
  toString: 'x',
  'a[]': '1',
  'a[0]': '1',
  'a[b][c]': '1',
  'a.b': '1',
}

describe('X12 parameters are text', () => {
  it('X12 a whole journey takes no notice of smuggled ones', async () => {
    const begun = startOf(plain, { provider: 'oidc', ...smuggled })
    const browser = createBrowser()
    const page = await start(plain, browser, begun.params)
    expect(page.next?.href.startsWith(provider.issuer)).toBe(true)
    expect(page.next?.href).not.toMatch(/polluted|proto/)
    const before = await browser.follow(page, (url) => url.pathname.startsWith('/callback/'))
    const url = new URL(before.next ?? '')
    for (const [name, value] of Object.entries(smuggled)) url.searchParams.append(name, value)
    const last = await browser.visit(url)
    const trip = { answer: answerIn(last.next), verifier: begun.verifier }
    expect(trip.answer.has('code')).toBe(true)
    const answer = await postToken(plain, { ...redemptionOf(plain, trip), ...smuggled })
    expect(answer.status).toBe(200)
    expect(answer.body).not.toHaveProperty('polluted')
  })

  it.each(['client_id', 'redirect_uri'])('X12 %s in a list or an object is missing', async (name) => {
    for (const spelling of [
      `${name}[]`,
      `${name}[0]`,
      `${name}.x`,
      `${name}[a]`,
      ` ${name}`,
      name.toUpperCase(),
    ]) {
      const { [name]: value = '', ...params } = startOf(plain, { provider: 'oidc' }).params
      const page = await start(plain, createBrowser(), { ...params, [spelling]: value })
      expect(page, spelling).toMatchObject({ status: 400, next: undefined })
    }
  })

  it.each(['response_type', 'code_challenge', 'code_challenge_method'])(
    'X12 %s in a list or an object is missing',
    async (name) => {
      for (const spelling of [`${name}[]`, `${name}[0]`, `${name}.x`]) {
        const { [name]: value = '', ...params } = startOf(plain, { provider: 'oidc' }).params
        const page = await start(plain, createBrowser(), { ...params, [spelling]: value })
        expect(answerIn(page.next).get('error'), spelling).toBe('invalid_request')
      }
    },
  )

  it.each(['code', 'code_verifier', 'grant_type', 'client_id'])('X12 at /token too: %s', async (name) => {
    const trip = await travel(plain, createBrowser(), { provider: 'oidc' })
    const redemption = redemptionOf(plain, trip)
    for (const spelling of [`${name}[]`, `${name}[0]`, `${name}[x]`, `${name}.x`]) {
      const { [name]: value = '', ...params } = redemption
      expect(await postToken(plain, { ...params, [spelling]: value }), spelling).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
    }
    expect((await postToken(plain, redemption)).status).toBe(200)
  })

  it('X12 state[] is not state: it is not echoed, and the callback does not take it', async () => {
    const page = await start(
      plain,
      createBrowser(),
      startOf(plain, { state: undefined, 'state[]': 'x', prompt: 'none' }).params,
    )
    expect(answerIn(page.next).has('state')).toBe(false)
    const callback = await createBrowser().visit(
      `${server.issuer}/callback/oidc?state[]=${'x'.repeat(24)}&code[]=x`,
    )
    expect(callback).toMatchObject({ status: 400, next: undefined })
  })
})

describe('X12 maps know what was put into them', () => {
  it.each(inherited)('X12 there is no client, provider, grant, scope or address %s', async (name) => {
    const client = await start(plain, createBrowser(), startOf(plain, { client_id: name }).params)
    expect(client).toMatchObject({ status: 400, next: undefined })
    const providerPage = await start(plain, createBrowser(), startOf(plain, { provider: name }).params)
    expect(answerIn(providerPage.next).get('error')).toBe('invalid_request')
    const scope = await start(
      plain,
      createBrowser(),
      startOf(plain, { provider: 'oidc', scope: name }).params,
    )
    expect(answerIn(scope.next).get('error')).toBe('invalid_scope')
    const responseType = await start(plain, createBrowser(), startOf(plain, { response_type: name }).params)
    expect(answerIn(responseType.next).get('error')).toBe('unsupported_response_type')

    expect((await postToken(plain, { grant_type: name, client_id: 'plain' })).body.error).toBe(
      'unsupported_grant_type',
    )
    expect((await postToken(plain, { grant_type: 'refresh_token', client_id: name })).body.error).toBe(
      'invalid_client',
    )
    expect((await createBrowser().visit(`${server.issuer}/callback/${name}?code=x`)).status).toBe(404)
    expect((await createBrowser().visit(`${server.issuer}/${name}`)).status).toBe(404)
    expect((await fetch(`${server.issuer}/providers?client_id=${name}`)).status).toBe(400)
    const cookie = await createBrowser().visit(
      `${server.issuer}/callback/oidc?code=x&state=${name.padEnd(24, '_')}`,
      {
        headers: { Cookie: `latchkey-j-${name.padEnd(24, '_')}=x; ${name}=x; __proto__=x` },
      },
    )
    expect(cookie.status).toBe(403)
  })
})

describe('X12 bodies are forms', () => {
  const post = (path: string, body: BodyInit, type?: string) =>
    fetch(`${server.issuer}${path}`, {
      method: 'POST',
      body,
      headers: { Origin: spaOrigin, ...(type === undefined ? {} : { 'Content-Type': type }) },
    })

  it.each(['/token', '/authorize', '/revoke', '/par', '/introspect', '/revocations'])(
    'X12 %s takes nothing else for one',
    async (path) => {
      const json = JSON.stringify({
        grant_type: ['refresh_token'],
        client_id: { $ne: null },
        __proto__: { polluted: 1 },
      })
      const multipart = new FormData()
      multipart.set('grant_type', 'refresh_token')
      const bodies: [BodyInit, string?][] = [
        [json, 'application/json'],
        [json, 'text/json'],
        [json, 'application/x-www-form-urlencoded+json'],
        ['<grant_type>refresh_token</grant_type>', 'application/xml'],
        ['grant_type=refresh_token', 'text/plain'],
        ['grant_type=refresh_token', 'multipart/form-data; boundary=x'],
        ['grant_type=refresh_token', 'application/x-www-form-urlencoded-x'],
        ['grant_type=refresh_token', 'x, application/x-www-form-urlencoded'],
        [multipart],
        [new Uint8Array([0xff, 0xfe, 0]), 'application/octet-stream'],
      ]
      for (const [body, type] of bodies) {
        const response = await post(path, body, type)
        expect([response.status, (await response.text()).includes('invalid_request')], String(type)).toEqual([
          400,
          true,
        ])
      }
    },
  )

  it('X12 a form that is JSON inside, or not UTF-8, or broken, is a form of unknown names', async () => {
    const type = 'application/x-www-form-urlencoded'
    for (const body of [
      '{"grant_type":"x"}',
      '%',
      '%zz=%zz',
      '=',
      '&&&',
      'a',
      '%ff%fe=%00',
      new Uint8Array([0x67, 0xff, 0x3d, 0]),
    ]) {
      const response = await post('/token', body, type)
      expect(response.status, String(body)).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_request' })
    }
    const upper = await post(
      '/token',
      'grant_type=x&client_id=plain',
      'Application/X-WWW-Form-Urlencoded; Charset=UTF-8',
    )
    expect(await upper.json()).toMatchObject({ error: 'unsupported_grant_type' })
  })
})
