import { describe, expect, it } from 'vitest'
import { figure, reached, table, verdict } from './report.ts'

describe('targets', () => {
  const target = { what: 'CPU', value: 1.6, limit: 1.6, bound: 'at most', unit: 'ms' } as const
  it('the limit itself is reached', () => {
    expect(reached(target)).toBe(true)
    expect(reached({ ...target, value: 1.61 })).toBe(false)
    expect(reached({ ...target, bound: 'at least' })).toBe(true)
    expect(reached({ ...target, value: 1.59, bound: 'at least' })).toBe(false)
  })

  it('what was not measured is not reached', () => {
    expect(reached({ ...target, value: Number.NaN })).toBe(false)
  })

  it('the verdict says so', () => {
    expect(verdict(target)).toBe('reached      CPU: 1.60 ms (at most 1.60 ms)')
    expect(verdict({ ...target, value: 2 })).toMatch(/^NOT REACHED/)
  })
})

it.each([
  [0.3333, '0.33'],
  [12.34, '12.3'],
  [744.4, '744'],
  [1234567, '1 234 567'],
  [Number.NaN, '-'],
])('figure %d is %s', (value, expected) => {
  expect(figure(value)).toBe(expected)
})

it('a table lines up', () => {
  expect(
    table(
      ['who', 'ms'],
      [
        ['a', '1.00'],
        ['longer', '12'],
      ],
    ),
  ).toBe('who       ms\n------  ----\na       1.00\nlonger    12')
})
