/** What a command needs of the process it runs in. */
export interface CommandContext {
  /** For what was asked for. */
  out: (text: string) => void
  /** For everything else. */
  err: (text: string) => void
  /** A file of variables is added to it (`--env-file`). */
  env: Record<string, string | undefined>
  cwd: string
  signals: Signals
  /** Asks a person, who says yes or no. Only where one sits at a terminal. */
  confirm?: (question: string) => Promise<boolean>
  /** Asks a person for a line, who may leave it as it is by default. Only where one sits at a terminal. */
  ask?: (question: string, byDefault: string) => Promise<string>
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
