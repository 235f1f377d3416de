// A provider's answer to a renewal that comes when its connection is not what it was.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestClock, type TestTimers, testClock, testTimers } from '../support/clock.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

const day = 86_400_000

let clock: TestClock
let timers: TestTimers
let provider: SingleUseProvider
let server: Running
let database: Database
let reports: VaultCaller
let count = 0

beforeAll(async () => {
  clock = testClock()
  timers = testTimers(clock)
  provider = await startSingleUseProvider()
  const secret = newSecret()
  reports = vaultCaller('reports', () => server.issuer)
  server = await startLatchkey(
    () => ({
      secrets: [secret],
      tokens: { access_token_seconds: 3600 },
      services: [{ id: reports.id, secret: reports.secret, vault: { p: ['*'], shared: ['*'] } }],
      providers: { p: provider.entry, shared: { ...provider.entry, revocation_ends_account: true } },
    }),
    { clock, timers },
  )
  database = await openDatabase(server.storage, secret)
  await database.user('usr_ada')
})
afterAll(async () => {
  await database?.close()
  await server?.close()
  await provider?.close()
})
beforeEach(() => {
  provider.mood = 'well'
  provider.onRequest = undefined
  provider.requests.splice(0)
  provider.givenBack.splice(0)
  reports = vaultCaller('reports', () => server.issuer)
})

async function over(about: Partial<Parameters<Database['connect']>[2]> = {}): Promise<string> {
  const id = `con_late${++count}`
  const expiresAt = clock.now() - 1
  const held = { ...provider.grant(id), grant: 'first' }
  await database.connect(id, held, {
    ...{ userId: 'usr_ada', obtainedAt: expiresAt - 3_600_000, expiresAt },
    ...about,
  })
  return id
}

describe('V10 V14 renewed tokens that no connection can hold', () => {
  it('are revoked when it was disconnected meanwhile', async () => {
    const id = await over()
    provider.onRequest = () => database.disconnect(id)
    expect(await reports.token(id)).toMatchObject({ status: 404, body: { error: 'not_found' } })
    await timers.pass(10_000)
    expect(provider.givenBack.toSorted()).toEqual([`left.${id}`, `rt.${id}.2`])
    expect(JSON.stringify([server.logs, server.events])).not.toMatch(new RegExp(`[ar]t\\.${id}`))
  })

  it('are revoked when its account was connected anew meanwhile, and the new ones are handed out', async () => {
    const id = await over()
    const anew = { accessToken: 'at.anew', refreshToken: 'rt.anew', grant: 'second' }
    provider.onRequest = () => database.reconnect(id, anew, clock.now() + 3_600_000)
    expect((await reports.token(id)).body).toMatchObject({ access_token: 'at.anew' })
    await timers.pass(10_000)
    expect(provider.givenBack).toEqual([`rt.${id}.2`])
  })

  it('are not revoked where that would end the account that was connected anew', async () => {
    const id = await over({ provider: 'shared' })
    const anew = { accessToken: 'at.shared', refreshToken: 'rt.shared', grant: 'second' }
    provider.onRequest = () => database.reconnect(id, anew, clock.now() + 3_600_000)
    expect((await reports.token(id)).body).toMatchObject({ access_token: 'at.shared' })
    await timers.pass(10_000)
    expect(provider.givenBack).toEqual([])
  })

  it('are left alone where somebody else has renewed the same grant and may hold them', async () => {
    const id = await over()
    provider.onRequest = async () => {
      const { connections } = database.storage
      const { version } = await database.find(id)
      const late = clock.now() + 60_000
      const { renewal } = (await connections.lease(id, { version, now: late, until: late + 1 })) ?? {}
      const retryAt = late + 60_000
      await connections.settle(id, renewal?.fence ?? 0, {
        ...{ kind: 'failed', failure: 'outage', retryAt, keepJournal: true },
      })
    }
    expect((await reports.token(id)).body).toMatchObject({ reason: 'outage' })
    await timers.pass(10_000)
    expect(provider.givenBack).toEqual([])
  })
})

describe('V14 what is known of a connection is not lost with a renewal', () => {
  it('an earlier request without an outcome is remembered through a failure that leaves nothing in doubt', async () => {
    const id = await over()
    provider.mood = 'lost'
    expect((await reports.token(id)).status).toBe(503)
    clock.advance(2_000)
    provider.mood = 'limited'
    expect((await reports.token(id)).body).toMatchObject({ reason: 'rate_limit' })
    provider.mood = 'well'
    clock.advance(40_000)
    expect((await reports.token(id)).body).toMatchObject({
      ...{ error: 'needs_reconnect', reason: 'lost_response' },
    })
  })

  it('a warning that is due is sent all the same', async () => {
    const hardEndsAt = clock.now() + 6 * day
    const id = await over({ hardEndsAt, sweepAt: clock.now() - 1 })
    await reports.token(id)
    expect(await database.find(id)).toMatchObject({ version: 2, sweepAt: clock.now() - 1 })
    await timers.pass(60_000)
    expect(server.events).toContainEqual(
      expect.objectContaining({
        type: 'connection.expiring',
        data: { connection_id: id, provider: 'p', days: 7 },
      }),
    )
  })

  it('that its user was warned is forgotten when the end has moved on, and only then', async () => {
    const hardEndsAt = clock.now() + 6 * day
    const id = await over({ hardEndsAt, sweepAt: 1 })
    await database.storage.connections.noteSwept(id, 1, { warnedDays: 7 })
    await reports.token(id)
    expect(await database.find(id)).toMatchObject({ version: 2, hardEndsAt, warnedDays: 7 })
    provider.refreshExpiresIn = 20 * 86_400
    clock.advance(3_600_000)
    reports = vaultCaller('reports', () => server.issuer)
    await reports.token(id)
    const row = await database.find(id)
    expect(row).toMatchObject({ version: 3, hardEndsAt: clock.now() + 20 * day })
    expect(row).not.toHaveProperty('warnedDays')
  })
})
