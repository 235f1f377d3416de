import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createDatabase } from '../../packages/server/src/storage/postgres/database.fixture.ts'

/** A database of its own for a server, and what is seen of it from beside that server. */
export interface TestStorage {
  /** As the configuration names it. */
  url: string
  /** One statement, with a value for each `?`. */
  query(sql: string, ...values: (string | number)[]): Promise<Record<string, unknown>[]>
  /** How many rows each table has. */
  counts(): Promise<Record<string, unknown>>
  /** All that is kept, to look for what must not be. */
  contents(): Promise<string>
  /** Drops all tables. */
  empty(): Promise<void>
  /** Takes it away, once no server uses it any more. */
  remove(): Promise<void>
}

/** `LATCHKEY_TEST_STORAGE=postgres`: the suites run on PostgreSQL. */
export const onPostgres = process.env.LATCHKEY_TEST_STORAGE === 'postgres'

export const createStorage = (): Promise<TestStorage> => (onPostgres ? createPostgres() : createSqlite())

async function createSqlite(): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
  const file = join(folder, 'latchkey.db')
  const run = (sql: string, values: (string | number)[] = [], pragma = 'legacy_alter_table = on') => {
    const database = new DatabaseSync(file)
    try {
      database.exec(`pragma ${pragma}`)
      return database.prepare(sql).all(...values)
    } finally {
      database.close()
    }
  }
  const tables = () =>
    run("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").map(({ name }) =>
      String(name),
    )
  return {
    url: `sqlite:${file}`,
    query: async (sql, ...values) => run(sql, values).map((row) => ({ ...row })),
    counts: async () => ({ ...run(countingRows(tables()))[0] }),
    // As it lies on the disk, with what was deleted.
    contents: async () =>
      [file, `${file}-wal`]
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'latin1'))
        .join('\n'),
    async empty() {
      for (const table of tables()) run(`drop table ${table}`, [], 'foreign_keys = off')
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function createPostgres(): Promise<TestStorage> {
  const database = await createDatabase()
  const tables = async () => {
    const rows = await database.query(
      'select tablename as name from pg_tables where schemaname = current_schema()',
    )
    return rows.map(({ name }) => String(name))
  }
  return {
    url: database.url,
    query(sql, ...values) {
      let count = 0
      return database.query(
        sql.replaceAll('?', () => `$${++count}`),
        values,
      )
    },
    counts: async () => ({ ...(await database.query(countingRows(await tables())))[0] }),
    async contents() {
      const texts = (await tables()).map((table) => `select kept::text from ${table} as kept`)
      const rows = await database.query(texts.join(' union all '))
      return rows.map(({ kept }) => String(kept)).join('\n')
    },
    async empty() {
      await database.query(`drop table ${(await tables()).join()} cascade`)
    },
    remove: database.drop,
  }
}

const countingRows = (tables: string[]): string =>
  `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join()}`
