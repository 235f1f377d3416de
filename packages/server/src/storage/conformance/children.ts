import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StorageConfig } from '../../config/types.ts'
import type { Acknowledgement, MessageFromChild, Volley } from './volley.ts'

/** Another process on the same database. */
export interface Child {
  /** Resolves with everything that was acknowledged, when the volley is over or the process is. */
  fire(volley: Volley, onAcknowledged?: () => void): Promise<Acknowledgement[]>
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
}

const fixture = fileURLToPath(new URL('./child.fixture.ts', import.meta.url))

/** Starts a process that opens and migrates the database; resolves when it is ready. */
export async function startChild(config: StorageConfig): Promise<Child> {
  const child = fork(fixture, [JSON.stringify(config)], { execArgv: ['--conditions=@latchkey/source'] })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the child ended before it was ready, with ${code}`)))
  })
  return {
    fire: (volley, onAcknowledged) => fire(child, volley, onAcknowledged),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function fire(child: ChildProcess, volley: Volley, onAcknowledged?: () => void): Promise<Acknowledgement[]> {
  return new Promise((resolve) => {
    const acknowledged: Acknowledgement[] = []
    const finish = (): void => {
      child.off('message', onMessage)
      child.off('close', finish)
      resolve(acknowledged)
    }
    const onMessage = (message: MessageFromChild): void => {
      if ('acknowledged' in message) {
        acknowledged.push(message.acknowledged)
        onAcknowledged?.()
      } else if ('done' in message) finish()
    }
    child.on('message', onMessage)
    // Not 'exit': what the process sent before it went is still to be read.
    child.on('close', finish)
    child.send(volley)
  })
}

/** Runs a test with so many other processes, and ends them whatever happens. */
export async function withChildren<T>(
  config: StorageConfig,
  count: number,
  use: (children: Child[]) => Promise<T>,
): Promise<T> {
  const started = await Promise.allSettled(Array.from({ length: count }, () => startChild(config)))
  const children = started.filter((child) => child.status === 'fulfilled').map((child) => child.value)
  try {
    const failed = started.find((child) => child.status === 'rejected')
    if (failed) throw failed.reason
    return await use(children)
  } finally {
    await Promise.all(children.map((child) => child.kill()))
  }
}
