import type { Config, ListenConfig } from '../config/index.ts'
import type { Sender } from '../http/deps.ts'
import type { Logger } from '../logging.ts'
import type { CommandContext, ExitCode } from './context.ts'

export interface ServeOptions {
  migrate: boolean
  /** Milliseconds that requests under way have to end. Default 25,000. */
  drainMs?: number
  /** Milliseconds after that for the rest: flushing, closing the database. Default 4,000. */
  closeMs?: number
}

/** The parts that serving puts together. */
export interface ServeParts {
  openLatchkey(config: Config, parts: { logger: Logger; migrate: boolean }): Promise<Server>
  listen(server: Pick<Server, 'fetch'>, at: ListenConfig): Promise<Listening>
}

export interface Server {
  fetch(request: Request, sender: Sender): Promise<Response>
  operations: { fetch(request: Request): Promise<Response> }
  /** Says that it is not ready any more, and goes on answering. */
  drain(): void
  close(): Promise<void>
}

export interface Listening {
  port: number
  /** Stops accepting and waits for what is under way, at most so long. */
  close(graceMs: number): Promise<void>
}

/**
 * Runs the server until SIGTERM or SIGINT, then drains: not ready, no new connections, what is under way ends, the database
 * closes. The port for operations answers for as long as there is something to tell. Prints `ready {issuer}` once requests
 * are answered.
 */
export async function serve(
  config: Config,
  logger: Logger,
  parts: ServeParts,
  context: Pick<CommandContext, 'out' | 'signals'>,
  { migrate, drainMs = 25_000, closeMs = 4_000 }: ServeOptions,
): Promise<ExitCode> {
  const started = await start(config, logger, parts, migrate)
  if (started === undefined) return 1
  const { server, listening, operations } = started

  const stopReporting = reportStrays(logger, context.signals)
  const signal = signalled(context.signals)
  logger.info(
    {
      ...{ issuer: config.issuer, host: config.listen.host, port: listening.port },
      ...(operations === undefined ? {} : { operations_port: operations.port }),
    },
    'ready',
  )
  context.out(`ready ${config.issuer}\n`)

  const told = await signal
  server.drain()
  logger.info({ signal: told, drain_ms: drainMs }, 'draining')
  const ended = await within(drainMs + closeMs, async () => {
    await listening.close(drainMs)
    await server.close()
    await operations?.close(0)
  })
  stopReporting()
  if (ended === 'done') {
    logger.info({}, 'closed')
    return 0
  }
  logger.error(
    ended === 'late' ? {} : { error: ended.error },
    ended === 'late' ? 'closing took too long' : 'closing failed',
  )
  return 1
}

async function start(config: Config, logger: Logger, parts: ServeParts, migrate: boolean) {
  const { listen, operations: own } = config
  let server: Server | undefined
  let operations: Listening | undefined
  let trying: Place = { key: 'listen', at: listen }
  try {
    server = await parts.openLatchkey(config, { logger, migrate })
    if (own.listen !== undefined) {
      trying = { key: 'operations.listen', at: own.listen }
      operations = await parts.listen(server.operations, own.listen)
      trying = { key: 'listen', at: listen }
    }
    return { server, operations, listening: await parts.listen(server, listen) }
  } catch (error) {
    logger.error({ error }, `cannot start: ${reasonOf(error, trying)}`)
    await operations?.close(0)
    await server?.close()
    return undefined
  }
}

/** An address, and the key of the configuration that names it. */
interface Place {
  key: string
  at: ListenConfig
}

function reasonOf(error: unknown, { key, at: { host, port } }: Place): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `${address} is in use; stop what listens there, or change "${key}"`
    case 'EACCES':
      return `${address} may not be listened on by this user; choose a port above 1023 in "${key}"`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address} is not an address of this machine; change "${key}"`
    default:
      return error instanceof Error ? error.message : 'something other than an error was thrown'
  }
}

/** Further signals change nothing: what has begun to end is bounded. */
const signalled = (signals: CommandContext['signals']): Promise<string> =>
  new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) signals.on(name, () => resolve(name))
  })

/** No request ends the process: what nobody caught is logged, and everybody else is served on. */
function reportStrays(logger: Logger, signals: CommandContext['signals']): () => void {
  const events = ['unhandledRejection', 'uncaughtException'] as const
  const listeners = events.map((event) => {
    const listener = (error: unknown): void => logger.error({ error }, `${event}: this is a bug`)
    signals.on(event, listener)
    return () => signals.off(event, listener)
  })
  return () => {
    for (const stop of listeners) stop()
  }
}

async function within(ms: number, work: () => Promise<void>): Promise<'done' | 'late' | { error: unknown }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late')
  })
  const done = work().then(
    () => 'done' as const,
    (error: unknown) => ({ error }),
  )
  const ended = await Promise.race([done, late])
  clearTimeout(timer)
  return ended
}
