import type { WireRules } from '@latchkey/providers'
import { fault } from './failures.ts'
import { isObject, parseJson } from './json.ts'
import type { GuardedResponse } from './net/guarded-fetch.ts'
import { atPath } from './profile.ts'
import { okText } from './response.ts'
import { forLogs } from './text.ts'
import { isSuccess } from './token-response.ts'

export interface ProfileReading {
  form: WireRules['userinfoType']
  /** `errors` beside `data`, also in part: nothing of such an answer is taken. */
  graphql?: boolean
  /** Those of the token answer hold here, too: the same server says in the same way that it failed. */
  rules: WireRules
  /** What must not reach a log should the provider repeat it. */
  secrets: readonly (string | undefined)[]
}

/**
 * The JSON that a provider answered about a person, an object or a list.
 * @param what begins the reasons: `userinfo`, `emails`
 * @throws UpstreamError `provider_5xx`, `{what}_status`, `{what}_not_json`, `{what}_error`
 */
export async function readProfileAnswer(
  response: GuardedResponse,
  what: 'userinfo' | 'emails',
  { form, graphql = false, rules, secrets }: ProfileReading,
): Promise<object> {
  const text = await okText(response, what, { anyType: form !== 'json' })
  const json = form === 'jsonp' ? argumentOf(text) : text
  const answer = json === undefined ? undefined : parseJson(json)
  if (typeof answer !== 'object' || answer === null) throw fault(`${what}_not_json`)
  const said = isObject(answer) ? errorIn(answer.error) : undefined
  const errors = graphql && isObject(answer) ? graphqlError(answer.errors) : undefined
  const error = said ?? errors ?? failureIn(answer, rules)
  if (error !== undefined) {
    throw fault(`${what}_error`, { detail: forLogs([error], secrets) })
  }
  return answer
}

/** Of `callback({ ... });` what stands in the brackets. */
function argumentOf(text: string): string | undefined {
  const before = /^\s*[A-Za-z_$][\w$.]*\s*\(/.exec(text)?.[0]
  const end = text.lastIndexOf(')')
  // Trimmed, and no pattern: two runs of spaces in one cost the square of what a provider likes to send.
  const after = text.slice(end + 1).trim()
  return before !== undefined && (after === '' || after === ';') ? text.slice(before.length, end) : undefined
}

/** What an `error` says; undefined where it says that there is none, as TikTok's `{ "code": "ok" }` does with each answer. */
function errorIn(error: unknown): string | undefined {
  if (error === undefined || error === null || error === false || error === '' || error === 0)
    return undefined
  if (!isObject(error)) return typeof error === 'string' ? error : 'error'
  const { code, message } = error
  if (code === 'ok' || code === 0 || code === '0') return undefined
  return [code, message].filter((part) => typeof part === 'string').join(': ') || 'error'
}

function failureIn(answer: object, rules: WireRules): string | undefined {
  if (!isObject(answer) || isSuccess(answer, rules)) return undefined
  const member = rules.tokenSuccess?.member ?? ''
  const value = atPath(answer, member)
  // An object may lack what makes a text of it.
  const told = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return `${member} ${told ? value : typeof value}`
}

/** GraphQL section 7.1.2: absent when there is none; some servers say null or an empty list. */
function graphqlError(errors: unknown): string | undefined {
  if (errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0))
    return undefined
  const [first]: unknown[] = Array.isArray(errors) ? errors : [errors]
  return isObject(first) && typeof first.message === 'string' && first.message !== ''
    ? first.message
    : 'errors'
}
