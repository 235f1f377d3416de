import { describe, expect, it } from 'vitest'
import { decideReport } from './reports.ts'

const row = { version: 2, obtainedAt: 0, renewable: true }

describe('what a report of a refused token leads to', () => {
  it.each<[string, Partial<typeof row>, boolean | undefined, number, string]>([
    ['the token in the vault', {}, true, 60_000, 'renew'],
    ['an older token', {}, false, 60_000, 'ignore'],
    ['an older token of what cannot be renewed', { renewable: false }, false, 60_000, 'ignore'],
    ['no hash, and the token is young', {}, undefined, 59_999, 'ignore'],
    ['no hash, and it is not', {}, undefined, 60_000, 'renew'],
    ['it was just renewed', {}, true, 59_999, 'break'],
    ['it just came from the user', { version: 1 }, true, 59_999, 'renew'],
    ['it cannot be renewed', { renewable: false }, true, 0, 'break'],
    ['it cannot be renewed, no hash', { renewable: false }, undefined, 60_000, 'break'],
  ])('%s', (_, changes, isCurrent, now, expected) => {
    expect(decideReport({ ...row, ...changes }, isCurrent, now)).toBe(expected)
  })
})
