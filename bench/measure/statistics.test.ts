import { describe, expect, it } from 'vitest'
import { interleave, median, percentile, spread } from './statistics.ts'

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100, 1, 2], 9],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing throws', () => {
    expect(() => median([])).toThrow(RangeError)
  })

  it('leaves its input in order', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])('%d of 1 to 100 is %d (nearest rank)', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected)
  })
})

it('spread is the range as a share of the median', () => {
  expect(spread([90, 100, 120])).toBeCloseTo(0.3)
})

it('interleave lets every item be first once', () => {
  expect([0, 1, 2, 3].map((round) => interleave(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ])
  expect(interleave([], 2)).toEqual([])
})
