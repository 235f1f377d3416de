import { expect, test } from 'vitest'
import { expiringMap } from './expiring.ts'
import { standingClock } from './flow.fixture.ts'

test('an entry lives for its time and not a millisecond longer', () => {
  const clock = standingClock(0)
  const map = expiringMap<string>({ clock, seconds: 60, limit: 10 })
  map.set('a', 'A')
  clock.turn(59.999)
  expect(map.get('a')).toBe('A')
  clock.turn(0.001)
  expect(map.get('a')).toBeUndefined()
  expect(map.size).toBe(0)
})

test('expired entries go when new ones come, even if nobody asks for them', () => {
  const clock = standingClock(0)
  const map = expiringMap<number>({ clock, seconds: 60, limit: 1000 })
  for (let i = 0; i < 100; i++) map.set(`old-${i}`, i)
  clock.turn(61)
  map.set('new', 1)
  expect(map.size).toBe(1)
})

test('X04: the size is bounded; the oldest goes first', () => {
  const map = expiringMap<number>({ clock: standingClock(0), seconds: 60, limit: 3 })
  for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, i)
  expect(map.size).toBe(3)
  expect(map.get('a')).toBeUndefined()
  expect(map.get('d')).toBe(3)
})

test('setting again renews', () => {
  const clock = standingClock(0)
  const map = expiringMap<number>({ clock, seconds: 60, limit: 3 })
  map.set('a', 1)
  clock.turn(50)
  map.set('a', 2)
  clock.turn(50)
  expect(map.get('a')).toBe(2)
  expect(map.delete('a')).toBe(true)
  expect(map.delete('a')).toBe(false)
})
