import { Refused } from '../token/check.ts'
import type { Verified } from '../token/verified.ts'

/** What a route asks of a token beyond its being valid. */
export type Requirements = {
  /** All of these must have been granted; otherwise 403 `insufficient_scope`. */
  readonly scopes?: readonly string[] | undefined
  /** How long ago the user may have signed in (`auth_time`), in seconds; otherwise 401 (RFC 9470). */
  readonly maxAgeSeconds?: number | undefined
  /** One of these must be the token's `acr`; otherwise 401 (RFC 9470). */
  readonly acrValues?: readonly string[] | undefined
}

const names = ['scopes', 'maxAgeSeconds', 'acrValues']
/** RFC 6749 section 3.3; what may stand in a quoted string without escaping. */
const token = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/**
 * Refuses requirements that would not be enforced as written: a misspelt name, a scope that is no scope.
 *
 * @throws TypeError
 */
export function assertRequirements(requirements: Requirements): void {
  const { scopes, maxAgeSeconds, acrValues } = requirements
  for (const name of Object.keys(requirements)) {
    if (!names.includes(name)) throw new TypeError(`no such requirement: ${name}`)
  }
  for (const [name, list] of Object.entries({ scopes, acrValues })) {
    if (list === undefined) continue
    if (
      !Array.isArray(list) ||
      list.length === 0 ||
      !list.every((each) => typeof each === 'string' && token.test(each))
    ) {
      throw new TypeError(`${name} must be a list of one or more values without blanks or quotes`)
    }
  }
  if (maxAgeSeconds !== undefined && !(Number.isFinite(maxAgeSeconds) && maxAgeSeconds >= 0)) {
    throw new TypeError('maxAgeSeconds must be a number of seconds')
  }
}

/** @throws Refused `scope`, `authentication_age` or `authentication_level` */
export function checkRequirements(
  verified: Verified,
  requirements: Requirements,
  toleranceMs: number,
  now: number,
) {
  const { scopes, maxAgeSeconds, acrValues } = requirements
  const { auth_time, acr } = verified.claims
  if (maxAgeSeconds !== undefined) {
    const tooOld = auth_time === undefined || now - auth_time * 1000 > maxAgeSeconds * 1000 + toleranceMs
    if (tooOld) throw new Refused('authentication_age')
  }
  if (acrValues && !(acr !== undefined && acrValues.includes(acr))) throw new Refused('authentication_level')
  if (scopes && !scopes.every((scope) => verified.scopes.includes(scope))) throw new Refused('scope')
}
