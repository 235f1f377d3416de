import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { migrations, openStorage } from '../storage/index.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-migrate-'))
  await configure('sqlite:./latchkey.db')
})
afterEach(() => rm(cwd, { recursive: true }))

const configure = (storage: string) =>
  writeFile(join(cwd, 'latchkey.config.json'), JSON.stringify({ ...testConfig, storage }))
const run = (...args: string[]) => runCommand(cwd, ['migrate', ...args])
const steps = migrations.map(({ version, name }) => ({ version, name }))
const names = async () => (await readdir(cwd)).toSorted()

/** As the version before left it. */
function forget(): void {
  const database = new DatabaseSync(join(cwd, 'latchkey.db'))
  database.exec(`delete from schema_migrations where version = ${steps.length}`)
  database.close()
}

describe('latchkey migrate', () => {
  it('brings the schema up to date, and says what it applied', async () => {
    const first = await run()
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(/^applied {2}1 initial\n/)
    expect((await run()).stdout).toBe('The schema is up to date.\n')
    expect(JSON.parse((await run('--json')).stdout)).toEqual({ applied: [] })
  })

  it('--json', async () => {
    expect(JSON.parse((await run('--json')).stdout)).toEqual({ applied: steps })
  })

  it('--dry-run lists, and makes nothing', async () => {
    expect(JSON.parse((await run('--dry-run', '--json')).stdout)).toEqual({ pending: steps })
    expect(await names()).toEqual(['latchkey.config.json'])
    await run()
    forget()
    for (const _ of [1, 2]) {
      expect((await run('--dry-run')).stdout).toBe(`missing  ${steps.length} ${steps.at(-1)?.name}\n`)
    }
  })

  it('of a database in memory, or of something else, ends with 2 and with 1', async () => {
    await configure('sqlite::memory:')
    expect((await run()).code).toBe(2)
    await configure('sqlite:./latchkey.db')
    await writeFile(join(cwd, 'latchkey.db'), 'no database')
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringMatching(/not an SQLite database/) })
  })
})

describe('latchkey migrate --from --to', () => {
  const from = ['--from', 'sqlite:./latchkey.db']
  async function fill(): Promise<void> {
    const storage = await openStorage({
      engine: 'sqlite',
      file: join(cwd, 'latchkey.db'),
      synchronous: 'normal',
    })
    await storage.migrate()
    await storage.oneTime.issue({ kind: 'code', key: 'k', value: 'v', expiresAt: 1 })
    await storage.close()
  }

  it('moves an installation without any configuration, and counts', async () => {
    await fill()
    await rm(join(cwd, 'latchkey.config.json'))
    const { code, stdout } = await run(...from, '--to', 'sqlite:./new.db')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^TABLE +ROWS\nusers +0\n/)
    expect(stdout).toMatch(/\none_time +1\n/)
    expect(stdout).toMatch(/Everything is there/)
    expect(await names()).toEqual(['latchkey.db', 'new.db'])
  })

  it('--json, with a name of the environment', async () => {
    await fill()
    const { stdout } = await runCommand(cwd, ['migrate', ...from, '--to', `\${NEW}`, '--json'], {
      env: { NEW: 'sqlite:./new.db' },
    })
    expect(JSON.parse(stdout)).toMatchObject({ moved: { users: 0, one_time: 1 } })
  })

  it.each<[string, string[], RegExp]>([
    ['one of the two', ['--from', 'sqlite:./latchkey.db'], /go together/],
    ['no storage', [...from, '--to', 'new.db'], /--to is not a storage URL/],
    [
      'no such variable',
      [...from, '--to', `\${NOWHERE}`],
      /--to the environment variable NOWHERE is not set/,
    ],
    ['memory', [...from, '--to', 'sqlite::memory:'], /--to is in memory/],
    ['the same', [...from, '--to', 'sqlite:latchkey.db'], /same database/],
    ['a trial', [...from, '--to', 'sqlite:./new.db', '--dry-run'], /--dry-run/],
    ['a file that is not there', ['--from', 'sqlite:./old.db', '--to', 'sqlite:./new.db'], /not there/],
  ])('%s ends with 2 and makes nothing', async (_, args, words) => {
    await fill()
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
    await expect(access(join(cwd, 'new.db'))).rejects.toThrow('ENOENT')
  })

  it('into what is not empty ends with 1', async () => {
    await fill()
    await run(...from, '--to', 'sqlite:./new.db')
    const { code, stderr } = await run(...from, '--to', 'sqlite:./new.db')
    expect(code).toBe(1)
    expect(stderr).toMatch(/not empty/)
  })
})
