import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, type Spa, start, startOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
let library: Spa
const libraryUri = `${spaOrigin}/library`

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  server = await startLatchkey(() => ({
    clients: [
      {
        id: 'web',
        redirect_uris: [spaRedirectUri],
        origins: [spaOrigin],
        resources: ['https://api.example.com'],
      },
      {
        id: 'library',
        redirect_uris: [libraryUri, `${libraryUri}?keep=%20me`],
        origins: [spaOrigin],
        allow_get_authorize: true,
        response_modes: ['query', 'fragment'],
      },
    ],
    linking: 'separate',
    providers: {
      oidc: { ...provider.oidc, authorize_params: { audience: 'theirs' } },
      plain: provider.oauth2,
    },
  }))
  library = { ...server.spa, clientId: 'library', redirectUri: libraryUri }
})
beforeEach(() => provider.requests.clear())
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const refused: [string, Record<string, string | undefined>, string][] = [
  ['A04 response_type missing', { response_type: undefined }, 'invalid_request'],
  ['A04 40 response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
  ['A04 response_type=id_token', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['A04 response_type=code token', { response_type: 'code token' }, 'unsupported_response_type'],
  ['A07 33 no challenge', { code_challenge: undefined }, 'invalid_request'],
  ['A07 33 challenge without method', { code_challenge_method: undefined }, 'invalid_request'],
  ['A07 33 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['A07 challenge too short', { code_challenge: 'x'.repeat(42) }, 'invalid_request'],
  ['A07 X14 challenge padded', { code_challenge: `${'A'.repeat(43)}=` }, 'invalid_request'],
  ['A07 X14 challenge with other trailing bits', { code_challenge: `${'A'.repeat(42)}B` }, 'invalid_request'],
  ['A17 response_mode=query for a fragment client', { response_mode: 'query' }, 'invalid_request'],
  ['A17 response_mode=web_message', { response_mode: 'web_message' }, 'invalid_request'],
  ['A22 request', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
  ['A22 request_uri', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
  ['A28 35 resource of nobody', { resource: 'https://other.example.com' }, 'invalid_target'],
  ['A31 unlisted scope', { scope: 'openid admin' }, 'invalid_scope'],
  ['scope too long', { scope: 'a'.repeat(1025) }, 'invalid_request'],
  ['nonce too long', { nonce: 'a'.repeat(513) }, 'invalid_request'],
  ['dpop_jkt malformed', { dpop_jkt: 'abc' }, 'invalid_request'],
  ['36 prompt=none', { prompt: 'none' }, 'login_required'],
  ['max_age at a provider that cannot prove it', { max_age: '60', provider: 'plain' }, 'invalid_request'],
  ['provider unknown', { provider: 'nope' }, 'invalid_request'],
]

describe('/authorize', () => {
  it.each(refused)(
    '%s goes back to the app with state and iss, sends nobody on and sets no cookie',
    async (_, changes, error) => {
      const browser = createBrowser()
      const begun = startOf(server.spa, { provider: 'oidc', ...changes })
      const page = await start(server.spa, browser, begun.params)
      expect(page.status).toBe(200)
      expect(page.next?.href.startsWith(`${spaRedirectUri}#`)).toBe(true)
      expect(Object.fromEntries(answerIn(page.next))).toMatchObject({
        error,
        state: begun.state,
        iss: server.issuer,
      })
      expect(browser.cookies()).toEqual([])
    },
  )

  it.each([
    'response_type',
    'code_challenge',
    'code_challenge_method',
    'scope',
    'nonce',
    'provider',
    'prompt',
    'dpop_jkt',
    'whatever',
  ])('A21 41 refuses %s twice', async (name) => {
    const begun = startOf(server.spa, { provider: 'oidc', [name]: startOf(server.spa).params[name] ?? 'x' })
    const twice = new URLSearchParams(begun.params)
    twice.append(name, begun.params[name] ?? 'x')
    const page = await start(server.spa, createBrowser(), twice)
    expect(answerIn(page.next).get('error')).toBe('invalid_request')
  })

  it.each(['client_id', 'redirect_uri'])('A21 A02 answers %s twice by a page', async (name) => {
    const begun = startOf(server.spa)
    const twice = new URLSearchParams(begun.params)
    twice.append(name, begun.params[name] ?? '')
    expect(await start(server.spa, createBrowser(), twice)).toMatchObject({ status: 400, next: undefined })
  })

  it('A16 refuses a state over 512 bytes, or two, without any state', async () => {
    const long = startOf(server.spa, { state: 'ü'.repeat(4000) })
    const twice = new URLSearchParams(startOf(server.spa).params)
    twice.append('state', 'second')
    for (const params of [long.params, twice]) {
      const answer = answerIn((await start(server.spa, createBrowser(), params)).next)
      expect(answer.get('error')).toBe('invalid_request')
      expect(answer.has('state')).toBe(false)
    }
  })

  it('A16 echoes 512 bytes byte for byte through the whole journey', async () => {
    const state = 'ü&=#+ %25"<'.repeat(40).slice(0, 440)
    expect(Buffer.byteLength(state)).toBeLessThanOrEqual(512)
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc', state })
    expect(trip.answer.get('state')).toBe(state)
  })

  it('A22 R34 16 ignores unknown parameters and passes none on', async () => {
    const begun = startOf(server.spa, {
      provider: 'oidc',
      extra: 'foobar',
      'extra[state]': 'x',
      additionalData: '{"userId":"1"}',
      audience: 'ours',
    })
    const page = await start(server.spa, createBrowser(), begun.params)
    const sent = page.next?.searchParams
    expect(page.next?.href.startsWith(provider.issuer)).toBe(true)
    expect(
      [...(sent?.keys() ?? [])].filter((name) => name.startsWith('extra') || name === 'additionalData'),
    ).toEqual([])
    expect(sent?.getAll('audience')).toEqual(['theirs'])
    expect(sent?.get('state')).not.toBe(begun.state)
  })

  it('A18 answers a POST by a page that refreshes and a GET by 303, at every hop', async () => {
    const posted = await start(server.spa, createBrowser(), startOf(server.spa, { provider: 'oidc' }).params)
    expect([posted.status, posted.headers.get('location')]).toEqual([200, null])
    const browser = createBrowser()
    const { params } = startOf(library, { provider: 'oidc', scope: 'openid' })
    let page = await browser.visit(`${server.issuer}/authorize?${new URLSearchParams(params)}`)
    const statuses: number[] = []
    while (page.next !== undefined && !page.next.href.startsWith(libraryUri)) {
      if (page.url.origin === server.issuer) statuses.push(page.status)
      page = await browser.visit(page.next)
    }
    expect([...statuses, page.status]).toEqual([303, 303])
  })

  it('A17 A15 answers in the query where the client says so, and keeps its own query', async () => {
    const browser = createBrowser()
    const begun = startOf(library, {
      provider: 'oidc',
      scope: 'openid',
      redirect_uri: `${libraryUri}?keep=%20me`,
    })
    const first = await browser.visit(`${server.issuer}/authorize?${new URLSearchParams(begun.params)}`)
    const last = await browser.follow(first, (url) => url.href.startsWith(libraryUri))
    expect(last.headers.get('location')?.startsWith(`${libraryUri}?keep=%20me&code=`)).toBe(true)
    expect(Object.fromEntries(last.next?.searchParams ?? [])).toMatchObject({
      keep: ' me',
      state: begun.state,
      iss: server.issuer,
    })
  })

  it('takes a hint on to the provider', async () => {
    const { params } = startOf(server.spa, {
      provider: 'oidc',
      login_hint: 'ada@example.com',
      prompt: 'login select_account',
      max_age: '30',
      ui_locales: 'de en',
    })
    const page = await start(server.spa, createBrowser(), params)
    expect(Object.fromEntries(page.next?.searchParams ?? [])).toMatchObject({
      login_hint: 'ada@example.com',
      prompt: 'login select_account',
      max_age: '30',
      ui_locales: 'de en',
    })
  })

  it('R34 asks the provider for the configured scopes, whatever the app asks us for', async () => {
    const page = await start(
      server.spa,
      createBrowser(),
      startOf(server.spa, { provider: 'oidc', scope: 'offline_access' }).params,
    )
    expect(page.next?.searchParams.get('scope')?.split(' ')).toEqual(expect.arrayContaining(['openid']))
    expect(page.next?.searchParams.get('scope')).not.toContain('offline_access')
  })

  it('lets the person choose where no provider is named', async () => {
    const browser = createBrowser()
    const begun = startOf(server.spa)
    const page = await start(server.spa, browser, begun.params)
    expect(page).toMatchObject({ status: 200, next: undefined })
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    const journey = /name="journey" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const chosen = await browser.visit(`${server.issuer}/authorize/choose`, {
      method: 'POST',
      form: { journey, provider: 'plain' },
      from: page.url.href,
    })
    const last = await browser.follow(chosen, (url) => url.href.startsWith(spaRedirectUri))
    expect(answerIn(last.next).get('state')).toBe(begun.state)
    expect(answerIn(last.next).has('code')).toBe(true)
  })

  it.each([
    ['an unknown provider', { provider: 'nope' }],
    ['none', {}],
    ['a journey of nobody’s making', { provider: 'oidc', journey: 'AAAA' }],
  ] as [string, Record<string, string>][])('the chooser refuses %s', async (_, form) => {
    const browser = createBrowser()
    const page = await start(server.spa, browser, startOf(server.spa).params)
    const journey = /name="journey" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const chosen = await browser.visit(`${server.issuer}/authorize/choose`, {
      method: 'POST',
      form: { journey, ...form },
      from: page.url.href,
    })
    expect(answerIn(chosen.next).get('error') ?? chosen.status).toBe(
      form.provider === 'nope' ? 'invalid_request' : 400,
    )
  })

  it('X04 the chooser’s journey is ten minutes old at most', async () => {
    const browser = createBrowser(server.clock)
    const page = await start(server.spa, browser, startOf(server.spa).params)
    const journey = /name="journey" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    server.clock.advance(600_000)
    const form = { journey, provider: 'oidc' }
    const chosen = await browser.visit(`${server.issuer}/authorize/choose`, {
      method: 'POST',
      form,
      from: page.url.href,
    })
    expect(chosen).toMatchObject({ status: 400, next: undefined })
  })

  it.each(['HEAD', 'PUT', 'DELETE', 'PATCH'])('answers %s with 405 and what it takes', async (method) => {
    const response = await fetch(`${server.issuer}/authorize`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})

describe('many tabs', () => {
  it('R03 25 starts by cross-site POST all end well, in any order', async () => {
    const browser = createBrowser()
    const begun = await Promise.all(
      Array.from({ length: 25 }, async () => {
        const one = startOf(server.spa, { provider: 'oidc' })
        return { one, page: await start(server.spa, browser, one.params) }
      }),
    )
    const atProvider = await Promise.all(begun.map(({ page }) => browser.visit(page.next ?? '')))
    for (const [index, page] of atProvider.reverse().entries()) {
      const last = await browser.visit(page.next ?? '', { from: provider.issuer })
      expect(answerIn(last.next).get('state'), `tab ${index}`).toBe(begun[24 - index]?.one.state)
    }
  })

  it('keeps the newest eight where it can see them', async () => {
    const browser = createBrowser()
    const { params } = startOf(library, { provider: 'oidc', scope: 'openid' })
    for (let tab = 0; tab < 12; tab++) {
      // The clock stands still for the sake of the test alone; a millisecond tells which is older.
      server.clock.advance(1)
      await browser.visit(`${server.issuer}/authorize?${new URLSearchParams(params)}`)
    }
    expect(browser.cookies().length).toBe(8)
  })
})
