import { StorageError } from './contract.ts'
import type { Installation } from './installation.ts'
import { unfinishedMove } from './migrations/migrate.ts'
import { run, type Work } from './sql/engine.ts'
import { plain } from './sql/statement.ts'
import type { Tables } from './sql/tables.ts'
import { type AnyRow, createRows, type Rows } from './sql/whole-tables.ts'

export type MovedTable = Exclude<keyof Tables, 'schema_migrations'>

/** Every table with its primary key, in an order in which what a row refers to is there before it. */
export const movedTables: Readonly<Record<MovedTable, readonly [string, ...string[]]>> = {
  users: ['id'],
  identities: ['id'],
  sessions: ['id'],
  erased_sessions: ['revoked_at', 'id'],
  one_time: ['kind', 'key'],
  signing_keys: ['kid'],
  connections: ['id'],
  quarantine: ['id'],
  outbox: ['id'],
  vault_keys: ['id'],
  provider_outcomes: ['provider', 'outcome'],
}

const tables = Object.entries(movedTables)

/** The versions are the target's own, and the counters of a minute are made anew by whoever counts. */
const leftBehind = new Set(['schema_migrations', 'rate_limit_windows'])

/** Rows that are read, and written in one transaction, at a time. */
const batch = 200

export interface MoveOptions {
  /** How many rows of a table are there. Called after every batch. */
  onProgress?: (table: string, rows: number) => void
}

/** Rows by table. */
export type Moved = Record<string, number>

interface Sides {
  from: Rows
  to: Rows
}

/**
 * Copies everything from one database into an empty one, of whatever engine. All or nothing: until the last row is there no
 * server starts on the target, and what a move that did not end has left there goes when the next one begins. The source
 * takes no writes meanwhile, and stays as it is.
 *
 * @throws StorageError `schema_too_old` or `schema_too_new` for the source, `duplicate` when the target is not empty,
 * `unavailable`, `corrupt`
 */
export async function move(
  source: Installation,
  target: Installation,
  options: MoveOptions = {},
): Promise<Moved> {
  await source.schema.check()
  await refuseUnknown(source)
  const [from, to] = [createRows(source.engine), createRows(target.engine)]
  await begin(target, to)
  try {
    // The mark that is in the target now is in the source too, if they are one.
    await source.schema.check()
    const moved = await copyAll(source, { from, to }, options)
    await unmark(target)
    return moved
  } catch (error) {
    // If that fails, too, the mark stays, and the next move sees to it.
    await empty(to)
      .then(() => unmark(target))
      .catch(() => undefined)
    throw error
  }
}

async function copyAll(source: Installation, sides: Sides, options: MoveOptions): Promise<Moved> {
  const thaw = await source.freeze(Object.keys(movedTables))
  try {
    const moved: Moved = {}
    for (const [table, key] of tables) moved[table] = await copy(table, key, sides, options)
    await compare(moved, sides)
    return moved
  } finally {
    await thaw()
  }
}

const listed = async ({ engine, dialect }: Installation): Promise<string[]> =>
  (await engine.read(plain<{ name: string }>(dialect.listTables, true))).map(({ name }) => name)

/** A newer version may have added tables, which would stay behind. */
async function refuseUnknown(source: Installation): Promise<void> {
  const unknown = (await listed(source)).filter(
    (name) => !Object.hasOwn(movedTables, name) && !leftBehind.has(name),
  )
  if (unknown.length === 0) return
  const problem = `the database has tables that this version does not know: ${unknown.join(', ')}`
  throw new StorageError('schema_too_new', problem)
}

/** Leaves the target empty, with its schema, and with the mark that keeps servers away. */
async function begin(target: Installation, to: Rows): Promise<void> {
  const { engine, schema } = target
  const marked = plain<{ version: number }>(
    `select version from schema_migrations where version = ${unfinishedMove}`,
    true,
  )
  const begun = (await listed(target)).includes('schema_migrations') && (await engine.read(marked)).length > 0
  if (begun) {
    await empty(to)
    return
  }
  await schema.migrate()
  await engine.transaction(function* (): Work<{ commit: undefined }> {
    for (const [table] of tables) {
      const { rows } = yield* run(plain(`select 1 from ${table} limit 1`, true))
      if (rows.length > 0) throw new StorageError('duplicate', `the target is not empty: it has ${table}`)
    }
    yield* run(
      plain(
        `insert into schema_migrations (version, name, oldest_code, applied_at)
          values (${unfinishedMove}, 'unfinished move', ${unfinishedMove}, 0)`,
      ),
    )
    return { commit: undefined }
  })
}

async function unmark({ engine }: Installation): Promise<void> {
  await engine.write(plain(`delete from schema_migrations where version = ${unfinishedMove}`))
}

async function empty(to: Rows): Promise<void> {
  for (const [table, key] of tables.toReversed()) {
    let dropped: number
    do dropped = await to.drop(table, key, batch)
    while (dropped > 0)
  }
}

async function copy(
  table: string,
  key: readonly [string, ...string[]],
  { from, to }: Sides,
  { onProgress }: MoveOptions,
): Promise<number> {
  let copied = 0
  let last: AnyRow | undefined
  for (;;) {
    const rows = await from.after(table, key, last, batch)
    last = rows.at(-1)
    if (last === undefined) return copied
    await to.add(table, rows)
    copied += rows.length
    onProgress?.(table, copied)
  }
}

async function compare(moved: Moved, { from, to }: Sides): Promise<void> {
  for (const [table, copied] of Object.entries(moved)) {
    const [before, after] = [await from.count(table), await to.count(table)]
    if (before !== copied || after !== copied) {
      const problem = `${table}: ${before} rows in the source, ${copied} copied, ${after} in the target`
      throw new StorageError('unavailable', `${problem}; somebody writes meanwhile: stop all servers`)
    }
  }
}
