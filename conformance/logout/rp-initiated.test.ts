// OpenID Connect RP-Initiated Logout 1.0, as the modules `oidcc-rp-initiated-logout*` of the OpenID suite ask it, and further.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { testClock } from '../support/clock.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { bye, codeOn, endsOf, home, isAlive, otherHome, sidOf, visitLogout } from './support.ts'

let provider: FakeProvider
let server: Running
/** Another installation, whose tokens are strangers here. */
let stranger: Running
let user: SignedIn
let bystander: SignedIn
let foreign: SignedIn
const methods = ['GET', 'POST'] as const
const oidc = { provider: 'oidc' }

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  const client = {
    redirect_uris: [spaRedirectUri],
    origins: [spaOrigin],
    resources: ['https://api.example.com'],
  }
  const configure = () => ({
    clients: [
      { ...client, id: 'web', post_logout_redirect_uris: [home, bye] },
      { ...client, id: 'other', post_logout_redirect_uris: [otherHome] },
    ],
    providers: { oidc: provider.oidc },
  })
  server = await startLatchkey(configure, { clock })
  stranger = await startLatchkey(configure, { clock })
  foreign = await signIn(stranger, oidc)
  user = await signIn(server, oidc)
  bystander = await signIn(server, oidc)
})
afterAll(async () => {
  await server?.close()
  await stranger?.close()
  await provider?.close()
})

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decoded = (part = ''): object => JSON.parse(Buffer.from(part, 'base64url').toString())
const parts = () => user.idToken.split('.')

/** A request, and what becomes of it. `{hint}` and so on are filled in when it is sent. */
interface Case {
  params: () => Record<string, string> | string
  status: number
  /** Where a browser is sent; nowhere when absent. */
  to?: string
  /** A link on the page. */
  link?: string
  code?: string
}

const ending: [string, Case][] = [
  ['a hint alone', { params: () => ({ id_token_hint: user.idToken }), status: 200 }],
  [
    'a registered address',
    {
      params: () => ({ id_token_hint: user.idToken, post_logout_redirect_uri: home }),
      status: 303,
      to: home,
    },
  ],
  [
    'state comes back',
    {
      params: () => ({ id_token_hint: user.idToken, post_logout_redirect_uri: home, state: 'a b&c=d#é' }),
      status: 303,
      to: `${home}?state=a+b%26c%3Dd%23%C3%A9`,
    },
  ],
  [
    'state beside the registered query',
    {
      params: () => ({ id_token_hint: user.idToken, post_logout_redirect_uri: bye, state: 's' }),
      status: 303,
      to: `${bye}&state=s`,
    },
  ],
  [
    'its own client named, and what we do not know',
    {
      params: () => ({
        ...{ id_token_hint: user.idToken, post_logout_redirect_uri: home, client_id: 'web' },
        ...{ logout_hint: 'ada', ui_locales: 'de', x: 'y' },
      }),
      status: 303,
      to: home,
    },
  ],
  ...(
    [
      ['not registered', 'https://evil.example/'],
      ['with a query added', `${home}?x=1`],
      ['with a fragment added', `${home}#x`],
      ['without its slash', 'http://localhost:5555'],
      ['another client’s', otherHome],
      ['script', 'javascript:alert(1)'],
      ['of no scheme', '//localhost:5555/'],
    ] as const
  ).map(([what, uri]): [string, Case] => [
    `an address that is ${what}: signed out, and sent nowhere`,
    {
      params: () => ({ id_token_hint: user.idToken, post_logout_redirect_uri: uri, state: 's' }),
      status: 400,
      code: 'invalid_redirect_uri',
    },
  ]),
]

describe.each(methods)('A40 %s ends the session that the hint names', (method) => {
  it.each(ending)('A40 %s', async (_, { params, status, to, code }) => {
    user = await signIn(server, oidc)
    const page = await visitLogout(server, method, params())
    // A POST is answered by a page with Refresh: Chromium holds redirects after a form against the app's form-action.
    expect(page.status).toBe(method === 'POST' && to !== undefined ? 200 : status)
    expect(page.next?.href).toBe(to)
    expect(codeOn(page)).toBe(code)
    expect(await isAlive(server, user)).toBe(false)
    expect(await isAlive(server, bystander)).toBe(true)
    expect(endsOf(server, user)).toEqual([
      {
        type: 'session.revoked',
        subject: expect.stringMatching(/^usr_/),
        reason: 'signed_out',
        sid: sidOf(user),
      },
    ])
  })
})

const harmless: [string, Case][] = [
  ['nothing at all', { params: () => ({}), status: 200 }],
  ['no hint, a state', { params: () => ({ state: 's' }), status: 200 }],
  ['no hint, an address', { params: () => ({ post_logout_redirect_uri: home }), status: 200 }],
  [
    'no hint, client and address: a link, without the state that would say that it is done',
    {
      params: () => ({ client_id: 'web', post_logout_redirect_uri: home, state: 's' }),
      status: 200,
      link: home,
    },
  ],
  [
    'no hint, an address of no client',
    { params: () => ({ client_id: 'web', post_logout_redirect_uri: 'https://evil.example/' }), status: 200 },
  ],
  [
    'no hint, an unknown client',
    { params: () => ({ client_id: 'x', post_logout_redirect_uri: home }), status: 200 },
  ],
  ['an empty hint', { params: () => ({ id_token_hint: '', post_logout_redirect_uri: home }), status: 200 }],
  ['the session’s id', { params: () => ({ sid: sidOf(user), iss: server.issuer }), status: 200 }],
  ...(
    [
      ['no token', () => 'x'],
      ['alg none', () => `${encoded({ ...decoded(parts()[0]), alg: 'none' })}.${parts()[1]}.`],
      ['a signature left out', () => `${parts()[0]}.${parts()[1]}.`],
      [
        'modified',
        () => `${parts()[0]}.${encoded({ ...decoded(parts()[1]), sid: sidOf(bystander) })}.${parts()[2]}`,
      ],
      ['spelled otherwise', () => `${user.idToken}=`],
      ['another issuer’s', () => foreign.idToken],
      ['an access token', () => user.accessToken],
      ['a refresh token', () => user.refreshToken],
      ['the provider’s', () => provider.logoutToken({ persona: 'user' })],
      ['endless', () => 'e'.repeat(20_000)],
    ] as const
  ).map(([what, hint]): [string, Case] => [
    `a hint that is ${what}`,
    {
      params: () => ({ id_token_hint: hint(), post_logout_redirect_uri: home, state: 's' }),
      status: 400,
      code: 'invalid_id_token_hint',
    },
  ]),
  [
    'a bad hint beside its client: a link',
    {
      params: () => ({ id_token_hint: foreign.idToken, client_id: 'web', post_logout_redirect_uri: home }),
      status: 400,
      code: 'invalid_id_token_hint',
      link: home,
    },
  ],
  [
    'another client’s session',
    {
      params: () => ({
        id_token_hint: user.idToken,
        client_id: 'other',
        post_logout_redirect_uri: otherHome,
      }),
      status: 400,
      code: 'invalid_request',
    },
  ],
  [
    'a client that does not exist',
    {
      params: () => ({ id_token_hint: user.idToken, client_id: 'nobody' }),
      status: 400,
      code: 'invalid_request',
    },
  ],
  [
    'a state of 513 bytes',
    {
      params: () => ({ id_token_hint: user.idToken, post_logout_redirect_uri: home, state: 's'.repeat(513) }),
      status: 400,
      code: 'invalid_request',
    },
  ],
  ...['id_token_hint', 'post_logout_redirect_uri', 'state', 'client_id', 'x'].map((name): [string, Case] => [
    `${name} twice`,
    {
      params: () => {
        const form = new URLSearchParams({
          id_token_hint: user.idToken,
          post_logout_redirect_uri: home,
          state: 's',
        })
        form.append(name, form.get(name) ?? 'web')
        form.append(name, 'y')
        return form.toString()
      },
      status: 400,
      code: 'invalid_request',
    },
  ]),
]

describe.each(methods)('A40 %s ends nothing, and sends nobody anywhere', (method) => {
  it.each(harmless)('A40 %s', async (_, { params, status, link, code }) => {
    if (!(await isAliveNow())) user = await signIn(server, oidc)
    const page = await visitLogout(server, method, params())
    expect([page.status, page.next, codeOn(page)]).toEqual([status, undefined, code])
    const links = [...page.body.matchAll(/<a [^>]*href="([^"]*)"/g)].map((match) => match[1])
    expect(links).toEqual(link === undefined ? [] : [link])
    expect(page.body).not.toContain('evil.example')
    expect(await isAliveNow()).toBe(true)
    expect((await bystander.call('GET', '/account')).status).toBe(200)
  })

  const isAliveNow = async () => (await user.call('GET', '/account')).status === 200
})

describe('A40', () => {
  it('A40 a proof is no hint either', async () => {
    const proof = await user.key.proof({ htm: 'GET', htu: `${server.issuer}/logout` })
    expect(codeOn(await visitLogout(server, 'GET', { id_token_hint: proof }))).toBe('invalid_id_token_hint')
  })

  it('A40 the hint may have expired long ago', async () => {
    user = await signIn(server, oidc)
    server.clock.advance(3_600_000)
    const page = await visitLogout(server, 'GET', {
      id_token_hint: user.idToken,
      post_logout_redirect_uri: home,
    })
    expect(page.next?.href).toBe(home)
    expect(endsOf(server, user)).toHaveLength(1)
    bystander = await signIn(server, oidc)
  })

  it('A40 a session that has ended before: a link to where the app wanted to go, and no second event', async () => {
    user = await signIn(server, oidc)
    const params = { id_token_hint: user.idToken, post_logout_redirect_uri: home, state: 's' }
    expect((await visitLogout(server, 'GET', params)).status).toBe(303)
    for (const method of methods) {
      const again = await visitLogout(server, method, params)
      expect([again.status, again.next]).toEqual([200, undefined])
      expect(again.body).toContain(`href="${home}?state=s"`)
    }
    expect(endsOf(server, user)).toHaveLength(1)
  })

  it('A40 an erased user’s, and one that ran out', async () => {
    user = await signIn(server, oidc)
    await user.call('DELETE', '/account')
    const page = await visitLogout(server, 'GET', {
      id_token_hint: user.idToken,
      post_logout_redirect_uri: home,
    })
    expect([page.status, page.next]).toEqual([200, undefined])
    user = await signIn(server, oidc)
    bystander = await signIn(server, oidc)
    server.clock.advance(15 * 86_400_000)
    const late = await visitLogout(server, 'GET', {
      id_token_hint: user.idToken,
      post_logout_redirect_uri: home,
    })
    expect([late.status, late.next]).toEqual([200, undefined])
    expect(endsOf(server, user)).toEqual([])
    bystander = await signIn(server, oidc)
  })

  it('A40 X07 of twenty at once one is sent on, and the owner is told once', async () => {
    user = await signIn(server, oidc)
    const params = { id_token_hint: user.idToken, post_logout_redirect_uri: home }
    const pages = await Promise.all(Array.from({ length: 20 }, () => visitLogout(server, 'GET', params)))
    expect(pages.map(({ status }) => status).sort((a, b) => a - b)).toEqual([...Array(19).fill(200), 303])
    expect(endsOf(server, user)).toHaveLength(1)
  })

  it.each([
    ['an image', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
    ['a frame', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
    ['a script', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' }],
    ['a fetch', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
  ])('A40 %s ends nothing, not even with a hint', async (_, headers) => {
    user = await signIn(server, oidc)
    const page = await visitLogout(server, 'GET', { id_token_hint: user.idToken }, { headers })
    expect([page.status, codeOn(page)]).toEqual([400, 'invalid_request'])
    expect(await isAlive(server, user)).toBe(true)
  })

  it('A19 A40 no answer is kept, framed, sniffed or referred to', async () => {
    user = await signIn(server, oidc)
    const params = { id_token_hint: user.idToken, post_logout_redirect_uri: home }
    const pages = [
      await visitLogout(server, 'GET', {}),
      await visitLogout(server, 'GET', { id_token_hint: 'x' }),
      await visitLogout(server, 'POST', params),
      await visitLogout(server, 'GET', params),
    ]
    for (const { headers } of pages) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('set-cookie')).toBeNull()
    }
    const away = await visitLogout(server, 'GET', {
      ...params,
      id_token_hint: (await signIn(server, oidc)).idToken,
    })
    for (const { headers } of [...pages, away]) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('A40 a body that is no form, other methods', async () => {
    const url = `${server.issuer}/logout`
    const json = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }
    expect((await fetch(url, json)).status).toBe(400)
    for (const method of ['PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      const { status, headers } = await fetch(url, { method })
      expect([status, headers.get('allow')]).toEqual([405, 'GET, POST'])
    }
  })

  it('X06 no log line holds a hint or a state', async () => {
    user = await signIn(server, oidc)
    const state = 'the-state-of-the-app'
    await visitLogout(server, 'GET', { id_token_hint: user.accessToken, state })
    await visitLogout(server, 'GET', { id_token_hint: user.idToken, post_logout_redirect_uri: home, state })
    const logs = server.logs.join('\n')
    for (const secret of [user.idToken, user.accessToken, state]) expect(logs).not.toContain(secret)
  })
})

describe('R23 front-channel logout is not offered', () => {
  it('R23 A44 the metadata says where to sign out, and nothing of logout that we would send or take by a frame', async () => {
    const metadata = await (await fetch(`${server.issuer}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({ end_session_endpoint: `${server.issuer}/logout` })
    expect(Object.keys(metadata).filter((name) => /(front|back)channel|check_session/.test(name))).toEqual([])
  })

  it.each(['/logout', '/frontchannel-logout/oidc', '/backchannel-logout/oidc', '/logout/oidc'])(
    'R23 GET %s with issuer and session ends nothing',
    async (path) => {
      user = await signIn(server, oidc)
      const query = new URLSearchParams({ iss: provider.issuer, sid: sidOf(user) })
      const { status } = await fetch(`${server.issuer}${path}?${query}`)
      expect(status).toBe(path === '/logout' ? 200 : path === '/backchannel-logout/oidc' ? 405 : 404)
      expect(await isAlive(server, user)).toBe(true)
    },
  )
})

describe('A40 when the database is out', () => {
  it('A40 X04 says so and ends nothing', async () => {
    user = await signIn(server, oidc)
    const params = { id_token_hint: user.idToken, post_logout_redirect_uri: home }
    await server.storage.query('alter table sessions rename to elsewhere')
    try {
      const page = await visitLogout(server, 'GET', params)
      expect([page.status, page.next, codeOn(page)]).toEqual([503, undefined, 'temporarily_unavailable'])
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    } finally {
      await server.storage.query('alter table elsewhere rename to sessions')
    }
    expect((await visitLogout(server, 'GET', params)).status).toBe(303)
  })
})
