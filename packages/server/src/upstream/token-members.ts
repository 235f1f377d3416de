import type { WireRules } from '@latchkey/providers'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'

/** How the optional members of a token response are read. */
export interface MemberRules extends Omit<WireRules, 'scopeSeparator'> {
  damaged: 'refused' | 'dropped'
  scopeSeparator: string
  /** Seconds since the epoch. */
  now: number
}

const maxSeconds = 100 * 366 * 86_400
const maxScopeLength = 8 * 1024

/** @throws UpstreamError `provider_error`: `token_malformed` where damage is refused */
export function readExpiresIn(value: unknown, rules: MemberRules): number | undefined {
  if (value === undefined) return undefined
  const mayBeText =
    rules.tokenBody === 'form' || rules.tokenFields === 'lenient' || rules.damaged === 'dropped'
  const number = isNever(value, mayBeText, rules) ? 0 : secondsLeft(value, mayBeText, rules)
  if (number === undefined) return damaged('expires_in', rules)
  return number === 0 && rules.zeroExpiry === 'never' ? undefined : number
}

const isNever = (value: unknown, mayBeText: boolean, { zeroExpiry }: MemberRules): boolean =>
  zeroExpiry === 'never' && (value === 0 || (mayBeText && value === '0'))

/** A day: whoever names an earlier moment means no moment. */
const longPast = 86_400
const rfc3339 = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** How long from now, in whichever form this provider says it. */
function secondsLeft(value: unknown, mayBeText: boolean, rules: MemberRules): number | undefined {
  if (rules.expiryForm === 'seconds') return secondsOf(value, mayBeText)
  const at =
    rules.expiryForm === 'unix-time'
      ? secondsOf(value, true)
      : typeof value === 'string' && rfc3339.test(value)
        ? Date.parse(value) / 1000
        : Number.NaN
  const left = at === undefined ? Number.NaN : at - rules.now
  return left >= -longPast && left <= maxSeconds ? Math.max(Math.floor(left), 0) : undefined
}

/** When the refresh token ends, where a provider has a name of its own for that. What makes no sense is not there. */
export const readRefreshEnd = (value: unknown, rules: MemberRules): number | undefined => {
  const left = secondsLeft(value, true, rules)
  return left === undefined || left === 0 ? undefined : left
}

/** Names of no standard: Keycloak and others, Microsoft and GitHub, QuickBooks. */
const refreshExpiryNames = ['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in']

/** The first that makes sense. 0 is not the end of it but Keycloak's word for an offline token, which has none. */
export const readRefreshExpiresIn = (body: JsonObject): number | undefined =>
  refreshExpiryNames
    .map((name) => secondsOf(body[name], true))
    .find((seconds) => seconds !== undefined && seconds > 0)

function secondsOf(value: unknown, mayBeText: boolean): number | undefined {
  const number = mayBeText && typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number <= maxSeconds ? Math.floor(number) : undefined
}

/** @throws UpstreamError `provider_error`: `token_malformed` where damage is refused */
export function readScope(value: unknown, rules: MemberRules): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    const fits = value.length <= maxScopeLength && /^[\x20-\x7e]*$/.test(value)
    return fits || rules.damaged === 'refused' ? spaced(value, rules) : undefined
  }
  const mayBeList = rules.scopeForm === 'array-or-string' || rules.damaged === 'dropped'
  if (!mayBeList || !Array.isArray(value) || !value.every((scope) => typeof scope === 'string')) {
    return damaged('scope', rules)
  }
  return value.join(' ')
}

const spaced = (scope: string, { scopeSeparator }: MemberRules): string =>
  scopeSeparator === ' ' ? scope : scope.split(scopeSeparator).join(' ')

function damaged(member: string, rules: MemberRules): undefined {
  if (rules.damaged === 'refused') throw fault('token_malformed', { detail: member })
}
