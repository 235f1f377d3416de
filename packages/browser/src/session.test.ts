import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClock } from './clock.ts'
import { createDpopKey } from './dpop-key.ts'
import { createKv } from './kv.ts'
import { readOptions } from './options.ts'
import { createSession, type StoredSession } from './session.ts'
import { createState } from './state.ts'
import type { Grant } from './token-endpoint.ts'

const issuer = 'https://auth.example.com'
const name = 'test session'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {} })
  vi.stubGlobal('navigator', {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const idToken = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
const granted = (answer: object = {}) =>
  Response.json({
    access_token: 'at',
    token_type: 'DPoP',
    expires_in: 300,
    refresh_token: 'rt-2',
    id_token: idToken({ iss: issuer, aud: ['web'], sub: 'u' }),
    ...answer,
  })

/** A page with a stored session, and a server that answers in turn. */
async function page(...answers: (() => Response | Promise<Response>)[]) {
  const kv = createKv()
  const key = await createDpopKey()
  const stored: StoredSession = {
    key,
    refresh_token: 'rt-1',
    user: { sub: 'u' },
    expires: Number.POSITIVE_INFINITY,
  }
  await kv.update<StoredSession>(name, () => stored)
  const asked: Record<string, string>[] = []
  const fetching: typeof fetch = async (input) => {
    if (!(input instanceof Request)) throw new Error('no request')
    asked.push(Object.fromEntries(new URLSearchParams(await input.text())))
    const answer = answers.shift()
    if (!answer) throw new TypeError('network')
    return answer()
  }
  const clock = createClock(
    () => Date.now(),
    () => Date.now(),
  )
  const settings = readOptions({ issuer, clientId: 'web', fetch: fetching }, '')
  const state = createState(true)
  const session = createSession({ ...settings, clock, nonces: new Map() }, { kv, name, state })
  await session.sync()
  session.publish()
  const read = () => kv.update<StoredSession>(name, (current) => current)
  return { session, state, kv, asked, read, stored }
}

/** The outcome. Time passes only as far as somebody sleeps. */
async function outcome<T>(promise: Promise<T>): Promise<T | { code: string }> {
  const trip = { over: false }
  const settled = promise
    .catch((error) => error)
    .finally(() => {
      trip.over = true
    })
  while (!trip.over) {
    await new Promise((resolve) => setImmediate(resolve))
    if (vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync()
  }
  return settled
}

test('point 5: a refresh stores the successor and keeps what did not come', async () => {
  const { session, asked, read } = await page(() => granted({ id_token: undefined }))
  expect(await outcome(session.credentials())).toMatchObject({
    token: { access_token: 'at', token_type: 'DPoP' },
  })
  expect(asked).toEqual([{ grant_type: 'refresh_token', refresh_token: 'rt-1', client_id: 'web' }])
  expect(await read()).toMatchObject({ refresh_token: 'rt-2', user: { sub: 'u' } })
})

test('point 5: what another tab stored meanwhile is not overwritten', async () => {
  const { session, kv, read } = await page(async () => {
    await kv.update<StoredSession>(name, (current) => current && { ...current, refresh_token: 'theirs' })
    return granted()
  })
  expect(await outcome(session.credentials())).toMatchObject({ code: 'signed_out' })
  expect(await read()).toMatchObject({ refresh_token: 'theirs' })
})

test('point 5: a racer that got the same successor is no conflict', async () => {
  const { session, kv } = await page(async () => {
    await kv.update<StoredSession>(name, (current) => current && { ...current, refresh_token: 'rt-2' })
    return granted()
  })
  expect(await outcome(session.credentials())).toMatchObject({ token: { access_token: 'at' } })
})

test('point 5: a refresh that comes back after signing out brings nothing back', async () => {
  const { session, state, read } = await page(async () => {
    await session.end()
    return granted()
  })
  expect(await outcome(session.credentials())).toMatchObject({ code: 'signed_out' })
  expect(state.get()).toEqual({ status: 'signed-out' })
  expect(await read()).toBeUndefined()
})

test('point 9: an invalid_grant for a token that another tab has replaced ends nothing', async () => {
  const { session, kv, state } = await page(async () => {
    await kv.update<StoredSession>(name, (current) => current && { ...current, refresh_token: 'theirs' })
    return Response.json({ error: 'invalid_grant' }, { status: 400 })
  })
  expect(await outcome(session.credentials())).toMatchObject({ code: 'invalid_grant' })
  expect(state.get()).toMatchObject({ status: 'signed-in' })
})

test('point 9: network failures are tried again, then wait longer each time', async () => {
  const { session, asked } = await page()
  expect(await outcome(session.credentials())).toMatchObject({ code: 'network_error', retryable: true })
  expect(asked).toHaveLength(3)
  // The first pause is at most 0.75 s.
  await vi.advanceTimersByTimeAsync(750)
  await outcome(session.credentials())
  expect(asked).toHaveLength(6)
  for (let round = 0; round < 8; round++) {
    await vi.advanceTimersByTimeAsync(90_000)
    await outcome(session.credentials())
  }
  expect(asked).toHaveLength(30)
  // The tenth is at least 30 s.
  await vi.advanceTimersByTimeAsync(29_000)
  expect(await outcome(session.credentials())).toMatchObject({ code: 'network_error' })
  expect(asked).toHaveLength(30)
})

test('point 9: Retry-After is honoured to the second', async () => {
  const busy = () => Response.json({ error: 'slow_down' }, { status: 429, headers: { 'Retry-After': '60' } })
  const { session, asked } = await page(busy, () => granted())
  expect(await outcome(session.credentials())).toMatchObject({
    code: 'temporarily_unavailable',
    retryAfter: 60,
  })
  await vi.advanceTimersByTimeAsync(60_000)
  await outcome(session.credentials())
  expect(asked).toHaveLength(1)
  // The rest is jitter.
  await vi.advanceTimersByTimeAsync(750)
  expect(await outcome(session.credentials())).toMatchObject({ token: { access_token: 'at' } })
})

test('point 9: after waking, a network failure is not waited out', async () => {
  const { session, asked } = await page()
  for (let round = 0; round < 8; round++) {
    await vi.advanceTimersByTimeAsync(90_000)
    await outcome(session.credentials())
  }
  const before = asked.length
  await outcome(session.credentials())
  expect(asked).toHaveLength(before)
  await outcome(session.wake())
  expect(asked.length).toBeGreaterThan(before)
})

test('a token is renewed when it has less than asked for left, but never for more than half its life', async () => {
  const { session, asked } = await page(
    () => granted({ expires_in: 300 }),
    () => granted({ expires_in: 300 }),
    () => granted({ expires_in: 4 }),
  )
  await outcome(session.credentials())
  await outcome(session.credentials({ minTtl: 200 }))
  // Half of 300 s are left: that is enough for anybody.
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(150_000)
  await outcome(session.credentials({ minTtl: 200 }))
  expect(asked).toHaveLength(2)
  await outcome(session.credentials({ fresh: true }))
  expect(asked).toHaveLength(3)
})

test('without a refresh token the session ends with its access token', async () => {
  const { session, state, stored } = await page()
  const grant: Grant = {
    token: { access_token: 'at', token_type: 'DPoP', expires_in: 60, expires: Date.now() + 60_000 },
    user: { sub: 'u' },
  }
  await session.begin(stored.key, grant)
  session.publish()
  expect(await outcome(session.credentials())).toMatchObject({ token: { access_token: 'at' } })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome(session.credentials())).toMatchObject({ code: 'invalid_grant' })
  expect(state.get()).toMatchObject({ status: 'signed-out', reason: { action: 'sign-in' } })
})
