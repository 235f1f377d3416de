import type { StorageConfig } from '../config/types.ts'
import type { Schema } from './migrations/migrate.ts'
import type { Migration, SchemaDialect } from './migrations/migration.ts'
import type { Engine } from './sql/engine.ts'

/** A database opened for its schema and for whole tables, which the contract knows nothing of. */
export interface Installation {
  readonly engine: Engine
  readonly schema: Pick<Schema, 'migrate' | 'pending' | 'check'>
  readonly dialect: Pick<SchemaDialect, 'listTables'>
  /**
   * From now on everybody may read these tables and nobody may write them, until the function is called that it gives.
   * Rejects with `unavailable` when others do not let go.
   */
  freeze(tables: readonly string[]): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A step of the schema, for people. */
export type MigrationStep = Pick<Migration, 'version' | 'name'>

/**
 * @param clock dates the applied migrations
 * @throws StorageError `unavailable`, `corrupt`
 */
export async function openInstallation(
  config: StorageConfig,
  clock: { now(): number },
): Promise<Installation> {
  if (config.engine === 'sqlite') {
    const { openSqliteInstallation } = await import('./sqlite/installation.ts')
    return openSqliteInstallation(config, clock)
  }
  const { openPostgresInstallation } = await import('./postgres/installation.ts')
  return openPostgresInstallation(config, clock)
}
