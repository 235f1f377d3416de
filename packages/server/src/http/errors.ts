import { randomInt } from 'node:crypto'
import { AnsweredError, ApiError, PageError } from '../errors.ts'
import { StorageError } from '../storage/index.ts'
import type { Ctx } from './deps.ts'
import { errorPage } from './pages/index.ts'
import { type Answer, json, page } from './respond.ts'

/** Whoever waits for the answer: a person at a browser, or a program. */
export type Audience = 'page' | 'api'

/** A client's first proof has no nonce: nothing is wrong. Who asks too often is logged by the limit, once a minute. */
const quiet = new Set(['use_dpop_nonce', 'rate_limited'])

/**
 * The answer to anything thrown. A fixed text and the request id go out; the rest goes to the log. An error that nobody
 * foresaw is this request's 500 and no more.
 */
export function answerError(error: unknown, audience: Audience, c: Ctx): Answer {
  const known = foreseen(error)
  c.set('errorCode', known.code)
  const logged = {
    error_code: known.code,
    status: known.status,
    ...(known.detail === undefined ? {} : { detail: known.detail }),
  }
  if (known.quiet) c.var.logger.debug(logged, 'request turned away')
  else if (known.status >= 500) c.var.logger.error({ ...logged, error }, 'request failed')
  else c.var.logger[quiet.has(known.code) ? 'debug' : 'info'](logged, 'request refused')

  const { code, status, description, headers, members, connecting } = known
  const requestId = c.var.requestId
  if (known instanceof PageError || audience === 'page') {
    return page(status, errorPage({ code, description, requestId, connecting }), { headers })
  }
  return json(
    status,
    { error: code, error_description: description, ...members, request_id: requestId },
    headers,
  )
}

/** Spread, so that everybody who was turned away does not return in one moment. */
export const retrySoon = (): Record<string, string> => ({ 'Retry-After': String(randomInt(1, 5)) })

function foreseen(error: unknown): AnsweredError {
  if (error instanceof AnsweredError) return error
  if (error instanceof StorageError) {
    return new ApiError('temporarily_unavailable', {
      status: 503,
      description: 'Latchkey cannot reach its database right now. Try again in a moment.',
      headers: retrySoon(),
      detail: error.message,
      cause: error,
    })
  }
  return new ApiError('server_error', {
    status: 500,
    description: 'Latchkey failed to answer this request. The log tells why under this request id.',
    cause: error,
  })
}
