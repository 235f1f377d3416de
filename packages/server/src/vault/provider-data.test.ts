import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ServiceConfig } from '../config/types.ts'
import { silentLogger } from '../logging.ts'
import { createKeyring } from '../sealing/index.ts'
import type { HeldForRefresh, ProviderData, Tokens } from '../upstream/index.ts'
import { createMarkBroken } from './broken.ts'
import { createHandOut } from './hand-outs.ts'
import { createVaultContents } from './index.ts'
import { memoryConnection } from './renewal-store.fixture.ts'
import { createRenewals } from './renewals.ts'

const hour = 3_600_000
const service: ServiceConfig = { id: 'reports', vault: { p: ['*'] } }

/** A connection whose token has just ended, and a provider that renews it with this beside it. */
function connection(held: ProviderData | undefined, renewed: ProviderData | undefined, life = 0) {
  const now = 10 * hour
  const contents = createVaultContents(createKeyring([randomBytes(32)]).sealer('vault'))
  const place = { id: 'con_1', userId: 'usr_1', provider: 'p', version: 1 }
  const tokens = { accessToken: 'at-0', tokenType: 'Bearer', refreshToken: 'rt-0', ...dataOf(held) }
  const store = memoryConnection({
    ...place,
    ...{ subject: 's', requestedScopes: ['a'], grantedScopes: ['a'], renewable: true, connectedAt: 0 },
    ...{ obtainedAt: now - hour, expiresAt: now + life, renewal: { fence: 0, failures: 0 } },
    ...contents.seal(place, tokens),
  })
  const asked: HeldForRefresh[] = []
  const upstream = {
    refreshRules: { narrowsScopes: false },
    introspect: async () => undefined,
    async refresh(request: HeldForRefresh): Promise<Tokens> {
      asked.push(request)
      return { accessToken: 'at-1', tokenType: 'Bearer', expiresIn: 3600, ...dataOf(renewed) }
    },
  }
  const deps = {
    ...{ connections: store, contents, clock: { now: () => now }, random: () => 0.5, logger: silentLogger },
    ...{ upstreams: new Map([['p', upstream]]), events: { emit: () => undefined } },
    quarantine: { put: async () => undefined },
    note: () => undefined,
    timers: { after: () => () => undefined },
  }
  const narrowing = {
    token: async () => Promise.reject(new Error('not asked')),
    forget() {},
    async close() {},
  }
  const renewals = createRenewals(deps)
  const handOut = createHandOut({ ...deps, narrowing, renewals, markBroken: createMarkBroken(deps) })
  return {
    asked,
    handed: () => handOut('con_1', { service, requestId: 'req' }),
    kept: async () => (await contents.open(store.row())).providerData,
  }
}

const dataOf = (providerData: ProviderData | undefined) =>
  providerData === undefined ? {} : { providerData }

it('what the provider said beside its tokens is handed out with them', async () => {
  const { handed, asked } = connection({ realmId: '42' }, undefined, hour)
  expect(await handed()).toMatchObject({ accessToken: 'at-0', providerData: { realmId: '42' } })
  expect(asked).toEqual([])
  expect(await connection(undefined, undefined, hour).handed()).not.toHaveProperty('providerData')
})

it.each<[string, ProviderData | undefined, ProviderData | undefined, ProviderData | undefined]>([
  ['that says nothing keeps it', { a: '1' }, undefined, { a: '1' }],
  ['that says it anew replaces it, and only it', { a: '1', b: '2' }, { b: '3' }, { a: '1', b: '3' }],
  ['that says it for the first time adds it', undefined, { a: '1' }, { a: '1' }],
  ['without any leaves none', undefined, undefined, undefined],
])('a renewal %s', async (_what, held, renewed, expected) => {
  const { handed, asked, kept } = connection(held, renewed)
  const token = await handed()
  expect(token.accessToken).toBe('at-1')
  expect(token.providerData).toEqual(expected)
  expect(await kept()).toEqual(expected)
  // It may say where the provider is to be asked.
  expect(asked).toEqual([{ refreshToken: 'rt-0', subject: 's', ...dataOf(held) }])
})
