import { type Clock, seconds } from '../clock.ts'
import { fault } from './failures.ts'
import { isObject, type JsonObject } from './json.ts'
import type { KeySource } from './jwks.ts'
import {
  type IssuerRule,
  isAudience,
  isIssuer,
  isTime,
  tolerance,
  verifySignedToken,
} from './signed-token.ts'
import { forLogs } from './text.ts'

export interface LogoutTokenRules {
  issuer: IssuerRule
  clientId: string
  algorithms: string[]
  keys: KeySource
  clock: Clock
}

/** Which sessions a provider ends: of this subject, this session id of its own, or of both together. */
export interface LogoutToken {
  jti: string
  /** As the token says it: sessions of identities that are filed under it. */
  issuer: string
  subject?: string
  sid?: string
  /** Milliseconds: from then on it is refused for its age, so that long its `jti` has to be remembered. */
  expiresAt: number
}

export type VerifyLogoutToken = (jwt: string) => Promise<LogoutToken>

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** Seconds that a token is taken for, however long the provider lets it live: it bounds what has to be remembered. */
const longestLife = 3_600
const longestText = 255

/**
 * A provider's logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6), but for its `jti`, which only a memory
 * can judge.
 *
 * @throws UpstreamError `provider_error`: `logout_token_malformed`, `_algorithm`, `_critical`, `_type`, `_key`,
 *   `_signature`, `_issuer`, `_audience`, `_time`, `_expired`, `_subject`, `_event`, `_nonce`, `_jti`; and what fetching
 *   the keys throws
 */
export function createLogoutTokenVerifier(rules: LogoutTokenRules): VerifyLogoutToken {
  return async (jwt) => {
    const { claims } = await verifySignedToken(jwt, 'logout_token', { ...rules, isType: isLogoutToken })
    if (!(await isIssuer(claims, rules.issuer))) {
      throw fault('logout_token_issuer', { detail: forLogs([claims.iss]) })
    }
    return checkClaims(claims, rules)
  }
}

/** Section 2.4 recommends `logout+jwt`; older providers say `JWT` or nothing. Any other type is another token. */
const isLogoutToken = (typ: string | undefined): boolean =>
  typ === undefined || /^(?:application\/)?(?:logout\+)?jwt$/i.test(typ)

function checkClaims(claims: JsonObject, { clientId, clock }: LogoutTokenRules): LogoutToken {
  const now = seconds(clock)
  const { iss, aud, iat, exp, nbf, events, jti } = claims
  if (typeof iss !== 'string') throw fault('logout_token_issuer')
  if (!isAudience(aud, clientId)) throw fault('logout_token_audience')

  if (!isTime(iat) || !isTime(exp) || !(nbf === undefined || isTime(nbf))) throw fault('logout_token_time')
  if (iat - tolerance > now || (nbf !== undefined && nbf - tolerance > now)) throw fault('logout_token_time')
  const end = Math.min(exp, iat + longestLife) + tolerance
  if (end <= now) throw fault('logout_token_expired')

  const subject = textIn(claims, 'sub')
  const sid = textIn(claims, 'sid')
  if (subject === undefined && sid === undefined) throw fault('logout_token_subject')
  if (!isObject(events) || !Object.hasOwn(events, logoutEvent) || !isObject(events[logoutEvent])) {
    throw fault('logout_token_event')
  }
  // So that an ID token never passes for one, whatever else is in it.
  if (Object.hasOwn(claims, 'nonce')) throw fault('logout_token_nonce')
  if (typeof jti !== 'string' || jti === '' || jti.length > longestText) throw fault('logout_token_jti')
  return {
    jti,
    issuer: iss,
    expiresAt: Math.ceil(end) * 1000,
    ...(subject === undefined ? {} : { subject }),
    ...(sid === undefined ? {} : { sid }),
  }
}

/** One that is there must name somebody: taken for absent, it would end more than was meant. */
function textIn(claims: JsonObject, name: 'sub' | 'sid'): string | undefined {
  if (!Object.hasOwn(claims, name)) return undefined
  const value = claims[name]
  if (typeof value === 'string' && value !== '' && value.length <= longestText) return value
  throw fault('logout_token_subject', { detail: name })
}
