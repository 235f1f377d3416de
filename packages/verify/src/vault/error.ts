/**
 * Why there is no token:
 * - `no_connection`: the user has connected no such account, or it is not this service's to use.
 * - `several_connections`: more than one fits; `connectionIds` names them, and `token({ connectionId })` takes one.
 * - `needs_reconnect`: the provider takes the connection no more; only its user can mend that. `reason` tells why.
 * - `access_denied`: Latchkey's configuration (`services[].vault`) does not let this service have it.
 * - `unsupported_token_type`: the provider speaks OAuth 1.0a, whose tokens are not handed out (`sign`, `fetch` and `proxy` work); or
 *   there is nothing to sign with: `token`, `fetch` and `proxy` work.
 * - `unauthenticated`: Latchkey does not take this service's id and secret or key.
 * - `temporarily_unavailable`: Latchkey or the provider cannot be had at the moment.
 * - `unexpected_answer`: what answered is not Latchkey, or not one that has a vault.
 */
export type VaultErrorCode =
  | 'no_connection'
  | 'several_connections'
  | 'needs_reconnect'
  | 'access_denied'
  | 'unsupported_token_type'
  | 'unauthenticated'
  | 'temporarily_unavailable'
  | 'unexpected_answer'

const descriptions: { readonly [code in VaultErrorCode]: string } = {
  no_connection: 'the user has connected no such account',
  several_connections: 'the user has connected several such accounts',
  needs_reconnect: 'the account must be connected anew by its user',
  access_denied: 'this service may not use the connection',
  unsupported_token_type: 'tokens of this provider are not had, or do not sign',
  unauthenticated: 'Latchkey does not know this service by these credentials',
  temporarily_unavailable: 'the token cannot be had at the moment',
  unexpected_answer: 'the answer is not one of Latchkey’s vault',
}

/** No token could be had. It holds no token and no secret: it may be logged. */
export class VaultError extends Error {
  readonly code: VaultErrorCode
  /** Whether the same call may succeed later without anybody doing anything. */
  readonly retryable: boolean
  /** With `temporarily_unavailable`, when Latchkey said so: how long to wait. */
  readonly retryAfterSeconds: number | undefined
  /** With `needs_reconnect`: a stable word, such as `revoked`. */
  readonly reason: string | undefined
  readonly connectionId: string | undefined
  /** With `several_connections`. */
  readonly connectionIds: readonly string[]
  /** Under which Latchkey's log tells more. */
  readonly requestId: string | undefined

  constructor(code: VaultErrorCode, details: VaultErrorDetails = {}) {
    super(descriptions[code], details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'VaultError'
    this.code = code
    this.retryable = code === 'temporarily_unavailable'
    this.retryAfterSeconds = details.retryAfterSeconds
    this.reason = details.reason
    this.connectionId = details.connectionId
    this.connectionIds = details.connectionIds ?? []
    this.requestId = details.requestId
  }
}

export type VaultErrorDetails = {
  readonly retryAfterSeconds?: number | undefined
  readonly reason?: string | undefined
  readonly connectionId?: string | undefined
  readonly connectionIds?: readonly string[]
  readonly requestId?: string | undefined
  readonly cause?: unknown
}
