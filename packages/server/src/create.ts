import type { Timers } from './background.ts'
import type { Clock } from './clock.ts'
import { type ConfigInput, resolveConfig } from './config/index.ts'
import { type Latchkey, openLatchkey } from './latchkey.ts'
import { createLogger, type Logger } from './logging.ts'

export interface CreateLatchkeyOptions {
  /** Default: JSON lines on stderr, from `info` on. */
  logger?: Logger
  /** Default: the system's. */
  clock?: Clock
  /** For the work in the background. Default: the system's. */
  timers?: Timers
  /** Bring the database's schema up to date first. Default: true. */
  migrate?: boolean
  /** What `${NAME}` in the configuration is replaced from. Default: `process.env`. */
  env?: Record<string, string | undefined>
  /** What paths in the configuration are relative to. Default: the working directory. */
  baseDir?: string
}

/**
 * Latchkey inside a backend: the same configuration as the file's, and a function from requests to responses.
 * @throws ConfigError `invalid_config` with every mistake; LatchkeyError `wrong_secret`, `key_unavailable`; StorageError
 */
export async function createLatchkey(
  config: ConfigInput,
  options: CreateLatchkeyOptions = {},
): Promise<Latchkey> {
  const { env = process.env, baseDir = process.cwd(), clock, timers, migrate } = options
  return openLatchkey(resolveConfig(config, { env, baseDir }), {
    logger: options.logger ?? createLogger(),
    ...(clock === undefined ? {} : { clock }),
    ...(timers === undefined ? {} : { timers }),
    ...(migrate === undefined ? {} : { migrate }),
  })
}
