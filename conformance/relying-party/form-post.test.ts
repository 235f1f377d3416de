import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { formsIn, submit } from '../support/forms.ts'
import { countOneTime } from './evidence.ts'
import { reachPost, reachStash } from './form-post.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { callBack, endOf, openRoom, type Room, takeTrip } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile, steady }) => ({
      providers: {
        posted: { ...hostile.oidc, response_mode: 'form_post' },
        posted2: { ...hostile.oidc, response_mode: 'form_post' },
        oidc: hostile.oidc,
        other: steady.oidc,
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

const noTokenRequest = () => expect(room.hostile.requests.to('token')).toEqual([])

describe('a provider that answers by form_post', () => {
  it('R24 is asked to, and the whole way ends well', async () => {
    const { ending } = await takeTrip(room, 'posted')
    expect(ending).toBe('code')
    expect(room.hostile.requests.last('authorize')?.query.get('response_mode')).toBe('form_post')
  })

  it('R24 posts without the Lax cookie; the GET to ourselves that follows has it', async () => {
    const { browser, page, form } = await reachPost(room, 'posted')
    const stashed = await submit(browser, page, form)
    expect([stashed.status, stashed.headers.get('location')]).toEqual([200, null])
    expect(stashed.headers.get('refresh')).toMatch(/^0;url=/)
    expect(stashed.next?.href.startsWith(`${room.issuer}/callback/posted?`)).toBe(true)
    expect(stashed.headers.getSetCookie()).toEqual([])
    expect(stashed.headers.get('cache-control')).toBe('no-store')
    noTokenRequest()
    expect((await callBack(room, { browser, callback: stashed.next ?? page.url })).ending).toBe('code')
  })

  it('R24 whose code stands in no address: the stash is sealed', async () => {
    const { browser, page, form } = await reachPost(room, 'posted')
    const stashed = await submit(browser, page, form)
    const code = form.fields.find(([name]) => name === 'code')?.[1] ?? 'none'
    expect(code).not.toBe('none')
    expect(stashed.next?.href).not.toContain(code)
    expect(stashed.body).not.toContain(code)
  })

  it('R24 X04 stores nothing for whoever posts', async () => {
    const { browser, page, form } = await reachPost(room, 'posted')
    const before = await countOneTime(room)
    for (let count = 0; count < 20; count++) await submit(browser, page, form)
    expect(await countOneTime(room)).toBe(before)
  })

  it('R02 R24 whose answer is refused in a browser without the cookie', async () => {
    const { callback } = await reachStash(room, 'posted')
    const stranger = createBrowser(room.clock)
    expect((await callBack(room, { browser: stranger, callback })).ending).toBe('403 wrong_browser')
    noTokenRequest()
  })

  it('R24 whose stash works once', async () => {
    const { browser, callback } = await reachStash(room, 'posted')
    const [own] = browser.cookies()
    expect((await callBack(room, { browser, callback })).ending).toBe('code')
    browser.setCookie(room.issuer, `${own?.name}=${own?.value}; Path=/`)
    expect((await callBack(room, { browser, callback })).ending).toBe('400 journey_used')
    expect(room.hostile.requests.to('token')).toHaveLength(1)
  })

  it('R24 whose stash lives for 60 seconds', async () => {
    const { browser, callback } = await reachStash(room, 'posted')
    const late = await reachStash(room, 'posted')
    room.clock.advance(59_999)
    expect((await callBack(room, { browser, callback })).ending).toBe('code')
    room.clock.advance(1)
    expect((await callBack(room, late)).ending).toBe('400 invalid_callback')
    expect(room.hostile.requests.to('token')).toHaveLength(1)
  })

  it.each<[string, (callback: URL, other: URL) => URL]>([
    ['of another journey', (callback, other) => withForm(callback, other.searchParams.get('form'))],
    ['with one letter changed', (callback) => withForm(callback, flip(callback.searchParams.get('form')))],
    ['with one letter more', (callback) => withForm(callback, `${callback.searchParams.get('form')}A`)],
    ['of nobody’s', (callback) => withForm(callback, 'A'.repeat(200))],
    ['empty', (callback) => withForm(callback, '')],
    ['missing', (callback) => withForm(callback, null)],
  ])('R24 X14 whose stash is taken as it was: one %s is not', async (_, change) => {
    const other = await reachStash(room, 'posted')
    const { browser, callback } = await reachStash(room, 'posted')
    const ends = await callBack(room, { browser, callback: change(callback, other.callback) })
    expect([ends.ending, ends.page.next]).toEqual(['400 invalid_callback', undefined])
    noTokenRequest()
    expect((await callBack(room, { browser, callback })).ending).toBe('code')
  })

  it('R20 R24 whose stash is not taken at another provider’s address', async () => {
    const { browser, callback } = await reachStash(room, 'posted')
    for (const path of ['/callback/posted2', '/callback/oidc']) {
      const moved = new URL(path + callback.search, callback)
      expect((await callBack(room, { browser, callback: moved })).ending).toBe('400 invalid_callback')
    }
    noTokenRequest()
  })

  it('R22 R24 whose answer is not taken from a query', async () => {
    const { browser, form } = await reachPost(room, 'posted')
    const callback = new URL(form.action)
    callback.search = new URLSearchParams(form.fields).toString()
    expect((await callBack(room, { browser, callback })).ending).toBe('400 invalid_callback')
    noTokenRequest()
  })

  it.each(['code', 'state', 'iss', 'anything'])(
    'R22 41 whose answer with %s twice is nobody’s',
    async (name) => {
      const { browser, page, form } = await reachPost(room, 'posted')
      const value = form.fields.find(([known]) => known === name)?.[1] ?? 'x'
      const times = name === 'anything' ? 2 : 1
      const again = Array.from({ length: times }, (): [string, string] => [name, value])
      const answered = await submit(browser, page, { ...form, fields: [...form.fields, ...again] })
      expect([endOf(answered).ending, answered.next]).toEqual(['400 invalid_callback', undefined])
      const { callback } = await reachStash(room, 'posted', { browser })
      const twice = new URL(callback)
      twice.searchParams.append('form', callback.searchParams.get('form') ?? '')
      expect((await callBack(room, { browser, callback: twice })).ending).toBe('400 invalid_callback')
    },
  )

  it.each<[string, Record<string, string>, string]>([
    ['JSON', { 'Content-Type': 'application/json' }, '{"state":"x"}'],
    ['multipart', { 'Content-Type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['nothing', { 'Content-Type': 'application/x-www-form-urlencoded' }, ''],
    [
      '1 MB',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      `state=${'A'.repeat(24)}&x=${'x'.repeat(1_000_000)}`,
    ],
    [
      '10 KB',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      `state=${'A'.repeat(24)}&x=${'x'.repeat(10_000)}`,
    ],
  ])('R24 R26 answers a POST of %s with a page, and lives on', async (_, headers, body) => {
    const response = await fetch(`${room.issuer}/callback/posted`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('invalid_callback')
    expect((await takeTrip(room, 'posted')).ending).toBe('code')
  })

  it('R03 R24 many journeys in one browser end well in any order', async () => {
    const browser = createBrowser(room.clock)
    const begun = []
    for (let tab = 0; tab < 6; tab++)
      begun.push(await reachStash(room, tab % 2 ? 'posted' : 'posted2', { browser }))
    for (const arrival of begun.reverse()) {
      const { ending, answer } = await callBack(room, arrival)
      expect([ending, answer.get('state')]).toEqual(['code', arrival.state])
    }
  })

  it('R21 (oidcc-client-test-form-post-error) whose refusal reaches the app', async () => {
    room.hostile.autoApprove('denies')
    expect((await takeTrip(room, 'posted')).ending).toBe('access_denied')
    room.hostile.autoApprove('user')
    noTokenRequest()
  })

  it('R24 whose page carries nothing that a script of the provider’s could read back', async () => {
    const browser = createBrowser(room.clock)
    const page = await browser.visit(`${room.issuer}/callback/posted`, {
      method: 'POST',
      form: { state: 'A'.repeat(24), code: '<script>alert(1)</script>', error: '"><img onerror=x>' },
      from: room.hostile.issuer,
    })
    expect(page.status).toBe(200)
    expect(page.body).not.toMatch(/<script|onerror/)
    expect(formsIn(page)).toEqual([])
    expect((await callBack(room, { browser, callback: page.next ?? page.url })).ending).toBe(
      '403 wrong_browser',
    )
  })
})

const withForm = (callback: URL, form: string | null): URL => {
  const url = new URL(callback)
  if (form === null) url.searchParams.delete('form')
  else url.searchParams.set('form', form)
  return url
}

const flip = (sealed: string | null): string => {
  const text = sealed ?? ''
  const at = text.length / 2
  return text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
