/** Codes that ask for something else than a repair of the set-up. ERRORS.md explains each code. */
const actions = {
  network_error: 'retry',
  load_failed: 'retry',
  temporarily_unavailable: 'retry',
  signed_out: 'sign-in',
  state_missing: 'sign-in',
  issuer_mismatch: 'sign-in',
  access_denied: 'sign-in',
  account_exists: 'sign-in',
  provider_error: 'sign-in',
  invalid_grant: 'sign-in',
  finished_elsewhere: 'close-window',
  user_changed: 'sign-in',
  wrong_browser: 'sign-in',
  identity_in_use: 'sign-in',
  last_identity: 'link',
  account_mismatch: 'connect',
  not_found: 'reload',
  popup_blocked: 'redirect',
  embedded_browser: 'open-in-browser',
  clock_skew: 'check-clock',
  storage_unavailable: 'open-in-browser',
  invalid_response: 'contact-support',
  signup_closed: 'contact-support',
} as const

type SetupCode =
  | 'invalid_options'
  | 'blocked_by_csp'
  | 'origin_hidden'
  | 'callback_moved'
  | 'redirect_refused'
  | 'gesture_missing'
  // The server's, with their wire names: RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707, RFC 9449.
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'invalid_token'
  | 'untrusted_origin'
  | 'not_same_site'

/** Stable, for programs. */
export type AuthErrorCode = keyof typeof actions | SetupCode
/** What the user or the developer can do about it. */
export type AuthAction = (typeof actions)[keyof typeof actions] | 'fix-setup'
/** Where it happened: creating the client, leaving, coming back, redeeming, refreshing, calling, signing out. */
export type AuthPhase = 'create' | 'start' | 'callback' | 'redeem' | 'refresh' | 'call' | 'sign-out'

/** The only error this package makes. Holds no secret, so it may be logged and reported whole. */
export class AuthError extends Error {
  declare readonly name: 'AuthError'
  declare readonly code: AuthErrorCode
  declare readonly phase: AuthPhase
  /** The same thing may work later, without a change. */
  declare readonly retryable: boolean
  declare readonly action: AuthAction
  /** The server's `request_id`, to quote to support. */
  declare readonly requestId?: string
  /** Seconds that the server asked to wait. */
  declare readonly retryAfter?: number
  /** The section of this package's documentation about this code. */
  declare readonly docs: string

  constructor(code: AuthErrorCode, phase: AuthPhase, detail?: string, more: ErrorDetails = {}) {
    const docs = `@latchkey/browser/ERRORS.md#${code}`
    super(`${code} (${phase}): ${detail ?? docs}`, more)
    const action = actionOf[code] ?? 'fix-setup'
    Object.assign(this, {
      name: 'AuthError',
      code,
      phase,
      action,
      retryable: action === 'retry',
      requestId: more.requestId,
      retryAfter: more.retryAfter,
      docs,
    })
  }

  toJSON(): object {
    return Object.assign({}, this, { message: this.message })
  }
}

export interface ErrorDetails {
  requestId?: string | undefined
  retryAfter?: number | undefined
  cause?: unknown
}

const actionOf: Partial<Record<string, AuthAction>> = actions

/** What was thrown, as one of ours: what nobody foresaw is about an answer that nobody foresaw. */
export const toAuthError = (cause: unknown): AuthError =>
  cause instanceof AuthError ? cause : new AuthError('invalid_response', 'callback', undefined, { cause })

/**
 * Whether the server's `error` looks like one; of what else a URL or an answer holds nothing is echoed. One that this
 * version does not know is about the set-up.
 */
export function isCode(error: unknown): error is AuthErrorCode {
  return typeof error === 'string' && /^[a-z]+_[a-z_]+$/.test(error)
}
