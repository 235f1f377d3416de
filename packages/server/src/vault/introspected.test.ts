import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { silentLogger } from '../logging.ts'
import { createKeyring } from '../sealing/index.ts'
import type { Connection } from '../storage/index.ts'
import { createVaultContents } from './contents.ts'
import { createIntrospected } from './introspected.ts'
import type { OutcomeAt } from './settlement.ts'

const contents = createVaultContents(createKeyring([randomBytes(32)]).sealer('vault'))
const place = { id: 'con_1', userId: 'usr_1', provider: 'p', version: 2 }
const row: Connection = {
  ...{ ...place, subject: 's', requestedScopes: [], grantedScopes: [], renewable: true, connectedAt: 0 },
  ...{ obtainedAt: 0, expiresAt: 3_600_000, renewal: { fence: 1, failures: 0 } },
  ...contents.seal(place, { accessToken: 'opaque', tokenType: 'Bearer', refreshToken: 'rt' }),
}

it.each<[string, Partial<Connection>, object]>([
  ['is written', {}, { kind: 'renewed', expiresAt: 60_000 }],
  ['not over what a service has said', { expiresAt: 5 }, { kind: 'released' }],
  ['not over a request in doubt', { renewal: { fence: 2, failures: 0, startedAt: 7 } }, { kind: 'released' }],
  ['not over a failure', { renewal: { fence: 2, failures: 1 } }, { kind: 'released' }],
])('V14 what introspection tells %s', async (_, leased, expected) => {
  const outcomes: ReturnType<OutcomeAt>[] = []
  const introspect = createIntrospected({
    contents,
    connections: { find: async () => row, lease: async () => ({ ...row, ...leased }) },
    upstreams: new Map([
      [
        'p',
        {
          refreshRules: { narrowsScopes: false },
          refresh: () => Promise.reject(new Error('nothing is renewed here')),
          introspect: async () => ({ active: true, expiresAt: 60_000 }),
        },
      ],
    ]),
    async settle(_leased, outcomeAt) {
      outcomes.push(outcomeAt(2))
      return true
    },
    ...{ clock: { now: () => 10 }, logger: silentLogger, leaseMs: 1 },
  })
  await introspect(row)
  expect(outcomes).toMatchObject([expected])
})
