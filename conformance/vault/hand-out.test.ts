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
        { id: reports.id, secret: reports.secret, vault: { p: ['*'] } },
        { id: mailer.id, secret: mailer.secret, vault: { p: ['send'], q: ['*'] } },
      ],
      providers: { p: provider.entry, q: provider.entry },
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
  provider.mood = 'well'
  provider.grace = false
  provider.requests.splice(0)
  server.events.splice(0)
  // The service's own token lives an hour.
  reports = vaultCaller('reports', () => server.issuer)
  mailer = vaultCaller('mailer', () => server.issuer)
})

/** A connection whose access token ends in so many seconds, of an hour's life. */
async function connected(seconds: number, about: Parameters<Database['connect']>[2] = { userId: 'usr_ada' }) {
  const id = `con_${++count}`
  const expiresAt = clock.now() + seconds * 1000
  const held = provider.grant(id)
  await database.connect(id, held, { obtainedAt: expiresAt - 3_600_000, expiresAt, ...about })
  return { id, ...held }
}
const eventsOf = (type: string) => server.events.filter((event) => event.type === type)

describe('V14 a token is handed out', () => {
  it('as it is while it is fresh, and the hand-out is told', async () => {
    const { id, accessToken } = await connected(1800)
    const { status, body, headers } = await reports.token(id)
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...{ access_token: accessToken, token_type: 'Bearer', scopes: ['read'] },
        expires_at: new Date(clock.now() + 1_800_000).toISOString(),
      },
    })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(provider.requests).toEqual([])
    expect(eventsOf('connection.handed_out')).toMatchObject([
      {
        ...{ actor: 'reports', subject: 'usr_ada' },
        data: { connection_id: id, provider: 'p', service: 'reports', scopes: ['read'] },
      },
    ])
    await expect.poll(async () => (await database.find(id)).lastUsedAt).toBe(clock.now())
    expect(JSON.stringify([server.logs, server.events])).not.toContain(accessToken)
  })

  it('renewed, once for 50 who ask at once, where it is over; the rotated refresh token is kept', async () => {
    const { id, accessToken } = await connected(-1)
    const replies = await Promise.all(Array.from({ length: 50 }, () => reports.token(id)))
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.access_token}`))).toEqual(
      new Set([`200 at.${id}.2`]),
    )
    expect(provider.requests).toEqual([{ account: id, answer: 'tokens', presented: `rt.${id}.1` }])
    clock.advance(3_600_000)
    reports = vaultCaller('reports', () => server.issuer)
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.3`)
    expect(provider.requests[1]?.presented).toBe(`rt.${id}.2`)
    expect(JSON.stringify(server.logs)).not.toMatch(new RegExp(`[ar]t\\.${id}|${accessToken}`))
  })

  it('renewed where less is left than promised', async () => {
    const { id } = await connected(59)
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.2`)
  })

  it('at once where it ages, and renewed behind', async () => {
    const { id, accessToken } = await connected(60.001)
    expect((await reports.token(id)).body.access_token).toBe(accessToken)
    await expect.poll(async () => (await database.find(id)).version).toBe(2)
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.2`)
    expect(provider.requests).toHaveLength(1)
  })

  it('to the end, where it cannot be renewed; then its user has to connect again', async () => {
    const id = `con_${++count}`
    const expiresAt = clock.now() + 1_000
    await database.connect(id, { accessToken: 'only' }, { userId: 'usr_ada', expiresAt })
    expect((await reports.token(id)).body).toMatchObject({ access_token: 'only' })
    clock.advance(1_000)
    const { status, body } = await reports.token(id)
    expect({ status, ...body }).toMatchObject({ status: 409, error: 'needs_reconnect', reason: 'expired' })
    expect(eventsOf('connection.needs_reconnect')).toMatchObject([{ data: { reason: 'expired' } }])
  })
})

describe('V15 a provider that refuses', () => {
  it('is asked once, and it is told once', async () => {
    const { id } = await connected(-1)
    provider.revoke(id)
    for (let turn = 0; turn < 3; turn++) {
      const replies = await Promise.all(Array.from({ length: 10 }, () => reports.token(id)))
      for (const { status, body } of replies) {
        expect({ status, ...body }).toMatchObject({
          status: 409,
          error: 'needs_reconnect',
          reason: 'revoked',
        })
      }
      clock.advance(60_000)
    }
    expect(provider.requests).toHaveLength(1)
    expect(eventsOf('connection.needs_reconnect')).toMatchObject([
      { subject: 'usr_ada', data: { connection_id: id, provider: 'p', reason: 'revoked' } },
    ])
  })

  it.each([
    ['out', 'outage', 2],
    ['limited', 'rate_limit', 38],
    ['misconfigured', 'settings', 300],
  ] as const)('for now (%s) is left alone for a while, and asked again', async (mood, reason, seconds) => {
    const { id } = await connected(-1)
    provider.mood = mood
    for (let turn = 0; turn < 5; turn++) {
      const { status, body, headers } = await reports.token(id)
      expect({ status, ...body }).toMatchObject({ status: 503, error: 'temporarily_unavailable', reason })
      const wait = Number(headers.get('retry-after'))
      expect(wait > 0 && wait <= seconds).toBe(true)
    }
    expect(provider.requests).toHaveLength(1)
    clock.advance(seconds * 1000)
    provider.mood = 'well'
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.2`)
    expect((await database.find(id)).renewal).toMatchObject({ failures: 0 })
    expect(eventsOf('connection.needs_reconnect')).toEqual([])
  })

  it('takes no token that lives from anybody', async () => {
    const { id, accessToken } = await connected(30)
    provider.mood = 'out'
    for (let turn = 0; turn < 3; turn++) expect((await reports.token(id)).body.access_token).toBe(accessToken)
    expect(provider.requests).toHaveLength(1)
  })

  it('R35 having lost its answer on the way: lost, and told as that', async () => {
    const { id } = await connected(-1)
    provider.mood = 'lost'
    expect((await reports.token(id)).status).toBe(503)
    provider.mood = 'well'
    clock.advance(2_000)
    expect((await reports.token(id)).body).toMatchObject({
      error: 'needs_reconnect',
      reason: 'lost_response',
    })
  })

  it('R35 having lost its answer on the way, with a grace: nothing is lost', async () => {
    const { id } = await connected(-1)
    provider.mood = 'lost'
    expect((await reports.token(id)).status).toBe(503)
    provider.mood = 'well'
    provider.grace = true
    clock.advance(2_000)
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.2`)
    expect(eventsOf('connection.needs_reconnect')).toEqual([])
  })
})

describe('a report that a token was refused', () => {
  it('has it renewed, once for many who say so', async () => {
    const { id, accessToken } = await connected(1800)
    const about = { status: 401, access_token_hash: hashOf(accessToken) }
    const replies = await Promise.all(Array.from({ length: 10 }, () => reports.report(id, about)))
    for (const { status, body } of replies)
      expect({ status, body }).toEqual({ status: 200, body: { status: 'active' } })
    expect((await reports.token(id)).body.access_token).toBe(`at.${id}.2`)
    expect(provider.requests).toHaveLength(1)
  })

  it('is ignored when it is about another token', async () => {
    const { id, accessToken } = await connected(1800)
    const about = { status: 401, access_token_hash: hashOf('another') }
    expect((await reports.report(id, about)).body).toEqual({ status: 'active' })
    expect((await reports.token(id)).body.access_token).toBe(accessToken)
  })

  it('of a token that was just renewed shows that renewing mends nothing', async () => {
    const { id, accessToken } = await connected(1800)
    await reports.report(id, { status: 401, access_token_hash: hashOf(accessToken) })
    const again = { status: 401, access_token_hash: hashOf(`at.${id}.2`) }
    expect((await reports.report(id, again)).body).toEqual({ status: 'needs_reconnect' })
    expect((await reports.token(id)).body).toMatchObject({
      error: 'needs_reconnect',
      reason: 'token_refused',
    })
    expect(eventsOf('connection.needs_reconnect')).toHaveLength(1)
  })

  it.each([
    [{}],
    [{ status: 403 }],
    [{ status: '401' }],
    [{ status: 401, access_token_hash: 'short' }],
    [{ status: 401, access_token_hash: 7 }],
  ])('must say what it is about: %j', async (body) => {
    const { id } = await connected(1800)
    expect(await reports.report(id, body)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })
})

describe('V12 a service may have what its policy lists', () => {
  it('and nothing else: every granted scope, of that provider', async () => {
    const { id } = await connected(1800, { userId: 'usr_ada', grantedScopes: ['send', 'read'] })
    for (const answer of [await mailer.token(id), await mailer.report(id, { status: 401 })]) {
      expect(answer).toMatchObject({ status: 403, body: { error: 'access_denied' } })
    }
    const { id: allowed } = await connected(1800, { userId: 'usr_ada', grantedScopes: ['send'] })
    expect((await mailer.token(allowed)).status).toBe(200)
    expect(await reports.token('con_none')).toMatchObject({ status: 404, body: { error: 'not_found' } })
  })

  it('is what it is shown, page by page', async () => {
    await database.user('usr_bob')
    const about = { userId: 'usr_bob', grantedScopes: ['send'] }
    const mine = []
    for (let turn = 0; turn < 5; turn++) {
      const { id } = await connected(1800, { ...about, connectedAt: turn + 1, label: 'bob@example.com' })
      await connected(1800, { ...about, grantedScopes: ['read'], connectedAt: turn + 1 })
      mine.unshift(id)
    }
    const seen: unknown[] = []
    let cursor: unknown
    do {
      const query = { user: 'usr_bob', limit: '2', ...(typeof cursor === 'string' ? { cursor } : {}) }
      const { body } = await mailer.list(query)
      seen.push(...(body.connections as { id: string }[]).map(({ id }) => id))
      cursor = body.next_cursor
    } while (cursor !== undefined)
    expect(seen).toEqual(mine)
    const { body } = await mailer.list({ user: 'usr_bob', provider: 'p', limit: '1' })
    expect(body.connections).toMatchObject([
      {
        ...{ id: mine[0], provider: 'p', status: 'active' },
        account: { subject: mine[0], label: 'bob@example.com' },
        scopes: { requested: ['read'], granted: ['send'] },
      },
    ])
    expect(JSON.stringify(body)).not.toMatch(/at\.|rt\./)
    expect((await mailer.list({ user: 'usr_bob', provider: 'q' })).body).toEqual({ connections: [] })
    expect((await mailer.list({ user: 'usr_bob', provider: 'other' })).body).toEqual({ connections: [] })
    expect((await mailer.list({ cursor: 'none-of-ours' })).status).toBe(400)
  })
})
