import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Query, Result, SqlValue, Statement } from '../sql/engine.ts'

/** Runs a query at once, on a statement that is prepared the first time. Throws what SQLite says. */
export type Execute = <Row>(query: Query<Row>) => Result<Row>

export function createExecutor(database: DatabaseSync): Execute {
  const prepared = new WeakMap<Statement, StatementSync>()

  function prepare(statement: Statement): StatementSync {
    const known = prepared.get(statement)
    if (known) return known
    const fresh = database.prepare(statement.sql)
    prepared.set(statement, fresh)
    return fresh
  }

  return <Row>({ statement, values }: Query<Row>): Result<Row> => {
    const ready = prepare(statement)
    if (!statement.returnsRows)
      return { rows: [], changes: Number(ready.run(...values.map(toInput)).changes) }
    // The statement says what it selects, and STRICT tables hold what the schema says.
    const rows = ready.all(...values.map(toInput)) as Row[]
    return { rows, changes: rows.length }
  }
}

/** SQLite has no booleans. */
const toInput = (value: SqlValue): SQLInputValue => (typeof value === 'boolean' ? Number(value) : value)
