import { chmod, mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Storage } from '../contract.ts'
import { openSqlite } from './index.ts'
import { openDatabase } from './open.ts'
import { temporaryDirectory } from './temporary.fixture.ts'

const impatient = { attempts: 2, pause: async () => {} }
const mode = async (file: string) => (await stat(file)).mode & 0o777
const pragma = (database: DatabaseSync, name: string) =>
  Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]

async function open(file: string, synchronous: 'full' | 'normal' = 'full') {
  const database = await openDatabase(file, synchronous, impatient)
  onTestFinished(() => database.close())
  return database
}

async function filled(file: string): Promise<void> {
  const storage = await openSqlite({ file, synchronous: 'normal' })
  await storage.migrate()
  await storage.close()
}

/** Opens it and uses it, as a start does. */
async function start(file: string): Promise<Storage> {
  const storage = await openSqlite({ file, synchronous: 'normal' })
  onTestFinished(() => storage.close())
  await storage.migrate()
  await storage.oneTime.consumeOnce({ kind: 'code', key: 'k' }, 1)
  return storage
}

describe('opening a database file', () => {
  it('X06: creates it for its owner alone, the write-ahead log too', async () => {
    const file = join(await temporaryDirectory(), 'new.db')
    const database = await open(file)
    database.exec('create table t (x)')
    expect(await mode(file)).toBe(0o600)
    expect(await mode(`${file}-wal`)).toBe(0o600)
    expect(await mode(`${file}-shm`)).toBe(0o600)
  })

  it('leaves the mode of a file that exists to its owner', async () => {
    const file = join(await temporaryDirectory(), 'old.db')
    await writeFile(file, '')
    await chmod(file, 0o640)
    await open(file)
    expect(await mode(file)).toBe(0o640)
  })

  it.each([
    ['full', 2],
    ['normal', 1],
  ] as const)('writes ahead, synchronous %s, with foreign keys', async (synchronous, level) => {
    const database = await open(join(await temporaryDirectory(), 'a.db'), synchronous)
    expect(pragma(database, 'journal_mode')).toBe('wal')
    expect(pragma(database, 'synchronous')).toBe(level)
    expect(pragma(database, 'fullfsync')).toBe(synchronous === 'full' ? 1 : 0)
    expect(pragma(database, 'foreign_keys')).toBe(1)
    expect(pragma(database, 'trusted_schema')).toBe(0)
  })

  it('names a directory that does not exist', async () => {
    const directory = join(await temporaryDirectory(), 'missing')
    await expect(open(join(directory, 'a.db'))).rejects.toMatchObject({
      name: 'StorageError',
      code: 'unavailable',
      message: expect.stringContaining(directory),
    })
  })

  it('refuses a path whose directory is a file, and one that is a directory', async () => {
    const directory = await temporaryDirectory()
    await writeFile(join(directory, 'file'), '')
    await expect(open(join(directory, 'file', 'a.db'))).rejects.toMatchObject({ code: 'unavailable' })
    await mkdir(join(directory, 'a.db'))
    await expect(open(join(directory, 'a.db'))).rejects.toMatchObject({
      name: 'StorageError',
      code: 'unavailable',
    })
  })

  it('refuses a file that is no database, and does not touch it', async () => {
    const file = join(await temporaryDirectory(), 'a.db')
    const text = 'not a database, but somebody’s notes\n'.repeat(200)
    await writeFile(file, text)
    await expect(open(file)).rejects.toMatchObject({ name: 'StorageError', code: 'corrupt' })
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  it('says that a file is damaged whose pages are', async () => {
    const file = join(await temporaryDirectory(), 'a.db')
    await filled(file)
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(0xff, 4096))
    await expect(start(file)).rejects.toMatchObject({ name: 'StorageError', code: 'corrupt' })
  })

  it('says that a file is damaged that was cut off', async () => {
    const file = join(await temporaryDirectory(), 'a.db')
    await filled(file)
    await truncate(file, 8192)
    await expect(start(file)).rejects.toMatchObject({ name: 'StorageError', code: 'corrupt' })
  })

  it('waits for a process that keeps the file locked, without blocking, and not for ever', async () => {
    const file = join(await temporaryDirectory(), 'a.db')
    const other = new DatabaseSync(file)
    onTestFinished(() => other.close())
    other.exec('create table t (x); begin exclusive')
    await expect(open(file)).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' })

    let pauses = 0
    const pause = async () => {
      pauses += 1
      other.exec('commit')
    }
    const database = await openDatabase(file, 'full', { attempts: 2, pause })
    database.close()
    expect(pauses).toBe(1)
  })
})
