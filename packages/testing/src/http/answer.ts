/** A JSON object on its way out, before a quirk or a fault has had its say and before it is written down. */
export interface JsonAnswer {
  status: number
  headers: Record<string, string>
  members: Record<string, unknown>
}

/** Writes an answer down. Plain OAuth 2.0 providers have ways of their own. */
export type Encode = (answer: JsonAnswer) => Response

export const json = (
  members: Record<string, unknown>,
  status = 200,
  headers: Record<string, string> = {},
): JsonAnswer => ({ status, headers, members })

/** RFC 6749 section 5.1: token answers are never cached. */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

export const asJson: Encode = (answer) =>
  new Response(JSON.stringify(answer.members), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
  })

/** An error as RFC 6749 section 5.2 or RFC 6750 section 3 write it, thrown by whoever found it. */
export class OAuthError extends Error {
  readonly code: string
  readonly status: number
  readonly headers: Record<string, string>
  constructor(
    code: string,
    description: string,
    options: { status?: number; headers?: Record<string, string> } = {},
  ) {
    super(description)
    this.name = 'OAuthError'
    this.code = code
    this.status = options.status ?? 400
    this.headers = options.headers ?? {}
  }
}

/** `{error, error_description}` for an OAuthError; anything else is ours and goes on up. */
export const errorAnswer = (error: unknown): JsonAnswer => {
  if (!(error instanceof OAuthError)) throw error
  return json({ error: error.code, error_description: error.message }, error.status, {
    ...noStore,
    ...error.headers,
  })
}
