import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Resolves once the file's content would outlive a power failure. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The same for the names in the folder of a file. Windows opens no folders, and needs none of it. */
export async function syncFolderOf(file: string): Promise<void> {
  const handle = await open(dirname(file)).catch(() => undefined)
  try {
    await handle?.sync()
  } catch {
    // Some network file systems have no such thing.
  } finally {
    await handle?.close()
  }
}

/** A database that nobody has open, with what SQLite may have left beside it. */
export async function removeDatabase(file: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true })
}
