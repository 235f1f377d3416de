import type { WireRules } from '@latchkey/providers'
import type { ProviderData } from './contract.ts'

/** What stands in braces in a rule's values: `client_id`, `access_token`, `token.openid`. */
export type Placeholders = Readonly<Record<string, string>>

/** A rule's value with its placeholders filled; undefined when one of them has no value here. */
function fillValue(value: string, placeholders: Placeholders): string | undefined {
  let complete = true
  const filled = value.replaceAll(/\{([a-z_][\w.-]*)\}/gi, (_whole, name: string) => {
    const known = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined
    complete &&= known !== undefined
    return known ?? ''
  })
  return complete ? filled : undefined
}

/** All of them filled; those that cannot be here are left out. */
export const fillValues = (
  values: Readonly<Record<string, string>>,
  placeholders: Placeholders,
): [name: string, value: string][] =>
  Object.entries(values).flatMap(([name, value]) => {
    const filled = fillValue(value, placeholders)
    return filled === undefined ? [] : [[name, filled] as [string, string]]
  })

/** Ours on every request: what authenticates us, what says how the message ends, and what is read of the answer. */
const ours = new Set([
  ...['authorization', 'cookie', 'host', 'origin', 'accept', 'accept-encoding', 'content-type'],
  ...['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive', 'te'],
  ...['trailer', 'upgrade', 'expect', 'proxy-authorization', 'proxy-connection', 'dpop'],
])

/** Whether a header may be set by a rule. Of ours that is `accept` alone, for another kind of JSON (Heroku). */
export const mayBeExtra = (name: string, value = ''): boolean => {
  const asksForJson = name.toLowerCase() === 'accept' && /^application\/([\w.-]+\+)?json\b/i.test(value)
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && (asksForJson || !ours.has(name.toLowerCase()))
}

/** The headers of the rule `headers` in lower case, as far as they can be filled here; none of our own among them. */
export function extraHeaders(
  { headers }: Pick<WireRules, 'headers'>,
  given: { clientId: string; clientSecret?: string; accessToken?: string; providerData?: ProviderData },
): Record<string, string> {
  const { clientId: client_id, clientSecret: client_secret, accessToken: access_token, providerData } = given
  const placeholders = {
    // As far as what the token answer said was kept.
    ...Object.fromEntries(
      Object.entries(providerData ?? {}).map(([path, value]) => [`token.${path}`, value] as const),
    ),
    client_id,
    ...(client_secret !== undefined && { client_secret }),
    ...(access_token !== undefined && { access_token }),
  }
  return Object.fromEntries(
    fillValues(headers, placeholders)
      .filter(([name, value]) => mayBeExtra(name, value) && /^[\x20-\x7e]*$/.test(value))
      .map(([name, value]) => [name.toLowerCase(), value]),
  )
}
