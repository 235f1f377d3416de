// Every page that a person may see, errors included; and the one way by which a code leaves the house.
import { createHash } from 'node:crypto'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser, type Navigation, type Page } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { followForms } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, start, startOf } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
const isCallback = (url: URL) => url.pathname.startsWith('/callback/')

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'link', allow_get_authorize: true },
      ],
      providers: {
        oidc: { ...provider.oidc, name: hostile },
        posting: { ...provider.oidc, response_mode: 'form_post' },
      },
      linking: 'separate',
    }),
    { clock },
  )
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const begin = (changes: Record<string, string | undefined> = {}, navigation: Navigation = {}) =>
  start(server.spa, createBrowser(server.clock), startOf(server.spa, changes).params, navigation)
const visit = (path: string, navigation: Navigation = {}) =>
  createBrowser(server.clock).visit(`${server.issuer}${path}`, navigation)

async function arrived(providerId = 'oidc') {
  const browser = createBrowser(server.clock)
  const cookiesAfter = await start(server.spa, browser, startOf(server.spa, { provider: providerId }).params)
  return { browser, page: await browser.follow(cookiesAfter, isCallback) }
}

/** Each yields a page; the number is its status, the word its error code. */
const pages: [name: string, status: number, code: string | undefined, get: () => Promise<Page>][] = [
  ['the chooser', 200, undefined, () => begin()],
  ['on to the provider', 200, undefined, () => begin({ provider: 'oidc' })],
  ['back to the app with an error', 200, undefined, () => begin({ provider: 'oidc', prompt: 'none' })],
  [
    'the provider’s form on to ourselves',
    200,
    undefined,
    async () => {
      const { browser, page } = await arrived('posting')
      const [form] = /<form[\s\S]*<\/form>/.exec(page.body) ?? []
      if (form === undefined) throw new Error('the provider did not post')
      return followForms(browser, page, (url) => url.searchParams.has('form'))
    },
  ],
  ['a stranger’s client', 400, 'invalid_client', () => begin({ client_id: hostile })],
  ['no client', 400, 'invalid_client', () => begin({ client_id: undefined })],
  [
    'a foreign redirect URI',
    400,
    'invalid_redirect_uri',
    () => begin({ redirect_uri: `https://evil.example/${hostile}` }),
  ],
  ['a foreign origin', 403, 'untrusted_origin', () => begin({}, { origin: 'https://evil.example' })],
  ['no origin', 403, 'untrusted_origin', () => begin({}, { origin: null })],
  [
    'a link',
    403,
    'untrusted_origin',
    () => visit(`/authorize?${new URLSearchParams(startOf(server.spa).params)}`),
  ],
  ['a frame', 403, 'untrusted_origin', () => begin({}, { headers: { 'Sec-Fetch-Dest': 'iframe' } })],
  [
    'a start that is no form',
    400,
    'invalid_request',
    () => begin({}, { headers: { 'Content-Type': 'application/json' } }),
  ],
  ['a start that is too large', 413, 'invalid_request', () => begin({ scope: 'x'.repeat(40_000) })],
  ['PUT /authorize', 405, 'method_not_allowed', () => visitWith('PUT', '/authorize')],
  ['OPTIONS /authorize', 405, 'method_not_allowed', () => visitWith('OPTIONS', '/authorize')],
  ['GET /authorize/choose', 405, 'method_not_allowed', () => visit('/authorize/choose')],
  [
    'a choice from elsewhere',
    403,
    'untrusted_origin',
    () => choose({ journey: 'x', provider: 'oidc' }, 'https://evil.example'),
  ],
  ['a choice of nothing', 400, 'invalid_request', () => choose({}, server.issuer)],
  [
    'a choice that was made up',
    400,
    'invalid_request',
    () => choose({ journey: hostile, provider: hostile }, server.issuer),
  ],
  ['a callback without state', 400, 'invalid_callback', () => visit('/callback/oidc?code=x')],
  [
    '21 a callback that is an error without state',
    400,
    'invalid_callback',
    () =>
      visit(
        `/callback/oidc?error=${encodeURIComponent(hostile)}&error_description=${encodeURIComponent(hostile)}`,
      ),
  ],
  [
    'a callback with a repeated parameter',
    400,
    'invalid_callback',
    () => visit(`/callback/oidc?code=a&code=b&state=${'x'.repeat(24)}`),
  ],
  [
    'a callback in another browser',
    403,
    'wrong_browser',
    () => visit(`/callback/oidc?code=x&state=${'x'.repeat(24)}`),
  ],
  [
    'a callback of an unknown provider',
    404,
    'not_found',
    () => visit(`/callback/${encodeURIComponent('<b>')}?code=x`),
  ],
  [
    'a callback posted where it should not be',
    405,
    'method_not_allowed',
    () => visit('/callback/oidc', { method: 'POST', form: { state: 'x' } }),
  ],
  [
    'a callback posted without state',
    400,
    'invalid_callback',
    () => visit('/callback/posting', { method: 'POST', form: { code: 'x' } }),
  ],
  [
    'a callback posted too large',
    400,
    'invalid_callback',
    () =>
      visit('/callback/posting', {
        method: 'POST',
        form: { code: 'x'.repeat(10_000), state: 'x'.repeat(24) },
      }),
  ],
  [
    'a stash that was made up',
    400,
    'invalid_callback',
    () => visit(`/callback/posting?state=${'x'.repeat(24)}&form=${encodeURIComponent(hostile)}`),
  ],
  [
    'a callback at another provider’s address',
    400,
    'invalid_callback',
    async () => {
      const { browser, page } = await arrived()
      const url = new URL(page.next ?? '')
      url.pathname = '/callback/posting'
      return browser.visit(url)
    },
  ],
  [
    'a callback used twice',
    400,
    'journey_used',
    async () => {
      const { browser, page } = await arrived()
      const [cookie] = browser.cookies()
      await browser.visit(page.next ?? '')
      browser.setCookie(server.issuer, `${cookie?.name}=${cookie?.value}; Path=/`)
      return browser.visit(page.next ?? '')
    },
  ],
  ['nothing at this address', 404, 'not_found', () => visit(`/nothing/${encodeURIComponent(hostile)}`)],
  ['a path between', 404, 'not_found', () => visit('/authorize/')],
]

function choose(form: Record<string, string>, origin: string): Promise<Page> {
  return visit('/authorize/choose', { method: 'POST', form, origin })
}

async function visitWith(method: string, path: string): Promise<Page> {
  const url = new URL(`${server.issuer}${path}`)
  const response = await fetch(url, { method, headers: { Accept: 'text/html', Origin: spaOrigin } })
  const { status, headers } = response
  return { url, status, headers, body: await response.text(), next: undefined }
}

const policyOf = (page: Page): Map<string, string> =>
  new Map(
    (page.headers.get('content-security-policy') ?? '').split(';').map((directive): [string, string] => {
      const [name = '', ...values] = directive.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )

describe('A19 every page', () => {
  it.each(pages)('A19 %s: %d %s', async (_, status, code, get) => {
    const page = await get()
    expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    if (code !== undefined) {
      expect(page.next).toBeUndefined()
      expect(page.body).toContain(`<code>${code}</code>`)
      expect(page.body).toContain(`<code>${page.headers.get('x-request-id')}</code>`)
    }
    guarded(page)
  })

  it('A19 errors that a provider’s answer leads to are redirects of the browser, never pages with its text', async () => {
    for (const name of ['access-denied', 'server-error'] as const) {
      const { browser, page } = await arrived()
      const url = new URL(page.next ?? '')
      url.searchParams.delete('code')
      url.searchParams.set('error', name === 'access-denied' ? 'access_denied' : hostile)
      url.searchParams.set('error_description', hostile.repeat(100))
      const last = await browser.visit(url)
      expect([last.status, last.body]).toEqual([303, ''])
      expect(last.next?.href).not.toContain('alert')
      expect(answerIn(last.next).get('error')).toBe(
        name === 'access-denied' ? 'access_denied' : 'provider_error',
      )
    }
  })
})

function guarded(page: Page): void {
  const { headers, body } = page
  const policy = policyOf(page)
  expect(policy.get('default-src')).toBe("'none'")
  expect(policy.get('frame-ancestors')).toBe("'none'")
  expect(policy.get('base-uri')).toBe("'none'")
  expect([`'none'`, `'self'`]).toContain(policy.get('form-action'))
  expect([...policy.keys()].filter((name) => name.startsWith('script') || name === 'connect-src')).toEqual([])
  expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/)
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  // With a form the page needs an Origin, which no-referrer would take away.
  const forms = body.includes('<form')
  expect(headers.get('referrer-policy')).toBe(forms ? 'same-origin' : 'no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
  for (const name of headers.keys()) expect(name).not.toMatch(/^access-control-/)

  // What a browser takes for markup: an escaped name may look like anything else.
  const tags = (body.match(/<[^>]*>/g) ?? []).join('\n')
  expect(tags).not.toMatch(/<script|<iframe|<object|<embed|<base|<img|javascript:|\son[a-z]+\s*=/i)
  // Nothing is loaded: neither from a third party nor from ourselves.
  const loaded = [...tags.matchAll(/\s(?:src|srcset|data|poster|background)="([^"]*)"/gi)].map(
    ([, url]) => url,
  )
  expect(loaded).toEqual([])
  const links = [...body.matchAll(/<link\b[^>]*href="([^"]*)"/gi)].map(([, url]) => url ?? '')
  expect(links.filter((url) => !url.startsWith('data:'))).toEqual([])
  expect(body).not.toMatch(/@import|url\(/i)
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(body) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  expect(policy.get('style-src')).toBe(`'sha256-${hash}'`)
  expect(tags).not.toMatch(/\sstyle="/i)
  expect(body).toMatch(/<html lang="en">/)
  expect(body).toMatch(/<title>[^<]+<\/title>/)
}

describe('A19 what leads elsewhere', () => {
  it('A19 a redirect may not be read by scripts, kept, or say where it came from', async () => {
    const { browser, page } = await arrived()
    const last = await browser.visit(page.next ?? '', { headers: { Origin: spaOrigin } })
    expect(answerIn(last.next).has('code')).toBe(true)
    const { headers } = last
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    for (const name of headers.keys()) expect(name).not.toMatch(/^access-control-/)
  })

  it('A19 no origin at all is let to read /authorize or a callback', async () => {
    for (const path of ['/authorize', '/authorize/choose', '/callback/oidc']) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const headers = { Origin: spaOrigin, 'Access-Control-Request-Method': 'POST' }
        const response = await fetch(`${server.issuer}${path}`, { method, headers, redirect: 'manual' })
        expect(response.headers.get('access-control-allow-origin'), `${method} ${path}`).toBeNull()
      }
    }
  })
})

describe('A14 1 the code leaves in one answer only', () => {
  it('A14 1 no other route gives it away, whatever one knows of the journey', async () => {
    const { browser, page } = await arrived()
    const state = page.next?.searchParams.get('state') ?? ''
    const [cookie] = browser.cookies()
    const last = await browser.visit(page.next ?? '')
    const code = answerIn(last.next).get('code') ?? ''
    expect(code).not.toBe('')

    const discovery: Record<string, unknown> = await (
      await fetch(`${server.issuer}/.well-known/openid-configuration`)
    ).json()
    const named = Object.values(discovery)
      .filter((value) => typeof value === 'string' && value.startsWith(`${server.issuer}/`))
      .map((url) => new URL(String(url)).pathname)
    const guessed = [
      ...[
        '',
        '/',
        '/authorize/choose',
        '/callback/oidc',
        '/callback/posting',
        '/providers',
        '/healthz',
        '/readyz',
      ],
      ...[
        '/par',
        '/account',
        '/account/sessions',
        '/introspect',
        '/revoke',
        '/logout',
        '/metrics',
        '/console',
      ],
      ...['/approval', '/interaction', '/auth/req', '/flow', `/flow/${state}`, `/journeys/${state}`],
      ...[`/authorize/${state}`, `/callback/oidc/${state}`, '/.well-known/openid-configuration'],
    ]
    const known = {
      ...{ state, id: state, req: state, request_uri: state, client_id: 'web', redirect_uri: spaRedirectUri },
      ...{ hmac: state, journey: cookie?.value ?? '', provider: 'oidc', approval: 'approve', code: 'x' },
    }
    for (const path of new Set([...named, ...guessed])) {
      for (const method of ['GET', 'POST'] as const) {
        for (const origin of [server.issuer, spaOrigin]) {
          const stranger = createBrowser(server.clock)
          stranger.setCookie(server.issuer, `${cookie?.name}=${cookie?.value}; Path=/`)
          const query = method === 'GET' ? `?${new URLSearchParams(known)}` : ''
          const answer = await stranger.visit(`${server.issuer}${path}${query}`, {
            method,
            form: known,
            origin,
          })
          const all = [answer.body, ...answer.headers.values(), answer.next?.href ?? ''].join('\n')
          expect(all, `${method} ${path}`).not.toContain(code)
          expect(answerIn(answer.next).has('code'), `${method} ${path}`).toBe(false)
        }
      }
    }
  })
})
