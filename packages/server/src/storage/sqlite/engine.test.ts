import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../sql/engine.ts'
import { plain } from '../sql/statement.ts'
import { createEngine } from './engine.ts'
import { openDatabase } from './open.ts'
import { temporaryDirectory } from './temporary.fixture.ts'

interface Row {
  x: number
}

const insert = (x: number) => plain(`insert into t values (${x})`)
const select = plain<Row>('select x from t order by x', true)

/** An engine on a file with one table, and another connection to the same file. */
async function setUp(pause: (other: DatabaseSync) => void = () => {}) {
  const file = join(await temporaryDirectory(), 'a.db')
  const database = await openDatabase(file, 'normal', { attempts: 1, pause: async () => {} })
  database.exec('create table t (x integer primary key) strict')
  const other = new DatabaseSync(file)
  const engine = createEngine(database, { attempts: 3, pause: async () => pause(other) })
  onTestFinished(async () => {
    await engine.close()
    other.close()
  })
  const rows = async () => (await engine.read(select)).map(({ x }) => x)
  return { database, engine, other, rows }
}

describe('the engine', () => {
  it('a read sees nothing that is not committed', async () => {
    const { engine, rows } = await setUp()
    const written = engine.write(insert(1))
    expect(await rows()).toEqual([])
    await written
    expect(await rows()).toEqual([1])
  })

  it('a transaction that rolls back or throws leaves nothing, and its neighbours alone', async () => {
    const { engine, rows } = await setUp()
    const results = await Promise.allSettled([
      engine.write(insert(1)),
      engine.transaction(function* () {
        yield* run(insert(2))
        return { rollback: 'changed my mind' }
      }),
      engine.transaction(function* () {
        yield* run(insert(3))
        yield* run(insert(1))
        return { commit: 'never' }
      }),
      engine.transaction(function* () {
        const { changes } = yield* run(insert(4))
        const seen = yield* run(select)
        return { commit: [changes, seen.rows.length] }
      }),
    ])
    expect(results).toMatchObject([
      { value: { changes: 1, rows: [] } },
      { value: 'changed my mind' },
      { reason: { name: 'StorageError', code: 'duplicate' } },
      { value: [1, 2] },
    ])
    expect(await rows()).toEqual([1, 4])
  })

  it('waits for a writer in another process and writes then', async () => {
    const { engine, other, rows } = await setUp((busy) => busy.exec('commit'))
    other.exec('begin immediate; insert into t values (1)')
    await Promise.all([engine.write(insert(2)), engine.write(insert(3))])
    expect(await rows()).toEqual([1, 2, 3])
  })

  it('gives up when the other does not finish, reads meanwhile, and works again afterwards', async () => {
    const { engine, other, rows } = await setUp()
    other.exec('begin immediate; insert into t values (1)')
    const refused = engine.write(insert(2))
    expect(await rows()).toEqual([])
    await expect(refused).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' })
    other.exec('commit')
    await engine.write(insert(3))
    expect(await rows()).toEqual([1, 3])
  })

  it('a full disk refuses the whole commit, keeps what was there, and passes', async () => {
    const { database, engine, rows } = await setUp()
    await engine.write(insert(1))
    database.exec('create table big (x text) strict; pragma max_page_count = 4')
    const results = await Promise.allSettled([
      engine.write(insert(2)),
      engine.write(plain(`insert into big values (hex(zeroblob(100000)))`)),
      engine.write(insert(3)),
    ])
    expect(results).toMatchObject(
      results.map(() => ({ reason: { name: 'StorageError', code: 'unavailable' } })),
    )
    expect(await rows()).toEqual([1])
    database.exec('pragma max_page_count = 1000000')
    await engine.write(insert(4))
    expect(await rows()).toEqual([1, 4])
  })

  it('a full disk in the middle of a transaction of several statements is no different', async () => {
    const { database, engine, rows } = await setUp()
    database.exec('create table big (x text) strict; pragma max_page_count = 4')
    const worked = engine.transaction(function* () {
      yield* run(insert(1))
      yield* run(plain(`insert into big values (hex(zeroblob(100000)))`))
      return { commit: 'never' }
    })
    await expect(worked).rejects.toMatchObject({ code: 'unavailable' })
    expect(await rows()).toEqual([])
    database.exec('pragma max_page_count = 1000000')
    await engine.write(insert(2))
    expect(await rows()).toEqual([2])
  })
})
