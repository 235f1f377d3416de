import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBoundedMap } from './bounded-map.ts'

test('keeps what is used, forgets what is not, holds at most its bound', () => {
  const map = createBoundedMap<number>(10)
  map.set('used', 0)
  for (let i = 1; i <= 1000; i++) {
    map.set(`k${i}`, i)
    expect(map.get('used')).toBe(0)
  }
  const kept = Array.from({ length: 1000 }, (_, i) => map.get(`k${i + 1}`)).filter(
    (value) => value !== undefined,
  )
  expect(kept.length).toBeLessThanOrEqual(10)
  map.clear()
  expect(map.get('used')).toBeUndefined()
})

test('never answers another value than the last one set', () => {
  const step = fc.tuple(fc.nat(9), fc.option(fc.nat(), { nil: undefined }))
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 6 }), (steps, bound) => {
      const map = createBoundedMap<number>(bound)
      const last = new Map<string, number>()
      for (const [k, value] of steps) {
        const key = String(k)
        if (value !== undefined) {
          map.set(key, value)
          last.set(key, value)
        }
        const held = map.get(key)
        const allowed = value === undefined ? [undefined, last.get(key)] : [value]
        expect(allowed).toContain(held)
      }
    }),
  )
})
