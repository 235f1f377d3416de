import {
  type DestinationStream,
  destination as fileDescriptor,
  type Logger as Pino,
  pino,
  stdTimeFunctions,
} from 'pino'
import { scrubFields, scrubText } from './scrub.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Facts of one log line, by name in snake_case. An error goes under `error`, an error code under `error_code`. */
export type LogFields = Record<string, unknown>

/**
 * What the rooms of the server log with. Never hand it a secret; should one slip in, `createLogger` takes out
 * what has a secret's name or shape (see `scrub.ts`), `code` among it.
 */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  /** A logger that adds these fields to every line. */
  child(fields: LogFields): Logger
}

export interface LoggerOptions {
  /** Default `info`. */
  level?: LogLevel
  /** Where lines go, one `write` a line. Default: standard error, synchronously, so that the last line is never lost. */
  destination?: DestinationStream
}

/** Logs JSON lines: `level`, `time` (RFC 3339), the fields, `msg`. */
export function createLogger({ level = 'info', destination }: LoggerOptions = {}): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return scrubbing(pino(options, destination ?? fileDescriptor({ fd: 2, sync: true })))
}

/** A child keeps its fields and no logger of its own: one is made for every request, and most log little. */
function scrubbing(log: Pino, own: LogFields = {}): Logger {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: LogFields, message: string) => {
    if (log.isLevelEnabled(level)) log[level](scrubFields({ ...own, ...fields }), scrubText(message))
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => scrubbing(log, { ...own, ...fields }),
  }
}

const ignore = (): void => undefined

/** Logs nothing. The default where a logger may be handed in. */
export const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  child: () => silentLogger,
}
