import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDatabase,
  hasPostgres,
  howToGetPostgres,
  type TestDatabase,
} from '../storage/postgres/database.fixture.ts'
import { createPostgresWindows, openPostgresWindows } from './postgres.ts'
import type { Windows } from './windows.ts'

if (!hasPostgres) process.stderr.write(`${howToGetPostgres}\n`)

describe.skipIf(!hasPostgres)('X03 counters in PostgreSQL (skipped where there is none)', () => {
  let database: TestDatabase
  let one: Windows
  let another: Windows
  let client: pg.Client
  beforeAll(async () => {
    database = await createDatabase()
    ;[one, another] = await Promise.all([
      openPostgresWindows(database.url),
      openPostgresWindows(database.url),
    ])
    client = new pg.Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client?.end()
    await one?.close()
    await another?.close()
    await database?.drop()
  })

  it('X03 make their table, all at once, and lose none of many', async () => {
    const all = Array.from({ length: 40 }, async (_, index) => (index % 2 === 0 ? one : another).add('a'))
    const counted = await Promise.all(all)
    const counts = counted.map(({ count }) => count).sort((a, b) => a - b)
    expect(counts).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    for (const { endsInMs } of counted) {
      expect(endsInMs).toBeGreaterThan(0)
      expect(endsInMs).toBeLessThanOrEqual(60_000)
    }
    expect(await another.add('b')).toMatchObject({ count: 1 })
  })

  it('X03 begin anew when their minute is over', async () => {
    await one.add('c')
    await client.query(`update rate_limit_windows set expire = $1 where key = 'c'`, [Date.now() - 1])
    expect(await another.add('c')).toMatchObject({ count: 1 })
    expect(await one.add('c')).toMatchObject({ count: 2 })
  })

  it('X04 are taken away when they are over', async () => {
    await one.add('d')
    await client.query('update rate_limit_windows set expire = $1', [Date.now() - 1])
    const sweeping = await openPostgresWindows(database.url)
    await sweeping.add('e')
    const left = async () => (await client.query('select key from rate_limit_windows')).rows
    await expect.poll(left).toEqual([{ key: 'e' }])
    await sweeping.close()
  })

  it('R9 leave no prepared statement behind, which a pooler in transaction mode would mix up', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 })
    const windows = await createPostgresWindows(pool)
    await windows.add('f')
    expect((await pool.query('select name from pg_prepared_statements')).rows).toEqual([])
    await windows.close()
  })

  it('X03 serve a role that may not make tables, where somebody has made this one', async () => {
    const role = `latchkey_test_${randomBytes(8).toString('hex')}`
    await client.query(`create role ${role} login password 'guest'`)
    await client.query('revoke create on schema public from public')
    await client.query(`grant select, insert, update, delete on rate_limit_windows to ${role}`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'guest'
    const guest = await openPostgresWindows(url.href)
    expect(await guest.add('g')).toMatchObject({ count: 1 })
    await guest.close()
    await client.query(`drop owned by ${role}`)
    await client.query(`drop role ${role}`)
  })

  it('X03 reject while the database cannot be reached, and count once it can', async () => {
    const url = new URL(database.url)
    url.pathname = `${url.pathname}_later`
    const later = await openPostgresWindows(url.href)
    await expect(later.add('a')).rejects.toMatchObject({ code: '3D000' })
    await client.query(`create database "${url.pathname.slice(1)}" template template0`)
    expect(await later.add('a')).toMatchObject({ count: 1 })
    await later.close()
    await client.query(`drop database "${url.pathname.slice(1)}"`)
  })
})
