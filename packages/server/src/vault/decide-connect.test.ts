import { describe, expect, it } from 'vitest'
import { decideConnect } from './decide-connect.ts'

const account = { userId: 'usr_1', provider: 'slack', subject: 's1' }
const row = { ...account, id: 'con_1', version: 4 }
const again = { ...account, connectionId: 'con_1' }

describe('decideConnect', () => {
  it.each([
    ['an account for the first time', account, {}, { kind: 'connect' }],
    ['the same account again', account, { same: row }, { kind: 'reconnect', id: 'con_1', from: 4 }],
    ['a connection made anew', again, { named: row }, { kind: 'reconnect', id: 'con_1', from: 4 }],
    [
      'V09 a connection made anew with another account',
      again,
      { named: { ...row, subject: 's2' } },
      { kind: 'refuse', reason: 'account_mismatch' },
    ],
    ['V09 a connection that is gone', again, {}, { kind: 'refuse', reason: 'gone' }],
    [
      'V09 a connection of somebody else',
      again,
      { named: { ...row, userId: 'usr_2' } },
      { kind: 'refuse', reason: 'gone' },
    ],
    [
      'V09 a connection at another provider',
      again,
      { named: { ...row, provider: 'github' } },
      { kind: 'refuse', reason: 'gone' },
    ],
  ])('%s', (_, proved, found, decision) => {
    expect(decideConnect(proved, found)).toEqual(decision)
  })
})
