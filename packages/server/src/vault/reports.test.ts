import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import type { Connection } from '../storage/index.ts'
import { createVaultContents } from './contents.ts'
import { createReport, decideReport } from './reports.ts'

const contents = createVaultContents(createKeyring([new Uint8Array(32).fill(7)]).sealer('vault'))
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

it('V14 a row that merely moved on is not taken for renewed', async () => {
  const now = 100_000
  const first: Connection = {
    ...{ id: 'con_1', userId: 'usr_1', provider: 'p', subject: 's', requestedScopes: [], grantedScopes: [] },
    ...{ sealed: '', keyId: '', version: 1, renewable: true, obtainedAt: 0, connectedAt: 0 },
    renewal: { fence: 0, failures: 0 },
  }
  const asked: number[] = []
  const expired: number[] = []
  const unasked = () => Promise.reject(new Error('not asked for'))
  const report = createReport({
    connections: {
      find: async () => first,
      async expire(_id, version) {
        expired.push(version)
        return true
      },
    },
    contents,
    upstreams: new Map(),
    renewals: {
      async renew(seen) {
        asked.push(seen.version)
        // Sealed anew by somebody, then renewed.
        return { ...first, version: seen.version + 1, obtainedAt: seen.version === 1 ? 0 : now }
      },
      ...{ attempt: unasked, close: async () => undefined },
    },
    narrowing: { token: unasked, forget: () => undefined, close: async () => undefined },
    ...{ markBroken: unasked, clock: { now: () => now } },
  })
  const by = { service: { id: 'reports', vault: { p: ['*'] } }, requestId: 'req' }
  expect(await report('con_1', by, {})).toBe('active')
  expect({ asked, expired }).toEqual({ asked: [1, 2], expired: [1, 2] })
})
