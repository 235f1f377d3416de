import type { WireRules } from '@latchkey/providers'
import type { Tokens, UpstreamError } from './contract.ts'
import { type EndpointAnswer, errorOf, refuseUnavailable, unsuccessful } from './endpoint-answer.ts'
import { fault } from './failures.ts'
import { isObject, type JsonObject, parseObject } from './json.ts'
import { atPath } from './profile.ts'
import { dataFromToken, mergedData } from './provider-data.ts'
import { isJsonType } from './response.ts'
import { forLogs } from './text.ts'
import {
  type MemberRules,
  readExpiresIn,
  readRefreshEnd,
  readRefreshExpiresIn,
  readScope,
} from './token-members.ts'

export interface TokenReading {
  rules: WireRules
  /** Between the scopes of the answer, where it is not a space. */
  scopeSeparator?: string
  /** Seconds since the epoch, for answers that say when and not for how long. */
  now: number
  /** What must not reach a log should the provider repeat it. */
  secrets?: readonly (string | undefined)[]
  /**
   * The answer to a refresh. By then the old refresh token may be spent: an optional member that is damaged, null or empty
   * is taken for left out, since refusing it would lose the grant. Default: such an answer is refused.
   */
  refreshed?: boolean
  /** The answer to an exchange for a token that lives longer. Default: it is none. */
  exchanged?: boolean
}

const maxTokenLength = 32 * 1024

/** What providers say instead of `invalid_grant`: GitHub, Slack, servers made with Spring. */
const refreshRefusals = new Set([
  'bad_refresh_token',
  'invalid_refresh_token',
  'invalid_token',
  'token_expired',
  'token_revoked',
])

/**
 * What an answer of a token endpoint means (RFC 6749 sections 5.1 and 5.2). An `error` member is an error
 * whatever the status: some providers answer 200. `idToken` is as received, not verified.
 *
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`, `token_error`; `provider_error`:
 *   `invalid_grant`, `invalid_client`, `invalid_scope`, `unauthorized_client`, `unsupported_grant_type`, `token_error`,
 *   `token_status`, `token_not_json`, `token_path`, `token_malformed`, `token_type`
 */
export const readTokenResponse = (answer: EndpointAnswer, reading: TokenReading): Tokens =>
  readTokens(readTokenBody(answer, reading), reading)

/** The whole answer, once nothing in it says that it is an error. @throws UpstreamError as `readTokenResponse` */
export function readTokenBody(answer: EndpointAnswer, how: TokenReading): JsonObject {
  const { rules, secrets = [], refreshed = false } = how
  refuseUnavailable(answer, 'token endpoint')
  const body = parseBody(answer, rules)
  const reading = {
    otherwise: 'token_error',
    secrets,
    ...(refreshed && { refusals: new Set([...refreshRefusals, ...(rules.tokenRefusals ?? [])]) }),
  }
  if (body !== undefined) {
    const inner = rules.tokenPath === undefined ? undefined : atPath(body, rules.tokenPath)
    const wrong = [body, ...(isObject(inner) ? [inner] : [])].find((object) => saysError(object, rules))
    if (wrong !== undefined) throw errorOf(wrong, answer, reading)
    if (!isSuccess(body, rules)) throw unsuccessful(body, rules.tokenSuccess?.member ?? '', answer, reading)
  }
  if (answer.status !== 200) throw fault('token_status', { detail: `status ${answer.status}` })
  if (body === undefined) throw fault('token_not_json', { detail: answer.type.slice(0, 100) })
  return body
}

function parseBody({ type, text }: EndpointAnswer, rules: WireRules): JsonObject | undefined {
  if (isJsonType(type)) return parseObject(text)
  return rules.tokenBody === 'form' && type !== 'text/html' ? parseForm(text) : undefined
}

/** Undefined when a parameter repeats: no telling which one is meant. */
function parseForm(text: string): JsonObject | undefined {
  const params = new URLSearchParams(text)
  const fields = Object.fromEntries(params)
  return Object.keys(fields).length === params.size ? fields : undefined
}

function saysError({ error }: JsonObject, rules: WireRules): boolean {
  if (rules.tokenFields === 'lenient' && (error === null || error === '')) return false
  return error !== undefined
}

/** Whether the member that tells, where there is such a member, says that all went well. */
export function isSuccess(body: JsonObject, { tokenSuccess, tokenBody, tokenFields }: WireRules): boolean {
  if (tokenSuccess === undefined) return true
  const value = atPath(body, tokenSuccess.member)
  if (value === undefined || value === tokenSuccess.good) return true
  const mayBeText = tokenBody === 'form' || tokenFields === 'lenient'
  return mayBeText && value === String(tokenSuccess.good)
}

/**
 * The object that holds the members. Where it is missing from a later answer, the answer itself: providers that hand out two
 * tokens at once, or wrap the first, say nothing of that when one of them is renewed.
 */
function membersOf(
  body: JsonObject,
  { rules, refreshed = false, exchanged = false }: TokenReading,
): JsonObject {
  if (rules.tokenPath === undefined) return body
  const inner = atPath(body, rules.tokenPath)
  if (isObject(inner)) return inner
  if (inner === undefined && (refreshed || exchanged)) return body
  throw fault('token_path', { detail: rules.tokenPath })
}

/** The tokens in such an answer. @throws UpstreamError as `readTokenResponse` */
export function readTokens(answer: JsonObject, reading: TokenReading): Tokens {
  const { rules, refreshed = false } = reading
  const lenient = rules.tokenFields === 'lenient'
  const body = membersOf(answer, reading)
  const at = (name: string, path: string | undefined): unknown =>
    path === undefined ? body[name] : atPath(body, path)
  const pathOf: Partial<Record<string, string>> = rules.tokenMembers
  const member = (name: string, mayBeEmpty = lenient): unknown => {
    const value = at(name, pathOf[name])
    return mayBeEmpty && (value === null || value === '') ? undefined : value
  }
  const optional = (name: string): unknown => member(name, lenient || refreshed)
  const tokenString = (name: string, value: unknown): string | undefined => {
    if (value === undefined || isToken(value)) return value
    throw malformed(name)
  }

  const accessToken = tokenString('access_token', member('access_token'))
  if (accessToken === undefined) throw malformed('access_token')
  checkTokenType(member('token_type'), lenient, [accessToken])
  const refreshToken = tokenString('refresh_token', optional('refresh_token'))
  const givenIdToken = optional('id_token')
  const idToken =
    refreshed && typeof givenIdToken !== 'string' ? undefined : tokenString('id_token', givenIdToken)
  const members: MemberRules = {
    ...rules,
    damaged: refreshed ? 'dropped' : 'refused',
    scopeSeparator: reading.scopeSeparator ?? ' ',
    now: reading.now,
  }
  const expiresIn = readExpiresIn(optional('expires_in'), members)
  const refreshExpiresIn =
    pathOf.refresh_expires_in === undefined
      ? readRefreshExpiresIn(body)
      : readRefreshEnd(optional('refresh_expires_in'), members)
  const own = [accessToken, refreshToken, idToken]
  const providerData = mergedData(dataFromToken(rules, answer, own))
  const scope = readScope(optional('scope'), members)
  return {
    accessToken,
    tokenType: 'Bearer',
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresIn !== undefined && { expiresIn }),
    ...(refreshExpiresIn !== undefined && { refreshExpiresIn }),
    ...(scope !== undefined && { scope }),
    ...(idToken !== undefined && { idToken }),
    ...(providerData !== undefined && { providerData }),
  }
}

/** RFC 6749 appendix A.12: printable ASCII, which also keeps it in one header line. */
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) && value.length <= maxTokenLength

/** RFC 6749 section 7.1: a token of a kind one does not know must not be used. */
function checkTokenType(value: unknown, lenient: boolean, secrets: string[]): void {
  if (lenient && (value === undefined || typeof value === 'string')) return
  if (typeof value !== 'string') throw malformed('token_type')
  if (value.toLowerCase() !== 'bearer') throw fault('token_type', { detail: forLogs([value], secrets) })
}

const malformed = (member: string): UpstreamError => fault('token_malformed', { detail: member })
