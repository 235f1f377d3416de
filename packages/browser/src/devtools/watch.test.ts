import { expect, test } from 'vitest'
import { AuthError } from '../errors.ts'
import type { AuthOptions } from '../types.ts'
import { describe as describeEntry } from './describe.ts'
import { createTimeline } from './record.ts'
import { makeReport } from './report.ts'
import { type Seen, watchOptions } from './watch.ts'

const issuer = 'https://auth.example'
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = `${base64url({ alg: 'ES256' })}.${base64url({ sub: 'user-1', exp: 1_700_000_300 })}.canary-signature`
const secrets = [
  jwt,
  ...['signature', 'code', 'verifier', 'refresh', 'id-token', 'proof', 'nonce'].map(
    (name) => `canary-${name}`,
  ),
]

function watched(send: typeof fetch, options: Partial<AuthOptions> = {}) {
  let time = 1_700_000_000_000
  const timeline = createTimeline({ read: () => null, write: () => {} })
  const seen: Seen = { nonceOrigins: [] }
  const now = () => (time += 7)
  const given = { issuer, clientId: 'web', fetch: send, ...options }
  const report = () =>
    makeReport({
      options: given,
      state: { status: 'signed-in', user: { sub: 'user-1' } },
      seen,
      tabs: 2,
      entries: timeline.entries,
      now: now(),
    })
  return { ...watchOptions(given, { timeline, seen, now }), timeline, seen, report }
}

const redeem = () =>
  new Request(`${issuer}/token`, {
    method: 'POST',
    headers: { DPoP: 'canary-proof' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'canary-code',
      code_verifier: 'canary-verifier',
    }),
  })

test('X06 a request is told without what is secret in it and in its answer, both of which come through whole', async () => {
  const answer = {
    access_token: jwt,
    refresh_token: 'canary-refresh',
    id_token: 'canary-id-token',
    server_time: 1_700_000_060_000,
  }
  let body = ''
  const { fetch, timeline, seen, report } = watched(async (request) => {
    body = request instanceof Request ? await request.text() : ''
    return Response.json(answer, { headers: { 'DPoP-Nonce': 'canary-nonce' } })
  })
  const response = await fetch?.(redeem())
  expect(await response?.json()).toEqual(answer)
  expect(body).toContain('canary-code')
  await expect.poll(() => timeline.entries.length).toBe(1)

  expect(timeline.entries[0]).toMatchObject({
    kind: 'request',
    method: 'POST',
    url: `${issuer}/token`,
    status: 200,
    grantType: 'authorization_code',
    dpop: true,
  })
  expect(seen.claims).toEqual({ sub: 'user-1', exp: 1_700_000_300 })
  expect(report().facts['server’s clock']).toMatch(/^\d+\.\d s ahead of this one$/)
  expect(report().claims?.exp).toMatch(/^2023-11-14T22:18:20.000Z, in \d+ s$/)
  const told = JSON.stringify([timeline.entries, report(), timeline.entries.map(describeEntry)])
  for (const secret of secrets) expect(told).not.toContain(secret)
})

test('a call says how its token was sent, and leaves its query and body alone', async () => {
  const { fetch, timeline } = watched(async () => new Response('{}', { status: 401 }))
  await fetch?.('https://api.example/notes?search=canary-code', {
    headers: { Authorization: `DPoP ${jwt}`, DPoP: 'canary-proof' },
  })
  await expect.poll(() => timeline.entries.length).toBe(1)
  expect(timeline.entries[0]).toMatchObject({
    url: 'https://api.example/notes',
    status: 401,
    token: 'DPoP',
    dpop: true,
  })
  expect(JSON.stringify(timeline.entries)).not.toContain('canary')
})

test('a refusal is told by its code and request; what is no code is not told', async () => {
  const bodies = [{ error: 'invalid_grant', request_id: 'req-1' }, { error: 'canary code' }, 'canary']
  const { fetch, timeline } = watched(async () =>
    Response.json(bodies[timeline.entries.length], { status: 400 }),
  )
  for (const [index] of bodies.entries()) {
    await fetch?.(redeem())
    await expect.poll(() => timeline.entries.length).toBe(index + 1)
  }
  expect(timeline.entries[0]).toMatchObject({ error: 'invalid_grant', requestId: 'req-1' })
  expect(JSON.stringify(timeline.entries)).not.toContain('canary')
})

test('no answer is told, and thrown as it came', async () => {
  const cause = new TypeError('canary')
  const { fetch, timeline } = watched(() => Promise.reject(cause))
  await expect(fetch?.(redeem())).rejects.toBe(cause)
  await expect.poll(() => timeline.entries.length).toBe(1)
  expect(timeline.entries[0]).toMatchObject({ error: 'no answer' })
})

test('events and navigation are told, and passed on', () => {
  const passed: unknown[] = []
  const { onEvent, navigate, timeline } = watched(fetch, {
    onEvent: (event) => passed.push(event),
    navigate: (path) => passed.push(path),
  })
  const error = new AuthError('network_error', 'refresh', 'canary', { requestId: 'req-1', retryAfter: 5 })
  onEvent?.({ type: 'error', error })
  navigate?.('/inbox?token=canary#canary')
  expect(passed).toEqual([{ type: 'error', error }, '/inbox?token=canary#canary'])
  expect(timeline.entries).toMatchObject([
    {
      kind: 'error',
      code: 'network_error',
      phase: 'refresh',
      action: 'retry',
      requestId: 'req-1',
      retryAfter: 5,
    },
    { kind: 'went', path: '/inbox' },
  ])
  expect(JSON.stringify(timeline.entries)).not.toContain('canary')
  expect(watched(fetch).navigate).toBeUndefined()
})
