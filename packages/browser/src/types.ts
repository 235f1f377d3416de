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
  /** `error`: why the last link or further sign-in failed; gone with the next start. The session is as it was. */
  | { status: 'signed-in'; user: User; error?: AuthError }
  /** `reason`: why a sign-in or a session ended; absent for who never came or signed out. */
  | { status: 'signed-out'; reason?: AuthError }
  /** Signing in could not be finished for a reason that is not a refusal (network, set-up). */
  | { status: 'error'; error: AuthError }

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
}

export interface LinkOptions extends StartOptions {
  provider: ProviderId
}

/** What to draw a button for. */
export interface Provider {
  id: ProviderId
  name: string
  /** Signs users in. */
  signIn: boolean
  /** Can be connected, so that services may use it. */
  connect: boolean
  /** What is asked for when connecting. */
  scopes?: readonly string[]
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
