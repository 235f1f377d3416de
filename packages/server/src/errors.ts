/** The root of everything Latchkey throws on purpose. `code` is stable; the message is for logs. */
export class LatchkeyError extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

interface Answer {
  status: number
  /** Fixed text for whoever sent the request. */
  description: string
  headers?: Record<string, string>
  /** Further members of a JSON answer. */
  members?: Record<string, string>
  /** For logs only: never sent. */
  detail?: string
  cause?: unknown
  /** It happened to somebody who is connecting an account, not signing in: a page says so. */
  connecting?: boolean
  /** Whoever throws it tells the log by itself, once for many. */
  quiet?: boolean
}

/** An error that is answered; its subclass decides in what form. */
export abstract class AnsweredError extends LatchkeyError {
  readonly status: number
  readonly description: string
  readonly headers: Record<string, string>
  readonly members: Record<string, string>
  readonly detail: string | undefined
  readonly connecting: boolean
  readonly quiet: boolean
  constructor(code: string, answer: Answer) {
    // A refusal is an answer, no accident: its code and detail say where it came from, and a stack costs 10 us.
    const limit = Error.stackTraceLimit
    const quiet = answer.quiet === true
    if (answer.status < 500 || quiet) Error.stackTraceLimit = 0
    super(
      code,
      answer.detail ?? answer.description,
      answer.cause === undefined ? undefined : { cause: answer.cause },
    )
    Error.stackTraceLimit = limit
    this.status = answer.status
    this.description = answer.description
    this.headers = answer.headers ?? {}
    this.members = answer.members ?? {}
    this.detail = answer.detail
    this.connecting = answer.connecting === true
    this.quiet = quiet
  }
}

/** Shown to the person at the browser; never a redirect. */
export class PageError extends AnsweredError {}

/** Answered as JSON (RFC 6749 section 5.2 for the token endpoint, the same shape everywhere else). */
export class ApiError extends AnsweredError {}

/** Sent back to the SPA's validated redirect URI (RFC 6749 section 4.1.2.1). */
export class RedirectError extends LatchkeyError {
  readonly description: string
  readonly detail: string | undefined
  constructor(code: string, description: string, options?: { detail?: string; cause?: unknown }) {
    super(
      code,
      options?.detail ?? description,
      options?.cause === undefined ? undefined : { cause: options.cause },
    )
    this.description = description
    this.detail = options?.detail
  }
}
