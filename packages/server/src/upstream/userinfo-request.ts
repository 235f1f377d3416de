import type { WireRules } from '@latchkey/providers'
import { mayBeExtra } from './extra-headers.ts'
import type { GuardedFetchInit } from './net/guarded-fetch.ts'
import { fillEndpoint, fillIn, hasPlaceholder, type TokenValues } from './token-placeholders.ts'

/** What is asked of a provider with an access token. */
export interface ProfileRequest {
  url: string
  init: GuardedFetchInit
}

/**
 * The request to userinfo (OpenID Connect Core section 5.3, RFC 6750 section 2.1): the token travels in the header, and elsewhere
 * only where a rule puts it.
 * @throws UpstreamError `provider_error`: `placeholder_unfilled`
 */
export function userinfoRequest(endpoint: string, values: TokenValues, rules: WireRules): ProfileRequest {
  const { userinfoMethod: method, userinfoBody: body, userinfoBodyForm: form = 'json' } = rules
  const request = tokenRequest(endpoint, rules.userinfoQuery, values, rules)
  if (method !== 'POST' || body === undefined) return { ...request, init: { ...request.init, method } }
  const plain = withoutSecrets(values)
  if (form === 'form') {
    const fields = Object.entries(body).map(([name, text]): [string, string] => [name, fillIn(text, plain)])
    if (rules.userinfoClient === 'post') {
      for (const name of ['client_id', 'client_secret']) fields.push([name, fillIn(`{${name}}`, values)])
    }
    return { ...request, init: { ...request.init, method, body: new URLSearchParams(fields) } }
  }
  const fields = Object.entries(body).map(([name, text]) => [name, inJson(text, plain)])
  const headers = { ...request.init.headers, 'content-type': 'application/json' }
  return { ...request, init: { method, headers, body: JSON.stringify(Object.fromEntries(fields)) } }
}

/** A GET of something else that is read with the token; of userinfo's query it gets what carries the token. */
export function furtherRequest(endpoint: string, values: TokenValues, rules: WireRules): ProfileRequest {
  const carriers = Object.entries(rules.userinfoQuery).filter(([, text]) => text.includes('{access_token}'))
  return tokenRequest(endpoint, Object.fromEntries(carriers), values, rules)
}

function tokenRequest(
  endpoint: string,
  query: Readonly<Record<string, string>>,
  values: TokenValues,
  rules: WireRules,
): ProfileRequest {
  const { authorizationScheme: scheme } = rules
  const { code, clientSecret, placed = (url: string): string => url } = values
  const plain = withoutSecrets(values)
  return {
    url: withQuery(placed(fillEndpoint(endpoint, plain)), query, { ...plain, code }),
    init: {
      method: 'GET',
      headers: {
        accept: 'application/json',
        ...headersOf(rules, { ...plain, clientSecret }),
        ...(scheme !== 'none' && { authorization: `${scheme} ${values.accessToken}` }),
      },
    },
  }
}

/** Each of the two has its one place. */
const withoutSecrets = ({ clientId, accessToken, answer }: TokenValues): TokenValues => ({
  ...{ clientId, accessToken, answer },
})

/** What the endpoint's own query holds stays (RFC 6749 section 3.1), as it is written there. */
function withQuery(url: string, query: Readonly<Record<string, string>>, values: TokenValues): string {
  const filled = new URLSearchParams(
    Object.entries(query).map(([name, text]): [string, string] => [name, fillIn(text, values)]),
  ).toString()
  if (filled === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}${filled}`
}

/** As `extraHeaders`, but one that cannot be filled is told: without it the answer would be a riddle. */
const headersOf = ({ headers }: WireRules, values: TokenValues): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, text]): [string, string] => [name.toLowerCase(), fillIn(text, values, inHeader)])
      .filter(([name, value]) => mayBeExtra(name, value)),
  )

/** RFC 9110 section 5.5; anything else could begin another line. */
const inHeader = (value: string): string | undefined => (/^[\x20-\x7e]+$/.test(value) ? value : undefined)

/** Alone it is a JSON string like any other; within a text, such as a query's, it must not end what it stands in. */
const inJson = (text: string, values: TokenValues): string =>
  hasPlaceholder(text) && /^\{[^{}]*\}$/.test(text)
    ? fillIn(text, values)
    : fillIn(text, values, encodeURIComponent)
