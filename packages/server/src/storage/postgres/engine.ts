import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { StorageError } from '../contract.ts'
import type { Ending, Engine, Query, Result, Work } from '../sql/engine.ts'
import { plain, prepare } from '../sql/statement.ts'
import type { Connection, Connections, Executor } from './connections.ts'
import { createCompiler } from './dialect.ts'
import { isCollision, isOwnFault, toStorageError } from './errors.ts'
import { createPreparation } from './preparation.ts'

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
  const preparation = createPreparation()
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
        if (tries >= collisions.tries) throw error
        if (preparation.isRefused(error)) continue
        if (!isCollision(error)) throw error
      }
      await wait(random() * collisions.pauseMs * 2 ** tries)
    }
  }

  const runOn =
    (executor: Executor): Run =>
    async <Row>(query: Query<Row>): Promise<Result<Row>> => {
      const { rows, rowCount } = await executor.query(preparation.configOf(query))
      // The statement says what it selects, and the columns have the types that the schema says.
      return { rows: rows as Row[], changes: rowCount ?? 0 }
    }

  const once = <Row>(query: Query<Row>): Promise<Result<Row>> =>
    persistently(() => withConnection(connections, (connection) => runOn(connection)(query)))

  return {
    compiler,
    locks: { hold: (name) => hold({ name }) },
    read: (query) => counted(async () => (await once(query)).rows),
    write: (query) => counted(() => once(query)),
    transaction: (work, { atLeisure = false } = {}) =>
      counted(() =>
        persistently(() =>
          withConnection(connections, (connection) =>
            atLeisure
              ? inside(runOn(connection.atLeisure), beginAtLeisure, work)
              : inside(runOn(connection), begin, work),
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

type Run = <Row>(query: Query<Row>) => Promise<Result<Row>>

async function inside<T>(run: Run, first: Query<unknown>, work: () => Work<Ending<T>>): Promise<T> {
  await run(first)
  let ending: Ending<T>
  try {
    ending = await drive(work(), run)
  } catch (error) {
    await run(rollback)
    throw error
  }
  if ('rollback' in ending) {
    await run(rollback)
    return ending.rollback
  }
  await run(commit)
  return ending.commit
}

async function drive<T>(work: Work<T>, run: Run): Promise<T> {
  let step = work.next({ rows: [], changes: 0 })
  while (!step.done) step = work.next(await run(step.value))
  return step.value
}
