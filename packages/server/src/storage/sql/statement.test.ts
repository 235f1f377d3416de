import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createCompiler } from '../sqlite/dialect.ts'
import { plain, prepare } from './statement.ts'

const db = createCompiler()

const prepareForeign = () =>
  prepare()(() =>
    db
      .selectFrom('users')
      .select('id')
      .where(sql<boolean>`${new Date(0)}`),
  )

describe('prepare', () => {
  it('compiles once and puts named arguments where they belong, as often as they occur', () => {
    const find = prepare<{ id: string; now: number }>()((argument) =>
      db
        .selectFrom('sessions')
        .select('id')
        .where('idle_expires_at', '>', argument('now'))
        .where('id', '=', argument('id'))
        .where('scope', '=', 'openid')
        .where('absolute_expires_at', '>', argument('now')),
    )
    const first = find({ id: 'a', now: 1 })
    const second = find({ now: 2, id: 'b' })
    expect(first.values).toEqual([1, 'a', 'openid', 1])
    expect(second.values).toEqual([2, 'b', 'openid', 2])
    expect(second.statement).toBe(first.statement)
    expect(first.statement.sql.match(/\?/g)).toHaveLength(4)
  })

  it('an argument is a value, whatever it holds', () => {
    const find = prepare<{ id: string }>()((argument) =>
      db.selectFrom('users').select('id').where('id', '=', argument('id')),
    )
    const hostile = "'; drop table users; --"
    expect(find({ id: hostile }).values).toEqual([hostile])
    expect(find({ id: hostile }).statement.sql).not.toContain('drop')
  })

  it('undefined is NULL', () => {
    const find = prepare<{ name: string | null | undefined }>()((argument) =>
      db.selectFrom('users').select('id').where('name', 'is', argument('name')),
    )
    expect(find({ name: undefined }).values).toEqual([null])
    expect(find({ name: null }).values).toEqual([null])
  })

  it('knows which statements answer with rows', () => {
    const none = prepare()
    const remove = db.deleteFrom('users').where('id', '=', 'u')
    expect(none(() => db.selectFrom('users').select('id'))({}).statement.returnsRows).toBe(true)
    expect(none(() => remove)({}).statement.returnsRows).toBe(false)
    expect(none(() => remove.returning('id'))({}).statement.returnsRows).toBe(true)
    expect(plain('vacuum').statement.returnsRows).toBe(false)
    expect(plain('select 1', true).statement.returnsRows).toBe(true)
  })

  it('refuses a constant that no database holds', () => {
    expect(prepareForeign).toThrow(TypeError)
  })
})
