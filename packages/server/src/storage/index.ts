import type { StorageConfig } from '../config/types.ts'
import type { Storage } from './contract.ts'
import { openSqlite, type StorageDependencies } from './sqlite/index.ts'

export * from './contract.ts'
export { type BackedUp, backUpSqlite } from './sqlite/backup.ts'
export type { StorageDependencies, StorageLogger } from './sqlite/index.ts'
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
  if (config.engine === 'sqlite') return openSqlite(config, dependencies)
  throw new Error('this version of Latchkey has no PostgreSQL storage: configure "sqlite:<file>"')
}
