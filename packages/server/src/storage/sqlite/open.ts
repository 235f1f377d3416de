import { closeSync, openSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../contract.ts'
import type { Patience } from './engine.ts'
import { isBusy, toStorageError } from './errors.ts'

export const inMemory = ':memory:'

/**
 * Opens the database file for durable, shared use; creates it (mode 0600) where there is none. Rejects with
 * `unavailable` (no such directory, no permission, no write-ahead log) or `corrupt` (not a database).
 */
export async function openDatabase(
  file: string,
  synchronous: 'full' | 'normal',
  patience: Patience,
): Promise<DatabaseSync> {
  if (file !== inMemory) await createFile(file)
  const database = open(file)
  try {
    // How long a statement blocks the event loop for another process before we wait without blocking.
    database.exec('pragma busy_timeout = 2')
    await useWriteAheadLog(database, file, patience)
    database.exec(pragmas(synchronous))
    return database
  } catch (error) {
    database.close()
    throw toStorageError(error)
  }
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file)
  } catch (error) {
    throw toStorageError(error)
  }
}

async function createFile(file: string): Promise<void> {
  const directory = dirname(file)
  const found = await stat(directory).catch(() => undefined)
  if (!found?.isDirectory()) {
    throw new StorageError(
      'unavailable',
      `the directory of the database is missing or out of reach: ${directory}`,
    )
  }
  try {
    // Only a file that is new, and in one go: closing a file takes away every lock that this process has on it,
    // another connection's included.
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw new StorageError('unavailable', `the database file cannot be created: ${file}`, { cause: error })
  }
}

/** Reads the file for the first time, so this is where one finds out what it is. */
async function useWriteAheadLog(database: DatabaseSync, file: string, patience: Patience): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const mode = database.prepare('pragma journal_mode = wal').get()?.journal_mode
      if (mode === 'wal' || file === inMemory) return
      throw new StorageError(
        'unavailable',
        'the file system of the database has no shared memory for a write-ahead log (a network drive?)',
      )
    } catch (error) {
      // Several processes that start at once, or one that recovers the log of a process that was killed.
      if (!isBusy(error) || tries >= patience.attempts) throw error
    }
    await patience.pause()
  }
}

/** How durable a connection writes. */
export const durability = (synchronous: 'full' | 'normal'): string => `
  pragma synchronous = ${synchronous};
  pragma fullfsync = ${synchronous === 'full' ? 'on' : 'off'};
`

const pragmas = (synchronous: 'full' | 'normal'): string => `
  ${durability(synchronous)}
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma temp_store = memory;
  pragma cache_size = -16384;
  pragma journal_size_limit = 67108864;
`
