import type { AuthError } from './errors.ts'

/**
 * For declaration merging: what your deployment's users look like and which providers it has.
 *
 * ```ts
 * declare module '@latchkey/browser' {
 *   interface Register { user: { sub: string; email: string; plan: 'free' | 'pro' }; provider: 'google' | 'github' }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the application
export interface Register {}

/** The ID token's claims (OIDC Core section 5.1), as the server checked them. */
export interface UserClaims {
  sub: string
  name?: string
  email?: string
  email_verified?: boolean
  picture?: string
}

export type User = Register extends { user: infer Registered } ? Registered : UserClaims
export type ProviderId = Register extends { provider: infer Registered } ? Registered : string

/** Compared by reference: an object is replaced when, and only when, something changed. */
export type AuthState =
  | { status: 'pending' }
  | ({ status: 'signed-in'; user: User } & Outcome)
  /** `reason`: why a sign-in or a session ended; absent for who never came or signed out. */
  | { status: 'signed-out'; reason?: AuthError }
  /** Signing in could not be finished for a reason that is not a refusal (network, set-up). */
  | { status: 'error'; error: AuthError }

/** What the last link, connect or further sign-in came to. Gone with the next start, and with the page. */
export interface Outcome {
  /** Why it failed. The session is as it was. */
  error?: AuthError
  /** What it linked. Show whose account it is, and let the user take it back. */
  linked?: Identity
  /** What it connected, or connected anew. Show whose account it is, and let the user take it back. */
  connected?: Connection
}

/** What an error reporter wants. `warning`: it works, but something about the page or its set-up wants attention. */
export interface AuthEvent {
  type: 'error' | 'warning'
  error: AuthError
}

/**
 * How to go to the provider: the page itself, or a window of its own. `auto` is a redirect, but a popup where a redirect
 * cannot work: in a frame, and where the page may not keep what it needs for the way back.
 */
export type Flow = 'redirect' | 'popup' | 'auto'

export interface AuthOptions {
  /** The server's issuer, exactly as configured there. https, or http on this machine. */
  issuer: string
  clientId: string
  /** One of the client's `redirect_uris`, on this page's origin. Default: `/callback` of it. */
  redirectUri?: string
  /** The APIs to call (RFC 8707). `auth.fetch` sends the token to their origins and the issuer's, nowhere else. */
  resources?: readonly string[]
  /** Space separated; holds `openid`. Default: `openid profile email offline_access`. */
  scope?: string
  /** Where the session lives: on the device, shared by all tabs (default); in this tab; or until the page goes. */
  persistence?: 'device' | 'tab' | 'memory'
  /** Default `auto`. */
  flow?: Flow
  /** Whether to leave from a web view inside another app, where many providers sign nobody in. Default `refuse`. */
  embeddedBrowsers?: 'refuse' | 'allow'
  /** Your router's way to a path of this origin. Default: replaces the URL and fires `popstate` and `hashchange`. */
  navigate?: (path: string) => unknown
  /** Default: the page's. */
  fetch?: typeof fetch
  onEvent?: (event: AuthEvent) => void
}

interface StartOptions {
  /** A path of this origin to come back to. Default: the present one. */
  returnTo?: string
  /** Default: the client's. */
  flow?: Flow
  loginHint?: string
  prompt?: 'login' | 'select_account' | 'consent'
  /** BCP 47, for pages on the way. */
  locale?: string
  signal?: AbortSignal
}

export interface SignInOptions extends StartOptions {
  /** A provider's id; without it the server asks. */
  provider?: ProviderId
  /** An invitation's code, where only who is invited may sign up. */
  invite?: string
}

export interface LinkOptions extends StartOptions {
  provider: ProviderId
}

export interface ConnectOptions extends StartOptions {
  provider: ProviderId
  /** What to ask the provider for. Default: what the server's configuration says; when reconnecting, what was asked before too. */
  scopes?: readonly string[]
  /** The connection to connect anew, or for more scopes: with another account it fails, `account_mismatch`. */
  connectionId?: string
}

/** What to draw a button for. */
export interface Provider {
  id: ProviderId
  name: string
  /** The URL of a picture, where the configuration names one: `<img src={logo} alt="">` beside the name. */
  logo?: string | undefined
  /** Signs users in. */
  signIn: boolean
  /** Can be connected, so that services may use it. */
  connect: boolean
  /** What is asked for when connecting. */
  scopes?: readonly string[]
}

/** What can be connected. `scopes` are those asked for unless `connect` is given others. */
export interface CatalogEntry extends Provider {
  connect: true
}

/** An account at a provider that services may use in the user's name. Its tokens never come to the browser. */
export interface Connection {
  id: string
  provider: ProviderId
  /** Whose it is there; `label` is for people to recognise it. */
  account: { subject: string; label?: string }
  /** Granted may be fewer than requested: then `connect` with its `connectionId` asks again. */
  scopes: { requested: readonly string[]; granted: readonly string[] }
  /** `expiring`: the provider ends it within 30 days unless it is connected anew. */
  status: 'active' | 'expiring' | 'needs_reconnect'
  /** Why it needs to be connected anew. */
  reason?: ReconnectReason
  /** When the provider ends it. */
  expiresAt?: Date
  connectedAt: Date
  lastUsedAt?: Date
}

/**
 * `revoked`: the provider takes it no longer. `lost_response`: the provider's answer to a renewal was lost, and it gives
 * each once. `token_refused`: the provider refuses tokens that it has just given. `expired`: its time was up. A newer
 * server may know more.
 */
export type ReconnectReason = 'revoked' | 'lost_response' | 'token_refused' | 'expired' | (string & {})

export interface Disconnected {
  /** Whether the provider was told, and took it back: `unsupported` where it knows no such request. */
  revokedAtProvider: boolean | 'unsupported'
}

/** One place where the user is signed in. */
export interface SessionInfo {
  id: string
  clientId: string
  /** Which one it was signed in with. */
  provider: ProviderId
  /** As the browser names itself. */
  device?: string
  createdAt: Date
  lastUsedAt: Date
  /** It is this one. */
  current: boolean
}

/** One account at a provider that signs the user in. */
export interface Identity {
  id: string
  provider: ProviderId
  /** The provider's id for the account. */
  subject: string
  /** For people to recognise it. */
  label?: string
  createdAt: Date
}

export interface SignOutOptions {
  /** End the user's sessions on all devices. */
  everywhere?: boolean
  /** A path of this origin to go to. Default: stay. */
  returnTo?: string
}

export interface AccessTokenOptions {
  /** Renew even if the present one is still good. */
  fresh?: boolean
  /** Seconds that it must live at least, or half its lifetime if that is less. Default 10. */
  minTtl?: number
  signal?: AbortSignal
}
