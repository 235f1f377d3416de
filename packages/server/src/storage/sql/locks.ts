import type { SelectQueryBuilder } from 'kysely'
import type { Engine } from './engine.ts'

// Where writers are one after the other, as in SQLite, none of this is needed. Where they are not, a statement sees
// what was committed before it began: what it only looks at may change before its transaction ends, unless it is locked.

/** The rows stay as they are until the transaction ends; others may look at them in the same way. */
export const unchanging = <DB, TB extends keyof DB, Row>(
  engine: Engine,
  query: SelectQueryBuilder<DB, TB, Row>,
  of?: TB & string,
): SelectQueryBuilder<DB, TB, Row> => (engine.locks ? query.forShare(of) : query)

/** One transaction at a time. As a statement of its own: the next one sees what those before it committed. */
export const oneAtATime = <DB, TB extends keyof DB, Row>(
  engine: Engine,
  query: SelectQueryBuilder<DB, TB, Row>,
): SelectQueryBuilder<DB, TB, Row> => (engine.locks ? query.forNoKeyUpdate() : query)

/** Those that nobody else is at: who waited for them would find nothing left to do. */
export const unclaimed = <DB, TB extends keyof DB, Row>(
  engine: Engine,
  query: SelectQueryBuilder<DB, TB, Row>,
): SelectQueryBuilder<DB, TB, Row> => (engine.locks ? query.forUpdate().skipLocked() : query)
