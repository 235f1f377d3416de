import type { WireRules } from '@latchkey/providers'
import { extraHeaders, fillValues } from './extra-headers.ts'

/** A request of the standard, built and authenticated. */
export interface BuiltRequest {
  url: string
  method: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: URLSearchParams
}

/** The same as it is sent. */
export interface TokenRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string | URLSearchParams | undefined
}

export interface RequestFacts {
  clientId: string
  /** Part of a header where a rule says so, and of nothing else here. */
  clientSecret?: string
  /** Sent with a refresh where the provider wants that. */
  redirectUri: string
  /** What the callback said that goes back to the token endpoint. */
  fromCallback?: Readonly<Record<string, string>>
}

/**
 * A request to the token endpoint (RFC 6749 sections 4.1.3 and 6) as this provider wants it. Nothing is added that stands there
 * already, and the URL is the built one: only its query may grow.
 */
export function requestFor(rules: WireRules, built: BuiltRequest, facts: RequestFacts): TokenRequest {
  const { 'content-type': _form, ...authenticated } = built.headers
  const parameters = parametersFor(rules, built.body, facts)
  const headers = {
    ...authenticated,
    ...extraHeaders(rules, facts),
    ...secretHeader(rules, built.body),
  }
  if (rules.tokenMethod === 'GET' || rules.tokenParameters === 'query') {
    const url = withQuery(built.url, parameters)
    return { url, method: rules.tokenMethod, headers, body: undefined }
  }
  const { url, method } = built
  if (rules.tokenParameters === 'form') return { url, method, headers, body: parameters }
  const body = JSON.stringify(Object.fromEntries(parameters))
  return { url, method, headers: { ...headers, 'content-type': 'application/json' }, body }
}

function secretHeader({ clientSecretHeader: name }: WireRules, built: URLSearchParams) {
  const secret = built.get('client_secret')
  return name === undefined || secret === null ? {} : { [name.toLowerCase()]: secret }
}

/** A request to an endpoint beside it, at which we authenticate as at the token endpoint: revocation, introspection. */
export function sideRequestFor(rules: WireRules, built: BuiltRequest, facts: RequestFacts): TokenRequest {
  const { client_id, client_secret } = rules.tokenNames
  const body = new URLSearchParams(built.body)
  for (const name of omittedBy(rules)) if (name.startsWith('client_')) body.delete(name)
  return {
    ...built,
    headers: { ...built.headers, ...extraHeaders(rules, facts), ...secretHeader(rules, built.body) },
    body: withNames(body, { ...(client_id && { client_id }), ...(client_secret && { client_secret }) }),
  }
}

const omittedBy = ({ tokenOmits, clientSecretHeader }: WireRules): readonly string[] =>
  clientSecretHeader === undefined ? tokenOmits : [...tokenOmits, 'client_secret']

function parametersFor(rules: WireRules, built: URLSearchParams, facts: RequestFacts): URLSearchParams {
  const parameters = new URLSearchParams(built)
  const isRefresh = parameters.get('grant_type') === 'refresh_token'
  if (!isRefresh) parameters.set('grant_type', rules.grantType)
  else if (rules.refreshRedirectUri) parameters.set('redirect_uri', facts.redirectUri)
  for (const name of omittedBy(rules)) parameters.delete(name)
  const renamed = withNames(parameters, rules.tokenNames)
  const extra = fillValues(isRefresh ? rules.refreshExtra : rules.tokenExtra, { client_id: facts.clientId })
  for (const [name, value] of [...extra, ...Object.entries(facts.fromCallback ?? {})]) {
    if (!renamed.has(name)) renamed.set(name, value)
  }
  return renamed
}

/** The parameters under the names that a provider has for them. */
export function withNames(parameters: URLSearchParams, names: WireRules['tokenNames']): URLSearchParams {
  const nameOf = new Map(Object.entries(names))
  return new URLSearchParams(
    [...parameters].map(([name, value]): [string, string] => [nameOf.get(name) ?? name, value]),
  )
}

/** The query that the URL has is kept, as far as nothing of ours has the same name. */
export function withQuery(url: string, parameters: URLSearchParams): string {
  const to = new URL(url)
  const query = new URLSearchParams(to.search)
  for (const [name, value] of parameters) query.set(name, value)
  to.search = query.toString()
  return to.href
}
