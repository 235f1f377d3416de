import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { countRows, reasonLogged } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { callBack, openRoom, type Room, reachCallback, takeTrip } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile, steady }) => ({
      providers: {
        oidc: hostile.oidc,
        plain: hostile.oauth2,
        // Plain OAuth 2.0 with an issuer: `iss` is then promised.
        named: { ...hostile.oauth2, issuer: hostile.issuer },
        other: steady.oidc,
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

/** The callback with parameters changed: undefined takes one out. */
function changed(callback: URL, changes: Record<string, string | undefined>): URL {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return url
}

function doubled(callback: URL, name: string, value: string): URL {
  const url = new URL(callback)
  url.searchParams.append(name, value)
  return url
}

const noTokenRequest = () => expect(room.hostile.requests.to('token')).toEqual([])

describe('an error instead of a code', () => {
  const failed = { code: undefined, error: 'access_denied' }

  it('R21 36 is believed only with the journey’s cookie', async () => {
    const { callback } = await reachCallback(room, 'oidc')
    const browser = createBrowser(room.clock)
    const { ending, page } = await callBack(room, { browser, callback: changed(callback, failed) })
    expect([ending, page.next]).toEqual(['403 wrong_browser', undefined])
  })

  it.each([
    ['no state', { state: undefined }, '400 invalid_callback'],
    ['another state', { state: 'A'.repeat(24) }, '403 wrong_browser'],
    ['an iss of somebody else', { iss: 'https://issuer.example' }, 'provider_error'],
    ['no iss, where one is promised', { iss: undefined }, 'provider_error'],
  ])('R21 R19 36 is checked like a success: with %s', async (_, changes, ends) => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    const { ending } = await callBack(room, {
      browser,
      callback: changed(callback, { ...failed, ...changes }),
    })
    expect(ending).toBe(ends)
  })

  it('R21 R20 is not taken at another provider’s address', async () => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    const moved = changed(callback, failed)
    moved.pathname = '/callback/other'
    expect((await callBack(room, { browser, callback: moved })).ending).toBe('400 invalid_callback')
  })

  it('R21 ends the journey: the code that comes after it is not taken', async () => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    expect((await callBack(room, { browser, callback: changed(callback, failed) })).ending).toBe(
      'access_denied',
    )
    expect((await callBack(room, { browser, callback })).ending).toBe('403 wrong_browser')
    noTokenRequest()
  })

  it.each([
    'account_exists',
    'signup_closed',
    'identity_in_use',
    'invalid_grant',
    'login_required ',
    '__proto__',
    'constructor',
    '',
  ])('R21 speaks in our name never: error=%j', async (error) => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    const { ending } = await callBack(room, { browser, callback: changed(callback, { ...failed, error }) })
    expect(ending).toBe('provider_error')
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['10 KB', 'x'.repeat(10_240)],
    ['line breaks', 'x\r\nSet-Cookie: a=b\r\n\r\n<h1>'],
    ['another address', 'Go to https://evil.example for help'],
  ])('R21 tells the app none of the provider’s own words: %s', async (_, text) => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    const spoken = changed(callback, {
      code: undefined,
      error: text.slice(0, 100),
      error_description: text,
      error_uri: text,
    })
    const { page, answer } = await callBack(room, { browser, callback: spoken })
    const known = ['error', 'error_description', 'request_id', 'state', 'iss']
    expect([...answer.keys()].sort()).toEqual([...known].sort())
    expect(answer.get('error')).toBe('provider_error')
    const fixed = await reachCallback(room, 'oidc')
    const plainly = await callBack(room, {
      ...fixed,
      callback: changed(fixed.callback, { ...failed, error: 'x' }),
    })
    expect(answer.get('error_description')).toBe(plainly.answer.get('error_description'))
    expect(page.body).not.toContain(text.slice(0, 20))
  })

  it('R21 is not shown on the page either, where there is no app to tell', async () => {
    const { callback } = await reachCallback(room, 'oidc')
    const text = '<img src=x onerror=alert(1)>'
    for (const state of [undefined, text, 'A'.repeat(24)]) {
      const spoken = changed(callback, { state, code: undefined, error: text, error_description: text })
      const { page } = await callBack(room, { browser: createBrowser(room.clock), callback: spoken })
      expect(page.body).not.toContain('onerror')
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })
})

describe('a callback', () => {
  it.each(['code', 'state', 'iss', 'scope', 'anything'])('R22 41 with %s twice is nobody’s', async (name) => {
    for (const same of [true, false]) {
      const { browser, callback } = await reachCallback(room, 'oidc')
      const value = same ? (callback.searchParams.get(name) ?? 'x') : 'another'
      const once = doubled(callback, name, value)
      const twice = once.searchParams.getAll(name).length < 2 ? doubled(once, name, value) : once
      const { ending, page } = await callBack(room, { browser, callback: twice })
      expect([ending, page.next]).toEqual(['400 invalid_callback', undefined])
      // Refused before it was looked at: the honest answer still counts.
      expect((await callBack(room, { browser, callback })).ending).toBe('code')
    }
  })

  it('R22 41 with error twice is nobody’s, a good code beside it or not', async () => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    for (const start of [callback, changed(callback, { code: undefined })]) {
      const twice = doubled(doubled(start, 'error', 'access_denied'), 'error', 'server_error')
      expect((await callBack(room, { browser, callback: twice })).ending).toBe('400 invalid_callback')
    }
    noTokenRequest()
  })

  it.each(['oidc', 'plain'])('R22 is a GET, since that was asked for: POST to %s is 405', async (kind) => {
    const { browser, callback } = await reachCallback(room, kind)
    const posted = await browser.visit(`${room.issuer}${callback.pathname}`, {
      method: 'POST',
      form: callback.searchParams,
      from: room.hostile.issuer,
    })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET'])
    expect(posted.next).toBeUndefined()
    noTokenRequest()
    expect((await callBack(room, { browser, callback })).ending).toBe('code')
  })

  it.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS'])('R22 %s uses nothing up', async (method) => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    const cookie = browser
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(callback, { method, headers: { Cookie: cookie }, redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([405, null])
    noTokenRequest()
    expect((await callBack(room, { browser, callback })).ending).toBe('code')
  })

  it('R20 of a provider that is not configured is 404', async () => {
    const { browser, callback } = await reachCallback(room, 'oidc')
    for (const path of [
      '/callback/nope',
      '/callback/',
      '/callback/oidc/',
      '/callback/__proto__',
      '/callback/OIDC',
    ]) {
      const { page } = await callBack(room, { browser, callback: new URL(path + callback.search, callback) })
      expect([page.status, page.next], path).toEqual([404, undefined])
    }
    noTokenRequest()
  })
})

describe('mix-up', () => {
  it('R19 the answer of one provider with the iss of another reaches no endpoint', async () => {
    const before = await countRows(room)
    for (const iss of [
      room.steady.issuer,
      `${room.hostile.issuer}/`,
      room.hostile.issuer.toUpperCase(),
      'null',
      '',
    ]) {
      const { browser, callback } = await reachCallback(room, 'oidc')
      room.hostile.requests.clear()
      room.steady.requests.clear()
      const { ending, requestId } = await callBack(room, { browser, callback: changed(callback, { iss }) })
      expect([ending, reasonLogged(room, requestId)], iss).toEqual(['provider_error', 'callback_issuer'])
      expect([...room.hostile.requests, ...room.steady.requests]).toEqual([])
    }
    expect(await countRows(room)).toEqual(before)
  })

  it('R19 6 iss is demanded where the metadata promises it, and where the configuration does', async () => {
    for (const kind of ['oidc', 'named']) {
      const { browser, callback } = await reachCallback(room, kind)
      const { ending, requestId } = await callBack(room, {
        browser,
        callback: changed(callback, { iss: undefined }),
      })
      expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'callback_issuer_missing'])
    }
    const { browser, callback } = await reachCallback(room, 'named')
    const stated = changed(callback, { iss: room.hostile.issuer })
    expect((await callBack(room, { browser, callback: stated })).ending).toBe('code')
  })

  it('R19 iss is not demanded where nobody promises it, and compared all the same', async () => {
    const silent = await openRoom({ hostile: { issParameter: false } })
    try {
      expect((await takeTrip(silent, 'oidc')).ending).toBe('code')
      const { browser, callback } = await reachCallback(silent, 'oidc')
      const other = changed(callback, { iss: 'https://issuer.example' })
      expect((await callBack(silent, { browser, callback: other })).ending).toBe('provider_error')
      const named = await reachCallback(silent, 'oidc')
      const own = changed(named.callback, { iss: silent.hostile.issuer })
      expect((await callBack(silent, { ...named, callback: own })).ending).toBe('code')
    } finally {
      await silent.close()
    }
  })

  it.each([
    ['oidc', 'other'],
    ['oidc', 'plain'],
    ['plain', 'oidc'],
    ['other', 'oidc'],
    ['other', 'named'],
  ])(
    'R20 the valid answer of %s at the address of %s is refused, and nothing is redeemed',
    async (one, at) => {
      const { browser, callback } = await reachCallback(room, one)
      const [hostile, steady] = [
        room.hostile.requests.to('token').length,
        room.steady.requests.to('token').length,
      ]
      const moved = new URL(callback)
      moved.pathname = `/callback/${at}`
      const { ending, page } = await callBack(room, { browser, callback: moved })
      expect([ending, page.next]).toEqual(['400 invalid_callback', undefined])
      expect(room.hostile.requests.to('token')).toHaveLength(hostile)
      expect(room.steady.requests.to('token')).toHaveLength(steady)
      // In its own place it is as good as before.
      expect((await callBack(room, { browser, callback })).ending).toBe('code')
    },
  )
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
