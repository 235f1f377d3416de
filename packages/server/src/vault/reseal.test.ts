import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { createVaultContents, type VaultContents } from './contents.ts'
import { resealVault } from './reseal.ts'

const clock = { time: 1_800_000_000_000, now: () => clock.time }
const [oldSecret, newSecret] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const contentsOf = (...secrets: Uint8Array[]) => createVaultContents(createKeyring(secrets).sealer('vault'))
const before = contentsOf(oldSecret)
const after = contentsOf(newSecret, oldSecret)
const tokensOf = (id: string) => ({ accessToken: `at-${id}`, tokenType: 'Bearer', refreshToken: `rt-${id}` })

let storage: Storage
beforeEach(async () => {
  storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
  const user = { id: 'usr_ada', createdAt: 0 }
  await storage.users.createWithIdentity(user, {
    ...{ id: 'idn_ada', provider: 'oidc', issuer: 'i', subject: 's', createdAt: 0 },
  })
})
afterEach(() => storage.close())

const entryOf = (id: string, contents: VaultContents, dueAt = clock.time + 60_000) => {
  const place = { id: `qtn_${id}`, userId: 'usr_ada', provider: 'slack' }
  return { ...place, subject: id, ...contents.seal(place, tokensOf(id)), dueAt, attempts: 0 }
}

async function connect(id: string, contents = before) {
  const place = { id: `con_${id}`, userId: 'usr_ada', provider: 'slack' }
  await storage.quarantine.put(entryOf(id, contents))
  const outcome = await storage.connections.connect(`qtn_${id}`, clock.time, {
    ...{ ...place, subject: id, requestedScopes: [], grantedScopes: [], renewable: true },
    ...{ obtainedAt: clock.time, connectedAt: clock.time },
    ...contents.seal({ ...place, version: 1 }, tokensOf(id)),
  })
  expect(outcome).toBe('done')
  const row = await storage.connections.find(place.id)
  expect(row?.version).toBe(1)
}

const names = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'))
const reseal = (more: Partial<Parameters<typeof resealVault>[0]> = {}) => {
  const { connections, quarantine } = storage
  return resealVault({
    connections,
    quarantine,
    contents: after,
    clock,
    pause: async () => undefined,
    ...more,
  })
}
const nothing = { connections: 0, quarantined: 0, unreadable: [], busy: [] }

describe('V11 sealing the vault anew', () => {
  test('the old secret is needed no more', async () => {
    for (const id of names(3)) await connect(id)
    await storage.quarantine.put(entryOf('left', before))
    expect(await reseal()).toEqual({ ...nothing, connections: 3, quarantined: 1 })
    expect(await storage.connections.keyIds()).toEqual([after.keyId])
    const alone = contentsOf(newSecret)
    for (const row of await storage.connections.list({})) {
      expect(await alone.open(row)).toEqual(tokensOf(row.subject))
      expect(row.version).toBe(2)
    }
    const left = await storage.quarantine.claim('qtn_left', 0)
    expect(left && (await alone.open(left))).toEqual(tokensOf('left'))
    expect(await reseal()).toEqual(nothing)
  })

  test('more than a page, with progress, while others read', async () => {
    const ids = names(450)
    for (const id of ids) await connect(id)
    const told: number[] = []
    const rests: number[] = []
    const rest = async (ms: number) => void rests.push(ms)
    const stop = new AbortController()
    let reads = 0
    const reader = (async () => {
      for (;;) {
        if (stop.signal.aborted) return
        const row = await storage.connections.find(`con_${ids[reads % ids.length]}`)
        expect(row && (await after.open(row))).toEqual(tokensOf(ids[reads % ids.length] ?? ''))
        reads += 1
        await new Promise(setImmediate)
      }
    })()
    expect(await reseal({ rest, onProgress: ({ done, total }) => told.push(done, total) })).toMatchObject({
      ...{ connections: 450, unreadable: [], busy: [] },
    })
    stop.abort()
    await reader
    // As long as each page took, by a clock that stands still.
    expect(rests).toEqual([0, 0, 0, 0, 0, 0])
    expect(told).toEqual([100, 200, 300, 400, 450].flatMap((done) => [done, 450]))
    expect(reads).toBeGreaterThan(3)
  })

  test('what is being renewed is taken when that is over, and left alone until then', async () => {
    await connect('0001')
    const at = { version: 1, now: clock.time, until: clock.time + 15_000 }
    const leased = await storage.connections.lease('con_0001', at)
    expect(await reseal()).toEqual({ ...nothing, busy: ['con_0001'] })
    const pause = async () => {
      await storage.connections.settle('con_0001', leased?.renewal.fence ?? 0, { kind: 'released' })
    }
    expect(await reseal({ pause })).toEqual({ ...nothing, connections: 1 })
  })

  test('what no secret opens is named, and left as it is', async () => {
    await connect('0001', contentsOf(Buffer.alloc(32, 9)))
    await connect('0002')
    const row = await storage.connections.find('con_0001')
    expect(await reseal()).toEqual({ ...nothing, connections: 1, unreadable: ['con_0001'] })
    expect(await storage.connections.find('con_0001')).toEqual(row)
  })
})
