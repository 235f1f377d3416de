import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { StorageError } from '../contract.ts'
import { run } from '../sql/engine.ts'
import { plain, prepare } from '../sql/statement.ts'
import type { Connections } from './connections.ts'
import { createCompiler } from './dialect.ts'
import { createEngine } from './engine.ts'

const collision = Object.assign(new Error('deadlock detected'), { code: '40P01', severity: 'ERROR' })
const duplicate = Object.assign(new Error('duplicate key'), { code: '23505', severity: 'ERROR' })
const lost = new Error('Connection terminated unexpectedly')

/** A server that says what it is told to, one answer a statement; `fine` when there is none left. */
function createServer(answers: (Error | 'fine')[] = []) {
  const heard: string[] = []
  const names: (string | undefined)[] = []
  const released: boolean[] = []
  let closed = false
  const query = async ({ text, name }: pg.QueryConfig): Promise<pg.QueryResult> => {
    names.push(name)
    heard.push(text.trim().split(/[\s;]/, 1).join())
    const answer = answers.shift() ?? 'fine'
    if (answer !== 'fine') throw answer
    return { rows: [{ id: 'a' }], rowCount: 1, command: '', oid: 0, fields: [] }
  }
  const connections: Connections = {
    take: async () => ({ query, atLeisure: { query }, release: (broken) => released.push(broken) }),
    async close() {
      closed = true
    },
  }
  return { heard, names, released, engine: createEngine(connections, () => 0), isClosed: () => closed }
}

const insert = plain('insert into x')

describe('a statement', () => {
  it('that others were in the way of is tried again', async () => {
    const { engine, heard, released } = createServer([collision, collision])
    expect(await engine.write(insert)).toMatchObject({ changes: 1 })
    expect(heard).toHaveLength(3)
    expect(released).toEqual([false, false, false])
  })

  it('that others are always in the way of is given up', async () => {
    const { engine, heard } = createServer(Array.from({ length: 20 }, () => collision))
    await expect(engine.write(insert)).rejects.toMatchObject({ code: 'unavailable' })
    expect(heard).toHaveLength(6)
  })

  it('is not repeated when its connection is lost: it may have taken effect', async () => {
    const { engine, heard, released } = createServer([lost])
    await expect(engine.write(insert)).rejects.toMatchObject({ code: 'unavailable', cause: lost })
    expect(heard).toHaveLength(1)
    expect(released).toEqual([true])
  })

  it('that is refused leaves its connection to the next one', async () => {
    const { engine, released } = createServer([duplicate])
    await expect(engine.write(insert)).rejects.toMatchObject({ code: 'duplicate' })
    expect(released).toEqual([false])
  })
})

describe('the name of a statement', () => {
  const find = prepare<{ id: string }>()((argument) =>
    createCompiler().selectFrom('users').select('id').where('id', '=', argument('id')),
  )
  const unknown = Object.assign(new Error('prepared statement does not exist'), {
    ...{ code: '26000', severity: 'ERROR' },
  })
  const taken = Object.assign(new Error('prepared statement already exists'), {
    ...{ code: '42P05', severity: 'ERROR' },
  })

  it('is of its text, and the same every time', async () => {
    const { engine, names } = createServer()
    await engine.read(find({ id: 'a' }))
    await engine.read(find({ id: 'b' }))
    await engine.read(
      prepare<{ id: string }>()((argument) =>
        createCompiler().selectFrom('users').select('name').where('id', '=', argument('id')),
      )({ id: 'a' }),
    )
    const [one, two, other] = names
    expect(one).toMatch(/^latchkey_[\w-]{43}$/)
    expect(two).toBe(one)
    expect(other).not.toBe(one)
  })

  it.each([
    ['nobody has given', unknown],
    ['somebody else has given', taken],
  ])('that %s is given no more, and the statement is run without it', async (_, error) => {
    const { engine, names, released } = createServer([error])
    expect(await engine.read(find({ id: 'a' }))).toEqual([{ id: 'a' }])
    await engine.read(find({ id: 'a' }))
    expect(names).toEqual([expect.any(String), undefined, undefined])
    expect(released).toEqual([false, false, false])
  })

  it('that fails inside a transaction begins it anew', async () => {
    const { engine, heard } = createServer(['fine', unknown])
    const done = await engine.transaction(function* () {
      yield* run(find({ id: 'a' }))
      return { commit: 'done' }
    })
    expect(done).toBe('done')
    expect(heard).toEqual(['begin', 'select', 'rollback', 'begin', 'select', 'commit'])
  })

  it('is not the reason for ever', async () => {
    const { engine } = createServer(Array.from({ length: 20 }, () => unknown))
    await expect(engine.read(find({ id: 'a' }))).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a transaction', () => {
  function* two() {
    yield* run(insert)
    yield* run(plain('update x'))
    return { commit: 'done' as const }
  }

  it('is committed whole', async () => {
    const { engine, heard, released } = createServer()
    expect(await engine.transaction(two)).toBe('done')
    expect(heard).toEqual(['begin', 'insert', 'update', 'commit'])
    expect(released).toEqual([false])
  })

  it('is begun anew when others were in the way, at its commit too', async () => {
    const { engine, heard } = createServer([
      'fine',
      'fine',
      collision,
      'fine',
      'fine',
      'fine',
      'fine',
      collision,
    ])
    expect(await engine.transaction(two)).toBe('done')
    const whole = ['begin', 'insert', 'update', 'commit']
    expect(heard).toEqual(['begin', 'insert', 'update', 'rollback', ...whole, ...whole])
  })

  it('is undone when the work says so, fails or throws', async () => {
    const { engine, heard, released } = createServer(['fine', 'fine', 'fine', 'fine', duplicate])
    const undone = engine.transaction(function* () {
      yield* run(insert)
      return { rollback: 'no' as const }
    })
    expect(await undone).toBe('no')
    await expect(engine.transaction(two)).rejects.toMatchObject({ code: 'duplicate' })
    const thrown = engine.transaction(function* () {
      yield* run(insert)
      throw new StorageError('corrupt', 'nonsense')
    })
    await expect(thrown).rejects.toMatchObject({ code: 'corrupt' })
    expect(heard).toEqual([
      'begin',
      'insert',
      'rollback',
      'begin',
      'insert',
      'rollback',
      'begin',
      'insert',
      'rollback',
    ])
    expect(released).toEqual([false, false, false])
  })

  it('whose rollback is lost lets its connection go', async () => {
    const { engine, released } = createServer(['fine', duplicate, lost])
    await expect(engine.transaction(two)).rejects.toMatchObject({ code: 'unavailable' })
    expect(released).toEqual([true])
  })

  it('whose commit is lost is not repeated', async () => {
    const { engine, heard } = createServer(['fine', 'fine', 'fine', lost])
    await expect(engine.transaction(two)).rejects.toMatchObject({ code: 'unavailable' })
    expect(heard.filter((text) => text === 'commit')).toHaveLength(1)
  })
})

describe('the end', () => {
  it('waits for what was asked already and takes nothing more', async () => {
    const { engine, isClosed } = createServer([collision])
    const asked = engine.write(insert)
    const closing = engine.close()
    await expect(engine.read(insert)).rejects.toMatchObject({ code: 'unavailable' })
    expect(isClosed()).toBe(false)
    expect(await asked).toMatchObject({ changes: 1 })
    await closing
    expect(isClosed()).toBe(true)
  })
})

it('X04: what waits is bounded', async () => {
  let go = (): void => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  const query = async (): Promise<pg.QueryResult> => ({
    rows: [],
    rowCount: 0,
    command: '',
    oid: 0,
    fields: [],
  })
  const engine = createEngine(
    {
      async take() {
        await gate
        return { query, atLeisure: { query }, release: () => {} }
      },
      close: async () => {},
    },
    () => 0,
  )
  const waiting = Array.from({ length: 5_000 }, () => engine.write(insert))
  await expect(engine.write(insert)).rejects.toMatchObject({ code: 'unavailable' })
  go()
  await Promise.all(waiting)
  await engine.write(insert)
})
