import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createCheckpointer } from './checkpointer.ts'
import { createEngine } from './engine.ts'
import { durability, openDatabase } from './open.ts'
import { temporaryDirectory } from './temporary.fixture.ts'

const patience = { attempts: 50, pause: () => new Promise<void>((resolve) => setImmediate(resolve)) }
const insert = {
  statement: { sql: 'insert into t (x) values (zeroblob(1000))', returnsRows: false },
  values: [],
}

async function setUp(options: { every: number; file?: string }) {
  const file = join(await temporaryDirectory(), 'a.db')
  const database = await openDatabase(file, 'full', patience)
  database.exec(
    'create table t (x blob) strict; pragma wal_checkpoint(truncate); pragma wal_autocheckpoint = 0',
  )
  const working: boolean[] = []
  const checkpointer = createCheckpointer({
    ...{ file, pragmas: durability('full'), onWorking: (state) => void working.push(state), ...options },
  })
  const engine = createEngine(database, patience, checkpointer)
  onTestFinished(() => engine.close())
  const write = async (count: number) => {
    for (let done = 0; done < count; done++) await engine.write(insert)
  }
  const bytes = (suffix = '') => statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0
  return { file, engine, checkpointer, working, write, bytes }
}

describe('checkpoints on a thread of their own', () => {
  it('reliability P2: bring into the file what was committed, while others are committed', async () => {
    const { write, bytes, working } = await setUp({ every: 20 })
    const before = bytes()
    await write(20)
    await expect.poll(() => bytes()).toBeGreaterThan(before)
    const between = bytes()
    await write(100)
    await expect.poll(() => bytes()).toBeGreaterThan(between)
    expect(working).toEqual([true])
  })

  it('no thread is begun for the few writes of most processes', async () => {
    const { engine, write, working, bytes } = await setUp({ every: 20 })
    const before = bytes()
    await write(19)
    await engine.close()
    expect(working).toEqual([])
    expect(bytes()).toBeGreaterThan(before)
  })

  it('closing waits for the thread, wherever it stands, and leaves one file with everything in it', async () => {
    for (const count of [1, 2, 50]) {
      const { file, engine, write, bytes } = await setUp({ every: 1 })
      await write(count)
      await engine.close()
      expect(bytes('-wal')).toBe(0)
      const again = new DatabaseSync(file)
      expect(again.prepare('select count(*) as n from t').get()).toEqual({ n: count })
      expect(again.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
      again.close()
    }
  })

  it('where the thread fails, commits go on and do it themselves again', async () => {
    const { engine, write, working } = await setUp({ every: 1, file: join('/nowhere', 'a.db') })
    await write(1)
    await expect.poll(() => working).toEqual([false])
    await write(5)
    await engine.close()
    expect(working).toEqual([false])
  })

  /** What a process of its own prints that asks for one checkpoint and hears whether the thread works. */
  function elsewhere(file: string, ...flags: string[]) {
    const module = pathToFileURL(join(import.meta.dirname, 'checkpointer.ts')).href
    const code = `
      const { createCheckpointer } = await import(${JSON.stringify(module)})
      const alive = setInterval(() => {}, 1000)
      const onWorking = (working) => {
        clearInterval(alive)
        console.log(working)
      }
      createCheckpointer({ file: ${JSON.stringify(file)}, pragmas: '', every: 1, onWorking }).committed(1)`
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...flags, '--conditions=@latchkey/source', '--input-type=module', '-e', code],
      { encoding: 'utf8', timeout: 20_000 },
    )
    return { stdout, stderr, status }
  }

  it('a process whose work is done ends, though nobody closed anything', async () => {
    const { file } = await setUp({ every: 1000 })
    expect(elsewhere(file)).toEqual({ stdout: 'true\n', stderr: '', status: 0 })
  })

  it('where threads are forbidden, nothing is thrown at whoever commits', async () => {
    const { file } = await setUp({ every: 1000 })
    const allowed = elsewhere(file, '--permission', '--allow-fs-read=*')
    expect(allowed).toMatchObject({ stdout: 'false\n', status: 0 })
  })

  it('does nothing more once it is closed', async () => {
    const { checkpointer, working } = await setUp({ every: 1 })
    await checkpointer.close()
    checkpointer.committed(5)
    await checkpointer.close()
    expect(working).toEqual([])
  })
})
