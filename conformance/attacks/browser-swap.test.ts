// attacks.md 3.1 and 3.2: one browser starts a journey, another one is made to finish it.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { answerIn, postToken, provedToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
const isCallback = (url: URL) => url.pathname.startsWith('/callback/')

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  server = await startLatchkey(() => ({
    linking: 'separate',
    providers: { oidc: provider.oidc, plain: provider.oauth2 },
  }))
})
beforeEach(() => provider.requests.clear())
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

describe.each(['oidc', 'plain'])(
  '3.1 variant 1: the attacker’s provider URL in the victim’s browser (%s)',
  (id) => {
    it('R02 02 03 09 ends before the provider’s code is redeemed', async () => {
      const attacker = createBrowser()
      const begun = await start(server.spa, attacker, startOf(server.spa, { provider: id }).params)
      const victim = createBrowser()
      const atProvider = await victim.visit(begun.next ?? '')
      const arrived = await victim.follow(atProvider)

      expect(arrived).toMatchObject({ status: 403, next: undefined })
      expect(arrived.body).toContain('wrong_browser')
      expect(provider.requests.to('token')).toEqual([])
    })

    it('1 A14 gives nothing to whoever knows the journey’s id', async () => {
      const attacker = createBrowser()
      const begun = await start(server.spa, attacker, startOf(server.spa, { provider: id }).params)
      const state = begun.next?.searchParams.get('state') ?? ''
      const trip = await travel(server.spa, createBrowser(), { provider: id })
      const code = trip.answer.get('code') ?? 'none'
      for (const path of [
        'authorize',
        'authorize/choose',
        'callback/oidc',
        'token',
        'userinfo',
        'providers',
        'jwks',
        'healthz',
        'readyz',
      ]) {
        for (const method of ['GET', 'POST'] as const) {
          const url =
            method === 'GET'
              ? `${server.issuer}/${path}?state=${state}&id=${state}`
              : `${server.issuer}/${path}`
          const answer = await createBrowser().visit(url, {
            method,
            form: { state, id: state },
            origin: server.spa.origin,
          })
          expect(answer.next?.href ?? '', `${method} ${path}`).not.toContain('code=')
          expect(answer.body).not.toContain(code)
        }
      }
    })
  },
)

describe('3.1 variant 2: the attacker’s challenge in the victim’s start', () => {
  it.each([
    ['the attacker’s page', 'https://evil.example'],
    ['a page without referrer, or an open redirector of the app', 'null'],
    ['a typed or linked address', null],
    ['the app’s origin in another spelling', 'http://LOCALHOST:5555'],
    ['a sibling port', 'http://localhost:5556'],
  ])('A20 is refused when it comes from %s', async (_, origin) => {
    const victim = createBrowser()
    const page = await start(server.spa, victim, startOf(server.spa, { provider: 'oidc' }).params, { origin })
    expect(page).toMatchObject({ status: 403, next: undefined })
    expect(page.body).toContain('untrusted_origin')
    expect(victim.cookies()).toEqual([])
  })

  it('A20 is refused as a link', async () => {
    const { params } = startOf(server.spa, { provider: 'oidc' })
    const page = await createBrowser().visit(`${server.issuer}/authorize?${new URLSearchParams(params)}`)
    expect(page).toMatchObject({ status: 403, next: undefined })
  })

  it.each([
    ['a frame', { 'Sec-Fetch-Dest': 'iframe' }],
    ['an embedded object', { 'Sec-Fetch-Dest': 'object' }],
    ['a fetch', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
    ['an image', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
  ])('A20 is refused inside %s', async (_, headers) => {
    const page = await start(server.spa, createBrowser(), startOf(server.spa, { provider: 'oidc' }).params, {
      headers,
    })
    expect(page).toMatchObject({ status: 403, next: undefined })
  })

  it('A20 the chooser takes no choice from another page, whoever fetched it', async () => {
    const fetched = await start(
      server.spa,
      createBrowser(),
      startOf(server.spa, { provider: undefined }).params,
    )
    const journey = /name="journey" value="([^"]+)"/.exec(fetched.body)?.[1] ?? ''
    expect(journey).not.toBe('')
    for (const origin of ['https://evil.example', 'null', null, server.spa.origin]) {
      const victim = createBrowser()
      const form = { journey, provider: 'oidc' }
      const page = await victim.visit(`${server.issuer}/authorize/choose`, { method: 'POST', form, origin })
      expect(page, String(origin)).toMatchObject({ status: 403, next: undefined })
      expect(victim.cookies()).toEqual([])
    }
    const own = await createBrowser().visit(`${server.issuer}/authorize/choose`, {
      method: 'POST',
      form: { journey, provider: 'oidc' },
      origin: server.issuer,
    })
    expect(own.next?.href).toContain(provider.issuer)
  })
})

describe('3.2 login CSRF', () => {
  it('R02 the attacker’s finished callback does nothing in the victim’s browser', async () => {
    const attacker = createBrowser()
    const begun = await start(server.spa, attacker, startOf(server.spa, { provider: 'oidc' }).params)
    const atCallback = await attacker.follow(begun, isCallback)
    const victim = createBrowser()
    const page = await victim.visit(atCallback.next ?? '', { from: provider.issuer })
    expect(page).toMatchObject({ status: 403, next: undefined })
    expect(provider.requests.to('token')).toEqual([])
  })

  it('4 5 a state of nobody’s making, or of another browser’s journey, is refused', async () => {
    const victim = createBrowser()
    await start(server.spa, victim, startOf(server.spa, { provider: 'oidc' }).params)
    for (const state of ['x'.repeat(24), startOf(server.spa).state]) {
      const page = await victim.visit(`${server.issuer}/callback/oidc?code=x&state=${state}`)
      expect([400, 403]).toContain(page.status)
      expect(page.next).toBeUndefined()
    }
    expect(provider.requests.to('token')).toEqual([])
  })
})

describe('3.3 code injection', () => {
  it('A08 A13 the victim’s code with the attacker’s verifier and key is burned and yields nothing', async () => {
    const key = await createDpopKey()
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc', dpop_jkt: key.jkt })
    const attacker = await createDpopKey()
    const stolen = { ...redemptionOf(server.spa, trip), code_verifier: startOf(server.spa).verifier }
    expect(await provedToken(server.spa, attacker, stolen)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(await provedToken(server.spa, key, redemptionOf(server.spa, trip))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('R04 R05 the victim’s provider code in the attacker’s journey fails at the provider or at the nonce', async () => {
    const victim = createBrowser()
    const victims = await victim.follow(
      await start(server.spa, victim, startOf(server.spa, { provider: 'oidc' }).params),
      isCallback,
    )
    const attacker = createBrowser()
    const attackers = await attacker.follow(
      await start(server.spa, attacker, startOf(server.spa, { provider: 'oidc' }).params),
      isCallback,
    )
    const mixed = new URL(attackers.next ?? '')
    mixed.searchParams.set('code', victims.next?.searchParams.get('code') ?? '')
    const page = await attacker.visit(mixed, { from: provider.issuer })
    expect(answerIn(page.next).get('error')).toBe('provider_error')
    expect(answerIn(page.next).has('code')).toBe(false)
  })
})

describe('3.4 mix-up', () => {
  it('R03 R20 7 the answer of one provider is not taken at another’s address', async () => {
    const browser = createBrowser()
    const begun = await start(server.spa, browser, startOf(server.spa, { provider: 'oidc' }).params)
    const atCallback = await browser.follow(begun, isCallback)
    const crossed = new URL(atCallback.next ?? '')
    crossed.pathname = '/callback/plain'
    const page = await browser.visit(crossed, { from: provider.issuer })
    expect(page).toMatchObject({ status: 400, next: undefined })
    expect(provider.requests.to('token')).toEqual([])
  })

  it('R03 the cookie of one journey does not open another', async () => {
    const browser = createBrowser()
    const one = await browser.follow(
      await start(server.spa, browser, startOf(server.spa, { provider: 'oidc' }).params),
      isCallback,
    )
    const [first] = browser.cookies()
    const other = createBrowser()
    const two = await other.follow(
      await start(server.spa, other, startOf(server.spa, { provider: 'oidc' }).params),
      isCallback,
    )
    const state = two.next?.searchParams.get('state') ?? ''
    const forged = createBrowser()
    forged.setCookie(server.issuer, `latchkey-j-${state}=${first?.value}; Path=/`)
    const page = await forged.visit(two.next ?? '', { from: provider.issuer })
    expect(page).toMatchObject({ status: 403, next: undefined })
    expect(one.next).toBeDefined()
    expect(provider.requests.to('token')).toEqual([])
  })

  it('A15 tells the app who answered', async () => {
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc' })
    expect(trip.answer.get('iss')).toBe(server.issuer)
  })
})

describe('3.6 and 3.7: redirects, history and logs', () => {
  it('A01 A02 an address that is not registered gets a page, never a redirect', async () => {
    const page = await start(
      server.spa,
      createBrowser(),
      startOf(server.spa, { redirect_uri: 'https://evil.example/' }).params,
    )
    expect(page).toMatchObject({ status: 400, next: undefined })
    expect(page.headers.get('location')).toBeNull()
  })

  it('answers in the fragment, stores nothing on the way and sends no referrer', async () => {
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc' })
    expect(trip.last.next?.search).toBe('')
    expect(trip.last.headers.get('cache-control')).toBe('no-store')
    expect(trip.last.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('R01 14 a callback works once', async () => {
    const browser = createBrowser()
    const begun = await start(server.spa, browser, startOf(server.spa, { provider: 'oidc' }).params)
    const cookies = browser.cookies()
    const atCallback = await browser.follow(begun, isCallback)
    const first = await browser.visit(atCallback.next ?? '', { from: provider.issuer })
    expect(answerIn(first.next).has('code')).toBe(true)
    expect(browser.cookies(), 'the cookie goes with the answer').toEqual([])

    const back = await browser.visit(atCallback.next ?? '', { from: provider.issuer })
    expect(back).toMatchObject({ status: 403, next: undefined })
    for (const { name, value } of cookies) browser.setCookie(server.issuer, `${name}=${value}; Path=/`)
    const replay = await browser.visit(atCallback.next ?? '', { from: provider.issuer })
    expect(replay).toMatchObject({ status: 400, next: undefined })
    expect(replay.body).toContain('journey_used')
    expect(provider.requests.to('token')).toHaveLength(1)
  })

  it('a code is nothing without its verifier, whoever finds it', async () => {
    const trip = await travel(server.spa, createBrowser(), { provider: 'oidc' })
    const { code_verifier: _, ...without } = redemptionOf(server.spa, trip)
    expect(await postToken(server.spa, without)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })
})
