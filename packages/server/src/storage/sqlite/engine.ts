import type { DatabaseSync } from 'node:sqlite'
import type { Ending, Engine, Work } from '../sql/engine.ts'
import { plain } from '../sql/statement.ts'
import type { Checkpointer } from './checkpointer.ts'
import { createCompiler } from './dialect.ts'
import { isBusy, isOwnFault, toStorageError } from './errors.ts'
import { createExecutor, type Execute } from './executor.ts'
import { createGroupCommit } from './group-commit.ts'

/** What to do while another process holds the lock. */
export interface Patience {
  /** Waits before another try. */
  pause(): Promise<void>
  /** Tries in all. */
  attempts: number
}

export interface SqliteEngine extends Engine {
  /** Answers what was asked already, then closes the database. */
  close(): Promise<void>
}

/** Operations in one commit. At about 25 us each the event loop stands still for some 5 ms at most. */
const batch = 200
/** Operations that may wait for a commit: about a second's work. */
const queue = 20_000

/** Takes the connection over. Reads run at once; writes share commits. */
export function createEngine(
  database: DatabaseSync,
  patience: Patience,
  checkpointer?: Checkpointer,
): SqliteEngine {
  const execute = createExecutor(database)
  const savepoint = createSavepoint(execute)
  const begin = plain('begin immediate')
  const commit = plain('commit')
  const rollback = plain('rollback')

  const writes = createGroupCommit(
    {
      begin: () => void execute(begin),
      commit() {
        execute(commit)
        checkpointer?.committed(operations)
        operations = 0
      },
      rollback: () => attempt(() => execute(rollback)),
    },
    { isBusy, isOwnFault, toStorageError, batch, queue, ...patience },
  )
  let closed: Promise<void> | undefined
  /** Since the last commit. */
  let operations = 0
  const submit = <T>(operation: () => T) =>
    writes.submit(() => {
      operations += 1
      return operation()
    })

  return {
    compiler: createCompiler(),

    async read(query) {
      for (let tries = 1; ; tries += 1) {
        try {
          return execute(query).rows
        } catch (error) {
          // Rare: a reader waits only while the log is being recovered or removed.
          if (!isBusy(error) || tries >= patience.attempts) throw toStorageError(error)
        }
        await patience.pause()
      }
    },

    write: (query) => submit(() => execute(query)),

    transaction: (work) => submit(() => savepoint(work)),

    close() {
      closed ??= writes
        .close()
        .then(() => checkpointer?.close())
        .then(() => database.close())
      return closed
    },
  }
}

/** Runs several statements inside a commit that they share with others; they stay or go together. */
function createSavepoint(execute: Execute): <T>(work: () => Work<Ending<T>>) => T {
  const open = plain('savepoint work')
  const release = plain('release work')
  const back = plain('rollback to work')
  const undo = (): void => {
    execute(back)
    execute(release)
  }

  return (work) => {
    execute(open)
    try {
      const ending = drive(work(), execute)
      if ('rollback' in ending) {
        undo()
        return ending.rollback
      }
      execute(release)
      return ending.commit
    } catch (error) {
      attempt(undo)
      throw error
    }
  }
}

function drive<T>(work: Work<T>, execute: Execute): T {
  let step = work.next({ rows: [], changes: 0 })
  while (!step.done) step = work.next(execute(step.value))
  return step.value
}

/** For a rollback after a failure: SQLite may have rolled back by itself, as it does when the disk is full. */
function attempt(action: () => void): void {
  try {
    action()
  } catch {
    // Nothing is left to undo.
  }
}
