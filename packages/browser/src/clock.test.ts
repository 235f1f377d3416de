import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

/** A device whose clocks are told. */
function device() {
  const at = { wall: 1_000_000, monotonic: 500 }
  const clock = createClock(
    () => at.wall,
    () => at.monotonic,
  )
  const pass = (milliseconds: number) => {
    at.wall += milliseconds
    at.monotonic += milliseconds
  }
  return { at, clock, pass }
}

test('point 6: until the server has told the time, the device does', () => {
  const { clock, pass } = device()
  pass(50)
  expect(clock.now()).toBe(1_000_050)
})

test('point 6: from then on the server does, whatever becomes of the device', () => {
  const { at, clock, pass } = device()
  expect(clock.set(9_000_000)).toBe(8_000_000)
  pass(50)
  at.wall -= 86_400_000
  expect(clock.now()).toBe(9_000_050)
})

test('point 6: a device that slept, or whose clock was moved, is noticed', () => {
  const { at, clock, pass } = device()
  clock.set(9_000_000)
  pass(3_600_000)
  expect(clock.steady()).toBe(true)
  at.wall += 31_000
  expect(clock.steady()).toBe(false)
  clock.set(9_100_000)
  expect(clock.steady()).toBe(true)
  at.wall -= 31_000
  expect(clock.steady()).toBe(false)
})
