import { expect, test } from 'vitest'
import { nextAttempt, patienceMs } from './schedule.ts'

const now = 1_800_000_000_000
const pauseAfter = (attempts: number, random = 0.5, retryAfterMs?: number) =>
  (nextAttempt({ createdAt: now, attempts }, now, random, retryAfterMs) ?? Number.NaN) - now

test.each([
  [1, 5],
  [2, 30],
  [3, 120],
  [6, 3600],
  [10, 43_200],
  [40, 43_200],
])('After %i attempts: %i s', (attempts, seconds) => {
  expect(pauseAfter(attempts)).toBe(seconds * 1000)
})

test('What failed together does not come together', () => {
  expect([pauseAfter(2, 0), pauseAfter(2, 1)]).toEqual([24_000, 36_000])
})

test('The receiver may ask for more time, not for less', () => {
  expect(pauseAfter(1, 0.5, 60_000)).toBe(60_000)
  expect(pauseAfter(3, 0.5, 60_000)).toBe(120_000)
})

test('A week, and no longer', () => {
  const waited = (ms: number) => nextAttempt({ createdAt: now - ms, attempts: 20 }, now, 0.5)
  expect(waited(patienceMs - 43_200_000)).toBe(now + 43_200_000)
  expect(waited(patienceMs - 43_199_999)).toBeUndefined()
})
