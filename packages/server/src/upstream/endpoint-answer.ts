import type { Clock } from '../clock.ts'
import { saysUnavailable } from './callback.ts'
import type { UpstreamError } from './contract.ts'
import { fault, outage } from './failures.ts'
import { isObject, type JsonObject } from './json.ts'
import type { GuardedResponse } from './net/guarded-fetch.ts'
import { atPath } from './profile.ts'
import { mediaType } from './response.ts'
import { readRetryAfter } from './retry-after.ts'
import { forLogs } from './text.ts'

/** What came from an endpoint at which we authenticate: token, revocation, introspection. */
export interface EndpointAnswer {
  status: number
  /** As `mediaType` gives it. */
  type: string
  text: string
  retryAfterMs?: number
}

export async function answerOf(response: GuardedResponse, clock: Clock): Promise<EndpointAnswer> {
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), clock.now())
  return {
    status: response.status,
    type: mediaType(response),
    text: await response.text(),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

const waitOf = ({ retryAfterMs }: EndpointAnswer) => (retryAfterMs === undefined ? {} : { retryAfterMs })

/**
 * A status that says all: not now. A 5xx is an outage whatever stands in its body.
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`
 */
export function refuseUnavailable(answer: EndpointAnswer, endpoint: string): void {
  const options = { detail: `${endpoint}: ${answer.status}`, ...waitOf(answer) }
  if (answer.status >= 500) throw outage('provider_5xx', options)
  if (answer.status === 429) throw outage('rate_limited', options)
}

/** Errors of RFC 6749 section 5.2 that mean something of their own to whoever keeps the tokens. */
const known = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
])

/** `slow_down` (RFC 8628) and what providers say: Slack `ratelimited`, others `rate_limit_exceeded`, `rateLimitExceeded`. */
const saysRateLimited = (error: string): boolean =>
  /^(slowdown|ratelimit(ed|exceeded|reached)?|toomanyrequests)$/.test(
    error.toLowerCase().replace(/[^a-z]/g, ''),
  )

export interface ErrorReading {
  /** The reason of an error that has none of its own: `token_error`. */
  otherwise: string
  /** What must not reach a log should the provider repeat it. */
  secrets: readonly (string | undefined)[]
  /** Other words for `invalid_grant`. */
  refusals?: ReadonlySet<string | number>
}

/** The failure that an answer with an `error` member is. */
export function errorOf(body: JsonObject, answer: EndpointAnswer, reading: ErrorReading): UpstreamError {
  const { error, error_description } = body
  const said = isObject(error) ? [error.type, error.message] : [error, error_description]
  const options = { detail: forLogs(said, reading.secrets), ...waitOf(answer) }
  if (reading.refusals !== undefined && isObject(error) && isGraphRefusal(error)) {
    return fault('invalid_grant', options)
  }
  if (typeof error !== 'string') return fault(reading.otherwise, options)
  if (saysUnavailable(error)) return outage(reading.otherwise, options)
  if (saysRateLimited(error)) return outage('rate_limited', options)
  if (reading.refusals?.has(error)) return fault('invalid_grant', options)
  return fault(known.has(error) ? error : reading.otherwise, options)
}

/** Facebook, Instagram and Threads: the token that was to be exchanged is over, or the person has withdrawn it. */
const isGraphRefusal = ({ type, code }: JsonObject): boolean => type === 'OAuthException' && code === 190

/** Where providers explain themselves. */
const explanations = ['error_description', 'errmsg', 'error_msg', 'msg', 'message', 'description']

/** The failure of an answer whose member that tells so says that there is one. */
export function unsuccessful(
  body: JsonObject,
  member: string,
  answer: EndpointAnswer,
  reading: ErrorReading,
): UpstreamError {
  const value = atPath(body, member)
  const explained = explanations.map((name) => body[name]).find((text) => typeof text === 'string')
  const told = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const detail = forLogs([`${member} ${told ? value : typeof value}`, explained], reading.secrets)
  const refused = (typeof value === 'string' || typeof value === 'number') && reading.refusals?.has(value)
  return fault(refused === true ? 'invalid_grant' : reading.otherwise, { detail, ...waitOf(answer) })
}
