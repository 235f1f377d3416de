import type { WireRules } from '@latchkey/providers'

/**
 * The configuration after every check, defaults filled in, wire names turned into ours. The rest of the server
 * reads only this; it is frozen.
 */
export interface Config {
  /** Exactly as configured: no trailing slash; may have a path. */
  issuer: string
  /** Decoded, each at least 32 bytes; the first seals, all open. */
  secrets: Uint8Array[]
  storage: StorageConfig
  listen: ListenConfig
  operations: { listen?: ListenConfig; metricsToken?: string }
  clients: ClientConfig[]
  services: ServiceConfig[]
  providers: AnyProviderConfig[]
  webhooks: WebhookConfig[]
  signup: 'open' | 'closed' | 'invite'
  linking: LinkingConfig
  tokens: TokensConfig
  admins: string[]
  rateLimits: RateLimitsConfig | false
  trustedProxies: string[]
  /** Loopback and private provider hosts are allowed (configured, or implied by a loopback issuer). */
  allowPrivateNetworkProviders: boolean
  hooks: Hooks
  /** Weakenings in force, each named by its `unsafe...` key; the start logs a warning for each. */
  warnings: string[]
}

export type StorageConfig =
  | { engine: 'sqlite'; file: string; synchronous: 'full' | 'normal' }
  /** `size`: connections of this process at most. The URL holds the password. */
  | { engine: 'postgres'; url: string; size: number }

export interface ListenConfig {
  host: string
  port: number
}

export type DpopMode = 'required' | 'optional' | 'off'
export type ResponseMode = 'fragment' | 'query'
export type ClientGrant = 'authorization_code' | 'refresh_token'

export interface ClientConfig {
  id: string
  redirectUris: string[]
  postLogoutRedirectUris: string[]
  origins: string[]
  /** As configured, the issuer always among them, without repetition. */
  resources: string[]
  scopes: string[]
  grantTypes: ClientGrant[]
  dpop: DpopMode
  /** At least one; the first is the default. */
  responseModes: ResponseMode[]
  /** Journeys begin at `/par` and stay in the browser that pushed, by the journey's cookie, up to the code. */
  sameSite: boolean
  /** RFC 9126 section 6. */
  requirePushedAuthorizationRequests: boolean
  allowGetAuthorize: boolean
  /** SHA-256 of the secret; only for a confidential client. */
  secretHash?: Uint8Array
}

export interface ServiceConfig {
  id: string
  secretHash?: Uint8Array
  /** RFC 7517 key set as given. */
  jwks?: { keys: Record<string, unknown>[] }
  resource?: string
  /** Provider id -> scopes, `['*']` for all. */
  vault: Record<string, string[]>
}

/** A place of the owner's that events are sent to (Standard Webhooks). */
export interface WebhookConfig {
  url: string
  /** Each signs: the receiver takes a message that one of them has signed. */
  secrets: Uint8Array[]
  /** Types of events, without patterns. */
  events: string[]
}

export type TokenEndpointAuthMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'none'

/** What is known of how a provider's tokens end, where it does not say so itself. */
export interface RefreshRules {
  /** How long an access token lives when nothing tells. */
  accessTokenSeconds?: number
  /** The grant ends this long after it was given, whatever one does. */
  endsAfterDays?: number
  /** The refresh token ends when it is not used for this long. */
  endsUnusedAfterDays?: number
  /** There is no refresh token: an access token is exchanged for a newer one before it ends, or never. By the wire rules. */
  renewsItself?: true
  /** A refresh may ask for fewer scopes without losing the others (RFC 6749 section 6). */
  narrowsScopes: boolean
}

/** What every provider has, whatever it speaks. */
interface ProviderBase {
  id: string
  /** For people; default: the id with a capital. */
  name: string
  /** A picture for buttons: an absolute URL without query. */
  logo?: string
  /** OAuth 1.0a: the consumer key. */
  clientId: string
  /** OAuth 1.0a: the consumer secret. */
  clientSecret?: string
  /** Private JWK, for `private_key_jwt`, for client secrets that are signed, and for `RSA-SHA1`. */
  privateKey?: Record<string, unknown>
  signIn: boolean
  connect: boolean
  scopes: string[]
  scopeSeparator: string
  connectScopes: string[]
  /** Sent with each authorization request; reserved names were refused. */
  authorizeParams: Record<string, string>
  /** Sent, too, when an account is to be connected; they come before `authorizeParams`. */
  connectAuthorizeParams: Record<string, string>
  refresh: RefreshRules
  /** Hosts, with a port where it is not 443, that services may call by way of Latchkey with the tokens of connections. */
  apiHosts: string[]
  /** Each claim must have, or hold, one of these values. */
  requireClaims: Record<string, (string | boolean)[]>
  /** ASCII, lower case. When given, the verified e-mail address must be of one of them. */
  allowedEmailDomains?: string[]
  /** Where an old registration cannot change; default `{issuer}/callback/{id}`. */
  redirectUri: string
}

interface ProviderCommon extends ProviderBase {
  /** `iss` of a client secret that is a signed JWT; at Apple the team id. */
  clientSecretIssuer?: string
  tokenEndpointAuthMethod: TokenEndpointAuthMethod
  /** Where tokens are refreshed. Default: the token endpoint. */
  refreshEndpoint?: string
  /** Where a short-lived token becomes a long-lived one. */
  exchangeEndpoint?: string
  /** RFC 7009; comes before what metadata says. */
  revocationEndpoint?: string
  /** RFC 7662; comes before what metadata says. */
  introspectionEndpoint?: string
  /** Revoking one token ends all grants of the account. */
  revocationEndsAccount: boolean
  responseMode: 'query' | 'form_post'
  pkce: 'S256' | 'none'
  quirks: string[]
  /** Deviations that need a value; they come after those of `quirks`. */
  wire: Partial<WireRules>
}

export interface OidcProviderConfig extends ProviderCommon {
  type: 'oidc'
  issuer: string
  /** Where its discovery document is, instead of the standard places. */
  discoveryUrl?: string
  /** RFC 8414 metadata given instead of discovery. */
  metadata?: Record<string, unknown>
  /** Signature algorithms taken for ID tokens; asymmetric only. Default: RS256, PS256, ES256, EdDSA. */
  idTokenAlgorithms: string[]
  /** After a sign-out the browser goes on to the provider's `end_session_endpoint`. */
  signOut: boolean
}

export interface OAuth2ProviderConfig extends ProviderCommon {
  type: 'oauth2'
  authorizationEndpoint: string
  tokenEndpoint: string
  /** Always there where `identityFrom` is `userinfo`. Its path may hold `{access_token}` and `{token.<member>}`. */
  userinfoEndpoint?: string
  /** RFC 9207: when given, `iss` is required and compared. */
  issuer?: string
  /** The answer that says whose account it is; `nothing`: it can be connected, one for each user, and signs nobody in. */
  identityFrom: 'userinfo' | 'token-response' | 'nothing'
  /** Several people may hold the account: it can be connected, and signs nobody in. */
  sharedAccount: boolean
  /** Dotted paths of the immutable account id in that answer; several are joined with `/`. Empty with `nothing`. */
  subject: string[]
  /** Dotted paths of display fields, where they differ from the OIDC claims. Several of a name are joined with a space. */
  profile: { name?: string[]; email?: string; emailVerified?: string; picture?: string; label?: string }
  /** Where the e-mail address comes from, where userinfo has none: then the only source of it. */
  emailsEndpoint?: string
  /** Always there with `emailsEndpoint`. */
  emails?: EmailPaths
}

/** How a list of e-mail addresses is read: the first counts that is both primary and verified. Dotted paths. */
export interface EmailPaths {
  /** Of the list in the answer. Default: the answer is the list. */
  list?: string
  /** Of the address in an entry. */
  email: string
  /** Whether it is verified: the boolean true. Default: none is, unless the provider hands out verified ones only. */
  verified?: string
  /** Whether it is the account's main address: the boolean true. Default: each may be. */
  primary?: string
}

/** RFC 5849. */
export interface OAuth1ProviderConfig
  extends ProviderBase,
    Pick<
      OAuth2ProviderConfig,
      'authorizationEndpoint' | 'userinfoEndpoint' | 'identityFrom' | 'sharedAccount' | 'subject' | 'profile'
    > {
  type: 'oauth1'
  /** Where temporary credentials are fetched. */
  requestTokenEndpoint: string
  /** Where token credentials are fetched. */
  accessTokenEndpoint: string
  signatureMethod: 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'PLAINTEXT'
  /** OAuth Core 1.0: there is no `oauth_verifier`, and whoever began may not be who approved. */
  unsafeVersion10: boolean
  /** Sent in the form when temporary credentials are fetched. */
  requestTokenParams: Record<string, string>
  /** Where scopes go; without it there are none. */
  scopeParameter?: { parameter: string; at: 'request-token' | 'authorization' }
}

/** A provider that speaks OAuth 2.0, with OpenID Connect or without. */
export type ProviderConfig = OidcProviderConfig | OAuth2ProviderConfig

export type AnyProviderConfig = ProviderConfig | OAuth1ProviderConfig

export type LinkingConfig =
  | { mode: 'manual' }
  | { mode: 'separate' }
  | { mode: 'verified_email'; providers: string[] }

export interface TokensConfig {
  algorithm: 'ES256' | 'EdDSA' | 'RS256'
  accessTokenSeconds: number
  sessionIdleSeconds: number
  sessionAbsoluteSeconds: number
  codeSeconds: number
  refreshGraceSeconds: number
}

export interface RateLimitsConfig {
  /** Where counters are: in each process, in the configured PostgreSQL, in a Valkey or Redis by its URL. */
  storage: 'memory' | 'postgres' | { redis: string }
  authorizePerMinute: number
  callbackPerMinute: number
  tokenPerMinute: number
  accountPerMinute: number
}

export interface LatchkeyEvent {
  id: string
  type: string
  /** RFC 3339, UTC. */
  time: string
  request_id: string
  actor?: string
  subject?: string
  data: Record<string, unknown>
}

/** Somebody who has proved at a provider who they are, as `resolveUser` is told. */
export interface ProvedIdentity {
  /** The id of the provider in this configuration. */
  provider: string
  /** With `subject` the identity: the OpenID Connect issuer, or `provider:<id>` where there is none. */
  issuer: string
  subject: string
  /** What the account is called for people; often an e-mail address, and never verified by being here. */
  label?: string
  name?: string
  email?: string
  /** Whether the provider has verified the address. There whenever `email` is. */
  email_verified?: boolean
  picture?: string
}

/** Code configuration only. */
export interface Hooks {
  /**
   * A user table of your own: the id of the user whose identity this is, or null for nobody. Asked at every sign-in; it
   * takes the place of `signup` and `linking`.
   */
  resolveUser?: (identity: ProvedIdentity) => Promise<string | null> | string | null
  /** Further claims for the access token; reserved ones are refused. */
  claims?: (
    user: { id: string; name?: string; email?: string; email_verified?: boolean },
    client: { id: string },
  ) => Promise<Record<string, unknown>> | Record<string, unknown>
  onEvent?: (event: LatchkeyEvent) => Promise<void> | void
  /**
   * A KMS or HSM above the vault's data keys. Each is 32 bytes, wrapped when it is made and unwrapped once by each process;
   * a call may take ten seconds. What was wrapped must unwrap for as long as it is in the database.
   */
  wrapKey?: {
    /** Up to 16 KiB. */
    wrap(key: Uint8Array): Promise<Uint8Array>
    unwrap(wrapped: Uint8Array): Promise<Uint8Array>
  }
}
