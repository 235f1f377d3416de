import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UnexpectedAnswer } from '../fetch-json.ts'
import { createClock } from '../verify.fixture.ts'
import { createFollower, type Follower, pauseMs, type RevocationsState } from './follow.ts'
import type { FeedPage } from './load.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const reachMs = 420_000
const opened: Follower[] = []
afterEach(() => {
  for (const follower of opened.splice(0)) follower.close()
})

function createFeed(options: { maxStaleMs?: number; maxSessions?: number } = {}) {
  const clock = createClock()
  const calls: (string | undefined)[] = []
  const told: RevocationsState[] = []
  const feed = {
    pages: [] as FeedPage[],
    /** When set, answers instead. */
    answer: undefined as undefined | (() => Promise<FeedPage>),
  }
  let count = 0
  const page = (sids: string[], more = false): FeedPage => ({
    ended: sids.map((sid) => ({ sid, at: clock.now() })),
    cursor: `cursor-${++count}`,
    ...{ more, reachMs },
  })
  const follower = createFollower(
    {
      ...{ everyMs: 5_000, timeoutMs: 2_000, maxStaleMs: Number.POSITIVE_INFINITY, maxSessions: 1_000 },
      ...options,
      onState: (state) => void told.push(state),
    },
    {
      clock,
      random: () => 1,
      async load(cursor) {
        calls.push(cursor)
        if (feed.answer !== undefined) return feed.answer()
        return feed.pages.shift() ?? page([])
      },
    },
  )
  opened.push(follower)
  const passes = (sid: string) => {
    try {
      follower.check(sid, clock.now())
      return 'passes'
    } catch (error) {
      return error instanceof Error ? error.message : error
    }
  }
  return { clock, calls, told, feed, page, follower, passes }
}

const down = () => Promise.reject(new TypeError('connection refused'))
/** The next attempt, whatever the pause before it. */
const nextAttempt = () => vi.advanceTimersToNextTimerAsync()

describe('S13 following the feed', () => {
  test('begins with the first question, and goes on from where it was', async () => {
    const { calls, feed, page, follower, passes } = createFeed()
    expect(calls).toEqual([])
    feed.pages.push(page(['a']), page(['b']))
    await Promise.all([follower.begin(), follower.begin()])
    expect(calls).toEqual([undefined])
    expect([passes('a'), passes('b')]).toEqual(['revoked', 'passes'])
    await vi.advanceTimersByTimeAsync(5_499)
    expect(calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(calls).toEqual([undefined, 'cursor-1'])
    expect([passes('a'), passes('b')]).toEqual(['revoked', 'revoked'])
    await nextAttempt()
    expect(calls.at(-1)).toBe('cursor-2')
  })

  test('reads all pages at once', async () => {
    const { calls, feed, page, follower, passes } = createFeed()
    feed.pages.push(page(['a'], true), page(['b'], true), page(['c']))
    await follower.begin()
    expect(calls).toEqual([undefined, 'cursor-1', 'cursor-2'])
    expect(['a', 'b', 'c'].map(passes)).toEqual(['revoked', 'revoked', 'revoked'])
  })

  test('a feed without an end ends, and counts as not followed', async () => {
    const { calls, feed, page, follower } = createFeed()
    feed.answer = async () => page([], true)
    await follower.begin()
    expect(calls).toHaveLength(1_000)
    expect(follower.state().followedAt).toBeUndefined()
  })

  test('asks once at a time', async () => {
    const { calls, follower } = createFeed()
    const asked = [follower.refresh(), follower.refresh(), follower.begin()]
    await Promise.all(asked)
    expect(calls).toHaveLength(1)
    await follower.refresh()
    expect(calls).toHaveLength(2)
    // One timer, however often it was asked by hand.
    expect(vi.getTimerCount()).toBe(1)
  })

  test('an outage refuses nobody, asks ever more rarely, and is caught up with', async () => {
    const { clock, calls, told, feed, page, follower, passes } = createFeed()
    feed.pages.push(page(['a']))
    await follower.begin()
    feed.answer = down
    await nextAttempt()
    const pauses: number[] = []
    for (let attempt = 0; attempt < 6; attempt++) {
      const before = Date.now()
      await nextAttempt()
      pauses.push(Date.now() - before)
    }
    expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000])
    expect(calls).toHaveLength(8)
    expect([passes('a'), passes('b')]).toEqual(['revoked', 'passes'])
    expect(follower.state()).toMatchObject({ failures: 7, followedAt: clock.now(), sessions: 1 })
    expect(told.map(({ failures }) => failures)).toEqual([1])
    clock.advance(100)
    feed.answer = undefined
    feed.pages.push(page(['b'], true), page(['c']))
    await nextAttempt()
    expect(calls.slice(-2)).toEqual(['cursor-1', 'cursor-2'])
    expect(['a', 'b', 'c'].map(passes)).toEqual(['revoked', 'revoked', 'revoked'])
    expect(follower.state()).toEqual({ failures: 0, followedAt: clock.now(), sessions: 3, dropped: 0 })
    expect(told.map(({ failures }) => failures)).toEqual([1, 0])
  })

  test('pauses: spread, doubled with each failure, bounded', () => {
    expect([0, 1].map((random) => pauseMs(5_000, 0, random))).toEqual([4_500, 5_500])
    expect([1, 2, 3, 4, 9].map((failures) => pauseMs(5_000, failures, 1))).toEqual([
      10_000, 20_000, 40_000, 60_000, 60_000,
    ])
    expect(pauseMs(5_000, 9, 0)).toBe(30_000)
    expect(pauseMs(300_000, 5, 1)).toBe(300_000)
  })

  test('a page that fails in the middle loses nothing of those before', async () => {
    const { calls, feed, page, follower, passes } = createFeed()
    feed.pages.push(page(['a'], true))
    const pages = [...feed.pages]
    feed.answer = () => {
      const next = pages.shift()
      return next === undefined ? down() : Promise.resolve(next)
    }
    await follower.begin()
    expect([passes('a'), passes('b')]).toEqual(['revoked', 'passes'])
    feed.answer = undefined
    feed.pages = [page(['b'])]
    await nextAttempt()
    expect(calls).toEqual([undefined, 'cursor-1', 'cursor-1'])
    expect(passes('b')).toBe('revoked')
  })

  test('forgets what cannot matter any more, in an outage too', async () => {
    const { clock, feed, page, follower } = createFeed()
    feed.pages.push(page(['a', 'b']))
    await follower.begin()
    feed.answer = down
    clock.advance(419)
    await follower.refresh()
    expect(follower.state().sessions).toBe(2)
    clock.advance(1)
    await follower.refresh()
    expect(follower.state().sessions).toBe(0)
  })

  test('an end of the far future is none to remember for ever', async () => {
    const { clock, feed, follower } = createFeed()
    feed.answer = async () => ({
      ended: [{ sid: 'a', at: clock.now() * 2 }],
      ...{ cursor: 'c', more: false, reachMs },
    })
    await follower.begin()
    feed.answer = down
    clock.advance(720)
    await follower.refresh()
    expect(follower.state().sessions).toBe(0)
  })

  test('10^5 ends at once: no more are kept than allowed, and it is told', async () => {
    const { told, feed, page, follower, passes } = createFeed({ maxSessions: 10_000 })
    const all = Array.from({ length: 100_000 }, (_, index) => `s${index}`)
    for (let at = 0; at < all.length; at += 1_000)
      feed.pages.push(page(all.slice(at, at + 1_000), at < 99_000))
    await follower.begin()
    expect(follower.state()).toMatchObject({ sessions: 10_000, dropped: 90_000 })
    expect(told).toHaveLength(1)
    expect([passes('s0'), passes('s89999'), passes('s90000'), passes('s99999')]).toEqual([
      'passes',
      'passes',
      'revoked',
      'revoked',
    ])
  })
})

describe('S15 what it was asked for and cannot keep', () => {
  test.each([200, 302, 400, 401, 403, 404])(
    'answered by %i from the start: nobody is let in, until it is mended',
    async (status) => {
      const { feed, follower, passes } = createFeed()
      feed.answer = () => Promise.reject(new UnexpectedAnswer('no feed', status))
      await follower.begin()
      expect(passes('a')).toBe('check_unavailable')
      feed.answer = undefined
      await nextAttempt()
      expect(passes('a')).toBe('passes')
    },
  )

  test.each([408, 429, 500, 502, 503])('answered by %i: an outage', async (status) => {
    const { feed, follower, passes } = createFeed()
    feed.answer = () => Promise.reject(new UnexpectedAnswer('not now', status))
    await follower.begin()
    expect(passes('a')).toBe('passes')
  })

  test('refused later (a secret that changed): as in an outage', async () => {
    const { feed, follower, passes } = createFeed()
    await follower.begin()
    feed.answer = () => Promise.reject(new UnexpectedAnswer('no', 401))
    await nextAttempt()
    expect(passes('a')).toBe('passes')
    expect(follower.state().failures).toBe(1)
  })

  test('maxStaleSeconds: refused once the feed has not been read for so long, and from the start', async () => {
    const { clock, feed, follower, passes } = createFeed({ maxStaleMs: 30_000 })
    feed.answer = down
    await follower.begin()
    expect(passes('a')).toBe('check_unavailable')
    feed.answer = undefined
    await nextAttempt()
    expect(passes('a')).toBe('passes')
    feed.answer = down
    clock.advance(30)
    expect(passes('a')).toBe('passes')
    clock.advance(1)
    expect(passes('a')).toBe('check_unavailable')
  })

  test('who waits for the first answer waits no longer than allowed', async () => {
    const { feed, follower, passes } = createFeed()
    feed.answer = () => new Promise(() => undefined)
    const waiting = follower.begin()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(follower.begun()).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await waiting
    expect([follower.begun(), passes('a')]).toEqual([true, 'passes'])
  })
})

test('a listener that throws disturbs nothing', async () => {
  const clock = createClock()
  const follower = createFollower(
    {
      ...{ everyMs: 5_000, timeoutMs: 2_000, maxStaleMs: Number.POSITIVE_INFINITY, maxSessions: 10 },
      onState() {
        throw new Error('listener')
      },
    },
    { clock, load: down },
  )
  opened.push(follower)
  expect(await follower.refresh()).toMatchObject({ failures: 1 })
  await nextAttempt()
  expect(follower.state().failures).toBe(2)
})

describe('closing', () => {
  test('ends the attempt under way and all that would come', async () => {
    const clock = createClock()
    let stopped = false
    const follower = createFollower(
      {
        ...{ everyMs: 5_000, timeoutMs: 2_000, maxStaleMs: Number.POSITIVE_INFINITY, maxSessions: 10 },
        onState: () => expect.unreachable(),
      },
      {
        clock,
        load: (_, __, stop) =>
          new Promise((_resolve, reject) => {
            stop.addEventListener('abort', () => {
              stopped = true
              reject(new Error('stopped'))
            })
          }),
      },
    )
    const begun = follower.begin()
    follower.close()
    await begun
    expect(stopped).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    expect(await follower.refresh()).toEqual({ sessions: 0, failures: 0, dropped: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('what is known is known still', async () => {
    const { feed, page, follower, passes } = createFeed()
    feed.pages.push(page(['a']))
    await follower.begin()
    expect(vi.getTimerCount()).toBe(1)
    follower.close()
    expect(vi.getTimerCount()).toBe(0)
    expect([passes('a'), passes('b')]).toEqual(['revoked', 'passes'])
  })
})
