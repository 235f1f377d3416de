import { type RawBuilder, sql } from 'kysely'
import type { Engine, Query, SqlValue } from './engine.ts'
import { toSqlValue } from './statement.ts'

export type AnyRow = Readonly<Record<string, SqlValue>>

/** Rows of any table, whatever its columns, by its primary key. */
export interface Rows {
  /** The next ones behind `last`, or the first, at most `limit`. */
  after(table: string, key: readonly string[], last: AnyRow | undefined, limit: number): Promise<AnyRow[]>
  /** Adds rows that have the same columns, all or none. */
  add(table: string, rows: readonly AnyRow[]): Promise<void>
  /** Deletes at most so many, and says how many. */
  drop(table: string, key: readonly string[], limit: number): Promise<number>
  count(table: string): Promise<number>
}

/** Names of tables and columns are quoted, and everything else is a value. */
export function createRows(engine: Engine): Rows {
  const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)))
  const list = (values: readonly SqlValue[]) => sql`(${sql.join(values)})`

  /** Compiled each time: what there is to do with its rows takes far longer. */
  function query<Row>(text: RawBuilder<Row>, returnsRows: boolean): Query<Row> {
    const { sql: compiled, parameters } = text.compile(engine.compiler)
    return { statement: { sql: compiled, returnsRows }, values: parameters.map(toSqlValue) }
  }

  return {
    async after(table, key, last, limit) {
      const behind =
        last === undefined
          ? sql``
          : sql`where (${names(key)}) > ${list(key.map((column) => last[column] ?? null))}`
      const text = sql<AnyRow>`select * from ${sql.table(table)} ${behind} order by ${names(key)} limit ${sql.lit(limit)}`
      return engine.read(query(text, true))
    },

    async add(table, rows) {
      const columns = Object.keys(rows[0] ?? {})
      const lines = rows.map((row) => list(columns.map((column) => row[column] ?? null)))
      const text = sql`insert into ${sql.table(table)} (${names(columns)}) values ${sql.join(lines)}`
      await engine.write(query(text, false))
    },

    async drop(table, key, limit) {
      const some = sql`select ${names(key)} from ${sql.table(table)} limit ${sql.lit(limit)}`
      const text = sql`delete from ${sql.table(table)} where (${names(key)}) in (${some})`
      return (await engine.write(query(text, false))).changes
    },

    async count(table) {
      const text = sql<{ rows: number }>`select count(*) as ${sql.ref('rows')} from ${sql.table(table)}`
      return (await engine.read(query(text, true)))[0]?.rows ?? 0
    },
  }
}
