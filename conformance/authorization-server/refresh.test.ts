// One refresh token, presented when, by whom and how late: what it yields and what becomes of the session.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type TokenAnswer, travel } from '../support/spa.ts'

const minute = 60_000
const hour = 60 * minute

let clock: TestClock
let provider: FakeProvider
let server: Running
let key: DpopKey
/** The tokens of a session that was refreshed twice just now, oldest first. */
let tokens: string[]

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'other' },
      ],
      providers: { oidc: provider.oidc },
      tokens: { session_idle_seconds: 3600, session_absolute_seconds: 9000 },
    }),
    { clock },
  )
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})
beforeEach(async () => {
  key = await createDpopKey(clock.now)
  const trip = await travel(server.spa, createBrowser(clock), { provider: 'oidc' })
  let { body } = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
  tokens = [String(body.refresh_token)]
  while (tokens.length < 3) {
    ;({ body } = await refresh(tokens.at(-1)))
    tokens.push(String(body.refresh_token))
  }
})

const paramsOf = (token: string | undefined, clientId = 'web'): Record<string, string> => ({
  grant_type: 'refresh_token',
  client_id: clientId,
  refresh_token: token ?? '',
})
const refresh = (token: string | undefined, by = key) => provedToken(server.spa, by, paramsOf(token))

const by: Record<string, (token: string | undefined) => Promise<TokenAnswer>> = {
  'the right key': (token) => refresh(token),
  'another key': async (token) => refresh(token, await createDpopKey(clock.now)),
  nobody: (token) => postToken(server.spa, paramsOf(token)),
  'another client': (token) => provedToken(server.spa, key, paramsOf(token, 'other')),
}

describe('A34 A35 a token of a session that was refreshed twice', () => {
  /** How many generations it is behind, how many ms later, in whose hands: the answer, and whether the session goes on. */
  const cases: [back: number, ms: number, who: string, answer: string, goesOn: boolean][] = [
    [0, 0, 'the right key', 'successor', true],
    [0, 30 * minute, 'the right key', 'successor', true],
    [0, 0, 'another key', 'invalid_grant', true],
    [0, 0, 'nobody', 'invalid_dpop_proof', true],
    [0, 0, 'another client', 'invalid_grant', true],
    [1, 0, 'the right key', 'successor', true],
    [1, 29_999, 'the right key', 'successor', true],
    [1, 30_000, 'the right key', 'invalid_grant', false],
    [1, 30 * minute, 'the right key', 'invalid_grant', false],
    [1, 0, 'another key', 'invalid_grant', true],
    [1, 30_000, 'another key', 'invalid_grant', true],
    [1, 30_000, 'nobody', 'invalid_dpop_proof', true],
    [1, 30_000, 'another client', 'invalid_grant', true],
    [2, 0, 'the right key', 'invalid_grant', false],
    [2, 30_000, 'the right key', 'invalid_grant', false],
    [2, 0, 'another key', 'invalid_grant', true],
    [2, 30_000, 'another client', 'invalid_grant', true],
  ]
  it.each(cases)('%d behind, %d ms later, by %s: %s; the session goes on: %s', async (...row) => {
    const [back, ms, who, expected, goesOn] = row
    const before = server.events.length
    clock.advance(ms)
    const { status, body } = await (by[who] ?? refresh)(tokens.at(-1 - back))
    expect(status).toBe(expected === 'successor' ? 200 : 400)
    expect(body.error ?? 'successor').toBe(expected)
    if (back === 1 && status === 200) expect(body.refresh_token, 'the one that there is').toBe(tokens.at(-1))

    const live = back === 0 && status === 200 ? String(body.refresh_token) : tokens.at(-1)
    const after = await refresh(live)
    expect([after.status, after.body.error]).toEqual(goesOn ? [200, undefined] : [400, 'invalid_grant'])
    const detected = server.events.slice(before).filter(({ type }) => type === 'session.reuse_detected')
    expect(detected).toHaveLength(goesOn ? 0 : 1)
  })
})

describe('A36 a session of an hour idle and two and a half in all', () => {
  it('goes on a millisecond before it was idle for an hour, and not then', async () => {
    clock.advance(hour - 1)
    const { status, body } = await refresh(tokens.at(-1))
    expect(status).toBe(200)
    clock.advance(hour)
    expect((await refresh(String(body.refresh_token))).body.error).toBe('invalid_grant')
  })

  it('ends at its absolute end however often it is refreshed, and no token outlives it', async () => {
    const endsAt = clock.now() + 2.5 * hour
    let token = tokens.at(-1)
    for (const ms of [50, 50, 49].map((minutes) => minutes * minute)) {
      clock.advance(ms)
      const { status, body } = await refresh(token)
      expect(status).toBe(200)
      expect(Number(decodeJwt(String(body.access_token)).exp) * 1000).toBeLessThanOrEqual(endsAt)
      token = String(body.refresh_token)
    }
    clock.advance(minute - 1)
    const last = await refresh(token)
    expect(last.status).toBe(200)
    clock.advance(1)
    expect((await refresh(String(last.body.refresh_token))).body.error).toBe('invalid_grant')
    expect((await refresh(token)).body.error, 'nor does the grace reach beyond it').toBe('invalid_grant')
  })

  it('A39 is over for a token of any generation once its user has left', async () => {
    const end = await fetch(`${server.issuer}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'web', token: tokens.at(-1) ?? '' }),
      headers: { Origin: spaOrigin },
    })
    expect(end.status).toBe(200)
    for (const token of tokens) expect((await refresh(token)).body.error).toBe('invalid_grant')
  })
})

describe('A31 a refresh', () => {
  it('may narrow scope and resources for one access token, and never widens them', async () => {
    const narrow = await provedToken(server.spa, key, { ...paramsOf(tokens.at(-1)), scope: 'email openid' })
    expect([narrow.status, narrow.body.scope]).toEqual([200, 'email openid'])
    const next = String(narrow.body.refresh_token)
    const wide = await provedToken(server.spa, key, { ...paramsOf(next), scope: 'openid admin' })
    expect(wide.body.error).toBe('invalid_scope')
    const resource = 'https://elsewhere.example.com'
    const foreign = await provedToken(server.spa, key, { ...paramsOf(next), resource })
    expect(foreign.body.error).toBe('invalid_target')
    clock.advance(minute)
    const whole = await refresh(next)
    expect(whole.status, 'a refused request moves nothing').toBe(200)
    expect(String(whole.body.scope).split(' ').toSorted()).toEqual(['email', 'openid', 'profile'])
  })
})
