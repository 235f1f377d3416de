import { describe, expect, it } from 'vitest'
import { schemaDialect } from '../sqlite/dialect.ts'
import { createEngine } from '../sqlite/engine.ts'
import { inMemory, openDatabase } from '../sqlite/open.ts'
import { migrations } from './index.ts'
import { createSchema, pendingMigrations } from './migrate.ts'
import type { Migration } from './migration.ts'

const impatient = { attempts: 1, pause: async () => {} }
const clock = { now: () => 0 }

const step = (version: number, oldestCode = 1, up: string[] = []): Migration => ({
  version,
  name: `step ${version}`,
  oldestCode,
  up: () => up,
})

const applied = (version: number, oldest_code = 1) => ({ version, oldest_code })

describe('which migrations are missing', () => {
  const known = [step(1), step(2), step(3, 2)]
  it.each([
    ['a fresh database', [], [1, 2, 3]],
    ['an older schema', [applied(1)], [2, 3]],
    ['the schema of this code', [applied(1), applied(2), applied(3, 2)], []],
    ['a newer schema that only adds', [applied(1), applied(2), applied(3, 2), applied(4, 3)], []],
  ])('%s', (_, rows, missing) => {
    expect(pendingMigrations(rows, known).map(({ version }) => version)).toEqual(missing)
  })

  it('a schema that has dropped what this code needs is too new', () => {
    const rows = [applied(1), applied(2), applied(3, 2), applied(4, 4)]
    expect(() => pendingMigrations(rows, known)).toThrow(expect.objectContaining({ code: 'schema_too_new' }))
  })
})

describe('the migrations', () => {
  it('are numbered without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('never ask for newer code than their own, nor allow older code again', () => {
    for (const [index, { version, oldestCode }] of migrations.entries()) {
      expect(oldestCode).toBeLessThanOrEqual(version)
      expect(oldestCode).toBeGreaterThanOrEqual(migrations[index - 1]?.oldestCode ?? 1)
    }
  })
})

async function setUp() {
  const engine = createEngine(await openDatabase(inMemory, 'normal', impatient), impatient)
  const schema = (known: Migration[]) => createSchema(engine, schemaDialect, known, clock)
  return { schema }
}

describe('migrating', () => {
  const first = step(1, 1, ['create table a (x integer) strict'])
  const second = step(2, 1, ['create table b (x integer) strict', 'create index b_x on b (x)'])

  it('applies what is missing, once', async () => {
    const { schema } = await setUp()
    expect(await schema([first]).migrate()).toEqual([first])
    await expect(schema([first, second]).check()).rejects.toMatchObject({ code: 'schema_too_old' })
    expect(await schema([first, second]).migrate()).toEqual([second])
    expect(await schema([first, second]).migrate()).toEqual([])
    await schema([first, second]).check()
  })

  it('the code before works on after an expanding step, and not after a contracting one', async () => {
    const { schema } = await setUp()
    await schema([first, second]).migrate()
    await schema([first]).check()
    expect(await schema([first]).migrate()).toEqual([])
    await schema([first, second, step(3, 2, ['drop table a'])]).migrate()
    await schema([first, second]).check()
    await expect(schema([first]).check()).rejects.toMatchObject({
      name: 'StorageError',
      code: 'schema_too_new',
    })
    await expect(schema([first]).migrate()).rejects.toMatchObject({ code: 'schema_too_new' })
  })

  it('a step that fails leaves nothing behind, of the steps before it neither', async () => {
    const { schema } = await setUp()
    const broken = step(2, 1, ['create table b (x integer) strict', 'create table b (x integer) strict'])
    await expect(schema([first, broken]).migrate()).rejects.toMatchObject({ name: 'StorageError' })
    await expect(schema([first]).check()).rejects.toMatchObject({ code: 'schema_too_old' })
    expect(await schema([first, second]).migrate()).toEqual([first, second])
  })
})
