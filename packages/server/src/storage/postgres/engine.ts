import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { StorageError } from '../contract.ts'
import type { Ending, Engine, Query, Result, SqlValue, Work } from '../sql/engine.ts'
import { plain, prepare } from '../sql/statement.ts'
import type { Connection, Connections, Executor } from './connections.ts'
import { createCompiler } from './dialect.ts'
import { isCollision, isOwnFault, toStorageError } from './errors.ts'

export interface PostgresEngine extends Engine {
  /** Answers what was asked already, then lets the connections go. */
  close(): Promise<void>
}

/** Operations under way and waiting: some seconds' work. */
const queue = 5_000
/** Tries in all when others were in the way, and milliseconds between them at most, doubled each time. */
const collisions = { tries: 6, pauseMs: 10 }

/**
 * The database may have been told otherwise. A process that stands still inside a transaction keeps nobody waiting for
 * ever. All of it holds for this transaction only, so that a pooler may hand the connection on after it.
 */
const beginning = (statementTimeout: string): string =>
  `begin isolation level read committed read write;
   set local idle_in_transaction_session_timeout = '10s';
   set local statement_timeout = '${statementTimeout}'`
const begin = plain(beginning('10s'))
const beginAtLeisure = plain(beginning('0'))
const commit = plain('commit')
const rollback = plain('rollback')

/** @param random from 0 to below 1 */
export function createEngine(connections: Connections, random: () => number): PostgresEngine {
  const compiler = createCompiler()
  const hold = prepare<{ name: string }>()((argument) =>
    compiler.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${argument('name')}, 0))`.as('held')),
  )
  const underWay = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined

  /** Until it is answered, nobody lets the connections go. */
  async function counted<T>(operation: () => Promise<T>): Promise<T> {
    if (closed) throw new StorageError('unavailable', 'the database is closed')
    if (underWay.size >= queue) {
      throw new StorageError('unavailable', 'too many operations wait for the database')
    }
    const answer = operation()
    underWay.add(answer)
    try {
      return await answer
    } catch (error) {
      throw toStorageError(error)
    } finally {
      underWay.delete(answer)
    }
  }

  async function persistently<T>(operation: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await operation()
      } catch (error) {
        if (!isCollision(error) || tries >= collisions.tries) throw error
      }
      await wait(random() * collisions.pauseMs * 2 ** tries)
    }
  }

  const once = <Row>(query: Query<Row>): Promise<Result<Row>> =>
    persistently(() => withConnection(connections, (connection) => execute(connection, query)))

  return {
    compiler,
    locks: { hold: (name) => hold({ name }) },
    read: (query) => counted(async () => (await once(query)).rows),
    write: (query) => counted(() => once(query)),
    transaction: (work, { atLeisure = false } = {}) =>
      counted(() =>
        persistently(() =>
          withConnection(connections, (connection) =>
            inside(atLeisure ? connection.atLeisure : connection, atLeisure ? beginAtLeisure : begin, work),
          ),
        ),
      ),

    close() {
      closed ??= Promise.resolve()
        .then(async () => {
          while (underWay.size > 0) await Promise.allSettled(underWay)
        })
        .then(() => connections.close())
      return closed
    },
  }
}

async function withConnection<T>(
  connections: Connections,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connections.take()
  let broken = false
  try {
    return await use(connection)
  } catch (error) {
    // A statement that ran into its time may be running still.
    broken = !isOwnFault(error) && !(error instanceof StorageError)
    throw error
  } finally {
    connection.release(broken)
  }
}

async function inside<T>(
  connection: Executor,
  first: Query<unknown>,
  work: () => Work<Ending<T>>,
): Promise<T> {
  await execute(connection, first)
  let ending: Ending<T>
  try {
    ending = await drive(work(), connection)
  } catch (error) {
    await execute(connection, rollback)
    throw error
  }
  if ('rollback' in ending) {
    await execute(connection, rollback)
    return ending.rollback
  }
  await execute(connection, commit)
  return ending.commit
}

async function drive<T>(work: Work<T>, connection: Executor): Promise<T> {
  let step = work.next({ rows: [], changes: 0 })
  while (!step.done) step = work.next(await execute(connection, step.value))
  return step.value
}

async function execute<Row>(connection: Executor, { statement, values }: Query<Row>): Promise<Result<Row>> {
  const { rows, rowCount } = await connection.query(toConfig(statement.sql, values))
  // The statement says what it selects, and the columns have the types that the schema says.
  return { rows: rows as Row[], changes: rowCount ?? 0 }
}

const toConfig = (text: string, values: SqlValue[]) => (values.length === 0 ? { text } : { text, values })
