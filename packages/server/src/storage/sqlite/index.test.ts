import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStorage } from '../index.ts'
import { openSqlite } from './index.ts'
import { temporaryDirectory } from './temporary.fixture.ts'

const clock = { now: () => 1_800_000_000_000 }

async function setUp() {
  const file = join(await temporaryDirectory(), 'a.db')
  const logged: unknown[] = []
  const logger = { info: (details: object) => void logged.push(details) }
  const storage = await openSqlite({ file, synchronous: 'full' }, { logger, clock })
  onTestFinished(() => storage.close())
  return { file, logged, storage }
}

/** Changes the file behind the storage's back. */
function meddle(file: string, text: string): void {
  const other = new DatabaseSync(file)
  other.exec(text)
  other.close()
}

describe('SQLite storage', () => {
  it('writes down and tells what was migrated', async () => {
    const { file, logged, storage } = await setUp()
    await storage.migrate()
    await storage.migrate()
    expect(logged).toEqual([
      { version: 1, name: 'initial' },
      { version: 2, name: 'sessions and keys' },
      { version: 3, name: 'list of users' },
      { version: 4, name: 'upstream id token' },
      { version: 5, name: 'vault' },
      { version: 6, name: 'vault keys' },
      { version: 7, name: 'provider outcomes' },
    ])
    const other = new DatabaseSync(file)
    onTestFinished(() => other.close())
    expect(other.prepare('select * from schema_migrations').all()).toMatchObject([
      { version: 1, name: 'initial', oldest_code: 1, applied_at: clock.now() },
      { version: 2, name: 'sessions and keys', oldest_code: 1, applied_at: clock.now() },
      { version: 3, name: 'list of users', oldest_code: 1, applied_at: clock.now() },
      { version: 4, name: 'upstream id token', oldest_code: 1, applied_at: clock.now() },
      { version: 5, name: 'vault', oldest_code: 1, applied_at: clock.now() },
      { version: 6, name: 'vault keys', oldest_code: 1, applied_at: clock.now() },
      { version: 7, name: 'provider outcomes', oldest_code: 1, applied_at: clock.now() },
    ])
  })

  it('every table refuses a value of the wrong type', async () => {
    const { file, storage } = await setUp()
    await storage.migrate()
    const other = new DatabaseSync(file)
    onTestFinished(() => other.close())
    const tables = other.prepare('pragma table_list').all()
    const own = tables.filter(({ name }) => typeof name === 'string' && !name.startsWith('sqlite_'))
    expect(own.length).toBeGreaterThanOrEqual(7)
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([])
    const wrong = storage.oneTime.issue({ kind: 'code', key: 'k', value: 'v', expiresAt: 1.5 })
    await expect(wrong).rejects.toMatchObject({ name: 'StorageError', code: 'constraint' })
  })

  it('refuses a database that belongs to something else, and leaves it as it is', async () => {
    const { file, storage } = await setUp()
    meddle(file, 'create table users (name text)')
    await expect(storage.migrate()).rejects.toMatchObject({ name: 'StorageError', code: 'corrupt' })
    const other = new DatabaseSync(file)
    onTestFinished(() => other.close())
    expect(other.prepare('select name from sqlite_schema').all()).toMatchObject([{ name: 'users' }])
  })

  it('works on a newer schema that only adds, and refuses one that this version cannot use', async () => {
    const { file, storage } = await setUp()
    await storage.migrate()
    meddle(file, "insert into schema_migrations values (1000, 'expand', 1, 0)")
    await storage.ping()
    await storage.migrate()
    meddle(file, "insert into schema_migrations values (1001, 'contract', 1000, 0)")
    await expect(storage.ping()).rejects.toMatchObject({ name: 'StorageError', code: 'schema_too_new' })
    await expect(storage.migrate()).rejects.toMatchObject({ code: 'schema_too_new' })
  })

  it('reliability R3: notices that its file was removed or replaced', async () => {
    const { file, storage } = await setUp()
    await storage.migrate()
    await storage.ping()
    await rename(file, `${file}.moved`)
    await expect(storage.ping()).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' })
    meddle(file, 'create table t (x)')
    await expect(storage.ping()).rejects.toMatchObject({ code: 'unavailable' })
    await rm(file)
    await rename(`${file}.moved`, file)
    await storage.ping()
  })

  it('a session that was tampered with into nonsense is damage, not a crash', async () => {
    const { file, storage } = await setUp()
    await storage.migrate()
    meddle(
      file,
      `insert into users (id, created_at) values ('u', 0);
       insert into sessions (id, user_id, client_id, provider, identity_id, counter, created_at, rotated_at,
         idle_expires_at, absolute_expires_at, scope, resources, auth_time, code_key, sweep_at)
       values ('not json', 'u', 'c', 'p', 'i', 0, 0, 0, 9, 9, '', '[', 0, 'k', 9),
              ('no list', 'u', 'c', 'p', 'i', 0, 0, 0, 9, 9, '', '{"a":1}', 0, 'k', 9),
              ('no strings', 'u', 'c', 'p', 'i', 0, 0, 0, 9, 9, '', '[1]', 0, 'k', 9)`,
    )
    for (const id of ['not json', 'no list', 'no strings']) {
      await expect(storage.sessions.find(id)).rejects.toMatchObject({ name: 'StorageError', code: 'corrupt' })
    }
  })
})

describe('openStorage', () => {
  it('opens a database in memory, for a try', async () => {
    const storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
    await storage.migrate()
    await storage.ping()
    const code = { kind: 'code' as const, key: 'k' }
    await storage.oneTime.issue({ ...code, value: 'v', expiresAt: 2 })
    expect(await storage.oneTime.consumeOnce(code, 1)).toEqual({ outcome: 'consumed', value: 'v' })
    await storage.close()
  })
})
