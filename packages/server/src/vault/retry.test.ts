import { expect, it } from 'vitest'
import { retryIn } from './retry.ts'

it('V10 asks again later and later, for about a day', () => {
  const waits: number[] = []
  for (let attempt = 1; ; attempt++) {
    const wait = retryIn(attempt)
    if (wait === undefined) break
    waits.push(wait)
  }
  expect(waits.slice(0, 3)).toEqual([30_000, 60_000, 120_000])
  expect(Math.max(...waits)).toBe(3_600_000)
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000
  expect(hours).toBeGreaterThan(24)
  expect(hours).toBeLessThan(25)
})
