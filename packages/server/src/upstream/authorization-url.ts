import { hash } from 'node:crypto'
import type { WireRules } from '@latchkey/providers'
import type { ProviderConfig } from '../config/types.ts'
import type { JourneyProof, UpstreamRequest } from './contract.ts'
import { fillValues } from './extra-headers.ts'
import { checkedUrl } from './net/url.ts'

/**
 * Parameters that belong to the protocol: configuration (`authorize_params`) cannot set them, on any provider.
 * Each is either made for the journey or would change what is answered and how it is checked.
 */
export const reservedAuthorizeParams: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'id_token_hint',
  'max_age',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
])

/**
 * The authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3.1.2.1).
 * What the SPA asked for (`prompt`, `login_hint`, `ui_locales`) comes before what is configured, and nothing
 * comes before the journey's own parameters.
 */
export function authorizationUrl(
  endpoint: string,
  provider: ProviderConfig,
  rules: WireRules,
  request: UpstreamRequest,
  allowPrivate: boolean,
): URL {
  const url = new URL(checkedUrl(endpoint, allowPrivate))
  // RFC 6749 section 3.1: the endpoint's own query is kept. Built apart, since each change to a URL re-parses it.
  const params = new URLSearchParams(url.search)
  const nameOf = (name: keyof WireRules['authorizeNames']): string => rules.authorizeNames[name] ?? name
  const reserved = new Set([...reservedAuthorizeParams, ...Object.values(rules.authorizeNames)])
  for (const name of reserved) params.delete(name)
  const domains = provider.requireClaims.hd
  // Google's parameter of that name: it offers the right accounts, and restricts nothing. `*` is any organisation.
  if (domains !== undefined) params.set('hd', domains.length === 1 ? String(domains[0]) : '*')
  const configured = {
    ...provider.authorizeParams,
    ...(request.connecting && provider.connectAuthorizeParams),
  }
  for (const [name, value] of fillValues(configured, { client_id: provider.clientId })) {
    if (!reserved.has(name)) params.set(name, value)
  }
  if (request.prompt !== undefined) params.set('prompt', request.prompt)
  if (request.loginHint !== undefined) params.set('login_hint', request.loginHint)
  if (request.uiLocales !== undefined) params.set('ui_locales', request.uiLocales)

  params.set(nameOf('response_type'), rules.responseType)
  params.set(nameOf('client_id'), provider.clientId)
  params.set(nameOf('redirect_uri'), sentRedirectUri(rules, request))
  if (rules.stateIn === 'parameter') params.set(nameOf('state'), request.state)
  const scope = scopeText(withOpenid(request.scopes ?? provider.scopes, provider), provider, rules)
  if (scope !== undefined) params.set(nameOf('scope'), scope)
  if (provider.responseMode === 'form_post') params.set('response_mode', 'form_post')
  if (provider.pkce === 'S256') {
    const plain = rules.unsafeCodeChallenge === 'plain'
    const { codeVerifier } = request
    params.set('code_challenge', plain ? codeVerifier : hash('sha256', codeVerifier, 'base64url'))
    params.set('code_challenge_method', plain ? 'plain' : 'S256')
  }
  if (provider.type === 'oidc') {
    params.set('nonce', request.nonce)
    if (request.maxAge !== undefined) params.set('max_age', String(request.maxAge))
  }
  url.search = params.toString()
  return url
}

const withOpenid = (scopes: readonly string[], { type }: ProviderConfig): readonly string[] =>
  type === 'oidc' && !scopes.includes('openid') ? ['openid', ...scopes] : scopes

/**
 * The redirect URI as it is sent, here and with the code: as the provider's name for it; where `state` does not come back by itself, its query brings it.
 * What comes is compared as always.
 */
export function sentRedirectUri(
  { redirectUriValue, stateIn }: Pick<WireRules, 'redirectUriValue' | 'stateIn'>,
  { redirectUri, state }: Pick<JourneyProof, 'redirectUri' | 'state'>,
): string {
  if (redirectUriValue !== undefined) return redirectUriValue
  if (stateIn === 'parameter') return redirectUri
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`
}

/** The parameter `scope` as this provider wants it; undefined for none. */
export function scopeText(
  scopes: readonly string[],
  provider: ProviderConfig,
  rules: WireRules,
): string | undefined {
  if (!rules.sendScope || scopes.length === 0) return undefined
  return scopes.join(rules.scopeSeparator ?? provider.scopeSeparator)
}
