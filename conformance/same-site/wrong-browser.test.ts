// What same-site mode is for: nothing of a journey is of use in another browser than the app's that pushed it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Browser, createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { postToken, provedToken, start, startOf } from '../support/spa.ts'
import {
  appOrigin,
  bring,
  callAs,
  foreignOrigin,
  isApp,
  isCallback,
  openSite,
  push,
  redeemIn,
  redemption,
  type Site,
  siblingOrigin,
  signInHere,
  travelHere,
  travelLink,
} from './support.ts'

let site: Site
let victim: Browser
let attacker: Browser
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => {
  site.provider.requests.clear()
  site.provider.autoApprove('user')
  victim = createBrowser(site.server.clock)
  attacker = createBrowser(site.server.clock)
})
afterAll(() => site?.close())

const newKey = () => createDpopKey(site.server.clock.now)
const eventsOf = (type: string) => site.server.events.filter((event) => event.type === type)

/** The attacker pushes with a program, which writes any Origin it likes, and gets request and cookie. */
async function pushByProgram(changes: Record<string, string | undefined> = {}) {
  const pushed = await push(site, attacker, changes)
  const [cookie] = attacker.cookies().filter(({ name }) => name.endsWith(pushed.id))
  return { ...pushed, cookie: `${cookie?.name}=${cookie?.value}` }
}

describe('3.1 variant 2: the attacker’s challenge in the victim’s browser', () => {
  it('A20 a request that was pushed elsewhere goes on nowhere, by link or by form, and is not used up by that', async () => {
    const pushed = await pushByProgram()
    for (const method of ['GET', 'POST'] as const) {
      const page = await bring(site, victim, pushed.requestUri, method)
      expect(page).toMatchObject({ status: 403, next: undefined })
      expect(page.body).toContain('wrong_browser')
    }
    expect(victim.cookies()).toEqual([])
    expect((await bring(site, attacker, pushed.requestUri)).next?.href).toContain(site.provider.issuer)
  })

  it('A20 a start without a pushed request goes on nowhere, whoever sends it', async () => {
    const { params } = startOf(site.spa, { provider: 'oidc' })
    const byForm = await start(site.spa, victim, params)
    const byLink = await victim.visit(`${site.spa.issuer}/authorize?${new URLSearchParams(params)}`)
    for (const page of [byForm, byLink]) expect(page).toMatchObject({ status: 403, next: undefined })
    expect(victim.cookies()).toEqual([])
  })

  it('3.1 A13 code, verifier and key together redeem nothing without the browser, though the start was forged in the app', async () => {
    // Script of the attacker's once ran in the app: everything the SPA chooses is the attacker's, the browser the victim's.
    const key = await newKey()
    const trip = await travelHere(site, victim, { dpop_jkt: key.jkt })
    expect(trip.answered.get('code')).not.toBeNull()
    const before = site.server.events.length

    const stolen = await provedToken(site.spa, key, redemption(site, trip))
    expect(stolen).toMatchObject({ status: 403, body: { error: 'wrong_browser' } })
    const told = site.server.events.slice(before)
    expect(told).toMatchObject([
      { type: 'sign_in.failed', data: { error: 'wrong_browser', client_id: 'web' } },
    ])
    expect(stolen.headers.getSetCookie()).toEqual([])

    // And burned: nobody has two tries.
    expect(await redeemIn(site, victim, key, redemption(site, trip))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(eventsOf('session.created')).toEqual([])
  })

  it.each([
    ['a cookie of a journey of their own', async () => (await pushByProgram()).cookie],
    [
      'the value of another journey’s cookie under this name',
      async (id: string) => `latchkey-j-${id}=${(await pushByProgram()).cookie.split('=')[1]}`,
    ],
    ['a made-up value', (id: string) => `latchkey-j-${id}=${'A'.repeat(80)}`],
    ['an empty value', (id: string) => `latchkey-j-${id}=`],
    ['the id itself', (id: string) => `latchkey-j-${id}=${id}`],
    ['the name of the cookie on https', (id: string) => `__Host-latchkey-j-${id}=${id}`],
  ] as [string, (id: string) => string | Promise<string>][])('3.1 nor with %s', async (_, make) => {
    const key = await newKey()
    const trip = await travelHere(site, victim, { dpop_jkt: key.jkt })
    const htu = `${site.spa.issuer}/token`
    const nonce = (await postToken(site.spa, {})).headers.get('dpop-nonce') ?? ''
    const answer = await postToken(site.spa, redemption(site, trip), {
      Cookie: await make(trip.id),
      DPoP: await key.proof({ htm: 'POST', htu, nonce }),
    })
    expect(answer).toMatchObject({ status: 403, body: { error: 'wrong_browser' } })
  })

  it('16 A13 a wrong key is told as always, and not that the browser is wrong besides', async () => {
    const key = await newKey()
    const trip = await travelHere(site, victim, { dpop_jkt: key.jkt })
    expect(await provedToken(site.spa, await newKey(), redemption(site, trip))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })
})

describe('the cookie alone', () => {
  it('A14 X08 opens nothing: no endpoint takes it for a person', async () => {
    const trip = await travelHere(site, victim)
    const [cookie] = victim.cookies()
    const headers = { Cookie: `${cookie?.name}=${cookie?.value}`, Origin: appOrigin }
    const paths = [
      ...['/account', '/account/sessions', '/account/identities', '/userinfo', '/token', '/par', '/revoke'],
      ...[
        '/authorize',
        '/authorize/choose',
        '/callback/oidc',
        '/providers',
        `/callback/oidc?state=${trip.id}`,
      ],
    ]
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const response = await fetch(`${site.spa.issuer}${path}`, { method, headers, redirect: 'manual' })
        const text = await response.text()
        expect(response.status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
        expect(text).not.toContain(trip.answered.get('code') ?? 'none')
      }
    }
    expect((await redeemIn(site, victim, await newKey(), redemption(site, trip))).status).toBe(200)
  })

  it('R03 the cookie of one journey does not bring the request of another', async () => {
    const one = await push(site, victim)
    const other = await push(site, attacker)
    expect(await bring(site, victim, other.requestUri)).toMatchObject({ status: 403, next: undefined })
    const [value] = victim.cookies().map((cookie) => cookie.value)
    victim.setCookie(site.spa.issuer, `latchkey-j-${other.id}=${value}; Path=/`)
    expect(await bring(site, victim, other.requestUri)).toMatchObject({ status: 403, next: undefined })
    expect((await bring(site, victim, one.requestUri)).next?.href).toContain(site.provider.issuer)
  })

  it('R02 is no callback’s: before the provider’s hop, and after it, it opens no journey', async () => {
    const pushed = await push(site, victim)
    const early = await victim.visit(`${site.spa.issuer}/callback/oidc?code=x&state=${pushed.id}`)
    expect(early).toMatchObject({ status: 403, next: undefined })
    expect(early.body).toContain('wrong_browser')
    const atCallback = await victim.follow(await bring(site, victim, pushed.requestUri), isCallback)
    expect((await victim.follow(atCallback, isApp)).next?.hash).toContain('code=')
    const again = await victim.visit(atCallback.next ?? '')
    expect(again).toMatchObject({ status: 403, next: undefined })
    expect(site.provider.requests.to('token')).toHaveLength(1)
  })
})

describe('3.1 variant 1: the attacker’s provider URL', () => {
  it('R02 ends in the victim’s browser before the provider’s code is redeemed', async () => {
    const pushed = await pushByProgram()
    const begun = await bring(site, attacker, pushed.requestUri)
    const last = await victim.follow(await victim.visit(begun.next ?? ''))
    expect(last).toMatchObject({ status: 403, next: undefined })
    expect(site.provider.requests.to('token')).toEqual([])
  })

  it('R02 3.2 the attacker’s finished code is of no use to the victim’s app', async () => {
    const key = await newKey()
    const trip = await travelHere(site, attacker, { dpop_jkt: key.jkt })
    expect(await redeemIn(site, victim, key, redemption(site, trip))).toMatchObject({ status: 403 })
  })
})

describe('the chooser', () => {
  it('A20 takes no choice in another browser, and none twice from two pages', async () => {
    const pushed = await pushByProgram({ provider: undefined })
    const page = await bring(site, attacker, pushed.requestUri)
    const second = await bring(site, attacker, pushed.requestUri)
    const journeyIn = (body: string) => /name="journey" value="([^"]+)"/.exec(body)?.[1] ?? ''
    const choose = (browser: Browser, journey: string) =>
      browser.visit(`${site.spa.issuer}/authorize/choose`, {
        ...{ method: 'POST', form: { journey, provider: 'oidc' }, origin: site.spa.issuer },
      })
    const inVictims = await choose(victim, journeyIn(page.body))
    expect(inVictims).toMatchObject({ status: 403, next: undefined })
    expect(victim.cookies()).toEqual([])
    expect((await choose(attacker, journeyIn(page.body))).next?.href).toContain(site.provider.issuer)
    for (let attempt = 0; attempt < 2; attempt++) {
      const again = await choose(attacker, journeyIn(second.body))
      expect(again).toMatchObject({ status: 400, next: undefined })
    }
  })

  it('R02 takes none that is more than ten minutes after the push', async () => {
    const pushed = await push(site, victim, { provider: undefined })
    const [cookie] = victim.cookies()
    site.server.clock.advance(59_000)
    const page = await bring(site, victim, pushed.requestUri)
    const journey = /name="journey" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const choose = () =>
      victim.visit(`${site.spa.issuer}/authorize/choose`, {
        ...{ method: 'POST', form: { journey, provider: 'oidc' }, origin: site.spa.issuer },
      })
    site.server.clock.advance(541_000)
    // A browser that keeps it too long.
    victim.setCookie(site.spa.issuer, `${cookie?.name}=${cookie?.value}; Path=/`)
    expect(await choose()).toMatchObject({ status: 403, next: undefined })
  })
})

describe('pushing', () => {
  it.each([
    ['a foreign page', { Origin: foreignOrigin }],
    ['a sibling of the site', { Origin: siblingOrigin }],
    ['a page that hides itself', { Origin: 'null' }],
    ['nowhere', {}],
    [
      'an app that this browser takes for another site',
      { Origin: appOrigin, 'Sec-Fetch-Site': 'cross-site' },
    ],
  ] as [string, Record<string, string>][])(
    'A20 A23 from %s is refused and sets no cookie',
    async (_, headers) => {
      const answer = await fetch(`${site.spa.issuer}/par`, {
        method: 'POST',
        body: new URLSearchParams(startOf(site.spa, { provider: 'oidc' }).params),
        headers,
      })
      const { error }: { error?: string } = await answer.json()
      expect(answer.status).toBe(403)
      expect(['untrusted_origin', 'not_same_site']).toContain(error)
      expect(answer.headers.getSetCookie()).toEqual([])
    },
  )

  it('A20 what is refused sets no cookie either', async () => {
    const { answer } = await push(site, victim, { code_challenge_method: 'plain' })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(victim.cookies()).toEqual([])
  })

  it('A23 a pushed request is used once and lives a minute, with the cookie too', async () => {
    const pushed = await push(site, victim)
    expect((await bring(site, victim, pushed.requestUri)).status).toBe(303)
    expect(await bring(site, victim, pushed.requestUri)).toMatchObject({ status: 400, next: undefined })
    const late = await push(site, victim)
    site.server.clock.advance(60_000)
    expect(await bring(site, victim, late.requestUri)).toMatchObject({ status: 400, next: undefined })
  })

  it('A20 a form POST still needs the app’s Origin, the cookie or not', async () => {
    const pushed = await push(site, victim)
    const form = { client_id: 'web', request_uri: pushed.requestUri }
    for (const origin of [foreignOrigin, siblingOrigin, 'null', null]) {
      const page = await victim.visit(`${site.spa.issuer}/authorize`, { method: 'POST', form, origin })
      expect(page, String(origin)).toMatchObject({ status: 403, next: undefined })
    }
    expect((await bring(site, victim, pushed.requestUri, 'POST')).status).toBe(200)
  })

  it('A20 a link in a frame, an image or a script is no start', async () => {
    const pushed = await push(site, victim)
    const params = new URLSearchParams({ client_id: 'web', request_uri: pushed.requestUri })
    for (const dest of ['iframe', 'image', 'script', 'empty']) {
      const headers = { 'Sec-Fetch-Dest': dest, 'Sec-Fetch-Mode': dest === 'iframe' ? 'navigate' : 'no-cors' }
      const page = await victim.visit(`${site.spa.issuer}/authorize?${params}`, { headers })
      expect(page, dest).toMatchObject({ status: 403, next: undefined })
    }
  })
})

describe('a cookie that a sibling domain tosses', () => {
  const issuer = 'https://auth.example.com'
  const app = 'https://app.example.com'

  it('3.5 R02 is no journey’s: only a name that begins with __Host-, which no other host can set', async () => {
    const latchkey = await embedLatchkey(issuer, {
      clients: [{ id: 'web', redirect_uris: [`${app}/callback`], origins: [app], same_site: true }],
      providers: { oidc: { ...site.provider.oidc } },
      allow_private_network_providers: true,
    })
    try {
      const spa = { issuer, clientId: 'web', redirectUri: `${app}/callback`, origin: app }
      const pushed = await latchkey.fetch(
        new Request(`${issuer}/par`, {
          method: 'POST',
          body: new URLSearchParams(startOf(spa, { provider: 'oidc' }).params),
          headers: { Origin: app, 'Sec-Fetch-Site': 'same-site' },
        }),
      )
      const [line = ''] = pushed.headers.getSetCookie()
      expect(line).toMatch(
        /^__Host-latchkey-j-[\w-]{24}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      )
      expect(pushed.headers.get('access-control-allow-credentials')).toBe('true')
      const { request_uri }: { request_uri?: string } = await pushed.json()
      const [name = '', value] = line.split(';')[0]?.split('=') ?? []
      const query = new URLSearchParams({ client_id: 'web', request_uri: request_uri ?? '' })
      const brought = (cookie: string) =>
        latchkey.fetch(new Request(`${issuer}/authorize?${query}`, { headers: { Cookie: cookie } }))

      const bare = name.replace('__Host-', '')
      const tossed = [
        ...[`${bare}=${value}`, `__Secure-${bare}=${value}`, `__host-${bare}=${value}`],
        ...[`__Host-Http-${bare}=${value}`, `x__Host-${bare}=${value}`, `=${name}=${value}`],
        // What trims more than blanks takes these for the name.
        ...[`\u00a0${name}=${value}`, `a=b; \u00a0${name}=${value}`, `\u0085${name}=${value}`],
      ]
      for (const cookie of tossed) expect((await brought(cookie)).status, cookie).toBe(403)
      // The provider of this test is on plain http, which the server takes on loopback alone: past the cookie all the same.
      expect((await brought(`a=b; ${name}=${value}`)).status).toBe(303)
    } finally {
      await latchkey.close()
    }
  })
})

describe('3.8 a link', () => {
  it('V04 V02 that the attacker pushed goes on in no victim’s browser', async () => {
    const mallory = await signInHere(site)
    site.provider.autoApprove('admin')
    const { pushed } = await travelLink(site, mallory, attacker)
    expect(pushed.answer.status).toBe(201)
    const fresh = await push(site, mallory.browser, { provider: 'plain' })
    expect(await bring(site, victim, fresh.requestUri)).toMatchObject({ status: 403, next: undefined })
  })

  it('V02 V03 that was forged in the victim’s app is finished by nobody, though the attacker holds code, verifier and session', async () => {
    const mallory = await signInHere(site)
    site.provider.autoApprove('admin')
    // Pushed by injected script in the victim's app with the attacker's token: the cookie is the victim's browser's.
    const { code, code_verifier } = await travelLink(site, mallory, victim)
    expect(code).not.toBe('')
    const body = { code, code_verifier }
    const finish = { method: 'POST', path: '/account/identities', body }
    const before = site.server.events.length
    expect(await callAs(site, mallory, finish)).toMatchObject({
      status: 403,
      body: { error: 'wrong_browser' },
    })
    expect(site.server.events.slice(before)).toMatchObject([
      { type: 'identity.refused', data: { reason: 'wrong_browser', provider: 'plain' } },
    ])
    expect(await callAs(site, mallory, { ...finish, browser: victim }), 'the code is burned').toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    const { body: list } = await callAs(site, mallory, {
      ...{ method: 'GET', path: '/account/identities', credentials: 'omit' },
    })
    expect(list).toMatchObject({ identities: [{ provider: 'oidc' }] })
  })

  it('V02 is finished by the same user alone, the right browser or not', async () => {
    const mallory = await signInHere(site)
    site.provider.autoApprove('admin')
    const other = await signInHere(site)
    const { code, code_verifier } = await travelLink(site, mallory, other.browser)
    const call = { method: 'POST', path: '/account/identities', body: { code, code_verifier } }
    expect(await callAs(site, other, call)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })
})
