// Signing out with a provider that is not of our making: its own sign-out page, and its own logout tokens.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type SignedIn, signIn } from '../account/support.ts'
import { endsOf, home, isAlive, sidOf, visitLogout } from '../logout/support.ts'
import { type Browser, createBrowser, type Page } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { formsIn, submit } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { type OidcProviderPeer, startOidcProvider } from './oidc-provider.ts'

let peer: OidcProviderPeer
let server: Running

beforeAll(async () => {
  peer = await startOidcProvider()
  const registration = { issuer: peer.issuer, client_secret: 'a-secret-of-32-characters-or-more' }
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
        session: { type: 'oidc', ...registration, client_id: 'of-a-session', sign_out: true },
        person: { type: 'oidc', ...registration, client_id: 'of-a-person', sign_out: true },
      },
    }),
    { clock: runningClock() },
  )
  peer.register(
    ['session', 'person'].map((id) => ({
      client_id: `of-a-${id}`,
      client_secret: registration.client_secret,
      redirect_uris: [`${server.issuer}/callback/${id}`],
      post_logout_redirect_uris: [`${server.issuer}/logout/done/${id}`],
      backchannel_logout_uri: `${server.issuer}/backchannel-logout/${id}`,
      // Whether it puts `sid` into its ID tokens and logout tokens.
      backchannel_logout_session_required: id === 'session',
    })),
  )
})
beforeEach(() => {
  peer.person({ accountId: 'ada' })
  peer.requests.length = 0
})
afterAll(async () => {
  await server?.close()
  await peer?.close()
})

const signInAt = (provider: string, browser: Browser): Promise<SignedIn> =>
  signIn(server, { provider }, {}, browser)

/** From our sign-out to the question that it asks, and its answer; then as far as the app. */
async function signOut(user: SignedIn, answer: 'yes' | 'no'): Promise<Page> {
  const params = { id_token_hint: user.idToken, post_logout_redirect_uri: home, state: 'xyz' }
  const first = await visitLogout(server, 'GET', params)
  const atApp = (url: URL) => url.href.startsWith(home)
  const question = await user.browser.follow(first, atApp)
  const [form] = formsIn(question)
  if (form === undefined) throw new Error(`no question: ${question.status} ${question.url}`)
  return user.browser.follow(
    await submit(user.browser, question, form, answer === 'yes' ? { logout: 'yes' } : {}),
    atApp,
  )
}

it('A40 R13 it takes our hint, asks, ends its session, tells our other sessions of it, and sends the person back', async () => {
  const [here, elsewhere] = [createBrowser(), createBrowser()]
  const first = await signInAt('session', here)
  const second = await signInAt('session', here)
  const third = await signInAt('session', elsewhere)
  const last = await signOut(first, 'yes')
  expect(last.next?.href).toBe(`${home}?state=xyz`)
  expect([await isAlive(server, first), await isAlive(server, second), await isAlive(server, third)]).toEqual(
    [false, false, true],
  )
  const told = { type: 'session.revoked', subject: expect.stringMatching(/^usr_/) }
  expect(endsOf(server, first)).toEqual([{ ...told, reason: 'signed_out', sid: sidOf(first) }])
  expect(endsOf(server, second)).toEqual([{ ...told, reason: 'signed_out_at_provider', sid: sidOf(second) }])
  // It asks for a person again.
  peer.requests.length = 0
  await signInAt('session', here)
  expect(peer.requests.filter((request) => request.startsWith('GET /interaction/')).length).toBeGreaterThan(0)
})

it('R13 a logout token without a session ends all of the person’s sessions', async () => {
  const [here, elsewhere] = [createBrowser(), createBrowser()]
  const first = await signInAt('person', here)
  const other = await signInAt('person', elsewhere)
  peer.person({ accountId: 'grace' })
  const grace = await signInAt('person', createBrowser())
  await signOut(first, 'yes')
  expect([await isAlive(server, first), await isAlive(server, other), await isAlive(server, grace)]).toEqual([
    false,
    false,
    true,
  ])
})

it('A40 who stays signed in there is signed out here, and comes back to the app', async () => {
  const here = createBrowser()
  const user = await signInAt('session', here)
  expect((await signOut(user, 'no')).next?.href).toBe(`${home}?state=xyz`)
  expect(await isAlive(server, user)).toBe(false)
})

it('R13 its logout tokens were taken, each once', () => {
  const refusals = server.logs.filter(
    (line) => line.includes('logout_token_') || line.includes('used before'),
  )
  expect(refusals).toEqual([])
})
