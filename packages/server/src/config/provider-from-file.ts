import { asciiDomain } from '../upstream/index.ts'
import { wireFromFile } from './catalogue/wire.ts'
import { given, unique } from './given.ts'
import type { Provider } from './schema/provider.ts'
import type {
  AnyProviderConfig,
  EmailPaths,
  OAuth1ProviderConfig,
  OAuth2ProviderConfig,
  RefreshRules,
  TokenEndpointAuthMethod,
} from './types.ts'

/** Wire names to ours, with the defaults. Takes only what has passed every check. */
export function toProvider(id: string, provider: Provider, issuer: string): AnyProviderConfig {
  if (provider.type === 'oauth1') return toOAuth1(id, provider, issuer)
  const common = {
    ...toBase(id, provider, issuer),
    clientId: provider.client_id,
    ...given('clientSecret', provider.client_secret),
    ...given('privateKey', structuredClone(provider.private_key)),
    ...given('clientSecretIssuer', provider.client_secret_issuer),
    tokenEndpointAuthMethod: authMethod(provider),
    ...given('refreshEndpoint', provider.refresh_endpoint),
    ...given('exchangeEndpoint', provider.exchange_endpoint),
    ...given('revocationEndpoint', provider.revocation_endpoint),
    ...given('introspectionEndpoint', provider.introspection_endpoint),
    revocationEndsAccount: provider.revocation_ends_account,
    responseMode: provider.response_mode,
    pkce: provider.pkce,
    quirks: unique(provider.quirks),
    wire: wireFromFile(provider.wire ?? {}),
  }
  if (provider.type === 'oidc') {
    return {
      ...common,
      type: 'oidc',
      issuer: provider.issuer,
      ...given('discoveryUrl', provider.discovery_url),
      ...given('metadata', toMetadata(provider)),
      idTokenAlgorithms: unique(provider.id_token_algorithms),
      signOut: provider.sign_out,
    }
  }
  return {
    ...common,
    type: 'oauth2',
    authorizationEndpoint: provider.authorization_endpoint,
    tokenEndpoint: provider.token_endpoint,
    ...given('userinfoEndpoint', provider.userinfo_endpoint),
    ...given('emailsEndpoint', provider.emails_endpoint),
    ...given('emails', provider.emails && toEmails(provider.emails)),
    ...given('issuer', provider.issuer),
    identityFrom: provider.identity_from,
    sharedAccount: provider.shared_account,
    subject: [provider.subject ?? []].flat(),
    profile: toProfile(provider.profile),
  }
}

function toOAuth1(id: string, provider: OAuth1Input, issuer: string): OAuth1ProviderConfig {
  const { scope_parameter: scopes, userinfo_endpoint: userinfo } = provider
  return {
    ...toBase(id, provider, issuer),
    type: 'oauth1',
    clientId: provider.consumer_key,
    ...given('clientSecret', provider.consumer_secret),
    ...given('privateKey', structuredClone(provider.private_key)),
    requestTokenEndpoint: provider.request_token_endpoint,
    authorizationEndpoint: provider.authorization_endpoint,
    accessTokenEndpoint: provider.access_token_endpoint,
    ...given('userinfoEndpoint', userinfo),
    signatureMethod: provider.signature_method,
    unsafeVersion10: provider.unsafe_version_10,
    requestTokenParams: provider.request_token_params,
    ...given('scopeParameter', scopes && { parameter: scopes.parameter, at: scopes.at }),
    identityFrom: provider.identity_from ?? (userinfo === undefined ? 'token-response' : 'userinfo'),
    sharedAccount: provider.shared_account,
    subject: [provider.subject ?? []].flat(),
    profile: toProfile(provider.profile),
  }
}

function toBase(id: string, provider: Provider, issuer: string) {
  const scopes =
    provider.type === 'oidc'
      ? // without it there is no ID token
        unique(['openid', ...(provider.scopes ?? ['profile', 'email'])])
      : unique(provider.scopes ?? [])
  return {
    id,
    name: provider.name ?? id.charAt(0).toUpperCase() + id.slice(1),
    ...given('logo', provider.logo === undefined ? undefined : new URL(provider.logo, issuer).href),
    signIn: provider.sign_in,
    connect: provider.connect,
    scopes,
    scopeSeparator: provider.scope_separator ?? ' ',
    connectScopes: unique(provider.connect_scopes ?? scopes),
    authorizeParams: provider.authorize_params,
    connectAuthorizeParams: provider.connect_authorize_params,
    refresh: toRefreshRules(provider.refresh),
    apiHosts: unique(provider.api_hosts),
    requireClaims: Object.fromEntries(
      Object.entries(provider.require_claims).map(([name, value]) => [name, [value].flat()]),
    ),
    ...given('allowedEmailDomains', provider.allowed_email_domains?.map(asciiDomain)),
    redirectUri: provider.redirect_uri ?? `${issuer}/callback/${id}`,
  }
}

type OAuth1Input = Extract<Provider, { type: 'oauth1' }>

function authMethod(provider: Exclude<Provider, OAuth1Input>): TokenEndpointAuthMethod {
  if (provider.token_endpoint_auth_method !== undefined) return provider.token_endpoint_auth_method
  if (provider.client_secret !== undefined) return 'client_secret_basic'
  return provider.private_key === undefined ? 'none' : 'private_key_jwt'
}

type OAuth2Input = Extract<Provider, { type: 'oauth2' }>

const toRefreshRules = (rules: Provider['refresh']): RefreshRules => ({
  ...given('accessTokenSeconds', rules.access_token_seconds),
  ...given('endsAfterDays', rules.ends_after_days),
  ...given('endsUnusedAfterDays', rules.ends_unused_after_days),
  narrowsScopes: rules.narrows_scopes,
})

/** As given; `issuer` is always there and always the provider's. */
const toMetadata = (provider: Extract<Provider, { type: 'oidc' }>): Record<string, unknown> | undefined =>
  provider.metadata && { ...structuredClone(provider.metadata), issuer: provider.issuer }

const toEmails = (emails: NonNullable<OAuth2Input['emails']>): EmailPaths => ({
  ...given('list', emails.list),
  email: emails.email,
  ...given('verified', emails.verified),
  ...given('primary', emails.primary),
})

const toProfile = (profile: OAuth2Input['profile']): OAuth2ProviderConfig['profile'] => ({
  ...given('name', profile.name === undefined ? undefined : [profile.name].flat()),
  ...given('email', profile.email),
  ...given('emailVerified', profile.email_verified),
  ...given('picture', profile.picture),
  ...given('label', profile.label),
})
