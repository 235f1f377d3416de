import type { Target } from './report.ts'

/** What every benchmark gives back. */
export interface Outcome {
  /** For people. */
  text: string
  targets: Target[]
  /** Anything that makes the run worthless: errors under load, a server that was not there. */
  failures: string[]
  /** For machines: every figure, unrounded. */
  data: unknown
}

/** What every benchmark is handed. */
export interface Session {
  /** An empty folder that goes away afterwards. */
  folder: string
  /** The repository. */
  root: string
  /** Starts a process that is ended with the session, come what may. */
  start: typeof import('./processes.ts').start
  /** Runs a process to its end, within two minutes unless told, and gives what it printed. */
  run: typeof import('./processes.ts').run
  /** Is done when the session ends, come what may, after the processes that `start` started have ended. */
  atEnd(action: () => Promise<void>): void
  /** Progress, for people. */
  say(line: string): void
}
