import { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../contract.ts'
import { migrations } from '../migrations/index.ts'
import { type AppliedMigration, pendingMigrations } from '../migrations/migrate.ts'
import { toStorageError } from './errors.ts'

/** What a database file holds that was looked at from one end to the other. */
export interface Examined {
  /** The latest migration of its schema; an older one than this code's is brought up to date by the next start. */
  version: number
}

/**
 * Reads all of a database file and changes nothing.
 * @throws StorageError `corrupt` for one that is damaged or somebody else's, `schema_too_new`, `unavailable`
 */
export function examineFile(file: string): Examined {
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      return examine(database)
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStorageError(error)
  }
}

function examine(database: DatabaseSync): Examined {
  const found = database.prepare('pragma integrity_check(1)').get()?.integrity_check
  if (found !== 'ok') throw new StorageError('corrupt', 'the database file is damaged')
  if (database.prepare('pragma foreign_key_check').get() !== undefined) {
    throw new StorageError('corrupt', 'the database holds rows whose user is not there')
  }
  const table = database.prepare("select 1 from sqlite_schema where name = 'schema_migrations'").get()
  if (table === undefined) throw new StorageError('corrupt', 'the file is no database of Latchkey')
  const applied: AppliedMigration[] = database
    .prepare('select version, oldest_code from schema_migrations')
    .all()
    .map((row) => ({ version: Number(row.version), oldest_code: Number(row.oldest_code) }))
  // For what it throws.
  pendingMigrations(applied, migrations)
  return { version: Math.max(0, ...applied.map(({ version }) => version)) }
}
