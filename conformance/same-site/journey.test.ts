// Same-site mode as an app lives it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Browser, createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { followForms } from '../support/forms.ts'
import { answerIn } from '../support/spa.ts'
import {
  appOrigin,
  bring,
  callAs,
  isApp,
  isCallback,
  openSite,
  push,
  redeemIn,
  redemption,
  type Site,
  signInHere,
  travelHere,
  travelLink,
} from './support.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  site = await openSite()
})
beforeEach(() => {
  site.provider.requests.clear()
  browser = createBrowser(site.server.clock)
})
afterAll(() => site?.close())

const newKey = () => createDpopKey(site.server.clock.now)
const names = () => browser.cookies().map(({ name }) => name)

describe('a sign-in in same-site mode', () => {
  it.each(['GET', 'POST'] as const)(
    'A23 begins at /par, goes on by %s with the cookie, and drops it once the code is redeemed',
    async (method) => {
      const pushed = await push(site, browser)
      expect(pushed.answer).toMatchObject({ status: 201, body: { expires_in: 60 } })
      expect(names()).toEqual([`latchkey-j-${pushed.id}`])

      const started = await bring(site, browser, pushed.requestUri, method)
      expect(started.status).toBe(method === 'GET' ? 303 : 200)
      expect(started.next?.searchParams.get('state')).toBe(pushed.id)
      const page = await browser.follow(started, isApp)
      const answered = answerIn(page.next)
      expect([answered.get('state'), answered.get('iss')]).toEqual([pushed.state, site.spa.issuer])
      expect(names(), 'the cookie waits for the code').toEqual([`latchkey-j-${pushed.id}`])

      const trip = { ...pushed, page, answered }
      const tokens = await redeemIn(site, browser, await newKey(), redemption(site, trip))
      expect(tokens).toMatchObject({ status: 200, body: { access_token: expect.any(String) } })
      expect(names()).toEqual([])
    },
  )

  it('A23 goes by the chooser, in one journey, whose page may be loaded and used again', async () => {
    const pushed = await push(site, browser, { provider: undefined })
    const page = await bring(site, browser, pushed.requestUri)
    const again = await bring(site, browser, pushed.requestUri, 'POST')
    expect([page.status, again.status]).toEqual([200, 200])
    const journey = /name="journey" value="([^"]+)"/.exec(again.body)?.[1] ?? ''
    const choose = (provider: string) =>
      browser.visit(`${site.spa.issuer}/authorize/choose`, {
        ...{ method: 'POST', form: { journey, provider }, from: again.url.href },
      })
    expect((await choose('plain')).next?.searchParams.get('state')).toBe(pushed.id)
    // Back to the page, and another choice.
    const chosen = await choose('oidc')
    expect(chosen.next?.searchParams.get('state')).toBe(pushed.id)
    expect(names()).toEqual([`latchkey-j-${pushed.id}`])
    const last = await browser.follow(chosen, isApp)
    const trip = { ...pushed, page: last, answered: answerIn(last.next) }
    expect((await redeemIn(site, browser, await newKey(), redemption(site, trip))).status).toBe(200)
  })

  it('R24 works with a provider that answers by form_post', async () => {
    const pushed = await push(site, browser, { provider: 'posting' })
    const page = await followForms(browser, await bring(site, browser, pushed.requestUri), isApp)
    const trip = { ...pushed, page, answered: answerIn(page.next) }
    expect((await redeemIn(site, browser, await newKey(), redemption(site, trip))).status).toBe(200)
    expect(names()).toEqual([])
  })

  it('A23 R01 works with OAuth 1.0a, whose request token travels in the same cookie and no other browser has', async () => {
    const pushed = await push(site, browser, { provider: 'old' })
    expect(site.provider.requests.to('request_token'), 'before the navigation').toEqual([])
    const atCallback = await browser.follow(await bring(site, browser, pushed.requestUri), isCallback)
    expect(atCallback.next?.searchParams.get('state')).toBe(pushed.id)
    expect(names()).toEqual([`latchkey-j-${pushed.id}`])
    const other = createBrowser(site.server.clock)
    expect((await other.visit(atCallback.next ?? '')).status).toBe(403)
    expect(site.provider.requests.to('access_token')).toEqual([])

    const page = await browser.follow(atCallback, isApp)
    const trip = { ...pushed, page, answered: answerIn(page.next) }
    const params = redemption(site, trip)
    expect((await redeemIn(site, other, await newKey(), params, 'omit')).status).toBe(403)
    const again = await travelHere(site, browser, { provider: 'old' })
    const tokens = await redeemIn(site, browser, await newKey(), redemption(site, again))
    expect(tokens).toMatchObject({ status: 200, body: { access_token: expect.any(String) } })
  })

  it('R03 goes on in several tabs at once, in any order, each with a cookie of its own', async () => {
    const tabs = []
    for (let tab = 0; tab < 5; tab++) tabs.push(await push(site, browser))
    expect(names()).toHaveLength(5)
    const arrived = []
    for (const tab of [...tabs].reverse()) {
      const page = await browser.follow(await bring(site, browser, tab.requestUri), isApp)
      arrived.push({ ...tab, page, answered: answerIn(page.next) })
    }
    for (const trip of arrived) {
      expect((await redeemIn(site, browser, await newKey(), redemption(site, trip))).status).toBe(200)
    }
    expect(names()).toEqual([])
  })

  it('keeps the newest eight tabs, whichever step each is at', async () => {
    const ids = []
    for (let tab = 0; tab < 12; tab++) {
      site.server.clock.advance(1)
      const pushed = await push(site, browser)
      ids.push(pushed.id)
      if (tab % 3 === 0) await bring(site, browser, pushed.requestUri)
      if (tab % 3 === 1) await browser.follow(await bring(site, browser, pushed.requestUri), isApp)
    }
    expect(names().sort()).toEqual(
      ids
        .slice(-8)
        .map((id) => `latchkey-j-${id}`)
        .sort(),
    )
  })

  it('asks for no cookie at a refresh', async () => {
    const person = await signInHere(site)
    const params = { grant_type: 'refresh_token', client_id: 'web', refresh_token: person.refreshToken }
    const elsewhere = createBrowser(site.server.clock)
    expect(elsewhere.cookies()).toEqual([])
    expect((await redeemIn(site, elsewhere, person.key, params, 'omit')).status).toBe(200)
  })

  it('takes a person who stayed at the provider until the last second', async () => {
    const pushed = await push(site, browser)
    site.server.clock.advance(59_000)
    const atProvider = await bring(site, browser, pushed.requestUri)
    site.server.clock.advance(599_000)
    const page = await browser.follow(atProvider, isApp)
    site.server.clock.advance(30_000)
    const trip = { ...pushed, page, answered: answerIn(page.next) }
    expect((await redeemIn(site, browser, await newKey(), redemption(site, trip))).status).toBe(200)
  })

  it('R02 ends with its ten minutes', async () => {
    const pushed = await push(site, browser)
    const atCallback = await browser.follow(await bring(site, browser, pushed.requestUri), isCallback)
    const kept = browser.cookies()
    site.server.clock.advance(600_000)
    for (const { name, value } of kept) browser.setCookie(site.spa.issuer, `${name}=${value}; Path=/`)
    const late = await browser.visit(atCallback.next ?? '')
    expect(late).toMatchObject({ status: 403, next: undefined })
  })

  it('drops the cookie with an error at the callback', async () => {
    const pushed = await push(site, browser)
    const atCallback = await browser.follow(await bring(site, browser, pushed.requestUri), isCallback)
    const refused = new URL(atCallback.next ?? '')
    refused.searchParams.delete('code')
    refused.searchParams.set('error', 'access_denied')
    const answered = answerIn((await browser.visit(refused, { from: site.provider.issuer })).next)
    expect([answered.get('error'), answered.get('state')]).toEqual(['access_denied', pushed.state])
    expect(names()).toEqual([])
  })

  it('16 a code that was spoilt by a wrong verifier is gone for its own browser too', async () => {
    const trip = await travelHere(site, browser)
    const spoilt = { ...redemption(site, trip), code_verifier: 'x'.repeat(43) }
    expect(await redeemIn(site, browser, await newKey(), spoilt)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(await redeemIn(site, browser, await newKey(), redemption(site, trip))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('42 a nonce that is asked for costs neither code nor cookie', async () => {
    const trip = await travelHere(site, browser)
    const key = await newKey()
    const htu = `${site.spa.issuer}/token`
    const without = await browser.fetch(htu, {
      ...{ method: 'POST', from: appOrigin, body: new URLSearchParams(redemption(site, trip)) },
      headers: { DPoP: await key.proof({ htm: 'POST', htu }) },
    })
    expect(without.body.error).toBe('use_dpop_nonce')
    expect(names()).toHaveLength(1)
    expect((await redeemIn(site, browser, key, redemption(site, trip))).status).toBe(200)
  })
})

describe('a link in same-site mode', () => {
  it('V02 ends with the same user and the cookie, which is dropped', async () => {
    const person = await signInHere(site)
    const { code, code_verifier } = await travelLink(site, person)
    expect(person.browser.cookies()).toHaveLength(1)
    const body = { code, code_verifier }
    const linked = await callAs(site, person, { method: 'POST', path: '/account/identities', body })
    expect(linked).toMatchObject({ status: 201, body: { provider: 'plain' } })
    expect(person.browser.cookies()).toEqual([])
  })
})

describe('what the app is told', () => {
  it('GET /providers names the mode for its client alone', async () => {
    const asked = async (id: string) => (await fetch(`${site.spa.issuer}/providers?client_id=${id}`)).json()
    expect(await asked('web')).toMatchObject({ same_site: true, providers: expect.any(Array) })
    expect(await asked('plain')).not.toHaveProperty('same_site')
  })
})
