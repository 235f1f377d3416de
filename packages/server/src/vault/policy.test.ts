import { describe, expect, it } from 'vitest'
import { allowanceOf, mayUse } from './policy.ts'

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

describe('what of a connection a service may have', () => {
  const connection = { provider: 'p', grantedScopes: ['a', 'b'], renewable: true }
  const narrows = { narrowsScopes: true }
  it.each<[string, ...Parameters<typeof allowanceOf>, object]>([
    ['all', { vault: { p: ['*'] } }, connection, narrows, { kind: 'all' }],
    ['all that was granted', { vault: { p: ['b', 'a', 'c'] } }, connection, narrows, { kind: 'all' }],
    ['some', { vault: { p: ['b', 'c'] } }, connection, narrows, { kind: 'some', scopes: ['b'] }],
    [
      'none, where the provider does not narrow',
      { vault: { p: ['b'] } },
      connection,
      undefined,
      { kind: 'none' },
    ],
    ['none of it', { vault: { p: ['c'] } }, connection, narrows, { kind: 'none' }],
    ['none of this provider', { vault: { q: ['b'] } }, connection, narrows, { kind: 'none' }],
    [
      'none that is inherited',
      { vault: {} },
      { ...connection, provider: 'toString' },
      narrows,
      { kind: 'none' },
    ],
    [
      'none without a refresh token',
      { vault: { p: ['b'] } },
      { ...connection, renewable: false },
      narrows,
      { kind: 'none' },
    ],
  ])('%s', (_, service, row, rules, expected) => {
    expect(allowanceOf(service, row, rules)).toEqual(expected)
  })
})
