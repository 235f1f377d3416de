import { expect, test } from 'vitest'
import { knownQuirks, rulesFor } from './index.ts'
import { standardRules } from './rules.ts'

test('every quirk has a name of its own and says what it is for', () => {
  expect(knownQuirks.size).toBe(15)
  for (const [name, description] of knownQuirks) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(description).toMatch(/^\S.{10,}\S$/)
  }
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
  expect(() => rulesFor([name])).toThrow(expect.objectContaining({ code: 'unknown_quirk' }))
})
