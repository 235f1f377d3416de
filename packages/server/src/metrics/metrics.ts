import type { LatchkeyEvent } from '../config/types.ts'

/** What the house tells of its work. None of it throws, waits or keeps anything that somebody sent. */
export interface Metrics {
  /** A request to one of the routes was answered after so many milliseconds. */
  answered(answer: {
    /** As the route's table says it. */
    route: string
    method: string
    status: number
    ms: number
    /** The code of the error that it was answered with. */
    errorCode?: string | undefined
    /** What was asked for at the token endpoint. */
    grant?: string | undefined
  }): void
  event(event: LatchkeyEvent): void
  /** How it went with a provider: `ok`, or the failure's reason. */
  providerOutcome(provider: string, outcome: string): void
  /** A provider answered with a status, or did not for a reason. */
  providerCall(provider: string, outcome: string | number, ms: number): void
  breaker(provider: string, open: boolean): void
  vault(what: 'hand_out' | 'renewal', provider: string, outcome: string): void
  /** A request was turned away because there was too much to do. */
  shed(work: string): void
  /** `users.find`; the code of the failure where there was one. */
  stored(operation: string, ms: number, errorCode?: string): void
  /** All of it, in the text format of Prometheus. */
  exposition(now: Sample): Promise<{ contentType: string; text: string }>
}

/** What is looked up when somebody reads the metrics. What is unknown just then is absent. */
export interface Sample {
  signing?: { algorithm: string; since: number } | undefined
  keysPublished: number
  /** Requests under way, by kind of work. */
  inProgress?: Readonly<Record<string, number>>
  /** Milliseconds since the epoch. */
  outbox?: { count: number; oldestAt?: number } | undefined
}
