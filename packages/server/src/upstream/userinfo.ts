import type { WireRules } from '@latchkey/providers'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { jsonBody } from './response.ts'

/**
 * Whether asking userinfo could tell what was asked for and the ID token left out. A person's name and e-mail
 * address are worth a request, a picture alone is not.
 */
export function userinfoNeeded(claims: JsonObject, scopes: string[]): boolean {
  if (scopes.includes('email') && claims.email === undefined) return true
  return scopes.includes('profile') && claims.name === undefined && claims.preferred_username === undefined
}

/**
 * Asks userinfo (OpenID Connect Core section 5.3, RFC 6750 section 2.1): the token travels in the header only.
 *
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`; `provider_error`: `userinfo_status`,
 *   `userinfo_not_json`
 */
export async function askUserinfo(
  endpoint: string,
  accessToken: string,
  fetch: GuardedFetch,
  rules: WireRules,
): Promise<JsonObject> {
  const response = await fetch(endpoint, {
    method: rules.userinfoMethod,
    headers: { accept: 'application/json', authorization: `${rules.authorizationScheme} ${accessToken}` },
  })
  return jsonBody(response, 'userinfo', { anyType: rules.userinfoType === 'any' })
}

/**
 * OpenID Connect Core section 5.3.2: an answer about somebody else, or that does not say whom it is about, is not used.
 * @throws UpstreamError `provider_error`: `userinfo_subject`
 */
export function checkUserinfoSubject(userinfo: JsonObject, subject: string): void {
  if (userinfo.sub !== subject) throw fault('userinfo_subject')
}
