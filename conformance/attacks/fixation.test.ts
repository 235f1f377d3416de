// attacks.md 3.5: nothing that was known, or planted, before the sign-in is the session that comes of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, redeemIn, redemption, type Site, travelHere } from '../same-site/support.ts'
import { type Browser, createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { provedToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

interface Signed {
  /** All that anybody could know before the code was redeemed. */
  before: string[]
  tokens: Record<string, unknown>
}

const across = (): Spa => ({
  ...{ issuer: site.spa.issuer, clientId: 'across' },
  ...{ redirectUri: 'http://localhost:5555/callback', origin: 'http://localhost:5555' },
})

const cookiesOf = (browser: Browser) => browser.cookies().flatMap(({ name, value }) => [name, value])

const modes: [mode: string, signIn: (browser: Browser) => Promise<Signed>][] = [
  [
    'across sites',
    async (browser) => {
      const key = await createDpopKey(site.server.clock.now)
      const trip = await travel(across(), browser, { provider: 'oidc' })
      const before = [trip.state, trip.verifier, trip.answer.get('code') ?? '', ...cookiesOf(browser)]
      const upstream = site.provider.requests.last('authorize')?.query
      before.push(upstream?.get('state') ?? '', upstream?.get('nonce') ?? '')
      return { before, tokens: (await provedToken(across(), key, redemptionOf(across(), trip))).body }
    },
  ],
  [
    'in same-site mode',
    async (browser) => {
      const key = await createDpopKey(site.server.clock.now)
      const trip = await travelHere(site, browser)
      const before = [trip.state, trip.verifier, trip.id, trip.requestUri, trip.answered.get('code') ?? '']
      before.push(...cookiesOf(browser))
      return { before, tokens: (await redeemIn(site, browser, key, redemption(site, trip))).body }
    },
  ],
]

const claimsOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString())

describe.each(modes)('3.5 session fixation, %s', (_, signIn) => {
  it('makes session, tokens and their ids in the answer to the redemption', async () => {
    const begun = site.server.events.filter(({ type }) => type === 'session.created').length
    const { before, tokens } = await signIn(createBrowser(site.server.clock))
    expect(site.server.events.filter(({ type }) => type === 'session.created')).toHaveLength(begun + 1)
    const { sid, jti, sub } = claimsOf(tokens.access_token)
    const made = [tokens.access_token, tokens.refresh_token, sid, jti, sub].map(String)
    for (const known of before.filter((text) => text.length > 8)) {
      for (const value of made) expect(value.includes(known) || known.includes(value), known).toBe(false)
    }
  })

  it('takes nothing that was known before for a token afterwards', async () => {
    const { before, tokens } = await signIn(createBrowser(site.server.clock))
    expect(tokens.access_token).toEqual(expect.any(String))
    for (const known of before) {
      const scheme = /^[\w.~+/-]+$/.test(known) ? known : encodeURIComponent(known)
      for (const Authorization of [`Bearer ${scheme}`, `DPoP ${scheme}`]) {
        const answer = await fetch(`${site.spa.issuer}/account`, { headers: { Authorization } })
        expect(answer.status).toBe(401)
      }
    }
  })

  it('begins a session of its own each time in the same browser, with cookies that somebody planted there', async () => {
    const attacker = createBrowser(site.server.clock)
    await travelHere(site, attacker)
    const planted = attacker.cookies()
    const browser = createBrowser(site.server.clock)
    const sids = []
    for (let time = 0; time < 2; time++) {
      for (const { name, value } of [...planted, { name: 'session', value: 'ses_planted' }]) {
        browser.setCookie(site.spa.issuer, `${name}=${value}; Path=/`)
      }
      const { tokens } = await signIn(browser)
      sids.push(claimsOf(tokens.access_token).sid)
    }
    expect(new Set(sids).size).toBe(2)
    // And no cookie is left that stands for a session.
    const left = browser.cookies().filter(({ name }) => name !== 'session')
    expect(left).toEqual(planted)
  })
})
