import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { startOf } from '../support/spa.ts'
import { countOneTime, countRows } from './evidence.ts'
import { reachStash } from './form-post.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { callBack, openRoom, type Room, reachCallback, takeTrip } from './room.ts'
import { volley } from './volley.ts'

let room: Room
beforeAll(async () => {
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  room = await openRoom({
    configure: () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'library', allow_get_authorize: true },
      ],
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

const kinds = ['oidc', 'posted', 'plain']

describe('10,000 starts', () => {
  let states: string[]
  let sent: URLSearchParams[]
  let stored: number

  beforeAll(async () => {
    const { params } = startOf({ ...room.spa, clientId: 'library' }, { provider: 'oidc' })
    stored = await countOneTime(room)
    const target = `/authorize?${new URLSearchParams(params)}`
    // A thousand at once: of many more at one moment the server turns some away.
    let answers = ''
    for (let sent = 0; sent < 10_000; sent += 1_000) {
      answers += await volley(
        room.issuer,
        Array.from({ length: 1_000 }, () => target),
      )
    }
    const locations = [...answers.matchAll(/^location: (.*)$/gim)].map(([, url]) => new URL(String(url)))
    sent = locations.map(({ searchParams }) => searchParams)
    states = sent.map((query) => query.get('state') ?? '')
  })

  it('R01 4 give 10,000 states, none twice, of at least 128 bits', () => {
    expect(states).toHaveLength(10_000)
    expect(new Set(states).size).toBe(10_000)
    expect(states.filter((state) => !/^[A-Za-z0-9_-]{22,43}$/.test(state))).toEqual([])
  })

  it('R01 with every letter of the alphabet at every place: nothing in them is fixed', () => {
    for (let place = 0; place < (states[0]?.length ?? 0); place++) {
      expect(new Set(states.map((state) => state[place])).size, `place ${place}`).toBe(64)
    }
  })

  it('R04 R05 and a challenge and a nonce of its own for each', () => {
    for (const name of ['code_challenge', 'nonce']) {
      expect(new Set(sent.map((query) => query.get(name))).size, name).toBe(10_000)
    }
  })

  it('X04 and store nothing', async () => expect(await countOneTime(room)).toBe(stored))
})

describe.each(kinds)('a callback of the provider %s', (kind) => {
  it('R01 14 works once: again, even with its cookie, it is 400 and the code is not sent again', async () => {
    const arrival = await reachForGet(kind)
    const cookies = arrival.browser.cookies()
    expect((await callBack(room, arrival)).ending).toBe('code')
    expect(arrival.browser.cookies()).toEqual([])
    expect((await callBack(room, arrival)).ending).toBe('403 wrong_browser')

    for (const { name, value } of cookies) {
      arrival.browser.setCookie(room.issuer, `${name}=${value}; Path=/`)
    }
    expect((await callBack(room, arrival)).ending).toBe('400 journey_used')
    expect(room.hostile.requests.to('token')).toHaveLength(1)
  })

  it('R01 of 20 at once, one is answered', async () => {
    const arrival = await reachForGet(kind)
    const ends = await Promise.all(Array.from({ length: 20 }, () => callBack(room, arrival)))
    expect(ends.map(({ ending }) => ending).sort()).toEqual([
      ...Array.from({ length: 19 }, () => '400 journey_used'),
      'code',
    ])
    expect(room.hostile.requests.to('token')).toHaveLength(1)
  })

  it('R02 2 3 8 is refused in another browser, before the code is redeemed', async () => {
    const { callback } = await reachForGet(kind)
    const before = await countRows(room)
    for (const stranger of [createBrowser(room.clock), await strangerWithAJourneyOfItsOwn(kind)]) {
      expect((await callBack(room, { browser: stranger, callback })).ending).toBe('403 wrong_browser')
    }
    expect(room.hostile.requests.to('token')).toEqual([])
    expect(await countRows(room)).toEqual(before)
  })

  it.each([
    ['another’s value under this name', 'another'],
    ['one letter changed', 'changed'],
    ['one letter more', 'longer'],
    ['cut short', 'shorter'],
    ['empty', 'empty'],
  ])('R02 X14 a cookie with %s does not open the journey', async (_, how) => {
    const { browser, callback } = await reachForGet(kind)
    const [own] = browser.cookies()
    const [other] = (await reachForGet(kind)).browser.cookies()
    if (own === undefined || other === undefined) throw new Error('no cookie')
    const middle = own.value.length / 2
    const flipped = own.value.charAt(middle) === 'A' ? 'B' : 'A'
    const forged: Record<string, string> = {
      another: other.value,
      changed: own.value.slice(0, middle) + flipped + own.value.slice(middle + 1),
      longer: `${own.value}A`,
      shorter: own.value.slice(0, -4),
      empty: '',
    }
    browser.setCookie(room.issuer, `${own.name}=${forged[how]}; Path=/`)
    expect((await callBack(room, { browser, callback })).ending).toBe('403 wrong_browser')
    expect(room.hostile.requests.to('token')).toEqual([])
  })

  it('R02 a journey is over after ten minutes, for the browser and for the server', async () => {
    const { browser, callback } = await reachForGet(kind)
    const [own] = browser.cookies()
    // The stash of a form_post answer is over much earlier.
    const over = kind === 'posted' ? '400 invalid_callback' : '403 wrong_browser'
    room.clock.advance(600_000)
    expect((await callBack(room, { browser, callback })).ending).toBe(over)
    // A browser that keeps the cookie for longer than it was told to.
    const keeps = createBrowser()
    keeps.setCookie(room.issuer, `${own?.name}=${own?.value}; Path=/`)
    expect((await callBack(room, { browser: keeps, callback })).ending).toBe(over)
    expect(room.hostile.requests.to('token')).toEqual([])
  })
})

/** As far as the GET that the cookie comes with: for form_post, past our own stash. */
const reachForGet = (kind: string) => (kind === 'posted' ? reachStash(room, kind) : reachCallback(room, kind))

const tokenRequests = () => room.hostile.requests.to('token').length + room.steady.requests.to('token').length

const strangerWithAJourneyOfItsOwn = async (kind: string) => (await reachForGet(kind)).browser

describe('the journey’s cookie', () => {
  it('R02 is for this server’s own navigations and no script', async () => {
    const browser = createBrowser(room.clock)
    const begun = startOf(room.spa, { provider: 'oidc' })
    const page = await browser.visit(`${room.issuer}/authorize`, {
      method: 'POST',
      form: begun.params,
      from: `${room.spa.origin}/`,
    })
    const state = page.next?.searchParams.get('state')
    const [line = '', ...more] = page.headers.getSetCookie()
    expect(more).toEqual([])
    const [pair = '', ...attributes] = line.split('; ')
    expect(pair.startsWith(`latchkey-j-${state}=`)).toBe(true)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax'])
  })

  it('R02 is __Host- and Secure wherever the issuer is https', async () => {
    const secure = await openRoom({
      configure: () => ({ issuer: 'https://auth.example.com', allow_private_network_providers: true }),
    })
    const response = await secure.latchkey.fetch(
      new Request('https://auth.example.com/authorize', {
        method: 'POST',
        body: new URLSearchParams(startOf(secure.spa, { provider: 'oidc' }).params),
        headers: { Origin: spaOrigin },
      }),
    )
    await secure.close()
    const [line = ''] = response.headers.getSetCookie()
    const [pair = '', ...attributes] = line.split('; ')
    expect(pair).toMatch(/^__Host-latchkey-j-[\w-]{24}=/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure'])
  })
})

describe('several journeys in one browser', () => {
  it('R03 six end well in any order, at two providers, each with its own state', async () => {
    const browser = createBrowser(room.clock)
    const begun = []
    for (const kind of ['oidc', 'other', 'plain', 'other', 'oidc', 'plain']) {
      begun.push(await reachCallback(room, kind, { browser }))
    }
    for (const arrival of begun.reverse()) {
      const { ending, answer } = await callBack(room, arrival)
      expect([ending, answer.get('state')]).toEqual(['code', arrival.state])
    }
  })

  it.each([
    ['oidc', 'other'],
    ['other', 'oidc'],
    ['plain', 'oidc'],
    ['oidc', 'plain'],
  ])('R03 R20 7 what began at %s does not end at %s', async (one, other) => {
    const browser = createBrowser(room.clock)
    const here = await reachCallback(room, one, { browser })
    const there = await reachCallback(room, other, { browser })
    const [before, asked] = [await countRows(room), tokenRequests()]
    const swapped = new URL(here.callback)
    swapped.searchParams.set('state', there.callback.searchParams.get('state') ?? '')
    const moved = new URL(here.callback)
    moved.pathname = there.callback.pathname
    for (const callback of [swapped, moved]) {
      const { ending } = await callBack(room, { browser, callback })
      expect(ending).toBe('400 invalid_callback')
    }
    expect(tokenRequests()).toBe(asked)
    expect(await countRows(room)).toEqual(before)
    // Nothing of this used the journeys up.
    expect((await callBack(room, here)).ending).toBe('code')
    expect((await callBack(room, there)).ending).toBe('code')
  })

  it('R03 the state of one journey with the code of another, at one provider, ends both checks', async () => {
    const browser = createBrowser(room.clock)
    const one = await reachCallback(room, 'oidc', { browser })
    const two = await reachCallback(room, 'oidc', { browser })
    const mixed = new URL(one.callback)
    mixed.searchParams.set('code', two.callback.searchParams.get('code') ?? '')
    // PKCE at the provider, and the nonce here should the provider not look.
    expect((await callBack(room, { browser, callback: mixed })).ending).toBe('provider_error')
  })

  it('R01 R02 takes the journey from the first visit on, not from the app', async () => {
    const trip = await takeTrip(room, 'oidc', { changes: { state: 'the-apps-own' } })
    expect(trip.answer.get('state')).toBe('the-apps-own')
    const arrival = await reachCallback(room, 'oidc', { changes: { state: 'the-apps-own' } })
    expect(arrival.callback.searchParams.get('state')).not.toBe('the-apps-own')
  })
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
