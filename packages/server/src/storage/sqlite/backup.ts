import { existsSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../contract.ts'
import { toStorageError } from './errors.ts'
import { type Examined, examineFile } from './examine.ts'
import { removeDatabase, syncFile, syncFolderOf } from './files.ts'

export interface BackedUp extends Examined {
  /** Of the new file. */
  bytes: number
}

/** Milliseconds that a process may need that recovers the log of one that was killed. */
const patienceMs = 5_000

/**
 * Copies a database, of one moment and without what was deleted, into a new file (mode 0600), while others read and write
 * it. The file is examined and on the disk before its name appears.
 *
 * @throws StorageError `unavailable` when there is no database, or `to` exists or cannot be made; `corrupt`; `schema_too_new`
 */
export async function backUpSqlite(file: string, to: string): Promise<BackedUp> {
  if (!existsSync(file)) throw new StorageError('unavailable', `there is no database yet: ${file}`)
  await reserve(to)
  const partial = `${to}.${process.pid}.new`
  try {
    await reserve(partial)
    // Not SQLite's backup API: that begins again whenever another process has written.
    copy(file, partial)
    const examined = examineFile(partial)
    await syncFile(partial)
    const { size: bytes } = await stat(partial)
    await rename(partial, to)
    await syncFolderOf(to)
    return { ...examined, bytes }
  } catch (error) {
    await removeDatabase(partial)
    // Ours, and empty: a backup takes its place in one step.
    await rm(to, { force: true })
    throw error instanceof StorageError ? error : failed(to, error)
  }
}

async function reserve(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (exists) throw new StorageError('unavailable', `${file} exists, and stays as it is: name a new file`)
    throw failed(file, error)
  }
}

function failed(file: string, cause: unknown): StorageError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new StorageError('unavailable', `${file} cannot be written${code}`, { cause })
}

function copy(from: string, to: string): void {
  try {
    // Not to read only: the last one to leave then leaves the log behind.
    const database = new DatabaseSync(from)
    try {
      database.exec(`pragma busy_timeout = ${patienceMs}`)
      database.prepare('vacuum into ?').run(to)
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStorageError(error)
  }
}
