import type { RefreshRules } from '../config/types.ts'
import type { LogoutToken } from './logout-token.ts'

/**
 * A provider, as the journey sees it. Whatever it speaks (OIDC, OAuth 2.0, OAuth 1.0a), one journey calls
 * `requestCredentials`, where there is one, and the next three in order, and the vault what is in `TokenUpkeep` for as long as it
 * keeps the tokens. Nothing here knows storage, cookies or clients of ours.
 */
export interface Upstream extends TokenUpkeep {
  readonly id: string
  readonly name: string
  readonly protocol: 'oidc' | 'oauth2' | 'oauth1'
  /** How the provider is asked to answer. */
  readonly responseMode: 'query' | 'form_post'
  /** Whether `max_age` can be honoured: the provider proves `auth_time`. */
  readonly provesAuthTime: boolean
  /** What identities of this provider are filed under, unless one names its own: the OIDC issuer, or `provider:<id>`. */
  readonly identityIssuer: string
  /** Whether people may connect an account of theirs there. */
  readonly connect: boolean
  /** Asked for when connecting, unless somebody asks for others. */
  readonly connectScopes: readonly string[]
  /** What is known of how its tokens end. */
  readonly refreshRules: RefreshRules
  /** Revoking one token ends all grants that the account has given us. */
  readonly revocationEndsAccount: boolean

  /**
   * Temporary credentials (RFC 5849 section 2.1), to be had before the browser is sent on: the journey carries them to
   * `authorizationUrl` and, sealed and in the browser's cookie alone, to the callback. Absent where there are none.
   * @throws UpstreamError
   */
  requestCredentials?(request: UpstreamRequest): Promise<Credentials>

  /**
   * Where to send the browser (RFC 6749 section 4.1.1, RFC 5849 section 2.2). May fetch discovery.
   * @throws UpstreamError
   */
  authorizationUrl(request: UpstreamRequest): Promise<URL>

  /**
   * Judges the callback's parameters before anything is sent: `iss` (RFC 9207; required when advertised), then
   * `error`, then `code`. With OAuth 1.0a a refusal, then `oauth_token`, then `oauth_verifier`. Repeated parameters were
   * refused before.
   * @throws UpstreamError
   */
  readCallback(params: URLSearchParams, proof: JourneyProof): Promise<ValidatedCallback>

  /**
   * Exchanges the code, checks the ID token, asks userinfo where needed. Nothing obtained is used until every
   * check has passed.
   * @throws UpstreamError
   */
  exchange(callback: ValidatedCallback, proof: JourneyProof): Promise<UpstreamIdentity>

  /**
   * Judges a logout token (OpenID Connect Back-Channel Logout 1.0), all but whether its `jti` was seen before. Absent where
   * the provider speaks plain OAuth 2.0.
   * @throws UpstreamError
   */
  readLogoutToken?(jwt: string): Promise<LogoutToken>

  /**
   * Where to send the browser so that the provider signs the person out too (OpenID Connect RP-Initiated Logout 1.0).
   * Undefined when its metadata names no such place. Absent unless the configuration says `sign_out`.
   * @throws UpstreamError
   */
  signOutUrl?(request: SignOutRequest): Promise<URL | undefined>
}

/** What a provider does for tokens that it has issued. */
export interface TokenUpkeep {
  /**
   * RFC 6749 section 6. Members that the answer leaves out are left out here: the caller keeps those it has. An optional
   * member that is damaged counts as left out, a damaged access or refresh token does not. An ID token must keep `iss`,
   * `sub` and `aud` (OpenID Connect Core section 12.2), else nothing of the answer is taken; it is not handed on.
   * @throws UpstreamError beside what `exchange` throws of the token endpoint: `provider_error`: `refresh_identity`
   */
  refresh(held: HeldForRefresh): Promise<Tokens>

  /**
   * RFC 7009: the refresh token, and with it the grant; else the access token. `unsupported` where the provider has no
   * such endpoint, or not for these tokens.
   * @throws UpstreamError
   */
  revoke(held: HeldForRevocation): Promise<'revoked' | 'unsupported'>

  /**
   * RFC 7662; undefined where the provider does not offer it. `expiresAt` in ms since the epoch.
   * @throws UpstreamError
   */
  introspect(accessToken: string): Promise<Introspected | undefined>

  /** There where tokens are of use in signed requests alone (OAuth 1.0a): then they are handed to nobody. */
  readonly signing?: TokenSigning

  /** How a token is shown to the provider's API. Absent where requests are signed. */
  apiCredentials?(tokens: Pick<Tokens, 'accessToken' | 'providerData'>): ApiCredentials
}

/** What a request to a provider's API has to carry. Headers by their names in lower case. */
export interface ApiCredentials {
  /** Nothing in them is secret, and whoever calls may know better, such as another version of the API. */
  offered: Record<string, string>
  /** Whatever is called by these names otherwise must not be sent. */
  demanded: Record<string, string>
  /** Parameters of the query, for a token that travels there. The same holds for them. */
  query: Record<string, string>
  /** What of these values must be seen by nobody but the provider. */
  secrets: readonly string[]
}

/** A token, or a temporary one, and the secret without which it is of no use (RFC 5849 section 1.1). */
export interface Credentials {
  token: string
  secret: string
}

/** A request as far as a signature covers it (RFC 5849 section 3.4.1). */
export interface SignedRequest {
  method: string
  /** Its fragment does not count. */
  url: URL
  /** The body, exactly as sent, where it is `application/x-www-form-urlencoded`. No other body is signed. */
  form?: string
}

export interface TokenSigning {
  /** Whether a signature is the secrets themselves (`PLAINTEXT`): then it goes to the provider and to nobody else. */
  readonly revealsSecrets: boolean
  /**
   * The value of the Authorization header for one request, good once and for a short while. Undefined where the protocol's own
   * parameters or endpoints are asked for.
   */
  sign(request: SignedRequest, credentials: Credentials): string | undefined
  /**
   * Whether the provider still takes these, where there is something to ask; undefined where there is not.
   * @throws UpstreamError
   */
  stillGood(credentials: Credentials): Promise<boolean | undefined>
}

export interface HeldForRefresh {
  refreshToken: string
  /** Whose account it is, as `UpstreamIdentity.account` or `.subject` said. */
  subject: string
  /** Asked for in the request, so that the new access token has no more than these. Default: not said. */
  scopes?: readonly string[]
  /** As `Tokens.providerData` was kept. */
  providerData?: ProviderData
}

export interface HeldForRevocation {
  accessToken: string
  refreshToken?: string
  /** As `Tokens.providerData` was kept. */
  providerData?: ProviderData
}

export interface Introspected {
  active: boolean
  expiresAt?: number
}

export interface Tokens {
  accessToken: string
  tokenType: string
  /** With the type `OAuth1`. */
  tokenSecret?: string
  refreshToken?: string
  /** Seconds, as the provider said it. */
  expiresIn?: number
  /** Seconds, of the refresh token or of the whole grant, where the provider tells. */
  refreshExpiresIn?: number
  /** What was granted, with a space between scopes whatever separates them at the provider. */
  scope?: string
  idToken?: string
  /** What services need to know with the token. Absent when there is nothing. */
  providerData?: ProviderData
}

/**
 * What a provider said beside its tokens and its rules say to keep (`keepFromCallback`, `keepFromToken`), by the name of the
 * parameter or the dotted path of the member: at most 16, each of at most 512 characters.
 */
export type ProviderData = Readonly<Record<string, string>>

export interface SignOutRequest {
  /** Where the provider sends the browser back to. */
  postLogoutRedirectUri: string
  state: string
  /** The ID token that signed the person in there, so that they need not be asked. */
  idTokenHint?: string
}

/** What we made for this journey and compare with; never taken from a response. */
export interface JourneyProof {
  state: string
  redirectUri: string
  codeVerifier: string
  nonce: string
  /** Seconds; present when the SPA asked for it. */
  maxAge?: number
  /** What `requestCredentials` gave for this journey. */
  temporary?: Credentials
  /** The account is to be connected, and signs nobody in. */
  connecting?: true
}

export interface UpstreamRequest extends JourneyProof {
  loginHint?: string
  prompt?: string
  uiLocales?: string
  /** Instead of the scopes of sign-in; `openid` comes with them at an OpenID provider. */
  scopes?: readonly string[]
}

declare const validated: unique symbol
/** Parameters that `readCallback` has passed. Only it makes them. */
export type ValidatedCallback = URLSearchParams & {
  readonly [validated]: true
  /** All that came, for what a provider's rules name: beside the parameters themselves it was compared with nothing. */
  readonly received?: URLSearchParams
}

export interface UpstreamIdentity {
  subject: string
  /** The account for whoever keeps tokens of it, where its subject alone could be that of two tenants. Default: `subject`. */
  account?: string
  /** The tenant's own issuer, where one provider has many: the identity is filed under it. Default: `Upstream.identityIssuer`. */
  issuer?: string
  /** A human name for the account: e-mail address or login name. For display only. */
  label?: string
  name?: string
  email?: string
  /** True only for the boolean `true` (or where the provider's entry says so). */
  emailVerified: boolean
  picture?: string
  /** Seconds since the epoch, from a verified `auth_time`. */
  authTime?: number
  amr?: string[]
  acr?: string
  /** The provider's session id (`sid`), for its logout tokens. */
  sid?: string
  /** What the provider did not tell this time, and might another time: what is known of it stays. */
  unheard?: readonly ('name' | 'email')[]
  tokens: Tokens
}

/**
 * What went wrong at a provider, sorted by what the SPA is told (design: the callback's table).
 * `reason` is a stable word for logs and tests; `detail` may hold what the provider sent, for logs only.
 */
export type UpstreamFailure = 'access_denied' | 'temporarily_unavailable' | 'provider_error'

export interface FailureOptions extends ErrorOptions {
  /** For logs only; see `forLogs` in text.ts. */
  detail?: string
  retryAfterMs?: number
}

export class UpstreamError extends Error {
  readonly failure: UpstreamFailure
  readonly reason: string
  readonly detail?: string
  /** How long the provider wants to be left alone, by its `Retry-After`: 1 s to 1 h. */
  readonly retryAfterMs?: number
  constructor(failure: UpstreamFailure, reason: string, options?: FailureOptions) {
    super(`${failure}: ${reason}`, options)
    this.name = 'UpstreamError'
    this.failure = failure
    this.reason = reason
    if (options?.detail !== undefined) this.detail = options.detail
    if (options?.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs
  }
  /** Reason and detail, for logs. */
  get summary(): string {
    return this.detail === undefined ? this.reason : `${this.reason}: ${this.detail}`
  }
}
