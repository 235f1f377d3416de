import { createHash } from 'node:crypto'
import { fromBase64url } from '../sealing/index.ts'
import { asciiDomain } from '../upstream/index.ts'
import { wireFromFile } from './catalogue/wire.ts'
import { isLoopbackHost } from './hosts.ts'
import type { Client } from './schema/client.ts'
import type { File } from './schema/file.ts'
import type { Provider } from './schema/provider.ts'
import type { Service } from './schema/service.ts'
import type { Webhook } from './schema/webhook.ts'
import { locateStorage, parseStorage } from './storage-url.ts'
import type {
  ClientConfig,
  Config,
  EmailPaths,
  Hooks,
  LinkingConfig,
  ListenConfig,
  OAuth2ProviderConfig,
  ProviderConfig,
  RateLimitsConfig,
  RefreshRules,
  ServiceConfig,
  StorageConfig,
  TokenEndpointAuthMethod,
  WebhookConfig,
} from './types.ts'
import { eventsLike, parseListen, parseWebhookSecret } from './values.ts'
import { warningsOf } from './warnings.ts'

/** Wire names to ours, defaults that depend on other settings. Takes only what has passed every check. */
export function fromFile(file: File, hooks: Hooks, baseDir: string): Config {
  return {
    issuer: file.issuer,
    secrets: file.secrets.map((secret) => passed(fromBase64url(secret))),
    storage: toStorage(file.storage, baseDir),
    listen: toListen(file.listen),
    operations: {
      ...given('listen', file.operations.listen === undefined ? undefined : toListen(file.operations.listen)),
      ...given('metricsToken', file.operations.metrics_token),
    },
    clients: file.clients.map((client) => toClient(client, file.issuer)),
    services: file.services.map(toService),
    providers: Object.entries(file.providers).map(([id, provider]) => toProvider(id, provider, file.issuer)),
    webhooks: file.webhooks.map(toWebhook),
    signup: file.signup,
    linking: toLinking(file.linking),
    tokens: {
      algorithm: file.tokens.algorithm,
      accessTokenSeconds: file.tokens.access_token_seconds,
      sessionIdleSeconds: Math.min(file.tokens.session_idle_seconds, file.tokens.session_absolute_seconds),
      sessionAbsoluteSeconds: file.tokens.session_absolute_seconds,
      codeSeconds: file.tokens.code_seconds,
      refreshGraceSeconds: file.tokens.refresh_grace_seconds,
    },
    admins: unique(file.admins),
    rateLimits: toRateLimits(file.rate_limits),
    trustedProxies: unique(file.trusted_proxies),
    allowPrivateNetworkProviders:
      file.allow_private_network_providers || isLoopbackHost(new URL(file.issuer).hostname),
    hooks,
    warnings: warningsOf(file, hooks),
  }
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** `{ [key]: value }`, or nothing for what is absent. */
const given = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: T })

/** For values that a check has passed already. */
function passed<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a checked value cannot be read')
  return value
}

const toListen = (value: string): ListenConfig => passed(parseListen(value))

function toStorage(value: string, baseDir: string): StorageConfig {
  const parsed = parseStorage(value)
  return locateStorage(passed('storage' in parsed ? parsed.storage : undefined), baseDir)
}

const hashOfSecret = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

function toClient(client: Client, issuer: string): ClientConfig {
  return {
    id: client.id,
    redirectUris: unique(client.redirect_uris),
    postLogoutRedirectUris: unique(client.post_logout_redirect_uris),
    origins: unique(client.origins),
    resources: unique([issuer, ...client.resources]),
    scopes: unique(client.scopes),
    grantTypes: unique(client.grant_types),
    dpop: client.dpop ?? (client.secret === undefined ? 'required' : 'optional'),
    responseModes: unique(client.response_modes),
    sameSite: client.same_site,
    requirePushedAuthorizationRequests: client.require_pushed_authorization_requests,
    allowGetAuthorize: client.allow_get_authorize,
    ...given('secretHash', client.secret === undefined ? undefined : hashOfSecret(client.secret)),
  }
}

function toService(service: Service): ServiceConfig {
  const keys = service.jwks?.keys
  return {
    id: service.id,
    ...given('secretHash', service.secret === undefined ? undefined : hashOfSecret(service.secret)),
    ...given('jwks', keys === undefined || keys.length === 0 ? undefined : { keys: structuredClone(keys) }),
    ...given('resource', service.resource),
    vault: service.vault,
  }
}

/** Not by default: as many as there are calls of services. */
const defaultEvents = ['user.*', 'session.*', 'connection.*']
  .flatMap(eventsLike)
  .filter((type) => type !== 'connection.handed_out')

function toWebhook({ url, secret, events }: Webhook): WebhookConfig {
  return {
    url,
    secrets: [secret].flat().map((one) => passed(parseWebhookSecret(one))),
    events: events === undefined ? defaultEvents : unique(events.flatMap(eventsLike)),
  }
}

function authMethod(provider: Provider): TokenEndpointAuthMethod {
  if (provider.token_endpoint_auth_method !== undefined) return provider.token_endpoint_auth_method
  if (provider.client_secret !== undefined) return 'client_secret_basic'
  return provider.private_key === undefined ? 'none' : 'private_key_jwt'
}

function toProvider(id: string, provider: Provider, issuer: string): ProviderConfig {
  const scopes =
    provider.type === 'oidc'
      ? // without it there is no ID token
        unique(['openid', ...(provider.scopes ?? ['profile', 'email'])])
      : unique(provider.scopes ?? [])
  const common = {
    id,
    name: provider.name ?? id.charAt(0).toUpperCase() + id.slice(1),
    clientId: provider.client_id,
    ...given('clientSecret', provider.client_secret),
    ...given('privateKey', structuredClone(provider.private_key)),
    ...given('clientSecretIssuer', provider.client_secret_issuer),
    tokenEndpointAuthMethod: authMethod(provider),
    signIn: provider.sign_in,
    connect: provider.connect,
    scopes,
    scopeSeparator: provider.scope_separator ?? ' ',
    connectScopes: unique(provider.connect_scopes ?? scopes),
    authorizeParams: provider.authorize_params,
    connectAuthorizeParams: provider.connect_authorize_params,
    ...given('refreshEndpoint', provider.refresh_endpoint),
    ...given('exchangeEndpoint', provider.exchange_endpoint),
    ...given('revocationEndpoint', provider.revocation_endpoint),
    ...given('introspectionEndpoint', provider.introspection_endpoint),
    revocationEndsAccount: provider.revocation_ends_account,
    refresh: toRefreshRules(provider.refresh),
    apiHosts: unique(provider.api_hosts),
    requireClaims: Object.fromEntries(
      Object.entries(provider.require_claims).map(([name, value]) => [name, [value].flat()]),
    ),
    ...given('allowedEmailDomains', provider.allowed_email_domains?.map(asciiDomain)),
    responseMode: provider.response_mode,
    redirectUri: provider.redirect_uri ?? `${issuer}/callback/${id}`,
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
    subject: [provider.subject ?? []].flat(),
    profile: toProfile(provider.profile),
  }
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

function toLinking(linking: File['linking']): LinkingConfig {
  if (typeof linking === 'string') return { mode: linking }
  return { mode: 'verified_email', providers: unique(linking.verified_email) }
}

function toRateLimits(limits: File['rate_limits']): RateLimitsConfig | false {
  if (limits === false) return false
  return {
    storage: limits.storage,
    authorizePerMinute: limits.authorize_per_minute,
    callbackPerMinute: limits.callback_per_minute,
    tokenPerMinute: limits.token_per_minute,
    accountPerMinute: limits.account_per_minute,
  }
}
