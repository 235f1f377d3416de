import type { WireRules } from '@latchkey/providers'
import type { EmailPaths } from '../config/types.ts'
import { vouchedFor } from './claims.ts'
import { fault } from './failures.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { atPath } from './profile.ts'
import { readProfileAnswer } from './profile-answer.ts'
import { secretsOf, type TokenValues } from './token-placeholders.ts'
import { furtherRequest } from './userinfo-request.ts'

/** An address, not yet looked at. */
export interface Mail {
  email: unknown
  emailVerified: boolean
}

export const noMail: Mail = { email: undefined, emailVerified: false }

/** Whether one of the scopes gives addresses: by its name, or GitHub's `user`. None at all: it is for the provider to say. */
export const asksForEmail = (scopes: readonly string[]): boolean =>
  scopes.length === 0 || scopes.some((scope) => /mail/i.test(scope) || scope === 'user')

/**
 * Asks for the addresses of an account, where userinfo has none.
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`; `provider_error`: `emails_status`, `emails_not_json`,
 *   `emails_error`, `emails_malformed`, `placeholder_unfilled`; and what the fetch throws
 */
export async function askEmails(
  endpoint: string,
  paths: EmailPaths,
  token: TokenValues,
  fetch: GuardedFetch,
  rules: WireRules,
): Promise<Mail> {
  const { url, init } = furtherRequest(endpoint, token, rules)
  const form = rules.userinfoType === 'json' ? 'json' : 'any'
  const reading = { form, rules, secrets: secretsOf(token) } as const
  return mainAddress(await readProfileAnswer(await fetch(url, init), 'emails', reading), paths, rules)
}

/**
 * The first address that is both primary and verified; none where there is no such: another could be anybody's.
 * @throws UpstreamError `provider_error`: `emails_malformed` for what is no list
 */
export function mainAddress(
  answer: unknown,
  { list, email, verified, primary }: EmailPaths,
  { emailVerified: rule }: Pick<WireRules, 'emailVerified'>,
): Mail {
  const entries = list === undefined ? answer : atPath(answer, list)
  if (!Array.isArray(entries)) throw fault('emails_malformed')
  const isMain = (entry: unknown): boolean =>
    (primary === undefined || atPath(entry, primary) === true) &&
    (verified === undefined ? rule === 'always' : atPath(entry, verified) === true)
  const main: unknown = entries.find(isMain)
  return main === undefined ? noMail : { email: atPath(main, email), emailVerified: vouchedFor(true, rule) }
}
