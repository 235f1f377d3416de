import { expect, test } from 'vitest'
import { createCached } from './cached.ts'
import { handClock } from './upstream.fixture.ts'

function counted() {
  const clock = handClock()
  const background: unknown[] = []
  let loads = 0
  let answer: (load: number) => number | Promise<number> = (load) => load
  const cached = createCached({
    load: async () => answer(++loads),
    clock,
    freshMs: 1_000,
    staleMs: 10_000,
    coolDownMs: 100,
    onBackgroundFailure: (error) => background.push(error),
  })
  return {
    ...cached,
    clock,
    background,
    loads: () => loads,
    answers(next: typeof answer) {
      answer = next
    },
  }
}

const failing = (): never => {
  throw new Error('out')
}

test('any number of callers share one load', async () => {
  const source = counted()
  expect(await Promise.all(Array.from({ length: 50 }, source.get))).toEqual(Array(50).fill(1))
  source.clock.forward(999)
  expect(await source.get()).toBe(1)
  expect(source.loads()).toBe(1)
})

test('past its freshness the old value is handed out while one renewal runs', async () => {
  const source = counted()
  await source.get()
  source.clock.forward(1_000)
  expect(await Promise.all([source.get(), source.get()])).toEqual([1, 1])
  expect(await source.get()).toBe(2)
  expect(source.loads()).toBe(2)
})

test('past its age nothing old is handed out', async () => {
  const source = counted()
  await source.get()
  source.clock.forward(10_000)
  expect(await source.get()).toBe(2)
  source.clock.forward(10_000)
  source.answers(failing)
  await expect(source.get()).rejects.toThrow('out')
})

test('R17: a failure is repeated for its cool-down, not tried again', async () => {
  const source = counted()
  source.answers(failing)
  for (let count = 0; count < 5; count++) await expect(source.get()).rejects.toThrow('out')
  expect(source.loads()).toBe(1)
  source.clock.forward(100)
  source.answers((load) => load)
  expect(await source.get()).toBe(2)
})

test('a renewal that fails is reported once a cool-down and the old value serves on', async () => {
  const source = counted()
  await source.get()
  source.answers(failing)
  source.clock.forward(1_000)
  for (let count = 0; count < 5; count++) expect(await source.get()).toBe(1)
  expect(source.background).toHaveLength(1)
  source.clock.forward(100)
  expect(await source.get()).toBe(1)
  expect(await source.get()).toBe(1)
  expect(source.background).toHaveLength(2)
  expect(source.loads()).toBe(3)
})

test('a clock set back makes a value old, not eternally fresh', async () => {
  const source = counted()
  await source.get()
  source.clock.forward(-3_600_000)
  expect(await source.get()).toBe(2)
})
