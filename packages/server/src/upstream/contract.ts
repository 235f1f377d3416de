import type { LogoutToken } from './logout-token.ts'

/**
 * A provider, as the journey sees it. Whatever it speaks (OIDC, OAuth 2.0, later OAuth 1.0a), one journey
 * calls these three in order. Nothing here knows storage, cookies or clients of ours.
 */
export interface Upstream {
  readonly id: string
  readonly name: string
  readonly protocol: 'oidc' | 'oauth2'
  /** How the provider is asked to answer. */
  readonly responseMode: 'query' | 'form_post'
  /** Whether `max_age` can be honoured: the provider proves `auth_time`. */
  readonly provesAuthTime: boolean
  /** What an identity of this provider is filed under: the OIDC issuer, or `provider:<id>`. */
  readonly identityIssuer: string

  /**
   * Where to send the browser (RFC 6749 section 4.1.1). May fetch discovery.
   * @throws UpstreamError
   */
  authorizationUrl(request: UpstreamRequest): Promise<URL>

  /**
   * Judges the callback's parameters before anything is sent: `iss` (RFC 9207; required when advertised), then
   * `error`, then `code`. Repeated parameters were refused before.
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
}

export interface UpstreamRequest extends JourneyProof {
  loginHint?: string
  prompt?: string
  uiLocales?: string
}

declare const validated: unique symbol
/** Parameters that `readCallback` has passed. Only it makes them. */
export type ValidatedCallback = URLSearchParams & { readonly [validated]: true }

export interface UpstreamIdentity {
  subject: string
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
  tokens: {
    accessToken: string
    tokenType: string
    refreshToken?: string
    /** Seconds, as the provider said it. */
    expiresIn?: number
    scope?: string
    idToken?: string
  }
}

/**
 * What went wrong at a provider, sorted by what the SPA is told (design: the callback's table).
 * `reason` is a stable word for logs and tests; `detail` may hold what the provider sent, for logs only.
 */
export type UpstreamFailure = 'access_denied' | 'temporarily_unavailable' | 'provider_error'

export class UpstreamError extends Error {
  readonly failure: UpstreamFailure
  readonly reason: string
  readonly detail?: string
  constructor(failure: UpstreamFailure, reason: string, options?: ErrorOptions & { detail?: string }) {
    super(`${failure}: ${reason}`, options)
    this.name = 'UpstreamError'
    this.failure = failure
    this.reason = reason
    if (options?.detail !== undefined) this.detail = options.detail
  }
  /** Reason and detail, for logs. */
  get summary(): string {
    return this.detail === undefined ? this.reason : `${this.reason}: ${this.detail}`
  }
}
