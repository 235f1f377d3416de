import { describe, expect, test } from 'vitest'
import { callback, quietProvider } from '../flow.fixture.ts'
import { faultNames, faultTable, json, onMembers } from '../index.ts'
import { createFaults } from './faults.ts'

describe('the queue', () => {
  const first = onMembers(() => ({ n: 1 }))
  const second = onMembers(() => ({ n: 2 }))

  test('next strikes once each and in order, then always, until cleared', () => {
    const faults = createFaults()
    faults.always('token', second)
    faults.next('token', first)
    faults.next('token', 'html')
    expect(faults.waiting('token')).toBe(2)
    expect(faults.take('token')).toBe(first)
    expect(faults.take('token')).toBe(faultTable.token.html.fault)
    expect(faults.take('token')).toBe(second)
    expect(faults.take('token')).toBe(second)
    faults.clear()
    expect(faults.take('token')).toBeUndefined()
  })

  test('points do not mix; one can be cleared alone', () => {
    const faults = createFaults()
    faults.next('token', first)
    faults.next('jwks', second)
    expect(faults.waiting()).toBe(2)
    faults.clear('token')
    expect(faults.take('token')).toBeUndefined()
    expect(faults.take('jwks')).toBe(second)
  })

  test('a name that is not known at the point is refused at once', () => {
    const faults = createFaults()
    const { point } = faultNames.find(({ name }) => name === 'alg-none') ?? { point: 'token' as const }
    expect(() => faults.next<'token' | 'id_token'>('token', 'alg-none')).toThrow(/alg-none.*token/)
    expect(() => faults.next(point, 'alg-none')).not.toThrow()
  })
})

describe('the table as data', () => {
  test('has a row for every fault, each with a description, and can be driven by name', () => {
    const faults = createFaults()
    for (const { point, name, description, expect: expected } of faultNames) {
      faults.next(point, name)
      expect(description, `${point} ${name}`).not.toBe('')
      expect(['refuse', 'accept', 'either']).toContain(expected)
    }
    const entries = Object.values(faultTable).flatMap((faultsThere) => Object.keys(faultsThere))
    expect(faultNames).toHaveLength(entries.length)
    expect(new Set(faultNames.map(({ point, name }) => `${point} ${name}`)).size).toBe(entries.length)
  })
})

test('a fault of one’s own', async () => {
  const provider = await quietProvider()
  provider.faults.next('jwks', (_answer, { detour }) => json({ teapot: detour }, 418))
  expect((await provider.fetch(provider.endpoints.jwks)).status).toBe(418)
  provider.faults.next('authorize', (answer) => ({ ...answer, params: [['only', 'this']] }))
  expect([...(await callback(provider))]).toEqual([['only', 'this']])
})
