import type { WireRules } from '@latchkey/providers'
import { fault } from './failures.ts'
import { isObject, type JsonObject } from './json.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { readProfileAnswer } from './profile-answer.ts'
import { secretsOf, type TokenValues } from './token-placeholders.ts'
import { userinfoRequest } from './userinfo-request.ts'

/**
 * Whether asking userinfo could tell what was asked for and the ID token left out. A person's name and e-mail
 * address are worth a request, a picture alone is not.
 */
export function userinfoNeeded(claims: JsonObject, scopes: string[]): boolean {
  if (scopes.includes('email') && claims.email === undefined) return true
  return scopes.includes('profile') && claims.name === undefined && claims.preferred_username === undefined
}

/**
 * Asks userinfo, as the provider wants to be asked. An answer that says that it is an error is one, whatever its status.
 *
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`; `provider_error`: `userinfo_status`, `userinfo_not_json`,
 *   `userinfo_error`, `placeholder_unfilled`; and what the fetch throws
 */
export async function askUserinfo(
  endpoint: string,
  token: TokenValues,
  fetch: GuardedFetch,
  rules: WireRules,
): Promise<JsonObject> {
  const { url, init } = userinfoRequest(endpoint, token, rules)
  const answer = await readProfileAnswer(await fetch(url, init), 'userinfo', {
    form: rules.userinfoType,
    graphql: rules.userinfoBody?.query !== undefined,
    rules,
    secrets: secretsOf(token),
  })
  if (!isObject(answer)) throw fault('userinfo_not_json')
  return answer
}

/**
 * OpenID Connect Core section 5.3.2: an answer about somebody else, or that does not say whom it is about, is not used.
 * @throws UpstreamError `provider_error`: `userinfo_subject`
 */
export function checkUserinfoSubject(userinfo: JsonObject, subject: string): void {
  if (userinfo.sub !== subject) throw fault('userinfo_subject')
}
