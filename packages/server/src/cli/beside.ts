import type { Clock } from '../clock.ts'
import type { Config } from '../config/index.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import type { Storage } from '../storage/index.ts'
import type { CommandContext, ExitCode } from './context.ts'

/** What a command works with that opens the database itself, beside a server that may be running. */
export interface Beside {
  config: Config
  storage: Storage
  clock: Clock
  /** Told in this process's log, which is on standard error, to its `onEvent` hook, and to webhooks by way of the server. */
  events: Events
  /** On standard error. */
  logger: Logger
  /** Under which the log has what this command does. */
  requestId: string
}

/** Milliseconds that an `onEvent` hook has to end before the process does. */
const hookMs = 5_000

/**
 * Opens the configured database, does the work, waits for the owner's hook, and closes it whatever comes.
 * @throws ConfigError; StorageError; what the work throws
 */
export async function beside(
  { config: file }: { config?: string },
  { env, cwd, err }: Pick<CommandContext, 'env' | 'cwd' | 'err'>,
  work: (beside: Beside) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { loadConfig } = await import('../config/index.ts')
  const config = await loadConfig({ ...(file === undefined ? {} : { file }), env, cwd })
  if (config.storage.engine === 'sqlite' && config.storage.file === ':memory:') {
    throw new Error(
      'the database of this configuration is in the memory of the server, where no command reaches it',
    )
  }
  const [
    { openStorage },
    { createEvents },
    { createLogger },
    { systemClock: clock },
    { createRequestIds },
    { createQueue },
  ] = await Promise.all([
    import('../storage/index.ts'),
    import('../events.ts'),
    import('../logging.ts'),
    import('../clock.ts'),
    import('../ids.ts'),
    import('../webhooks/index.ts'),
  ])
  const hook = awaited(config.hooks.onEvent)
  const logger = createLogger({ destination: { write: err } })
  const storage = await openStorage(config.storage)
  const { webhooks } = config
  const queue = createQueue({ webhooks, outbox: storage.outbox, clock, logger })
  const events = createEvents({ clock, logger, forward: queue.take, ...hook.hooks })
  try {
    await storage.ping()
    return await work({ config, storage, clock, events, logger, requestId: createRequestIds()() })
  } finally {
    await hook.ended()
    await queue.stored()
    await storage.close()
  }
}

type Hook = NonNullable<Config['hooks']['onEvent']>

/** A server outlives its hooks; a command does not. */
function awaited(onEvent: Hook | undefined): { hooks: { onEvent?: Hook }; ended: () => Promise<void> } {
  if (onEvent === undefined) return { hooks: {}, ended: async () => undefined }
  const running: Promise<unknown>[] = []
  return {
    hooks: {
      onEvent: (event) => {
        const run = Promise.resolve().then(() => onEvent(event))
        running.push(run)
        return run
      },
    },
    async ended() {
      // Whoever emits calls the hook a moment later.
      await Promise.resolve()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, hookMs)
      })
      await Promise.race([Promise.allSettled(running), late])
      clearTimeout(timer)
    },
  }
}
