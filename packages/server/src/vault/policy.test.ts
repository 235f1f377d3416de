import { describe, expect, it } from 'vitest'
import { mayUse } from './policy.ts'

describe('V12 what a service may have', () => {
  it.each<[string, Record<string, string[]>, string, string[], boolean]>([
    ['every granted scope is listed', { p: ['a', 'b', 'c'] }, 'p', ['b', 'a'], true],
    ['one is not', { p: ['a'] }, 'p', ['a', 'b'], false],
    ['the provider is not', { q: ['*'] }, 'p', ['a'], false],
    ['all are', { p: ['*'] }, 'p', ['a', 'b'], true],
    ['none was granted, none is listed', { p: [] }, 'p', [], true],
    ['no policy', {}, 'p', [], false],
    ['a name that every object has', {}, 'constructor', [], false],
    ['a scope called like all is no scope of theirs', { p: ['a'] }, 'p', ['*'], false],
  ])('%s', (_, vault, provider, grantedScopes, expected) => {
    expect(mayUse({ vault }, { provider, grantedScopes })).toBe(expected)
  })
})
