import { StorageError } from '../contract.ts'

/** The one write transaction of a connection. Every function is synchronous and throws what SQLite says. */
export interface WriteTransaction {
  begin(): void
  commit(): void
  /** Also after the engine has rolled back by itself. */
  rollback(): void
}

export interface GroupCommitPolicy {
  /** Another connection writes: `begin` is worth another try. */
  isBusy(error: unknown): boolean
  /** Only the operation failed that threw this; the transaction lives on. */
  isOwnFault(error: unknown): boolean
  toStorageError(error: unknown): StorageError
  /** Waits before another `begin`. */
  pause(): Promise<void>
  /** Calls of `begin` before all who wait are refused. */
  attempts: number
  /** Operations in one commit: the event loop stands still for them. */
  batch: number
  /** Operations that may wait; more are refused at once. */
  queue: number
}

export interface GroupCommit {
  /** Runs a synchronous operation in the next commit. Resolves with its value once that commit is durable. */
  submit<T>(operation: () => T): Promise<T>
  /** Takes nothing more and resolves when everything submitted has been answered. */
  close(): Promise<void>
}

interface Waiting {
  /** Runs the operation and says how to answer once the commit has taken. */
  run(): () => void
  refuse(error: StorageError): void
}

/**
 * A durable commit costs far more than the statements in it. So the write operations that arrive in one turn
 * of the event loop share a commit; under load the commit itself is what gathers the next batch.
 */
export function createGroupCommit(transaction: WriteTransaction, policy: GroupCommitPolicy): GroupCommit {
  const waiting: Waiting[] = []
  let attempts = 0
  let underWay = false
  let whenEmpty: (() => void) | undefined

  function wake(): void {
    if (underWay) return
    if (waiting.length === 0) {
      whenEmpty?.()
      return
    }
    underWay = true
    setImmediate(() => void flush())
  }

  async function flush(): Promise<void> {
    try {
      transaction.begin()
      attempts = 0
      commitBatch(waiting.splice(0, policy.batch))
    } catch (error) {
      attempts += 1
      if (policy.isBusy(error) && attempts < policy.attempts) await policy.pause()
      else refuse(waiting.splice(0), error)
    }
    underWay = false
    wake()
  }

  function commitBatch(batch: Waiting[]): void {
    const answers: (() => void)[] = []
    try {
      for (const operation of batch) answers.push(operation.run())
      transaction.commit()
    } catch (error) {
      transaction.rollback()
      refuse(batch, error)
      return
    }
    for (const answer of answers) answer()
  }

  function refuse(operations: Waiting[], cause: unknown): void {
    attempts = 0
    for (const operation of operations) operation.refuse(policy.toStorageError(cause))
  }

  return {
    submit(operation) {
      if (whenEmpty) return Promise.reject(new StorageError('unavailable', 'the database is closed'))
      if (waiting.length >= policy.queue) {
        return Promise.reject(new StorageError('unavailable', 'too many writes wait for the database'))
      }
      return new Promise((resolve, reject) => {
        waiting.push({
          run() {
            try {
              const value = operation()
              return () => resolve(value)
            } catch (error) {
              if (!policy.isOwnFault(error)) throw error
              return () => reject(policy.toStorageError(error))
            }
          },
          refuse: reject,
        })
        wake()
      })
    },

    close: () =>
      new Promise((resolve) => {
        whenEmpty = resolve
        wake()
      }),
  }
}
