import { expect, it } from 'vitest'
import { reached } from '../measure/report.ts'
import { summarise, targetsOf } from './index.ts'

it('P3: medians by contender and algorithm', () => {
  const one = { contender: 'latchkey', algorithm: 'ES256' } as const
  expect(
    summarise([
      { ...one, fresh: 3, seen: 30 },
      { ...one, fresh: 1, seen: 10 },
      { ...one, fresh: 2, seen: 20 },
      { contender: 'jose', algorithm: 'ES256', fresh: 1 },
    ]),
  ).toEqual([
    { ...one, fresh: 2, seen: 20 },
    { contender: 'jose', algorithm: 'ES256', fresh: 1 },
  ])
})

it('P3: absolute figures for the default algorithm, and beside the fastest peer as its users run it', () => {
  const targets = targetsOf([
    { contender: 'latchkey', algorithm: 'ES256', fresh: 8000, seen: 299_000 },
    { contender: 'jose', algorithm: 'ES256', fresh: 7000 },
    { contender: 'fast-jwt', algorithm: 'ES256', fresh: 11_000, seen: 300_000 },
    { contender: 'fast-jwt, cache by token', algorithm: 'ES256', fresh: 99_000, seen: 9_000_000 },
    { contender: 'latchkey', algorithm: 'RS256', fresh: 40_000, seen: 400_000 },
    { contender: 'jose', algorithm: 'RS256', fresh: 13_000 },
  ])
  expect(targets.map(reached)).toEqual([true, false, false, true, true, true])
})
