// Every value that Latchkey seals, signs or stores under a hash, and the place where each comes back.
import { randomBytes } from 'node:crypto'
import type { FakeProvider } from '@latchkey/testing'
import { type Browser, createBrowser, type Page } from '../support/browser.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { followForms, formsIn } from '../support/forms.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { answerIn, postToken, redemptionOf, type Spa, start, startOf, travel } from '../support/spa.ts'

/** A fresh value and its place: `open` presents any value there, and says `open`, or what the refusal was. */
export interface Door {
  value: string
  open(value: string): Promise<string>
  /** The value travels in a header, where HTTP takes blanks off both ends. */
  inHeader?: true
}

export interface House {
  server: Running
  doors: Record<string, () => Promise<Door>>
}

/** The answer of something that could not even be sent. */
export const unsendable = 'unsendable'

/** An app on one site with the server. */
const sited = 'http://127.0.0.1:5555'

/** A server with a client without keys, `plain`, one in same-site mode, `sited`, and three providers: `posting` answers by form_post, `leaving` signs out too. */
export async function openHouse(provider: FakeProvider, clock: Running['clock']): Promise<House> {
  const client = {
    redirect_uris: [spaRedirectUri],
    origins: [spaOrigin],
    post_logout_redirect_uris: [`${spaOrigin}/`],
  }
  const server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
        { id: 'sited', redirect_uris: [`${sited}/callback`], origins: [sited], same_site: true },
      ],
      providers: {
        oidc: provider.oidc,
        posting: { ...provider.oidc, response_mode: 'form_post' },
        leaving: { ...provider.oidc, sign_out: true },
      },
      linking: 'separate',
    }),
    { clock },
  )
  const plain: Spa = { ...server.spa, clientId: 'plain' }
  const key = await createDpopKey(clock.now)
  const house = { server, provider, plain, key }
  return {
    server,
    doors: {
      code: () => codeDoor(house),
      refresh_token: () => refreshDoor(house),
      access_token: () => accessDoor(house),
      dpop_nonce: () => nonceDoor(house),
      dpop_proof: () => proofDoor(house),
      journey_cookie: () => cookieDoor(house),
      state: () => stateDoor(house),
      chooser_journey: () => chooserDoor(house),
      request_uri: () => pushedDoor(house),
      browser_binding: () => bindingDoor(house),
      form_post_stash: () => stashDoor(house),
      id_token_hint: () => hintDoor(house),
      departure: () => departureDoor(house),
      logout_token: async () => logoutTokenDoor(house),
      code_challenge: () => startDoor(house, 'code_challenge', startOf(plain).params.code_challenge ?? ''),
      dpop_jkt: () => startDoor(house, 'dpop_jkt', key.jkt),
    },
  }
}

interface Parts {
  server: Running
  provider: FakeProvider
  plain: Spa
  key: DpopKey
}

const isCallback = (url: URL) => url.pathname.startsWith('/callback/')
const told = (answer: { status: number; body: Record<string, unknown> }): string =>
  answer.status === 200 ? 'open' : String(answer.body.error)
/** What a page says: the code of an error page, the answer to the app, or on to the provider. */
function seen(page: Page, provider: FakeProvider): string {
  const answer = answerIn(page.next)
  if (answer.has('error')) return answer.get('error') ?? ''
  if (answer.has('code') || page.next?.href.startsWith(provider.issuer)) return 'open'
  return /<dt>Error<\/dt><dd><code>([a-z_]+)</.exec(page.body)?.[1] ?? `status ${page.status}`
}

async function codeDoor({ server, plain }: Parts): Promise<Door> {
  const trip = await travel(plain, createBrowser(server.clock), { provider: 'oidc' })
  const redemption = redemptionOf(plain, trip)
  return {
    value: redemption.code ?? '',
    open: async (code) => told(await postToken(plain, { ...redemption, code })),
  }
}

async function tokens({ server, plain }: Parts, provider = 'oidc'): Promise<Record<string, unknown>> {
  const trip = await travel(plain, createBrowser(server.clock), { provider })
  return (await postToken(plain, redemptionOf(plain, trip))).body
}

async function refreshDoor(parts: Parts): Promise<Door> {
  const refresh = { grant_type: 'refresh_token', client_id: 'plain' }
  return {
    value: String((await tokens(parts)).refresh_token),
    open: async (token) => told(await postToken(parts.plain, { ...refresh, refresh_token: token })),
  }
}

async function accessDoor(parts: Parts): Promise<Door> {
  return {
    inHeader: true,
    value: String((await tokens(parts)).access_token),
    open: (token) =>
      sent(async () => {
        const headers = { Authorization: `Bearer ${token}` }
        const response = await fetch(`${parts.server.issuer}/userinfo`, { headers })
        return response.status === 200 ? 'open' : 'invalid_token'
      }),
  }
}

/** A well-formed redemption of nobody's code: that it is refused as such shows that the proof was good. */
const provedBy = (parts: Parts, proof: string): Promise<string> =>
  sent(async () => {
    const attempt = {
      ...{ grant_type: 'authorization_code', client_id: 'web', code_verifier: 'v'.repeat(43) },
      code: randomBytes(32).toString('base64url'),
    }
    const { body } = await postToken(parts.server.spa, attempt, { DPoP: proof })
    return body.error === 'invalid_grant' ? 'open' : String(body.error)
  })

async function freshNonce({ plain }: Parts): Promise<string> {
  const { headers } = await postToken(plain, { grant_type: 'x' })
  return headers.get('dpop-nonce') ?? ''
}

async function nonceDoor(parts: Parts): Promise<Door> {
  const htu = `${parts.server.issuer}/token`
  return {
    value: await freshNonce(parts),
    open: async (nonce) => provedBy(parts, await parts.key.proof({ htm: 'POST', htu, nonce })),
  }
}

async function proofDoor(parts: Parts): Promise<Door> {
  const request = { htm: 'POST', htu: `${parts.server.issuer}/token`, nonce: await freshNonce(parts) }
  return {
    inHeader: true,
    value: await parts.key.proof(request),
    open: (proof) => provedBy(parts, proof),
  }
}

/** A browser that stands before our callback, and its one cookie. */
async function atCallback(parts: Parts, provider: string) {
  const browser = createBrowser(parts.server.clock)
  const first = await start(parts.plain, browser, startOf(parts.plain, { provider }).params)
  const [cookie] = browser.cookies()
  if (cookie === undefined) throw new Error('no cookie came')
  return { browser, cookie, before: await browser.follow(first, isCallback) }
}

/** Another browser with the same cookie, so that one attempt does not spoil the next. */
function twin({ server }: Parts, cookie: { name: string; value: string }): Browser {
  const browser = createBrowser(server.clock)
  browser.setCookie(server.issuer, `${cookie.name}=${cookie.value}; Path=/`)
  return browser
}

async function cookieDoor(parts: Parts): Promise<Door> {
  const { cookie, before } = await atCallback(parts, 'oidc')
  const url = before.next ?? ''
  return {
    inHeader: true,
    value: cookie.value,
    open: (value) =>
      sent(async () => {
        // As a header of its own: no jar would keep some of these.
        const headers = { Cookie: `${cookie.name}=${value}` }
        const page = await createBrowser(parts.server.clock).visit(url, { headers })
        return seen(page, parts.provider)
      }),
  }
}

async function stateDoor(parts: Parts): Promise<Door> {
  const { cookie, before } = await atCallback(parts, 'oidc')
  return {
    value: before.next?.searchParams.get('state') ?? '',
    open: async (state) => {
      const url = new URL(before.next ?? '')
      url.searchParams.set('state', state)
      return seen(await twin(parts, cookie).visit(url), parts.provider)
    },
  }
}

async function chooserDoor(parts: Parts): Promise<Door> {
  const page = await start(parts.plain, createBrowser(parts.server.clock), startOf(parts.plain).params)
  const [form] = formsIn(page)
  if (form === undefined) throw new Error('no chooser came')
  return {
    value: new Map(form.fields).get('journey') ?? '',
    open: async (journey) => {
      const navigation = { method: form.method, from: page.url.href, form: { journey, provider: 'oidc' } }
      return seen(await createBrowser(parts.server.clock).visit(form.action, navigation), parts.provider)
    },
  }
}

const scheme = 'urn:ietf:params:oauth:request_uri:'

/** Pushed without a provider: bringing it shows the chooser and uses nothing up. */
async function pushFor(spa: Spa) {
  const answer = await fetch(`${spa.issuer}/par`, {
    method: 'POST',
    body: new URLSearchParams(startOf(spa).params),
    headers: { Origin: spa.origin },
  })
  const { request_uri = '' }: { request_uri?: string } = await answer.json()
  const [name = '', value = ''] = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? []
  return { sealed: request_uri.slice(scheme.length), name, value }
}

const chooserSeen = (page: Page, provider: FakeProvider): string =>
  page.status === 200 && formsIn(page).length > 0 ? 'open' : seen(page, provider)

async function pushedDoor({ server, plain, provider }: Parts): Promise<Door> {
  return {
    value: (await pushFor(plain)).sealed,
    open: async (sealed) => {
      const params = { client_id: 'plain', request_uri: scheme + sealed }
      return chooserSeen(await start(plain, createBrowser(server.clock), params), provider)
    },
  }
}

async function bindingDoor({ server, plain, provider }: Parts): Promise<Door> {
  const spa: Spa = { ...plain, clientId: 'sited', redirectUri: `${sited}/callback`, origin: sited }
  const { sealed, name, value } = await pushFor(spa)
  const query = new URLSearchParams({ client_id: 'sited', request_uri: scheme + sealed })
  return {
    inHeader: true,
    value,
    open: (given) =>
      sent(async () => {
        const headers = { Cookie: `${name}=${given}` }
        const page = await createBrowser(server.clock).visit(`${spa.issuer}/authorize?${query}`, { headers })
        return chooserSeen(page, provider)
      }),
  }
}

async function stashDoor(parts: Parts): Promise<Door> {
  const { browser, cookie, before } = await atCallback(parts, 'posting')
  const stashed = await followForms(browser, before, (url) => url.searchParams.has('form'))
  const url = new URL(stashed.next ?? '')
  return {
    value: url.searchParams.get('form') ?? '',
    open: async (form) => {
      const target = new URL(url)
      target.searchParams.set('form', form)
      return seen(await twin(parts, cookie).visit(target), parts.provider)
    },
  }
}

const visitLogout = ({ server }: Parts, hint: string) => {
  const url = new URL(`${server.issuer}/logout`)
  const back = { client_id: 'plain', post_logout_redirect_uri: `${spaOrigin}/` }
  url.search = new URLSearchParams({ id_token_hint: hint, ...back }).toString()
  return createBrowser(server.clock).visit(url)
}

async function hintDoor(parts: Parts): Promise<Door> {
  return {
    value: String((await tokens(parts)).id_token),
    open: async (hint) => {
      const page = await visitLogout(parts, hint)
      return page.next === undefined ? seen(page, parts.provider) : 'open'
    },
  }
}

async function departureDoor(parts: Parts): Promise<Door> {
  const away = await visitLogout(parts, String((await tokens(parts, 'leaving')).id_token))
  const isDone = (url: URL) => url.pathname.startsWith('/logout/done/')
  const back = (await createBrowser(parts.server.clock).follow(away, isDone)).next ?? new URL('nowhere:')
  return {
    value: back.searchParams.get('state') ?? '',
    open: async (state) => {
      const url = new URL(back)
      url.searchParams.set('state', state)
      return (await createBrowser(parts.server.clock).visit(url)).next === undefined ? 'a page' : 'open'
    },
  }
}

function logoutTokenDoor({ server, provider }: Parts): Door {
  return {
    value: provider.logoutToken({ persona: 'user' }),
    open: async (token) => {
      const body = new URLSearchParams({ logout_token: token })
      const response = await fetch(`${server.issuer}/backchannel-logout/oidc`, { method: 'POST', body })
      return told({ status: response.status, body: await response.json() })
    },
  }
}

async function startDoor(parts: Parts, name: string, value: string): Promise<Door> {
  return {
    value,
    open: async (given) => {
      const { params } = startOf(parts.plain, { provider: 'oidc', [name]: given })
      return seen(await start(parts.plain, createBrowser(parts.server.clock), params), parts.provider)
    },
  }
}

/** Characters that no header may hold are refused before anything is sent. */
async function sent(attempt: () => Promise<string>): Promise<string> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof TypeError) return unsendable
    throw error
  }
}
