import type { VerifyError } from '../error.ts'

/** An HTTP answer that any framework can send. */
export type Answer = {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** Seconds after which a request that met an outage may be worth repeating. */
const retryAfter = 5

export function answerFor({ code, status, message, wwwAuthenticate }: VerifyError): Answer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(wwwAuthenticate === undefined ? {} : { 'www-authenticate': wwwAuthenticate }),
      ...(status === 503 ? { 'retry-after': String(retryAfter) } : {}),
    },
    body: JSON.stringify({ error: code, error_description: message }),
  }
}

/** The answer to a refused request: its status, `WWW-Authenticate`, and `{ error, error_description }` as JSON. */
export function toResponse(error: VerifyError): Response {
  const { status, headers, body } = answerFor(error)
  return new Response(body, { status, headers })
}
