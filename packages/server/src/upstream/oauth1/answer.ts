import { type Credentials, UpstreamError } from '../contract.ts'
import { type EndpointAnswer, refuseUnavailable } from '../endpoint-answer.ts'
import { fault } from '../failures.ts'
import { forLogs } from '../text.ts'

/** Which of the two answers that hold credentials; begins the reasons. */
export type Kind = 'request_token' | 'access_token'

export interface CredentialAnswer {
  credentials: Credentials
  /** Everything in it by name, the credentials too. */
  fields: ReadonlyMap<string, string>
}

const mostCharacters = 64 * 1024
/** Of a token and of its secret. Those of a request travel in a cookie. */
const longest = { request_token: 512, access_token: 4096 }

/**
 * Reads temporary or token credentials (RFC 5849 sections 2.1 and 2.3). Whether it is a form is told by the text: providers
 * label theirs as anything, `text/html` among it.
 *
 * @param secrets must not reach a log should the provider repeat them
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`; `access_denied`: `{kind}_refused`;
 *   `provider_error`: `{kind}_refused`, `{kind}_status`, `{kind}_not_form`, `{kind}_malformed`
 */
export function readCredentials(
  answer: EndpointAnswer,
  kind: Kind,
  secrets: readonly (string | undefined)[],
): CredentialAnswer {
  refuseUnavailable(answer, kind)
  const pairs = formIn(answer.text)
  const fields = new Map(pairs)
  const problem = fields.get('oauth_problem')
  if (problem !== undefined) throw refusalOf(problem, kind, secrets)
  if (answer.status !== 200) throw fault(`${kind}_status`, { detail: `status ${answer.status}` })
  if (pairs === undefined) throw fault(`${kind}_not_form`, { detail: answer.type.slice(0, 100) })
  if (fields.size !== pairs.length) throw fault(`${kind}_malformed`, { detail: 'a field is repeated' })
  const text = (name: string): string => {
    const value = fields.get(name)
    if (value === undefined || value.length > longest[kind] || !/^[\x21-\x7e]+$/.test(value)) {
      throw fault(`${kind}_malformed`, { detail: name })
    }
    return value
  }
  return { credentials: { token: text('oauth_token'), secret: text('oauth_token_secret') }, fields }
}

/** The pairs of a form; undefined for what is none: a page, JSON, lines of text. */
function formIn(text: string): [string, string][] | undefined {
  const form = text.trim()
  const isForm = form.length <= mostCharacters && /^[^\s<>"{}[\]\\]+$/.test(form) && form.includes('=')
  return isForm ? [...new URLSearchParams(form)] : undefined
}

/** The person said no (OAuth Problem Reporting). */
const refusals = new Set(['permission_denied', 'user_refused'])

/** What `oauth_problem` means, in an answer or at the callback. */
export function refusalOf(
  problem: string,
  what: Kind | 'callback',
  secrets: readonly (string | undefined)[],
): UpstreamError {
  const options = { detail: forLogs([problem], secrets) }
  return refusals.has(problem)
    ? new UpstreamError('access_denied', `${what}_refused`, options)
    : fault(`${what}_refused`, options)
}
