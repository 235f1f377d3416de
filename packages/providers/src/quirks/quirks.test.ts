import { expect, test } from 'vitest'
import { standardRules } from '../wire.ts'
import { knownQuirks, quirks, rulesFor } from './index.ts'

test('every quirk has a name of its own and says what it is for', () => {
  for (const [name, { description }] of quirks) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(description).toMatch(/^\S.{6,}\S$/)
  }
  expect(knownQuirks.get('comma-scopes')).toBe('scopes joined with a comma')
  expect(knownQuirks.has('tenant-subdomain')).toBe(false)
})

test('without quirks the standards hold', () => {
  expect(rulesFor([])).toEqual(standardRules)
})

test('quirks add up', () => {
  expect(rulesFor(['comma-scopes', 'form-encoded-response'])).toEqual({
    ...standardRules,
    scopeSeparator: ',',
    tokenBody: 'form',
  })
})

test.each(['unheard-of', '__proto__', ''])('%j is unknown', (name) => {
  expect(() => rulesFor([name])).toThrow(RangeError)
})
