import type { WireRules } from '@latchkey/providers'
import type { ProviderData } from './contract.ts'
import { fault } from './failures.ts'
import type { TokenEndpoint } from './token-endpoint.ts'

/**
 * Providers whose accounts live in one of several places say at the callback in which (Zoho: `accounts-server`). What they say
 * is only ever compared with the list in the rules.
 *
 * @throws UpstreamError `provider_error`: `callback_token_host`
 */
export function checkTokenHost({ tokenHost }: WireRules, received: URLSearchParams): void {
  if (tokenHost === undefined) return
  const { parameter } = tokenHost
  const said = received.getAll(parameter)
  if (said.length > 1) throw fault('callback_malformed', { detail: `${parameter} repeated` })
  if (said.length === 1 && listed(tokenHost, said[0]) === undefined) throw fault('callback_token_host')
}

/**
 * An address at the token endpoint's host, at the host that the account's provider has named; others, and where it has named
 * none, as they are.
 *
 * @param said by the callback, or as it was kept then
 * @throws UpstreamError `provider_error`: `callback_token_host`
 */
export function atTokenHost(
  url: string,
  { as, rules: { tokenHost } }: Pick<TokenEndpoint, 'as' | 'rules'>,
  said: URLSearchParams | ProviderData | undefined,
): string {
  const there = URL.parse(url)
  if (tokenHost === undefined || said === undefined || there === null) return url
  if (there.host !== URL.parse(as.token_endpoint ?? '')?.host) return url
  const { parameter } = tokenHost
  const value = said instanceof URLSearchParams ? said.get(parameter) : said[parameter]
  if (value === undefined || value === null) return url
  const host = listed(tokenHost, value)
  if (host === undefined) throw fault('callback_token_host')
  there.port = ''
  there.host = host
  return there.href
}

/** The host of the list that a value is, exactly: by itself, or as an https origin. */
const listed = ({ hosts }: NonNullable<WireRules['tokenHost']>, value: string | undefined) =>
  hosts.find((host) => value === host || value === `https://${host}` || value === `https://${host}/`)
