import type { JsonObject } from '../jws/compact.ts'

/** The claims of a Latchkey access token (RFC 9068 section 2.2); whatever the issuer's claims hook added comes along. */
export type AccessTokenClaims = {
  readonly iss: string
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly client_id: string
  /** Seconds, as are `exp`, `nbf` and `auth_time`. */
  readonly iat: number
  readonly exp: number
  readonly nbf?: number
  readonly jti: string
  /** The session; what logging out ends. */
  readonly sid?: string
  /** Space separated. */
  readonly scope?: string
  readonly auth_time?: number
  readonly acr?: string
  readonly amr?: readonly string[]
  /** The id of the provider that signed the user in. */
  readonly idp?: string
  readonly cnf?: { readonly jkt: string }
  readonly [claim: string]: unknown
}

/**
 * Whether a payload has the shape of an access token's: everything that RFC 9068 section 2.2 demands is there, and what
 * is looked at later is of its type. Says nothing about values.
 */
export function isAccessTokenClaims(payload: JsonObject): payload is AccessTokenClaims {
  const { iss, sub, aud, client_id, iat, exp, nbf, jti, sid, scope, auth_time, acr, amr, idp } = payload
  return (
    [iss, sub, client_id, jti].every(isText) &&
    (isText(aud) || (isTexts(aud) && aud.length > 0)) &&
    [iat, exp].every(isTime) &&
    [nbf, auth_time].every((time) => time === undefined || isTime(time)) &&
    [sid, scope, acr, idp].every((text) => text === undefined || typeof text === 'string') &&
    (amr === undefined || isTexts(amr))
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
