import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
let file = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-backup-'))
  file = join(cwd, 'latchkey.db')
  await configure('sqlite:./latchkey.db')
})
afterEach(() => rm(cwd, { recursive: true }))

const configure = (storage: string) =>
  writeFile(join(cwd, 'latchkey.config.json'), JSON.stringify({ ...testConfig, storage }))
const run = (...args: string[]) => runCommand(cwd, args)
const names = async () => (await readdir(cwd)).filter((name) => name !== 'latchkey.config.json').toSorted()

async function open(): Promise<Storage> {
  const storage = await openStorage({ engine: 'sqlite', file, synchronous: 'normal' })
  await storage.migrate()
  return storage
}

const issue = (storage: Storage, key: string) =>
  storage.oneTime.issue({ kind: 'code', key, value: key, expiresAt: 1 })

async function fill(...keys: string[]): Promise<void> {
  const storage = await open()
  for (const key of keys) await issue(storage, key)
  await storage.close()
}

function keysIn(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    return database
      .prepare('select key from one_time order by key')
      .all()
      .map(({ key }) => key)
  } finally {
    database.close()
  }
}

describe('latchkey backup', () => {
  it('reliability R10: copies what is committed while a server has the database open, its log included', async () => {
    const storage = await open()
    await issue(storage, 'a')
    const { code, stdout, stderr } = await run('backup', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(cwd, 'copy.db')}\n` })
    expect(stderr).toMatch(/secrets are not in it/)
    await issue(storage, 'b')
    await storage.close()
    expect(await names()).toEqual(['copy.db', 'latchkey.db'])
    expect(keysIn(join(cwd, 'copy.db'))).toEqual(['a'])
    expect((await stat(join(cwd, 'copy.db'))).mode & 0o777).toBe(0o600)
  })

  it('keeps nothing of what was deleted', async () => {
    const storage = await open()
    await issue(storage, 'x'.repeat(50))
    await storage.sweep(2, 10)
    await run('backup', 'copy.db')
    await storage.close()
    expect(await readFile(join(cwd, 'copy.db'), 'latin1')).not.toContain('x'.repeat(50))
  })

  it('--json', async () => {
    await fill('a')
    const { stdout } = await run('backup', 'copy.db', '--json')
    const { size } = await stat(join(cwd, 'copy.db'))
    expect(JSON.parse(stdout)).toEqual({
      file: join(cwd, 'copy.db'),
      bytes: size,
      schema: expect.any(Number),
    })
  })

  it('overwrites nothing', async () => {
    await fill('a')
    await writeFile(join(cwd, 'copy.db'), 'mine')
    const { code, stdout, stderr } = await run('backup', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/exists/)
    expect(await readFile(join(cwd, 'copy.db'), 'utf8')).toBe('mine')
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a database that is not there', () => Promise.resolve()],
    ['a file that is no database', () => writeFile(file, 'nothing of the kind')],
    ['a database of something else', async () => new DatabaseSync(file).exec('create table t (x text)')],
    [
      'a damaged one',
      async () => {
        await fill('a')
        const database = new DatabaseSync(file)
        database.exec(
          "pragma foreign_keys = off; insert into identities values ('i','nobody','p','i','s',null,null,1)",
        )
        database.close()
      },
    ],
  ])('of %s leaves nothing behind', async (_, prepare) => {
    await prepare()
    const before = await names()
    const { code, stdout, stderr } = await run('backup', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^latchkey: /)
    expect(await names()).toEqual(before)
  })

  it('into a folder that is not there ends with 1', async () => {
    await fill('a')
    expect(await run('backup', 'no/copy.db')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ENOENT/),
    })
  })

  it('of PostgreSQL ends with 2, and says by what', async () => {
    await configure('postgres://latchkey@localhost/latchkey')
    for (const command of ['backup', 'restore']) {
      const { code, stdout, stderr } = await run(command, 'copy.db')
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/pg_dump/)
    }
  })

  it('of a database in memory ends with 2', async () => {
    await configure('sqlite::memory:')
    expect((await run('backup', 'copy.db')).code).toBe(2)
    expect((await run('restore', 'copy.db')).code).toBe(2)
  })
})

describe('latchkey restore', () => {
  const backedUp = async (...keys: string[]) => {
    await fill(...keys)
    expect((await run('backup', 'copy.db')).code).toBe(0)
  }

  it('puts the backup in place, and keeps what was there, its log included', async () => {
    await backedUp('a')
    await fill('b')
    const { code, stdout, stderr } = await run('restore', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${file}\n` })
    expect(keysIn(file)).toEqual(['a'])
    const [, aside = ''] = /kept as (\S+)\./.exec(stderr.replaceAll('\n', ' ')) ?? []
    expect(keysIn(aside)).toEqual(['a', 'b'])
    const storage = await open()
    await issue(storage, 'c')
    await storage.close()
    expect(keysIn(file)).toEqual(['a', 'c'])
    expect(keysIn(join(cwd, 'copy.db'))).toEqual(['a'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('--json, where there was no database', async () => {
    await backedUp('a')
    await rm(file)
    await writeFile(`${file}-wal`, 'of another one')
    const { stdout } = await run('restore', 'copy.db', '--json')
    expect(JSON.parse(stdout)).toEqual({ file, schema: expect.any(Number) })
    expect(await names()).toEqual(['copy.db', 'latchkey.db'])
    expect(keysIn(file)).toEqual(['a'])
  })

  it('refuses while a process has the database open, and changes nothing', async () => {
    await backedUp('a')
    const storage = await open()
    await issue(storage, 'b')
    const { code, stdout, stderr } = await run('restore', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/stop the server/)
    await storage.ping()
    await storage.close()
    expect(await names()).toEqual(['copy.db', 'latchkey.db'])
    expect(keysIn(file)).toEqual(['a', 'b'])
  })

  it('takes the place of a damaged database, which is kept', async () => {
    await backedUp('a')
    await writeFile(file, 'damaged beyond repair')
    await writeFile(`${file}-wal`, 'and its log')
    const { code, stdout } = await run('restore', 'copy.db', '--json')
    expect(code).toBe(0)
    const { replaced } = JSON.parse(stdout)
    expect(await readFile(replaced, 'utf8')).toBe('damaged beyond repair')
    expect(await readFile(`${replaced}-wal`, 'utf8')).toBe('and its log')
    expect(keysIn(file)).toEqual(['a'])
  })

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a backup that is not there', () => rm(join(cwd, 'copy.db')), /no backup/],
    ['what is no database', () => writeFile(join(cwd, 'copy.db'), 'no database'), /not an SQLite database/],
    ['an empty file', () => writeFile(join(cwd, 'copy.db'), ''), /no database of Latchkey/],
    [
      'a copy of a file alone, in use',
      async () => {
        await copyFile(file, join(cwd, 'copy.db'))
        await writeFile(join(cwd, 'copy.db-wal'), 'the rest of it')
      },
      /is no backup/,
    ],
    [
      'the backup of a newer version',
      async () => {
        const database = new DatabaseSync(join(cwd, 'copy.db'))
        database.exec("insert into schema_migrations values (1000, 'later', 1000, 1)")
        database.close()
      },
      /needs a version of Latchkey/,
    ],
  ])('%s is refused, and the database stays', async (_, prepare, words) => {
    await backedUp('a')
    await prepare()
    const before = await names()
    const { code, stdout, stderr } = await run('restore', 'copy.db')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(words)
    expect(await names()).toEqual(before)
    expect(keysIn(file)).toEqual(['a'])
  })
})
