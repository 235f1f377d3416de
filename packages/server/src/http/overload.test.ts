import { describe, expect, it } from 'vitest'
import { budgetOf, lookMs, nextAllowance, works } from './overload.ts'

describe('budgetOf', () => {
  it('lets through whatever a healthy load is, however late the event loop', () => {
    for (const work of works) expect(budgetOf(work, 0), work).toBeGreaterThanOrEqual(64)
    expect(budgetOf('refresh', 1)).toBeGreaterThan(1_000)
  })

  it('takes from the right first, and never more from the left', () => {
    const shareOf = (work: (typeof works)[number], allowance: number) =>
      budgetOf(work, allowance) / budgetOf(work, 1)
    for (const allowance of [0.95, 0.8]) {
      const shares = works.map((work) => shareOf(work, allowance))
      expect(shares).toEqual(shares.toSorted((a, b) => b - a))
      expect(shares.at(-1)).toBeLessThan(shares[0] ?? 0)
    }
  })

  it.each([
    ['refresh', 1, 2048],
    ['refresh', 0.5, 1024],
    ['refresh', 0.05, 512],
    ['redeem', 0.5, 256],
    ['callback', 0.5, 128],
    ['callback', 0.05, 64],
    ['authorize', 0.9, 671],
    ['authorize', 0.5, 64],
  ] as const)('%s at %d: %i', (work, allowance, expected) => {
    expect(budgetOf(work, allowance)).toBe(expected)
  })
})

describe('nextAllowance', () => {
  it.each([
    ['late', 1, 151, lookMs, 0.7],
    ['late for long', 0.05, 900, lookMs, 0.05],
    ['neither late nor prompt', 0.5, 100, lookMs, 0.5],
    ['prompt', 0.5, 10, lookMs, 0.55],
    ['prompt all the time', 1, 0, lookMs, 1],
    ['prompt for an hour', 0.05, 0, 3_600_000, 1],
    ['a clock that goes back', 0.5, 0, -5_000, 0.5],
  ])('%s', (_what, allowance, delayMs, elapsedMs, expected) => {
    expect(nextAllowance(allowance, { delayMs, elapsedMs })).toBeCloseTo(expected)
  })
})
