/**
 * Why a request was refused: for logs, metrics and tests. On the wire goes the coarser `code`.
 * The `proof_*` reasons are about the DPoP proof, `key_*` about the issuer's keys.
 */
export type VerifyReason = keyof typeof reasons

/** The wire's `error`: RFC 6750 section 3.1, RFC 9449 section 7.1, RFC 9470 section 3, and two of our own. */
export type VerifyErrorCode =
  | 'missing_token'
  | 'invalid_request'
  | 'invalid_token'
  | 'invalid_dpop_proof'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'temporarily_unavailable'

/** What a refusal looks like from outside. */
type Refusal = { readonly code: VerifyErrorCode; readonly status: number; readonly description: string }

const statuses: { readonly [code in VerifyErrorCode]: number } = {
  missing_token: 401,
  invalid_request: 400,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  insufficient_scope: 403,
  insufficient_user_authentication: 401,
  temporarily_unavailable: 503,
}

const reasons = {
  missing: refusal('missing_token', 'An access token is required'),
  several: refusal('invalid_request', 'The request carries more than one access token'),
  too_long: refusal('invalid_token', 'The access token is malformed'),
  malformed: refusal('invalid_token', 'The access token is malformed'),
  typ: refusal('invalid_token', 'The token is not an access token'),
  alg: refusal('invalid_token', 'The access token is signed with an algorithm that is not allowed'),
  crit: refusal('invalid_token', 'The access token demands an extension that is not understood'),
  key_unknown: refusal('invalid_token', 'The access token is signed with an unknown key'),
  signature: refusal('invalid_token', 'The signature of the access token does not verify'),
  issuer: refusal('invalid_token', 'The access token is of another issuer'),
  audience: refusal('invalid_token', 'The access token is for another audience'),
  claims: refusal('invalid_token', 'The access token lacks a claim or has a malformed one'),
  expired: refusal('invalid_token', 'The access token has expired'),
  not_yet_valid: refusal('invalid_token', 'The access token is not valid yet'),
  revoked: refusal('invalid_token', 'The access token has been revoked'),
  confirmation: refusal('invalid_token', 'The access token is bound in a way that is not supported'),
  downgrade: refusal('invalid_token', 'A DPoP-bound access token needs the DPoP scheme and a proof'),
  not_bound: refusal('invalid_token', 'The access token is not bound to a DPoP key'),
  proof_key: refusal('invalid_token', 'The access token is bound to another DPoP key'),
  proof_missing: refusal('invalid_dpop_proof', 'Exactly one DPoP proof is required'),
  proof_invalid: refusal('invalid_dpop_proof', 'The DPoP proof is invalid'),
  proof_replayed: refusal('invalid_dpop_proof', 'The DPoP proof was used before'),
  scope: refusal('insufficient_scope', 'The access token lacks a required scope'),
  authentication_age: refusal('insufficient_user_authentication', 'A more recent sign-in is required'),
  authentication_level: refusal('insufficient_user_authentication', 'A stronger sign-in is required'),
  keys_unavailable: refusal('temporarily_unavailable', 'The keys of the issuer cannot be had at the moment'),
  check_unavailable: refusal('temporarily_unavailable', 'A check cannot be made at the moment'),
} as const

function refusal(code: VerifyErrorCode, description: string): Refusal {
  return { code, status: statuses[code], description }
}

export function refusalFor(reason: VerifyReason): Refusal {
  return reasons[reason]
}

/**
 * A request that was not authenticated, or not allowed. Its texts are fixed: nothing that the sender wrote is in them.
 */
export class VerifyError extends Error {
  readonly code: VerifyErrorCode
  /** 400, 401, 403 or 503. */
  readonly status: number
  readonly reason: VerifyReason
  /** The value for the `WWW-Authenticate` header; absent with 503. */
  readonly wwwAuthenticate: string | undefined

  constructor(reason: VerifyReason, details: { wwwAuthenticate?: string | undefined; cause?: unknown } = {}) {
    const { code, status, description } = refusalFor(reason)
    super(description, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'VerifyError'
    this.code = code
    this.status = status
    this.reason = reason
    this.wwwAuthenticate = details.wwwAuthenticate
  }
}
