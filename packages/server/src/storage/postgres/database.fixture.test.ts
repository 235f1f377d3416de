import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createDatabase, hasPostgres, howToGetPostgres } from './database.fixture.ts'

if (!hasPostgres) process.stderr.write(`${howToGetPostgres}\n`)

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe.skipIf(!hasPostgres)('PostgreSQL for tests (skipped where there is none)', () => {
  it('hands out databases of their own', async () => {
    const [one, other] = await Promise.all([createDatabase(), createDatabase()])
    await query(one.url, 'create table mine (id text)')
    expect(await query(one.url, 'select * from mine')).toEqual([])
    await expect(query(other.url, 'select * from mine')).rejects.toMatchObject({ code: '42P01' })
    await one.drop()
    await expect(query(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' })
    await other.drop()
  })
})
