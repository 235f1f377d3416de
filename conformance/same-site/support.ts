// App and server on one site (hosts make a site here, ports do not), the provider on another.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { type Browser, createBrowser, type Fetched, type Page } from '../support/browser.ts'
import { type TestTimers, testClock, testTimers } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, redemptionOf, type Spa, type Start, startOf } from '../support/spa.ts'

export const appOrigin = 'http://127.0.0.1:5555'
/** Another app on the same site: its cookies are our cookies, its origin is not ours. */
export const siblingOrigin = 'http://127.0.0.1:6666'
export const foreignOrigin = 'https://evil.example'

export interface Site {
  provider: FakeProvider
  server: Running
  timers: TestTimers
  /** The client in same-site mode. */
  spa: Spa
  close(): Promise<void>
}

/** One client in same-site mode, `web`, and others beside it: `plain` of the same app, `across` of another site. */
export async function openSite(): Promise<Site> {
  const clock = testClock()
  const timers = testTimers(clock)
  const provider = await createFakeProvider({ clock, host: 'localhost' })
  provider.autoApprove('user')
  const app = { redirect_uris: [`${appOrigin}/callback`], origins: [appOrigin] }
  const server = await startLatchkey(
    () => ({
      clients: [
        { ...app, id: 'web', same_site: true },
        { ...app, id: 'plain' },
        {
          id: 'across',
          redirect_uris: ['http://localhost:5555/callback'],
          origins: ['http://localhost:5555'],
        },
      ],
      providers: {
        oidc: provider.oidc,
        plain: provider.oauth2,
        old: { ...provider.oauth1, connect: true },
        posting: { ...provider.oidc, response_mode: 'form_post' },
        calendar: { ...provider.oidc, sign_in: false, connect: true },
      },
      linking: 'separate',
    }),
    { clock, timers },
  )
  return {
    ...{ provider, server, timers },
    spa: { issuer: server.issuer, clientId: 'web', redirectUri: `${appOrigin}/callback`, origin: appOrigin },
    async close() {
      await server.close()
      await provider.close()
    },
  }
}

export interface Pushed extends Start {
  answer: Fetched
  requestUri: string
  /** The journey whose cookie came with the answer. */
  id: string
}

/** The app's script pushes a request. */
export async function push(
  { spa }: Pick<Site, 'spa'>,
  browser: Browser,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
  from: string = spa.origin,
): Promise<Pushed> {
  const begun = startOf(spa, { provider: 'oidc', ...changes })
  const body = new URLSearchParams(begun.params)
  const answer = await browser.fetch(`${spa.issuer}/par`, { method: 'POST', from, body, headers })
  const [, id = ''] = /latchkey-j-([\w-]+)=[^;]/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  return { ...begun, answer, id, requestUri: String(answer.body.request_uri) }
}

/** The navigation with a pushed request: by link, or by the app's form. */
export function bring(
  { spa }: Pick<Site, 'spa'>,
  browser: Browser,
  requestUri: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<Page> {
  const params = { client_id: spa.clientId, request_uri: requestUri }
  const from = `${spa.origin}/`
  return method === 'POST'
    ? browser.visit(`${spa.issuer}/authorize`, { method, form: params, from })
    : browser.visit(`${spa.issuer}/authorize?${new URLSearchParams(params)}`, { from })
}

export const isApp = (url: URL): boolean => url.origin === appOrigin
export const isCallback = (url: URL): boolean => url.pathname.startsWith('/callback/')

export interface Trip extends Pushed {
  page: Page
  answered: URLSearchParams
}

/** From the push to the app's own address. */
export async function travelHere(
  site: Site,
  browser: Browser,
  changes: Record<string, string | undefined> = {},
): Promise<Trip> {
  const pushed = await push(site, browser, changes)
  const page = await browser.follow(await bring(site, browser, pushed.requestUri), isApp)
  return { ...pushed, page, answered: answerIn(page.next) }
}

export const redemption = (site: Site, trip: Trip): Record<string, string> =>
  redemptionOf(site.spa, { answer: trip.answered, verifier: trip.verifier })

/** A POST to `/token` from the app's page in a browser, with a proof, and once more with the nonce that is asked for. */
export async function redeemIn(
  site: Site,
  browser: Browser,
  key: DpopKey,
  params: Record<string, string>,
  credentials: 'include' | 'omit' = 'include',
): Promise<Fetched> {
  const htu = `${site.spa.issuer}/token`
  const post = async (nonce?: string) =>
    browser.fetch(htu, {
      ...{ method: 'POST', from: site.spa.origin, body: new URLSearchParams(params), credentials },
      headers: { DPoP: await key.proof({ htm: 'POST', htu, ...(nonce === undefined ? {} : { nonce }) }) },
    })
  const first = await post()
  return first.body.error === 'use_dpop_nonce' ? post(first.headers.get('dpop-nonce') ?? '') : first
}

export interface Person {
  browser: Browser
  key: DpopKey
  accessToken: string
  refreshToken: string
  trip: Trip
}

export async function signInHere(site: Site, changes: Record<string, string> = {}): Promise<Person> {
  const browser = createBrowser(site.server.clock)
  const key = await createDpopKey(site.server.clock.now)
  const trip = await travelHere(site, browser, { dpop_jkt: key.jkt, ...changes })
  const { body } = await redeemIn(site, browser, key, redemption(site, trip))
  const [accessToken, refreshToken] = [String(body.access_token), String(body.refresh_token)]
  return { browser, key, accessToken, refreshToken, trip }
}

/** A call to the user's own API from the app's page, in whichever browser. */
export async function callAs(
  site: Site,
  person: Person,
  call: { method: string; path: string; body?: object; browser?: Browser; credentials?: 'include' | 'omit' },
): Promise<Fetched> {
  const { method, path, body, browser = person.browser, credentials = 'include' } = call
  const htu = `${site.spa.issuer}${path}`
  return browser.fetch(htu, {
    ...{ method, from: site.spa.origin, credentials },
    headers: await authorizationOf(person, method, htu),
    ...(body === undefined ? {} : { body }),
  })
}

export async function authorizationOf(
  { key, accessToken }: Person,
  htm: string,
  htu: string,
): Promise<Record<string, string>> {
  return { Authorization: `DPoP ${accessToken}`, DPoP: await key.proof({ htm, htu, accessToken }) }
}

/** Pushes a link as this person in a browser, and takes it to the end there. */
export async function travelLink(
  site: Site,
  person: Person,
  browser: Browser = person.browser,
): Promise<{ pushed: Pushed; code: string; code_verifier: string; page: Page }> {
  const authorization = await authorizationOf(person, 'POST', `${site.spa.issuer}/par`)
  const changes = { provider: 'plain', intent: 'link', scope: undefined }
  const pushed = await push(site, browser, changes, authorization)
  const page = await browser.follow(await bring(site, browser, pushed.requestUri), isApp)
  return { pushed, page, code: answerIn(page.next).get('code') ?? '', code_verifier: pushed.verifier }
}
