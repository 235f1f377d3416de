import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export type SqlValue = string | number | boolean | null

/** Compiled SQL. An engine keeps what it prepared under this object's identity. */
export interface Statement {
  readonly sql: string
  /** A SELECT, or a write with RETURNING. */
  readonly returnsRows: boolean
}

/** A statement with its values. */
export interface Query<Row> {
  readonly statement: Statement
  readonly values: SqlValue[]
  /** Never there: it carries the type of a row to whoever runs the query. */
  readonly row?: Row
}

export interface Result<Row> {
  rows: Row[]
  /** Rows inserted, updated or deleted; for a SELECT the rows that it found. */
  changes: number
}

/**
 * Several statements that belong together, written once for engines that answer at once and for those that
 * answer later: it yields queries and is handed their results.
 */
export type Work<T> = Generator<Query<unknown>, T, Result<unknown>>

/** How a transaction ends; either way the caller gets the value. */
export type Ending<T> = { commit: T } | { rollback: T }

/** What an engine does for the SQL it shares with the others. Everything rejects with `StorageError`. */
export interface Engine {
  /** Builds and compiles in the engine's dialect; it does not execute. */
  readonly compiler: Kysely<Tables>
  /** Where writers run side by side (see `locks.ts`). Absent where they are one after the other. */
  readonly locks?: Locks
  /** Sees what is committed. */
  read<Row>(query: Query<Row>): Promise<Row[]>
  /** Resolves once it is durable. */
  write<Row>(query: Query<Row>): Promise<Result<Row>>
  /**
   * All of the work or, when it throws or ends in `rollback`, nothing. It may be begun anew when others were in the way.
   * `atLeisure`: it may take as long as it takes, as changes of the schema do.
   */
  transaction<T>(work: () => Work<Ending<T>>, options?: { atLeisure?: boolean }): Promise<T>
}

export interface Locks {
  /** Until the transaction ends, no other one holds this name. As a statement of its own, like a row's lock. */
  hold(name: string): Query<unknown>
}

/** One query inside `Work`: `const { rows } = yield* run(find({ id }))`. */
export function* run<Row>(query: Query<Row>): Work<Result<Row>> {
  // An engine answers a query with that query's rows; the generator's type cannot say so.
  return (yield query) as Result<Row>
}
