import { saysUnavailable } from './callback.ts'
import type { UpstreamError, UpstreamIdentity } from './contract.ts'
import { fault, outage } from './failures.ts'
import { type JsonObject, parseObject } from './json.ts'
import type { WireRules } from './quirks/index.ts'
import { isJsonType } from './response.ts'
import { forLogs } from './text.ts'

export interface TokenAnswer {
  status: number
  /** As `mediaType` gives it. */
  type: string
  text: string
}

export type Tokens = UpstreamIdentity['tokens']

const maxTokenLength = 32 * 1024
const maxExpiresIn = 100 * 366 * 86_400

/**
 * What an answer of a token endpoint means (RFC 6749 sections 5.1 and 5.2). An `error` member is an error
 * whatever the status: some providers answer 200. `idToken` is as received, not verified.
 *
 * @param secrets what must not reach a log should the provider repeat it
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `token_error`; `provider_error`:
 *   `invalid_grant`, `invalid_client`, `token_error`, `token_status`, `token_not_json`, `token_malformed`,
 *   `token_type`
 */
export function readTokenResponse(
  answer: TokenAnswer,
  rules: WireRules,
  secrets: (string | undefined)[] = [],
): Tokens {
  if (answer.status >= 500) throw outage('provider_5xx', { detail: `token endpoint: ${answer.status}` })
  const body = parseBody(answer, rules)
  if (body !== undefined && saysError(body, rules)) throw errorAnswer(body, secrets)
  if (answer.status !== 200) throw fault('token_status', { detail: `status ${answer.status}` })
  if (body === undefined) throw fault('token_not_json', { detail: answer.type.slice(0, 100) })
  return readTokens(body, rules)
}

function parseBody({ type, text }: TokenAnswer, rules: WireRules): JsonObject | undefined {
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

const grantErrors = new Set(['invalid_grant', 'invalid_client'])

function errorAnswer(
  { error, error_description }: JsonObject,
  secrets: (string | undefined)[],
): UpstreamError {
  const detail = forLogs([error, error_description], secrets)
  if (typeof error === 'string' && saysUnavailable(error)) return outage('token_error', { detail })
  return fault(typeof error === 'string' && grantErrors.has(error) ? error : 'token_error', { detail })
}

function readTokens(body: JsonObject, rules: WireRules): Tokens {
  const lenient = rules.tokenFields === 'lenient'
  const member = (name: string): unknown => {
    const value = body[name]
    return lenient && (value === null || value === '') ? undefined : value
  }
  const tokenString = (name: string): string | undefined => {
    const value = member(name)
    if (value === undefined) return undefined
    // RFC 6749 appendix A.12: printable ASCII, which also keeps it in one header line.
    if (typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) && value.length <= maxTokenLength)
      return value
    throw malformed(name)
  }

  const accessToken = tokenString('access_token')
  if (accessToken === undefined) throw malformed('access_token')
  checkTokenType(member('token_type'), lenient)
  const refreshToken = tokenString('refresh_token')
  const idToken = tokenString('id_token')
  const expiresIn = readExpiresIn(member('expires_in'), rules)
  const scope = readScope(member('scope'), rules)
  return {
    accessToken,
    tokenType: 'Bearer',
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresIn !== undefined && { expiresIn }),
    ...(scope !== undefined && { scope }),
    ...(idToken !== undefined && { idToken }),
  }
}

/** RFC 6749 section 7.1: a token of a kind one does not know must not be used. */
function checkTokenType(value: unknown, lenient: boolean): void {
  if (lenient && (value === undefined || typeof value === 'string')) return
  if (typeof value !== 'string') throw malformed('token_type')
  if (value.toLowerCase() !== 'bearer') throw fault('token_type', { detail: forLogs([value]) })
}

function readExpiresIn(value: unknown, rules: WireRules): number | undefined {
  if (value === undefined) return undefined
  const digits = rules.tokenBody === 'form' || rules.tokenFields === 'lenient' ? /^\d{1,10}$/ : undefined
  const number = typeof value === 'string' && digits?.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !(number >= 0 && number <= maxExpiresIn)) throw malformed('expires_in')
  if (number === 0 && rules.zeroExpiry === 'never') return undefined
  return Math.floor(number)
}

function readScope(value: unknown, rules: WireRules): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  const list = rules.scopeForm === 'array-or-string' && Array.isArray(value) ? value : undefined
  if (list === undefined || !list.every((scope) => typeof scope === 'string')) throw malformed('scope')
  return list.join(' ')
}

const malformed = (member: string): UpstreamError => fault('token_malformed', { detail: member })
