import { connect } from 'node:net'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser, type Page } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, postToken, redemptionOf, start, startOf } from '../support/spa.ts'

let provider: FakeProvider
let server: Running

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  server = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }))
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const spoofs: [name: string, headers: Record<string, string>][] = [
  ['Host', { Host: 'evil.example' }],
  ['Host with a port', { Host: 'evil.example:1' }],
  ['Host of our name as a prefix', { Host: '127.0.0.1.evil.example' }],
  ['Host that ends in a dot', { Host: '127.0.0.1.' }],
  ['X-Forwarded-Host', { 'X-Forwarded-Host': 'evil.example' }],
  ['X-Forwarded-Host, twice', { 'X-Forwarded-Host': 'evil.example, evil.example' }],
  ['X-Forwarded-Proto', { 'X-Forwarded-Proto': 'https' }],
  ['X-Forwarded-Port', { 'X-Forwarded-Port': '666' }],
  ['X-Forwarded-Prefix', { 'X-Forwarded-Prefix': '/evil.example' }],
  ['X-Forwarded-Uri', { 'X-Forwarded-Uri': '/evil.example' }],
  ['X-Original-URL', { 'X-Original-URL': '/evil.example' }],
  ['X-Rewrite-URL', { 'X-Rewrite-URL': '/evil.example' }],
  ['X-Forwarded-Server', { 'X-Forwarded-Server': 'evil.example' }],
  ['X-Http-Method-Override', { 'X-Http-Method-Override': 'DELETE' }],
  ['Forwarded', { Forwarded: 'host=evil.example;proto=https' }],
  [
    'all at once',
    {
      ...{ Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
      ...{ Forwarded: 'host=evil.example;proto=https', 'X-Forwarded-For': '6.6.6.6' },
    },
  ],
]

/** What differs from request to request; the rest must be the same whatever the headers say. */
const steady = (page: Page): unknown => ({
  status: page.status,
  headers: [...page.headers]
    .filter(([name]) => !['date', 'x-request-id', 'content-length', 'keep-alive'].includes(name))
    .map(([name, value]) => [name, blank(value)]),
  body: blank(page.body),
})
const blank = (text: string): string =>
  text.replaceAll(/req_[\w-]+/g, 'req').replaceAll(/(?<![\w-])[\w-]{22,}(?![\w-])/g, 'random')

describe.each(spoofs)('X01 57 58 %s', (_, headers) => {
  it('changes no address on the way through a journey, no cookie and no token', async () => {
    const browser = createBrowser()
    const begun = startOf(server.spa, { provider: 'oidc' })
    const first = await start(server.spa, browser, begun.params, { headers })
    expect(first.next?.origin).toBe(provider.origin)
    expect(first.next?.searchParams.get('redirect_uri')).toBe(`${server.issuer}/callback/oidc`)
    expect(first.headers.get('set-cookie')).toMatch(
      /^latchkey-j-[\w-]{24}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )

    const before = await browser.follow(first, (url) => url.pathname.startsWith('/callback/'))
    const last = await browser.visit(before.next ?? '', { headers })
    expect(last.next?.href.startsWith(`${server.spa.redirectUri}#`)).toBe(true)
    expect(answerIn(last.next).get('iss')).toBe(server.issuer)

    const key = await createDpopKey()
    const htu = `${server.issuer}/token`
    const trip = { answer: answerIn(last.next), verifier: begun.verifier }
    const { headers: told } = await postToken(server.spa, { grant_type: 'x' })
    const nonce = told.get('dpop-nonce') ?? ''
    const proof = await key.proof({ htm: 'POST', htu, nonce })
    const answer = await createBrowser().visit(htu, {
      method: 'POST',
      form: redemptionOf(server.spa, trip),
      headers: { ...headers, DPoP: proof },
    })
    expect(answer.status).toBe(200)
    const body: { access_token: string } = JSON.parse(answer.body)
    expect(decodeJwt(body.access_token)).toMatchObject({
      iss: server.issuer,
      aud: expect.arrayContaining([server.issuer]),
    })
  })

  it('changes nothing in what anybody may read', async () => {
    for (const path of [
      '/.well-known/openid-configuration',
      '/jwks',
      '/providers?client_id=web',
      '/healthz',
      '/authorize',
      '/callback/oidc',
      '/nothing',
    ]) {
      const honest = await createBrowser().visit(`${server.issuer}${path}`)
      const spoofed = await createBrowser().visit(`${server.issuer}${path}`, { headers })
      expect(steady(spoofed), path).toEqual(steady(honest))
    }
    const { params } = startOf(server.spa)
    const chooser = await start(server.spa, createBrowser(), params, { headers })
    expect(chooser.body).toContain(`action="${server.issuer}/authorize/choose"`)
    expect(chooser.body).not.toContain('evil.example')
  })

  it('makes no origin and no proof good that is not', async () => {
    const { params } = startOf(server.spa, { provider: 'oidc' })
    const page = await start(server.spa, createBrowser(), params, { headers, origin: 'https://evil.example' })
    expect(page.status).toBe(403)
    const choice = { method: 'POST', form: { journey: 'x', provider: 'oidc' }, headers } as const
    const chosen = await createBrowser().visit(`${server.issuer}/authorize/choose`, {
      ...choice,
      origin: 'https://evil.example',
    })
    expect([chosen.status, chosen.body.includes('untrusted_origin')]).toEqual([403, true])

    const key = await createDpopKey()
    const { headers: told } = await postToken(server.spa, { grant_type: 'x' })
    const nonce = told.get('dpop-nonce') ?? ''
    const attempt = {
      ...{ grant_type: 'authorization_code', client_id: 'web', code: 'A'.repeat(43) },
      code_verifier: 'v'.repeat(43),
    }
    for (const htu of [
      'https://evil.example/token',
      'http://evil.example/token',
      'https://127.0.0.1/token',
    ]) {
      const proof = await key.proof({ htm: 'POST', htu, nonce })
      const answer = await createBrowser().visit(`${server.issuer}/token`, {
        method: 'POST',
        form: attempt,
        headers: { ...headers, DPoP: proof },
      })
      expect(answer.body, htu).toContain('invalid_dpop_proof')
    }
  })
})

describe('X01 X13 a Host that is none, and other targets than a path', () => {
  const head = 'Connection: close\r\n\r\n'
  it.each([
    ['no Host', `GET /jwks HTTP/1.1\r\n${head}`],
    ['two Hosts', `GET /jwks HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n${head}`],
    ['an empty Host', `GET /jwks HTTP/1.1\r\nHost:\r\n${head}`],
    ['a Host with a path', `GET /jwks HTTP/1.1\r\nHost: 127.0.0.1/evil.example?\r\n${head}`],
    ['a Host with a user', `GET /jwks HTTP/1.1\r\nHost: a@b@c\r\n${head}`],
    ['a Host with markup', `GET /authorize HTTP/1.1\r\nHost: "><script>\r\nAccept: text/html\r\n${head}`],
    ['a Host of blanks', `GET /jwks HTTP/1.1\r\nHost: a b\r\n${head}`],
    [
      'an absolute target',
      `GET http://evil.example/.well-known/openid-configuration HTTP/1.1\r\nHost: evil.example\r\n${head}`,
    ],
    [
      'an absolute target of another scheme',
      `GET ftp://evil.example/jwks HTTP/1.1\r\nHost: evil.example\r\n${head}`,
    ],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n${head}`],
    ['two slashes', `GET //evil.example/jwks HTTP/1.1\r\nHost: 127.0.0.1\r\n${head}`],
    ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n${head}`],
    ['HTTP/1.0', `GET /.well-known/openid-configuration HTTP/1.0\r\n${head}`],
  ])('X01 %s', async (_, text) => {
    const answer = await raw(text)
    expect(answer).not.toContain('evil.example')
    expect(answer).not.toContain('<script')
    // Refused, or answered as ever; a connection that is closed at once is an answer too.
    expect(answer === '' || /^HTTP\/1\.1 [234]\d\d /.test(answer), answer).toBe(true)
    if (answer.startsWith('HTTP/1.1 200') && answer.includes('"issuer"')) {
      expect(answer).toContain(`"issuer":"${server.issuer}"`)
    }
    expect((await fetch(`${server.issuer}/healthz`)).status).toBe(200)
  })

  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.issuer).port), '127.0.0.1', () => socket.write(text))
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString('utf8')
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(answer))
    })
  }
})
