import { expect, it } from 'vitest'
import { randomBytes } from './random.ts'

it('X09 hands out every byte once, whatever the lengths', () => {
  const drawn = Array.from({ length: 5000 }, (_, index) => randomBytes(16 + (index % 3) * 8))
  expect(new Set(drawn.map((bytes) => bytes.toString('hex'))).size).toBe(5000)
  expect(drawn.every((bytes) => bytes.some((byte) => byte !== 0))).toBe(true)
})

it('keeps what it handed out as it was', () => {
  const first = randomBytes(32)
  const copy = Buffer.from(first)
  for (let round = 0; round < 300; round++) randomBytes(32)
  expect(first.equals(copy)).toBe(true)
})
