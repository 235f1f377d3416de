import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Copies what the write-ahead log holds into the database file, on a thread of its own. Left to SQLite, every thousandth
 * page the commit that comes to it does so, and the event loop stands still for milliseconds.
 */
export interface Checkpointer {
  /** So many more operations were committed. */
  committed(operations: number): void
  /** Lets the thread end; to be awaited before the last connection closes. */
  close(): Promise<void>
}

export interface CheckpointerOptions {
  file: string
  /** SQL that readies a connection to the file: how durable it writes. */
  pragmas: string
  /** Operations between two checkpoints. A thread is not begun before so many, which most processes never reach. */
  every: number
  /** The thread works, or works no more: whether the connections need not do it themselves. */
  onWorking(working: boolean): void
}

/** Plain text, so that it needs no file of its own, wherever this module is bundled into. */
const program = `
const { DatabaseSync } = require('node:sqlite')
const { parentPort, workerData } = require('node:worker_threads')
const database = new DatabaseSync(workerData.file)
database.exec(workerData.pragmas)
// Passive: waits for nobody, and nobody waits for it.
const checkpoint = database.prepare('pragma wal_checkpoint(passive)')
parentPort.on('message', (message) => {
  if (message === 'close') {
    database.close()
    parentPort.close()
    return
  }
  try { checkpoint.all() } catch {}
  parentPort.postMessage('done')
})
parentPort.postMessage('ready')
`

export function createCheckpointer({ file, pragmas, every, onWorking }: CheckpointerOptions): Checkpointer {
  let thread: Worker | undefined
  /** It failed, or is to end. */
  let over = false
  let idle = false
  let due = 0

  /** Out of threads, or forbidden: then it is as it was without. */
  function giveUp(): void {
    over = true
    idle = false
    onWorking(false)
  }

  function begin(): Worker {
    const worker = new Worker(program, {
      ...{ eval: true, name: 'latchkey-checkpoint', workerData: { file, pragmas }, env: {}, execArgv: [] },
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
    })
    worker.on('message', (message) => {
      if (message === 'ready') onWorking(true)
      idle = true
      ask()
    })
    worker.once('error', giveUp)
    // A process that has nothing else to do ends.
    worker.unref()
    return worker
  }

  function ask(): void {
    if (!idle || due < every) return
    idle = false
    due = 0
    thread?.postMessage('checkpoint')
  }

  return {
    committed(operations) {
      due += operations
      if (due < every || over) return
      try {
        thread ??= begin()
      } catch {
        giveUp()
      }
      ask()
    },

    async close() {
      const ended = over
      over = true
      if (thread === undefined || ended) return
      const gone = once(thread, 'exit')
      thread.ref()
      thread.postMessage('close')
      await gone
    },
  }
}
