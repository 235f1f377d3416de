// attacks.md 3.1 to 3.5 for OAuth 1.0a: what is known, swapped, planted or played again ends before a token is fetched.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reasonLogged } from '../relying-party/evidence.ts'
import { type Arrival, callBack, openRoom, type Room, reachCallback } from '../relying-party/room.ts'
import { createBrowser } from '../support/browser.ts'
import { start, startOf } from '../support/spa.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile, steady }) => ({
      providers: { old: hostile.oauth1, other: steady.oauth1, oidc: hostile.oidc },
    }),
  })
})
afterAll(() => room?.close())
beforeEach(() => room.fresh())

const reach = () => reachCallback(room, 'old')

function changed({ callback }: Arrival, params: Record<string, string | null>): URL {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(params)) {
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url
}

async function ended(browser: Arrival['browser'], callback: URL): Promise<string[]> {
  const before = room.hostile.requests.to('access_token').length
  const { ending, requestId } = await callBack(room, { browser, callback })
  expect(room.hostile.requests.to('access_token')).toHaveLength(before)
  return [ending, reasonLogged(room, requestId) ?? '']
}

const of = ({ callback }: Arrival, name: string) => callback.searchParams.get(name)

describe('Two browsers', () => {
  it('R02 the whole callback of one in the other: another browser', async () => {
    const [mine, victim] = [await reach(), await reach()]
    expect(await ended(victim.browser, mine.callback)).toEqual(['403 wrong_browser', 'no cookie'])
    expect(await ended(createBrowser(room.clock), mine.callback)).toEqual(['403 wrong_browser', 'no cookie'])
    expect((await callBack(room, mine)).ending).toBe('code')
  })

  it('R01 the request token and verifier of one under the state of the other', async () => {
    const [mine, victim] = [await reach(), await reach()]
    const swapped = changed(victim, {
      oauth_token: of(mine, 'oauth_token'),
      oauth_verifier: of(mine, 'oauth_verifier'),
    })
    expect(await ended(victim.browser, swapped)).toEqual(['provider_error', 'callback_token'])
    // And that journey is over.
    expect(await ended(victim.browser, victim.callback)).toEqual(['403 wrong_browser', 'no cookie'])
  })

  it('R01 two journeys of one browser, swapped', async () => {
    const first = await reach()
    const second = await reachCallback(room, 'old', { browser: first.browser })
    const swapped = changed(second, { state: of(first, 'state') })
    expect(await ended(first.browser, swapped)).toEqual(['provider_error', 'callback_token'])
    expect((await callBack(room, second)).ending).toBe('code')
  })
})

describe('3.5 session fixation', () => {
  it('R01 the attacker’s request token, approved by the victim, is of no use without the verifier that the victim’s browser got', async () => {
    const attacker = createBrowser(room.clock)
    const begun = await start(room.spa, attacker, startOf(room.spa, { provider: 'old' }).params)
    const lure = begun.next ?? new URL('http://none')
    const victim = createBrowser(room.clock)
    const approved = await victim.visit(lure)
    const callback = approved.next ?? new URL('http://none')
    expect(callback.searchParams.get('oauth_verifier')).toMatch(/./)

    // The victim's browser does not finish it,
    expect(await ended(victim, callback)).toEqual(['403 wrong_browser', 'no cookie'])
    // and the attacker's does not know how.
    const guessed = new URL(callback)
    guessed.searchParams.delete('oauth_verifier')
    expect(await ended(attacker, guessed)).toEqual(['access_denied', 'callback_verifier_missing'])
  })

  it('R01 a guessed verifier is refused by the provider, and ends the journey', async () => {
    const mine = await reach()
    const { ending, requestId } = await callBack(room, {
      browser: mine.browser,
      callback: changed(mine, { oauth_verifier: 'guess' }),
    })
    expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'access_token_refused'])
    expect(await ended(mine.browser, mine.callback)).toEqual(['403 wrong_browser', 'no cookie'])
  })

  it('R01 nothing is stored before the provider answers', async () => {
    const before = await room.storage.counts()
    for (let time = 0; time < 5; time++) await reach()
    expect(await room.storage.counts()).toEqual(before)
  })
})

describe('Once more, and elsewhere', () => {
  it('R03 a callback that was used', async () => {
    const mine = await reach()
    const cookies = mine.browser.cookies()
    expect((await callBack(room, mine)).ending).toBe('code')
    expect(await ended(mine.browser, mine.callback)).toEqual(['403 wrong_browser', 'no cookie'])
    // With the cookie put back, too.
    for (const { name, value } of cookies) mine.browser.setCookie(room.issuer, `${name}=${value}; Path=/`)
    const [ending] = await ended(mine.browser, mine.callback)
    expect(ending).toBe('400 journey_used')
  })

  it('R18 the callback of one provider at another', async () => {
    const mine = await reach()
    const elsewhere = new URL(mine.callback.href.replace('/callback/old', '/callback/other'))
    expect(await ended(mine.browser, elsewhere)).toEqual([
      '400 invalid_callback',
      'the path is another provider’s',
    ])
  })

  it('R18 the answer of a provider of OAuth 2.0 in a journey of OAuth 1.0a, and the other way round', async () => {
    const mine = await reach()
    const code = changed(mine, {
      oauth_token: null,
      oauth_verifier: null,
      code: 'x',
      iss: room.hostile.issuer,
    })
    expect(await ended(mine.browser, code)).toEqual(['provider_error', 'callback_malformed'])
    const theirs = await reachCallback(room, 'oidc')
    const token = changed(theirs, { code: null, oauth_token: 'x', oauth_verifier: 'y' })
    expect(await ended(theirs.browser, token)).toEqual(['provider_error', 'callback_malformed'])
  })

  it('R03 a callback that is too late', async () => {
    const mine = await reach()
    room.clock.advance(600_000)
    expect((await ended(mine.browser, mine.callback))[0]).toBe('403 wrong_browser')
  })
})
