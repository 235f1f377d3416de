import type { Environment } from '../config/index.ts'

/** What a command needs of the process it runs in. */
export interface CommandContext {
  /** For what was asked for. */
  out: (text: string) => void
  /** For everything else. */
  err: (text: string) => void
  env: Environment
  cwd: string
  signals: Signals
  /** Asks a person, who says yes or no. Only where one sits at a terminal. */
  confirm?: (question: string) => Promise<boolean>
}

/** The `actor` of events: whoever may run the command on the server's database. */
export const operator = 'operator'

/** The part of `process` that tells of its end and of errors nobody caught. */
export interface Signals {
  on(event: 'SIGTERM' | 'SIGINT', listener: () => void): unknown
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (error: unknown) => void): unknown
  off(event: string, listener: (...given: unknown[]) => void): unknown
}

/** 0 done, 1 failed, 2 usage or configuration. */
export type ExitCode = 0 | 1 | 2
