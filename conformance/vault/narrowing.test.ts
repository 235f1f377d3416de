// Tokens with fewer scopes than the connection has, for services that may have no more (RFC 6749 section 6).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestClock, testClock } from '../support/clock.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { hashOf, type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

let clock: TestClock
let provider: SingleUseProvider
let server: Running
let database: Database
let reports: VaultCaller
let mailer: VaultCaller
let count = 0

beforeAll(async () => {
  clock = testClock()
  provider = await startSingleUseProvider()
  const secret = newSecret()
  reports = vaultCaller('reports', () => server.issuer)
  mailer = vaultCaller('mailer', () => server.issuer)
  server = await startLatchkey(
    () => ({
      secrets: [secret],
      tokens: { access_token_seconds: 3600 },
      services: [
        { id: reports.id, secret: reports.secret, vault: { p: ['*'], whole: ['*'] } },
        { id: mailer.id, secret: mailer.secret, vault: { p: ['send', 'draft', 'other'], whole: ['send'] } },
      ],
      providers: { p: { ...provider.entry, refresh: { narrows_scopes: true } }, whole: provider.entry },
    }),
    { clock },
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
  Object.assign(provider, { mood: 'well', narrows: 'as asked', grace: false })
  provider.requests.splice(0)
  server.events.splice(0)
  reports = vaultCaller('reports', () => server.issuer)
  mailer = vaultCaller('mailer', () => server.issuer)
})

async function connected(about: Partial<Parameters<Database['connect']>[2]> = {}, seconds = 3_000) {
  const id = `con_nw${++count}`
  const expiresAt = clock.now() + seconds * 1000
  const held = { ...provider.grant(id), grant: `grant-${id}` }
  const times = { obtainedAt: expiresAt - 3_600_000, expiresAt }
  const grantedScopes = ['send', 'read', 'draft']
  await database.connect(id, held, { userId: 'usr_ada', grantedScopes, ...times, ...about })
  return { id, ...held }
}
const handOuts = () => server.events.filter(({ type }) => type === 'connection.handed_out')

describe('V12 a service that may have some of the scopes', () => {
  it('gets a token with those; the connection keeps its own, and the rotated refresh token', async () => {
    const { id, accessToken } = await connected()
    const before = await database.find(id)
    const { status, body } = await mailer.token(id)
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...{ access_token: `at.${id}.2.send+draft`, token_type: 'Bearer', scopes: ['send', 'draft'] },
        expires_at: new Date(clock.now() + 3_600_000).toISOString(),
      },
    })
    expect(provider.requests).toEqual([
      { account: id, answer: 'tokens', presented: `rt.${id}.1`, scope: 'send draft' },
    ])
    expect(handOuts()).toMatchObject([{ data: { service: 'mailer', scopes: ['send', 'draft'] } }])
    expect((await reports.token(id)).body).toMatchObject({
      ...{ access_token: accessToken, scopes: ['send', 'read', 'draft'] },
    })
    const { expiresAt, obtainedAt, grantedScopes } = before
    expect(await database.find(id)).toMatchObject({ version: 2, expiresAt, obtainedAt, grantedScopes })
    // The refresh token that came with it is the one that works.
    clock.advance(3_000_000)
    reports = vaultCaller('reports', () => server.issuer)
    expect((await reports.token(id)).body).toMatchObject({ access_token: `at.${id}.3` })
    expect(provider.requests.at(-1)?.presented).toBe(`rt.${id}.2`)
    expect(JSON.stringify([server.logs, server.events])).not.toMatch(new RegExp(`[ar]t\\.${id}`))
  })

  it('V14 is served by one refresh, however many ask, for as long as it lives', async () => {
    const { id } = await connected()
    const replies = await Promise.all(Array.from({ length: 30 }, () => mailer.token(id)))
    expect(new Set(replies.map(({ body }) => body.access_token))).toEqual(new Set([`at.${id}.2.send+draft`]))
    clock.advance(3_400_000)
    mailer = vaultCaller('mailer', () => server.issuer)
    await mailer.token(id)
    expect(provider.requests).toHaveLength(1)
    clock.advance(150_000)
    expect((await mailer.token(id)).body.access_token).toBe(`at.${id}.3.send+draft`)
  })

  it('V14 together with others, whose token is over: each refresh token is used once', async () => {
    const { id } = await connected({}, -1)
    const replies = await Promise.all([mailer, reports, mailer, reports].map((one) => one.token(id)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const used = provider.requests.map(({ presented }) => presented)
    expect(used.toSorted()).toEqual([`rt.${id}.1`, `rt.${id}.2`])
    expect(provider.requests.every(({ answer }) => answer === 'tokens')).toBe(true)
  })

  it('sees the connection in its list', async () => {
    const { id } = await connected({ userId: 'usr_ada' })
    const { body } = await mailer.list({ user: 'usr_ada' })
    expect(JSON.stringify(body)).toContain(`"${id}"`)
  })

  it('gets none of a connection that was made anew with other tokens', async () => {
    const { id } = await connected()
    await mailer.token(id)
    const { accessToken, refreshToken } = provider.grant(id)
    await database.reconnect(id, { accessToken, refreshToken, grant: 'anew' }, clock.now() + 3_600_000)
    await mailer.token(id)
    expect(provider.requests.map(({ presented }) => presented)).toEqual([`rt.${id}.1`, `rt.${id}.1`])
  })

  it('gets another after a report, and none at once', async () => {
    const { id } = await connected()
    const first = String((await mailer.token(id)).body.access_token)
    const refused = { status: 401, access_token_hash: hashOf(first) }
    expect((await mailer.report(id, refused)).body).toEqual({ status: 'active' })
    expect((await mailer.token(id)).body.access_token).toBe(first)
    clock.advance(60_000)
    await mailer.report(id, { status: 401, access_token_hash: hashOf('another') })
    expect((await mailer.token(id)).body.access_token).toBe(first)
    await mailer.report(id, refused)
    expect((await mailer.token(id)).body.access_token).toBe(`at.${id}.3.send+draft`)
    expect((await database.find(id)).needsReconnect).toBeUndefined()
  })
})

describe('V12 no token with more than the service may have', () => {
  it.each([
    ['a provider that gives more than was asked for', 'with more'],
    ['a provider that refuses', 'never'],
  ] as const)('%s: 403, once, and nothing of the connection is lost', async (_, narrows) => {
    const { id, accessToken } = await connected()
    provider.narrows = narrows
    for (let turn = 0; turn < 3; turn++) {
      const { status, body } = await mailer.token(id)
      expect({ status, error: body.error }).toEqual({ status: 403, error: 'access_denied' })
    }
    expect(provider.requests).toHaveLength(1)
    expect(handOuts()).toEqual([])
    expect((await reports.token(id)).body.access_token).toBe(accessToken)
    const row = await database.find(id)
    expect(row.needsReconnect).toBeUndefined()
    expect(row.renewal).toMatchObject({ failures: 0 })
    expect(row.renewal).not.toHaveProperty('startedAt')
    clock.advance(3_000_000)
    reports = vaultCaller('reports', () => server.issuer)
    expect((await reports.token(id)).status).toBe(200)
  })

  it('an answer without a word about scopes grants what was asked for', async () => {
    const { id } = await connected()
    provider.narrows = 'silently'
    expect((await mailer.token(id)).body).toMatchObject({ scopes: ['send', 'draft'] })
  })

  it.each<[string, Partial<Parameters<Database['connect']>[2]>]>([
    ['where nothing of it is listed', { grantedScopes: ['read'] }],
    ['where the provider does not narrow', { provider: 'whole' }],
  ])('%s', async (_, about) => {
    const { id } = await connected(about)
    expect((await mailer.token(id)).status).toBe(403)
    expect(provider.requests).toEqual([])
  })
})

describe('V15 a provider that refuses to renew', () => {
  it('for good', async () => {
    const { id } = await connected()
    provider.revoke(id)
    expect(await mailer.token(id)).toMatchObject({ status: 409, body: { reason: 'revoked' } })
    expect((await reports.token(id)).status).toBe(409)
    expect(provider.requests).toHaveLength(1)
  })

  it('for now: the connection’s own token is handed out all the same', async () => {
    const { id, accessToken } = await connected()
    provider.mood = 'out'
    expect(await mailer.token(id)).toMatchObject({ status: 503, body: { reason: 'outage' } })
    expect(await mailer.token(id)).toMatchObject({ status: 503 })
    expect(provider.requests).toHaveLength(1)
    expect((await reports.token(id)).body.access_token).toBe(accessToken)
  })

  it('R35 having lost its answer: the earlier request is remembered', async () => {
    const { id } = await connected()
    provider.mood = 'lost'
    expect((await mailer.token(id)).status).toBe(503)
    expect((await database.find(id)).renewal).toHaveProperty('startedAt')
    provider.mood = 'well'
    clock.advance(2_000)
    expect((await mailer.token(id)).body).toMatchObject({ error: 'needs_reconnect', reason: 'lost_response' })
  })
})
