import type { StorageConfig } from '../config/types.ts'
import type { Storage } from './contract.ts'
import type { StorageDependencies } from './dependencies.ts'

export * from './contract.ts'
export type { StorageDependencies, StorageLogger } from './dependencies.ts'
export { type Installation, type MigrationStep, openInstallation } from './installation.ts'
export { migrations } from './migrations/index.ts'
export { type Moved, move } from './move.ts'
export { type BackedUp, backUpSqlite } from './sqlite/backup.ts'
export { type Restored, restoreSqlite } from './sqlite/restore.ts'

/**
 * Opens the configured storage; `migrate()` comes next, unless somebody else has seen to the schema.
 *
 * @throws StorageError `unavailable` when it cannot be reached, `corrupt` when it is no database
 */
export async function openStorage(
  config: StorageConfig,
  dependencies: StorageDependencies = {},
): Promise<Storage> {
  // Loaded when it is used: neither should wait for the other's driver.
  if (config.engine === 'sqlite') {
    const { openSqlite } = await import('./sqlite/index.ts')
    return openSqlite(config, dependencies)
  }
  const { openPostgres } = await import('./postgres/index.ts')
  return openPostgres(config, dependencies)
}
