import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Installation, openInstallation } from './installation.ts'
import { migrations } from './migrations/index.ts'
import { unfinishedMove } from './migrations/migrate.ts'
import { move, movedTables } from './move.ts'
import { createDatabase, hasPostgres } from './postgres/database.fixture.ts'
import { plain } from './sql/statement.ts'
import { type AnyRow, createRows } from './sql/whole-tables.ts'
import { temporaryDirectory } from './sqlite/temporary.fixture.ts'

const clock = { now: () => 0 }
const everyTable = Object.keys(movedTables)

async function open(directory: string, name: string): Promise<Installation> {
  const config = { engine: 'sqlite', file: join(directory, name), synchronous: 'normal' } as const
  const installation = await openInstallation(config, clock)
  onTestFinished(() => installation.close())
  return installation
}

async function setUp() {
  const directory = await temporaryDirectory()
  const [source, target] = [await open(directory, 'a.db'), await open(directory, 'b.db')]
  await source.schema.migrate()
  return { source, target, again: (name: string) => open(directory, name) }
}

interface Column {
  name: string
  type: string
  notnull: number
}

/** Elsewhere they are true or false. */
const flags = new Set(['email_verified', 'renewable'])

/** Rows of every table, with something in every column, and in every third row nothing where that may be. */
async function fill({ engine }: Installation, count: number): Promise<void> {
  const rows = createRows(engine)
  for (const table of everyTable) {
    const columns = await engine.read(
      plain<Column>(`select name, type, "notnull" from pragma_table_info('${table}')`, true),
    )
    const valueFor = ({ name, type, notnull }: Column, index: number) => {
      if (notnull === 0 && index % 3 === 0) return null
      if (flags.has(name)) return index % 2
      return type === 'TEXT' ? `it's ${name === 'user_id' ? 'id' : name} ${index} ü` : index
    }
    const lines = Array.from({ length: count }, (_, index) =>
      Object.fromEntries(columns.map((column) => [column.name, valueFor(column, index)])),
    )
    await rows.add(table, lines)
  }
}

async function contents({ engine }: Installation): Promise<Record<string, AnyRow[]>> {
  const read = async ([table, key]: [string, readonly string[]]) => [
    table,
    await engine.read(plain<AnyRow>(`select * from ${table} order by ${key.join(', ')}`, true)),
  ]
  return Object.fromEntries(await Promise.all(Object.entries(movedTables).map(read)))
}

const byTable = (rows: number) => Object.fromEntries(everyTable.map((table) => [table, rows]))

describe('moving an installation', () => {
  it('knows every table that the migrations make, with its primary key', async () => {
    const { source } = await setUp()
    const keys = await source.engine.read(
      plain<{ place: string; keys: string }>(
        `select tables.name as place, group_concat(columns.name) as keys
          from sqlite_schema as tables, pragma_table_info(tables.name) as columns
          where tables.type = 'table' and columns.pk > 0 and tables.name <> 'schema_migrations' group by tables.name`,
        true,
      ),
    )
    expect(
      Object.fromEntries(keys.map(({ place, keys: names }) => [place, names.split(',').toSorted()])),
    ).toEqual(
      Object.fromEntries(Object.entries(movedTables).map(([table, names]) => [table, names.toSorted()])),
    )
  })

  it('copies every row of every table, batch after batch, and leaves the source as it is', async () => {
    const { source, target } = await setUp()
    await fill(source, 401)
    const before = await contents(source)
    expect(await move(source, target)).toEqual(byTable(401))
    expect(await contents(target)).toEqual(before)
    expect(await contents(source)).toEqual(before)
    await target.schema.check()
    await source.engine.write(plain('delete from outbox'))
  })

  it('nobody writes to the source meanwhile', async () => {
    const { source, target, again } = await setUp()
    await fill(source, 1)
    const other = await again('a.db')
    let wrote = false
    let write: Promise<unknown> | undefined
    await move(source, target, {
      onProgress: () => {
        write ??= other.engine.write(plain('delete from outbox')).then(() => {
          wrote = true
        })
        expect(wrote).toBe(false)
      },
    })
    await write
    expect(await createRows(target.engine).count('outbox')).toBe(1)
  })

  it('a move that fails leaves the target empty and fit for the next one', async () => {
    const { source, target } = await setUp()
    await fill(source, 3)
    const onProgress = (table: string) => {
      if (table === 'outbox') throw new Error('the power fails')
    }
    await expect(move(source, target, { onProgress })).rejects.toThrow('the power fails')
    await target.schema.check()
    expect(Object.values(await contents(target)).flat()).toEqual([])
    expect(await move(source, target)).toEqual(byTable(3))
  })

  it('what a move left that was killed keeps servers away, and goes with the next one', async () => {
    const { source, target } = await setUp()
    await target.schema.migrate()
    await fill(target, 2)
    await target.engine.write(
      plain(
        `insert into schema_migrations values (${unfinishedMove}, 'unfinished move', ${unfinishedMove}, 0)`,
      ),
    )
    await expect(target.schema.check()).rejects.toMatchObject({ code: 'corrupt' })
    await expect(target.schema.migrate()).rejects.toMatchObject({ code: 'corrupt' })
    await fill(source, 1)
    expect(await move(source, target)).toEqual(byTable(1))
    await target.schema.check()
    expect(await contents(target)).toEqual(await contents(source))
  })

  it('refuses a target that is not empty', async () => {
    const { source, target } = await setUp()
    await target.schema.migrate()
    await createRows(target.engine).add('signing_keys', [
      { kid: 'k', algorithm: 'a', generation: 1, public_jwk: '', sealed_private_jwk: '', created_at: 1 },
    ])
    await expect(move(source, target)).rejects.toMatchObject({ code: 'duplicate' })
    expect(await createRows(target.engine).count('signing_keys')).toBe(1)
    await target.schema.check()
  })

  it('refuses a target that is the source', async () => {
    const { source, again } = await setUp()
    await expect(move(source, await again('a.db'))).rejects.toMatchObject({ name: 'StorageError' })
    await source.schema.check()
  })

  it('refuses a source that this version does not know all of, or that is older', async () => {
    const { source, target } = await setUp()
    await source.engine.write(plain('create table later (id text primary key) strict'))
    await expect(move(source, target)).rejects.toMatchObject({ code: 'schema_too_new' })
    await source.engine.write(plain('drop table later'))
    await source.engine.write(plain(`delete from schema_migrations where version = ${migrations.length}`))
    await expect(move(source, target)).rejects.toMatchObject({ code: 'schema_too_old' })
  })
})

describe.skipIf(!hasPostgres)('moving to PostgreSQL and back (skipped where there is none)', () => {
  // The first one starts the server.
  beforeAll(async () => {
    await (await createDatabase()).drop()
  })

  async function setUpPostgres() {
    const database = await createDatabase()
    onTestFinished(() => database.drop())
    const postgres = await openInstallation({ engine: 'postgres', url: database.url, size: 1 }, clock)
    onTestFinished(() => postgres.close())
    return { ...(await setUp()), database, postgres }
  }

  it('changes nothing', async () => {
    const { source, postgres, target, database } = await setUpPostgres()
    await fill(source, 401)
    const before = await contents(source)
    expect(await move(source, postgres)).toEqual(byTable(401))
    await postgres.schema.check()
    await database.query('create unlogged table rate_limit_windows (key text primary key)')
    expect(await move(postgres, target)).toEqual(byTable(401))
    expect(await contents(target)).toEqual(before)
  })

  it('nobody writes while it is frozen, and everybody reads', async () => {
    const { postgres, database } = await setUpPostgres()
    await postgres.schema.migrate()
    const thaw = await postgres.freeze(everyTable)
    for (const table of everyTable) {
      await expect(
        database.query(`set lock_timeout = '1ms'; delete from ${table}`),
        table,
      ).rejects.toMatchObject({ code: '55P03' })
      expect(await createRows(postgres.engine).count(table)).toBe(0)
    }
    await thaw()
    for (const table of everyTable) await database.query(`delete from ${table}`)
  })

  it('a move that fails leaves the target empty and fit for the next one', async () => {
    const { source, postgres } = await setUpPostgres()
    await fill(source, 201)
    const onProgress = (table: string) => {
      if (table === 'outbox') throw new Error('the power fails')
    }
    await expect(move(source, postgres, { onProgress })).rejects.toThrow('the power fails')
    await postgres.schema.check()
    expect(await move(source, postgres)).toEqual(byTable(201))
    await expect(move(source, postgres)).rejects.toMatchObject({ code: 'duplicate' })
  })
})
