import { describe, expect, it } from 'vitest'
import { grantedScopes, wantedScopes } from './scopes.ts'

describe('wantedScopes', () => {
  const configured = ['a', 'b']
  it.each([
    ['the configured ones', { configured }, ['a', 'b']],
    ['those that the app names', { configured, named: ['c', 'c'] }, ['c']],
    ['what was asked for before', { configured, before: ['x'] }, ['x']],
    [
      'what was asked for before, and more',
      { configured, before: ['x', 'y'], named: ['c', 'x'] },
      ['x', 'y', 'c'],
    ],
  ])('%s', (_, given, expected) => {
    expect(wantedScopes(given)).toEqual(expected)
  })
})

describe('grantedScopes', () => {
  it('are what the provider says, else what was asked for', () => {
    expect(grantedScopes(' a  b a', ['x'])).toEqual(['a', 'b'])
    expect(grantedScopes('', ['x'])).toEqual([])
    expect(grantedScopes(undefined, ['x'])).toEqual(['x'])
  })
})
