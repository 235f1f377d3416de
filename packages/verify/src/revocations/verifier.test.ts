// The verifier as it follows the feed: what it lets through, and when.
import { afterEach, describe, expect, test } from 'vitest'
import type { VerifierOptions } from '../options.ts'
import { createVerifier, type Verifier } from '../verifier.ts'
import {
  accessToken,
  audience,
  createClock,
  createJwksEndpoint,
  createKeyPair,
  get,
  issuer,
} from '../verify.fixture.ts'

const opened: Verifier[] = []
afterEach(() => {
  for (const verifier of opened.splice(0)) verifier.close()
})

/** An issuer in memory with keys and a feed, and a verifier on a frozen clock. */
function createScene(options: Partial<VerifierOptions> = {}, follows = true) {
  const clock = createClock()
  const key = createKeyPair()
  const jwks = createJwksEndpoint(key)
  const feed = { ended: [] as string[], asked: 0, answer: undefined as undefined | (() => Promise<Response>) }
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!String(input).endsWith('/revocations')) return jwks.fetch(String(input))
    feed.asked++
    expect(new Headers(init?.headers).get('authorization')).toMatch(/^Basic /)
    if (feed.answer !== undefined) return feed.answer()
    const revoked_at = new Date(clock.now()).toISOString()
    return Response.json({
      revocations: feed.ended.map((sid) => ({ sid, revoked_at })),
      ...{ next_cursor: '1', more: false, reach_seconds: 420 },
    })
  }
  const revocations = { id: 'reports', secret: 'secret' }
  const verifier = createVerifier({
    issuer,
    audience,
    clock,
    fetch,
    ...(follows ? { revocations } : {}),
    ...options,
  })
  opened.push(verifier)
  const outcome = async (token: string) =>
    verifier.verify(get({ authorization: `Bearer ${token}` })).then(
      () => 'accepted',
      (error) => `${error.status} ${error.reason}`,
    )
  return { clock, key, feed, verifier, outcome }
}

describe('S13 ended sessions', () => {
  test('are refused from the first request on, seen tokens too, and no others', async () => {
    const { key, feed, verifier, outcome } = createScene()
    const [one, two] = [accessToken(key, { sid: 'one' }), accessToken(key, { sid: 'two' })]
    feed.ended = ['one']
    expect(feed.asked).toBe(0)
    expect([await outcome(one), await outcome(two)]).toEqual(['401 revoked', 'accepted'])
    expect(feed.asked).toBe(1)
    feed.ended = ['two']
    await verifier.revocations?.refresh()
    expect([await outcome(one), await outcome(two)]).toEqual(['401 revoked', '401 revoked'])
    await expect(verifier.verifyToken(two)).rejects.toMatchObject({
      code: 'invalid_token',
      reason: 'revoked',
    })
    expect(verifier.revocations?.state()).toMatchObject({ sessions: 2, failures: 0 })
  })

  test('requests that come at once wait for one answer', async () => {
    const { key, feed, outcome } = createScene()
    feed.ended = ['session-1']
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(accessToken(key))))
    expect(new Set(outcomes)).toEqual(new Set(['401 revoked']))
    expect(feed.asked).toBe(1)
  })

  test('a token of no session, a service’s own, has nothing to do with it', async () => {
    const { key, feed, outcome } = createScene()
    feed.answer = () => Promise.reject(new TypeError('down'))
    expect(await outcome(accessToken(key, { sid: undefined, sub: 'reports', client_id: 'reports' }))).toBe(
      'accepted',
    )
    expect(feed.asked).toBe(0)
  })

  test('a token that is refused anyway asks nothing', async () => {
    const { feed, outcome } = createScene()
    expect(await outcome(accessToken(createKeyPair()))).toBe('401 key_unknown')
    expect(feed.asked).toBe(0)
  })

  test('beside isRevoked: either refuses', async () => {
    const scene = createScene({ isRevoked: ({ jti }) => jti === 'bad' })
    scene.feed.ended = ['one']
    expect(await scene.outcome(accessToken(scene.key, { sid: 'one' }))).toBe('401 revoked')
    expect(await scene.outcome(accessToken(scene.key, { jti: 'bad' }))).toBe('401 revoked')
    expect(await scene.outcome(accessToken(scene.key))).toBe('accepted')
  })

  test('without the option nothing is asked, and closing is nothing', async () => {
    const { key, feed, verifier, outcome } = createScene({}, false)
    expect(verifier.revocations).toBeUndefined()
    expect(await outcome(accessToken(key))).toBe('accepted')
    verifier.close()
    expect(feed.asked).toBe(0)
  })
})

describe('S13 S15 when the feed cannot be read', () => {
  test('an outage refuses nobody', async () => {
    const { key, feed, outcome } = createScene()
    feed.answer = () => Promise.reject(new TypeError('connection refused'))
    expect(await outcome(accessToken(key))).toBe('accepted')
  })

  test('503 when it may not be stale', async () => {
    const revocations = { id: 'reports', secret: 'secret', maxStaleSeconds: 60 }
    const { key, clock, feed, verifier, outcome } = createScene({ revocations })
    expect(await outcome(accessToken(key))).toBe('accepted')
    feed.answer = () => Promise.reject(new TypeError('connection refused'))
    clock.advance(61)
    expect(await outcome(accessToken(key))).toBe('503 check_unavailable')
    feed.answer = undefined
    await verifier.revocations?.refresh()
    expect(await outcome(accessToken(key))).toBe('accepted')
  })

  test('S15 503 when Latchkey does not know the service, never a pass', async () => {
    const { key, feed, verifier, outcome } = createScene()
    feed.answer = async () => Response.json({ error: 'invalid_client' }, { status: 401 })
    expect(await outcome(accessToken(key))).toBe('503 check_unavailable')
    expect(verifier.revocations?.state()).toMatchObject({ failures: 1, error: { status: 401 } })
  })
})
