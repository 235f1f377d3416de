import { constants, existsSync } from 'node:fs'
import { chmod, chown, copyFile, link, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { StorageError } from '../contract.ts'
import { isBusy, toStorageError } from './errors.ts'
import { type Examined, examineFile } from './examine.ts'
import { removeDatabase, syncFile, syncFolderOf } from './files.ts'

export interface Restored extends Examined {
  /** Where the database is now that was there before. */
  replaced?: string
}

/** Milliseconds that a command beside may need to end. */
const patienceMs = 1_000

/**
 * Puts a backup in the place of a database that nobody has open. The backup is copied and examined first; the database that
 * was there stays, under another name; at no moment is there none.
 *
 * @param options.aside what its new name ends with
 * @throws StorageError `unavailable` when a process has the database open, or a file cannot be read or made; `corrupt` and
 * `schema_too_new` for the backup
 */
export async function restoreSqlite(
  from: string,
  to: string,
  { aside }: { aside: string },
): Promise<Restored> {
  const file = await realpath(to).catch(() => to)
  if (!existsSync(from)) throw new StorageError('unavailable', `there is no backup: ${from}`)
  const log = await stat(`${from}-wal`).catch(() => undefined)
  if (log !== undefined && log.size > 0) {
    throw new StorageError('corrupt', `${from} is no backup: a part of it is still in ${from}-wal`)
  }
  const partial = `${file}.${process.pid}.new`
  try {
    await copyFile(from, partial, constants.COPYFILE_EXCL)
    await chmod(partial, 0o600)
    const examined = examineCopy(partial, from)
    const replaced = await letGo(file, aside, partial)
    await syncFile(partial)
    await rename(partial, file)
    await syncFolderOf(file)
    return { ...examined, ...(replaced !== undefined && { replaced }) }
  } catch (error) {
    await removeDatabase(partial)
    if (error instanceof StorageError) throw error
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new StorageError('unavailable', `${from} cannot take the place of ${file}${code}`, { cause: error })
  }
}

function examineCopy(copy: string, from: string): Examined {
  try {
    leaveLog(copy)
    return examineFile(copy)
  } catch (error) {
    const { code, message } = toStorageError(error)
    throw new StorageError(code, `${from} is not restored: ${message}`, { cause: error })
  }
}

/** Brings the log into the file and does without, which SQLite allows to nobody else but the only one who has it open. */
function leaveLog(file: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec(`pragma busy_timeout = ${patienceMs}`)
    database.prepare('pragma journal_mode = delete').get()
  } catch (error) {
    throw isBusy(error)
      ? new StorageError('unavailable', 'a process has the database open: stop the server first')
      : toStorageError(error)
  } finally {
    database.close()
  }
}

/** Nobody has a damaged one open for long, and it is what backups are for. */
function leaveLogOf(file: string): void {
  try {
    leaveLog(file)
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== 'corrupt') throw error
  }
}

async function beginsWell(file: string): Promise<boolean> {
  const magic = Buffer.from('SQLite format 3\0')
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    return buffer.equals(magic)
  } finally {
    await handle.close()
  }
}

/** Gives the database in use a second name, and its mode and owner to the one that comes. */
async function letGo(file: string, aside: string, next: string): Promise<string | undefined> {
  if (!existsSync(file)) {
    // A log without its database would be taken for one of the next.
    await removeDatabase(file)
    return undefined
  }
  const replaced = `${file}.${aside}`
  // Of a file that begins otherwise SQLite throws the log away, which may be all that can still be read.
  if (await beginsWell(file)) leaveLogOf(file)
  const { mode, uid, gid } = await stat(file)
  await chmod(next, mode & 0o777)
  if (process.getuid?.() === 0) await chown(next, uid, gid)
  await link(file, replaced)
  if (existsSync(`${file}-wal`)) await rename(`${file}-wal`, `${replaced}-wal`)
  await rm(`${file}-shm`, { force: true })
  return replaced
}
