import { StorageError } from '../contract.ts'
import { type Engine, run, type Work } from '../sql/engine.ts'
import { plain, prepare } from '../sql/statement.ts'
import type { Migration, SchemaDialect } from './migration.ts'

/** A row of `schema_migrations`. */
export interface AppliedMigration {
  version: number
  oldest_code: number
}

export interface Schema {
  /** Applies what is missing, all in one transaction, and says what it applied. */
  migrate(): Promise<Migration[]>
  /** What `migrate` would apply. */
  pending(): Promise<Migration[]>
  /** Rejects with `schema_too_old` or `schema_too_new` when this code does not work on the schema. */
  check(): Promise<void>
}

const versionsTable = 'schema_migrations'

/** The `version` of a row that stands there while a database is being filled from another one (`move.ts`). */
export const unfinishedMove = 1_000_000_000

/**
 * The migrations that a schema still needs. Throws `schema_too_new` when the code is too old for it, `corrupt` when only a
 * part of another database has been moved there.
 */
export function pendingMigrations(
  applied: readonly AppliedMigration[],
  known: readonly Migration[],
): Migration[] {
  if (applied.some(({ version }) => version === unfinishedMove)) {
    throw new StorageError(
      'corrupt',
      'the database holds a part of another one: let "latchkey migrate --from --to" into it come to its end',
    )
  }
  const code = Math.max(0, ...known.map((migration) => migration.version))
  const oldestCode = Math.max(0, ...applied.map((migration) => migration.oldest_code))
  if (oldestCode > code) {
    throw new StorageError(
      'schema_too_new',
      `the schema needs a version of Latchkey that knows migration ${oldestCode}; this one ends at ${code}`,
    )
  }
  const version = Math.max(0, ...applied.map((migration) => migration.version))
  return known.filter((migration) => migration.version > version)
}

/** @param clock dates the rows of `schema_migrations`; nothing depends on it */
export function createSchema(
  engine: Engine,
  dialect: SchemaDialect,
  known: readonly Migration[],
  clock: { now(): number },
): Schema {
  const db = engine.compiler
  const listTables = plain<{ name: string }>(dialect.listTables, true)
  const listApplied = prepare()(() => db.selectFrom(versionsTable).select(['version', 'oldest_code']))
  const record = prepare<{ version: number; name: string; oldest_code: number; applied_at: number }>()(
    (argument) =>
      db.insertInto(versionsTable).values({
        version: argument('version'),
        name: argument('name'),
        oldest_code: argument('oldest_code'),
        applied_at: argument('applied_at'),
      }),
  )

  const pending = async (): Promise<Migration[]> => {
    const tables = await engine.read(listTables)
    const applied = tables.some(({ name }) => name === versionsTable)
      ? await engine.read(listApplied({}))
      : []
    return pendingMigrations(applied, known)
  }

  function* applyPending(): Work<{ commit: Migration[] }> {
    if (dialect.lock !== undefined) yield* run(plain(dialect.lock, true))
    const tables = (yield* run(listTables)).rows
    if (!tables.some(({ name }) => name === versionsTable)) {
      if (tables.length > 0) {
        throw new StorageError('corrupt', 'the database holds tables of something else and none of Latchkey')
      }
      yield* run(plain(createVersionsTable(dialect)))
    }
    // Read again under the lock: another process may have been first.
    const missing = pendingMigrations((yield* run(listApplied({}))).rows, known)
    for (const migration of missing) {
      for (const text of migration.up(dialect)) yield* run(plain(text))
      const { version, name, oldestCode } = migration
      yield* run(record({ version, name, oldest_code: oldestCode, applied_at: clock.now() }))
    }
    return { commit: missing }
  }

  return {
    pending,

    async migrate() {
      // Most starts find nothing to do and need no write lock for that.
      if ((await pending()).length === 0) return []
      return engine.transaction(applyPending, { atLeisure: true })
    },

    async check() {
      const missing = await pending()
      const [next] = missing
      if (next) {
        throw new StorageError('schema_too_old', `the schema lacks migration ${next.version} (${next.name})`)
      }
    },
  }
}

const createVersionsTable = ({ text, count, time, tableOptions }: SchemaDialect): string =>
  `create table ${versionsTable} (
    version ${count} not null primary key,
    name ${text} not null,
    oldest_code ${count} not null,
    applied_at ${time} not null
  ) ${tableOptions}`
