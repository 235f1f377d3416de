import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bareUser, createUser, uniqueId } from '../conformance/subject.ts'
import { openStorage } from '../index.ts'
import { createDatabase, hasPostgres } from './database.fixture.ts'

async function empty(): Promise<string> {
  const { url, drop } = await createDatabase()
  onTestFinished(drop)
  return url
}

async function open(url: string) {
  const storage = await openStorage({ engine: 'postgres', url, size: 4 })
  onTestFinished(() => storage.close())
  return storage
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const changed = (url: string, change: (url: URL) => void): string => {
  const other = new URL(url)
  change(other)
  return other.href
}

describe.skipIf(!hasPostgres)('PostgreSQL (skipped where there is none)', () => {
  it('says what is wrong with the database, and no password', async () => {
    const url = await empty()
    const wrongPassword = changed(url, (other) => {
      other.password = 'canary'
    })
    const noDatabase = changed(url, (other) => {
      other.pathname = '/canary'
    })
    const failure = async (address: string) => {
      const storage = await open(address)
      return storage.ping().then(
        () => undefined,
        (error: unknown) => error,
      )
    }
    const refused = await failure(wrongPassword)
    expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/user or password/) })
    expect(JSON.stringify(refused)).not.toContain('canary')
    expect(await failure(noDatabase)).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/no database/),
    })
    expect(await failure(url)).toMatchObject({ code: 'schema_too_old' })
  })

  it("leaves somebody else's tables alone", async () => {
    const url = await empty()
    await query(url, 'create table theirs (id text)')
    const storage = await open(url)
    await expect(storage.migrate()).rejects.toMatchObject({ code: 'corrupt' })
    expect(await query(url, 'select tablename from pg_tables where schemaname = current_schema()')).toEqual([
      { tablename: 'theirs' },
    ])
  })

  it('compares text by its bytes, whatever the language of the database', async () => {
    const url = await empty()
    await (await open(url)).migrate()
    const others = await query(
      url,
      `select table_name, column_name from information_schema.columns
       where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'`,
    )
    expect(others).toEqual([])
  })

  it('reliability P2: a rotation touches no index', async () => {
    const url = await empty()
    const storage = await open(url)
    await storage.migrate()
    const { id: userId } = await createUser(storage)
    const id = uniqueId()
    const now = 1_800_000_000_000
    const end = now + 1e9
    const session = {
      ...{ id, userId, clientId: 'web', provider: 'acme', identityId: uniqueId(), counter: 0, scope: '' },
      ...{
        createdAt: now,
        rotatedAt: now,
        idleExpiresAt: end,
        absoluteExpiresAt: end,
        resources: [],
        authTime: 1,
      },
    }
    await storage.sessions.create(session, uniqueId())
    for (const to of [1, 2, 3])
      await storage.sessions.rotate(id, { to, now: now + to, idleExpiresAt: end + to })
    // A connection tells what it has done when it ends.
    await storage.close()
    const read =
      "select n_tup_upd::int as updates, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'sessions'"
    await expect.poll(() => query(url, read)).toEqual([{ updates: 3, hot: 3 }])
  })

  it('a value that PostgreSQL cannot hold is refused, and the next one is not', async () => {
    const storage = await open(await empty())
    await storage.migrate()
    const identity = {
      id: uniqueId(),
      provider: 'acme',
      issuer: 'https://a.test',
      subject: 's',
      createdAt: 1,
    }
    const odd = storage.users.createWithIdentity({ ...bareUser(), name: 'a\u0000b' }, identity)
    await expect(odd).rejects.toMatchObject({ code: 'constraint' })
    expect(await storage.users.createWithIdentity({ ...bareUser(), name: 'ab' }, identity)).toBe('created')
  })
})
