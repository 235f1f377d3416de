import { expect, test } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 10, 22, 12)

test.each<[string | null, number | undefined]>([
  [null, undefined],
  ['', undefined],
  ['30', 30_000],
  [' 30 ', 30_000],
  ['0', 1_000],
  ['7200', 3_600_000],
  ['99999999999', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['Sun, 22 Nov 2026 12:02:00 GMT', 120_000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 1_000],
  ['Sun, 22 Nov 2030 12:00:00 GMT', 3_600_000],
  ['Sun, 99 Nov 2026 12:00:00 GMT', undefined],
  ['2026-11-22T12:02:00Z', undefined],
])('Retry-After %j', (value, ms) => {
  expect(readRetryAfter(value, now)).toBe(ms)
})
