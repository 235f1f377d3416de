import { createHash } from 'node:crypto'
import { fromBase64url } from '../sealing/index.ts'
import type { KnownProvider } from './catalogue/look-up.ts'
import { given, unique } from './given.ts'
import { isLoopbackHost } from './hosts.ts'
import { toProvider } from './provider-from-file.ts'
import type { Client } from './schema/client.ts'
import type { File } from './schema/file.ts'
import type { Service } from './schema/service.ts'
import type { Webhook } from './schema/webhook.ts'
import { locateStorage, parseStorage } from './storage-url.ts'
import type {
  ClientConfig,
  Config,
  Hooks,
  LinkingConfig,
  ListenConfig,
  RateLimitsConfig,
  ServiceConfig,
  StorageConfig,
  WebhookConfig,
} from './types.ts'
import { eventsLike, parseListen, parseWebhookSecret } from './values.ts'
import { warningsOf } from './warnings.ts'

/** Wire names to ours, defaults that depend on other settings. Takes only what has passed every check. */
export function fromFile(
  file: File,
  hooks: Hooks,
  baseDir: string,
  known: ReadonlyMap<string, KnownProvider> = new Map(),
): Config {
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
    warnings: warningsOf(file, hooks, known),
  }
}

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

function toLinking(linking: File['linking']): LinkingConfig {
  if (typeof linking === 'string') return { mode: linking }
  return { mode: 'verified_email', providers: unique(linking.verified_email) }
}

const toCounters = (storage: string): RateLimitsConfig['storage'] =>
  storage === 'memory' || storage === 'postgres' ? storage : { redis: storage }

function toRateLimits(limits: File['rate_limits']): RateLimitsConfig | false {
  if (limits === false) return false
  return {
    storage: toCounters(limits.storage),
    authorizePerMinute: limits.authorize_per_minute,
    callbackPerMinute: limits.callback_per_minute,
    tokenPerMinute: limits.token_per_minute,
    accountPerMinute: limits.account_per_minute,
  }
}
