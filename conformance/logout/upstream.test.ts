// Signing out goes on to the provider, where the configuration says so and the provider has a place for it.
import { createFakeProvider, type FakeProvider, onMembers } from '@latchkey/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { createBrowser, type Page } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { codeOn, endsOf, home, isAlive, sidOf, visitLogout } from './support.ts'

let clock: TestClock
let provider: FakeProvider
let server: Running

beforeEach(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, host: 'localhost', autoApprove: 'user' })
  server = await startLatchkey(
    () => ({
      clients: [
        {
          id: 'web',
          redirect_uris: [spaRedirectUri],
          origins: [spaOrigin],
          post_logout_redirect_uris: [home],
        },
      ],
      providers: {
        both: { ...provider.oidc, sign_out: true },
        again: { ...provider.oidc, sign_out: true },
        here: provider.oidc,
        plain: provider.oauth2,
      },
      linking: 'separate',
    }),
    { clock },
  )
})
afterEach(async () => {
  await server?.close()
  await provider?.close()
})

const asked = (user: SignedIn) => ({
  id_token_hint: user.idToken,
  post_logout_redirect_uri: home,
  state: 's 1',
})
const doneAt = (id: string) => `${server.issuer}/logout/done/${id}`

/** What the database keeps of the provider's ID token. */
async function keptOf(user: SignedIn): Promise<unknown> {
  const sql = 'select sealed_id_token from sessions where id = ?'
  const [row] = await server.storage.query(sql, sidOf(user))
  return row?.sealed_id_token
}

/** The provider's ID token that a sign-in brought: read off what it hands out next, since the clock stands still. */
async function signInSeeing(id: string): Promise<{ user: SignedIn; hint: () => string }> {
  const user = await signIn(server, { provider: id })
  return { user, hint: () => provider.requests.last('end_session')?.query.get('id_token_hint') ?? '' }
}

describe.each(['GET', 'POST'] as const)('A40 %s with the provider', (method) => {
  it('A40 signs out here, then there, and comes back to the app with its state', async () => {
    const { user, hint } = await signInSeeing('both')
    const first = await visitLogout(server, method, asked(user))
    expect(first.status).toBe(method === 'POST' ? 200 : 303)
    expect(first.next?.href.split('?')[0]).toBe(provider.endpoints.end_session)
    // Before the provider hears of it.
    expect(await isAlive(server, user)).toBe(false)

    const browser = createBrowser(clock)
    const last = await browser.follow(first, (url) => url.href.startsWith(home))
    expect([last.status, last.url.href.split('?')[0], last.next?.href]).toEqual([
      303,
      doneAt('both'),
      `${home}?state=s+1`,
    ])
    const sent = provider.requests.last('end_session')?.query
    expect([...(sent?.keys() ?? [])].sort()).toEqual([
      'client_id',
      'id_token_hint',
      'post_logout_redirect_uri',
      'state',
    ])
    expect(sent?.get('client_id')).toBe('test-client')
    expect(sent?.get('post_logout_redirect_uri')).toBe(doneAt('both'))
    expect(JSON.parse(Buffer.from(hint().split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      iss: provider.issuer,
      sub: 'fake-user-ada',
    })
    expect(endsOf(server, user)).toHaveLength(1)
  })

  it('A40 without an address the browser ends on our page', async () => {
    const { user } = await signInSeeing('both')
    const first = await visitLogout(server, method, { id_token_hint: user.idToken })
    const last = await createBrowser(clock).follow(first)
    expect([last.status, last.url.href.split('?')[0], last.next]).toEqual([200, doneAt('both'), undefined])
  })

  it('A40 an address that is not registered is not remembered on the way', async () => {
    const { user } = await signInSeeing('both')
    const first = await visitLogout(server, method, {
      ...asked(user),
      post_logout_redirect_uri: 'https://evil.example/',
    })
    const last = await createBrowser(clock).follow(first)
    expect([last.status, codeOn(last), last.next]).toEqual([400, 'invalid_redirect_uri', undefined])
    expect(last.body).not.toContain('evil.example')
    expect(await isAlive(server, user)).toBe(false)
  })
})

describe('A40 what is kept for it', () => {
  it('X06 A40 the provider’s ID token is sealed in the row, gone with the session, and in no log', async () => {
    const { user, hint } = await signInSeeing('both')
    expect(await keptOf(user)).toMatch(/^[A-Za-z0-9_-]{200,}$/)
    const first = await visitLogout(server, 'GET', asked(user))
    expect(await keptOf(user)).toBeNull()
    const last = await createBrowser(clock).follow(first, (url) => url.href.startsWith(home))
    const logs = server.logs.join('\n')
    const state = last.url.searchParams.get('state') ?? ''
    for (const secret of [hint(), state]) {
      expect(secret.length).toBeGreaterThan(50)
      expect(logs).not.toContain(secret)
      expect(JSON.stringify(server.events)).not.toContain(secret)
    }
  })

  it('A39 A40 whoever ends the session ends it too', async () => {
    const { user } = await signInSeeing('both')
    await user.call('DELETE', '/account/sessions')
    expect(await keptOf(user)).toBeNull()
  })

  it('A40 it outlives refreshes', async () => {
    const { user, hint } = await signInSeeing('both')
    expect(await isAlive(server, user)).toBe(true)
    await createBrowser(clock).follow(await visitLogout(server, 'GET', { id_token_hint: user.idToken }))
    expect(hint()).toMatch(/^eyJ/)
  })

  it.each(['here', 'plain'])('A40 nothing where it is not configured: %s', async (id) => {
    const user = await signIn(server, { provider: id })
    expect(await keptOf(user)).toBeNull()
    expect((await visitLogout(server, 'GET', asked(user))).next?.href).toBe(`${home}?state=s+1`)
    expect(provider.requests.to('end_session')).toEqual([])
  })

  it('A40 with a secret that does not open it any more, the provider is asked without', async () => {
    const { user } = await signInSeeing('both')
    const sql = 'update sessions set sealed_id_token = ? where id = ?'
    await server.storage.query(sql, 'AQAA', sidOf(user))
    const first = await visitLogout(server, 'GET', asked(user))
    expect(first.next?.searchParams.has('id_token_hint')).toBe(false)
    expect(first.next?.searchParams.get('client_id')).toBe('test-client')
  })
})

describe('A40 a provider that cannot', () => {
  const withoutPlace = onMembers((members) => ({ ...members, end_session_endpoint: undefined }))

  it('A40 names no place: signed out here alone, and the log says so', async () => {
    provider.faults.always('discovery', withoutPlace)
    const { user } = await signInSeeing('both')
    expect((await visitLogout(server, 'GET', asked(user))).next?.href).toBe(`${home}?state=s+1`)
    expect(await isAlive(server, user)).toBe(false)
    expect(server.logs.filter((line) => line.includes('end_session_endpoint'))).toHaveLength(1)
  })

  it.each(['javascript:alert(1)', 'https://user:pass@evil.example/', 'nowhere'])(
    'A40 X05 names %s: nobody is sent there',
    async (place) => {
      provider.faults.always(
        'discovery',
        onMembers((members) => ({ ...members, end_session_endpoint: place })),
      )
      const { user } = await signInSeeing('both')
      expect((await visitLogout(server, 'GET', asked(user))).next?.href).toBe(`${home}?state=s+1`)
      expect(await isAlive(server, user)).toBe(false)
    },
  )

  it('A40 is down: signed out here alone', async () => {
    const { user } = await signInSeeing('both')
    // What was known of it is too old to go by.
    clock.advance(25 * 3_600_000)
    await provider.close()
    const page = await visitLogout(server, 'GET', asked(user))
    expect([page.status, page.next?.href]).toEqual([303, `${home}?state=s+1`])
    expect(endsOf(server, user)).toHaveLength(1)
  })
})

describe('A40 coming back from the provider', () => {
  const comeBack = (path: string): Promise<Page> =>
    createBrowser(clock).visit(`${server.issuer}${path}`, { from: provider.issuer })

  async function returning(id = 'both'): Promise<URL> {
    const { user } = await signInSeeing(id)
    const page = await createBrowser(clock).follow(await visitLogout(server, 'GET', asked(user)), (url) =>
      url.pathname.startsWith('/logout/done/'),
    )
    return page.next ?? new URL('nowhere:')
  }

  it.each([
    ['no state', ''],
    ['an empty state', '?state='],
    ['a made-up state', '?state=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['an address', `?post_logout_redirect_uri=${encodeURIComponent('https://evil.example/')}`],
    ['a very long state', `?state=${'s'.repeat(10_000)}`],
  ])('A40 with %s: a page', async (_, query) => {
    const page = await comeBack(`/logout/done/both${query}`)
    expect([page.status, page.next]).toEqual([200, undefined])
    expect(page.body).not.toContain('<a ')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it('A40 too late, or by another provider’s address: a page', async () => {
    const url = await returning()
    expect((await comeBack(`/logout/done/again${url.search}`)).next).toBeUndefined()
    expect((await comeBack(url.pathname + url.search)).next?.href).toBe(`${home}?state=s+1`)
    clock.advance(600_000)
    const late = await comeBack(url.pathname + url.search)
    expect([late.status, late.next]).toEqual([200, undefined])
  })

  it('A40 with a parameter twice: refused', async () => {
    const url = await returning()
    const page = await comeBack(`${url.pathname}${url.search}&state=x`)
    expect([page.status, page.next, codeOn(page)]).toEqual([400, undefined, 'invalid_request'])
  })

  it.each(['here', 'plain', 'nobody'])('A40 from %s, where nobody is sent: 404', async (id) => {
    const url = await returning()
    const page = await comeBack(`/logout/done/${id}${url.search}`)
    expect([page.status, page.next]).toEqual([404, undefined])
  })

  it('A40 by a form: 405', async () => {
    expect((await fetch(doneAt('both'), { method: 'POST' })).status).toBe(405)
  })
})
