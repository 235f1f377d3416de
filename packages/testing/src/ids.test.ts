import { expect, test } from 'vitest'
import { createIds } from './ids.ts'

const take = (ids: () => string, count: number) => Array.from({ length: count }, ids)

test('the same seed gives the same identifiers, another seed others', () => {
  expect(take(createIds('s'), 5)).toEqual(take(createIds('s'), 5))
  expect(take(createIds('s'), 5)).not.toEqual(take(createIds('t'), 5))
})

test.each([
  ['random', undefined],
  ['seeded', 's'],
])('%s identifiers are 43 base64url characters and never repeat', (_, seed) => {
  const ids = take(createIds(seed), 2000)
  expect(new Set(ids).size).toBe(2000)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/)
})
