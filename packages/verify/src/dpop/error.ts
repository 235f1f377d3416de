/** Which of the checks failed; for logs and tests, not for the wire. */
export type DpopReason =
  | 'too_long'
  | 'malformed'
  | 'typ'
  | 'alg'
  | 'crit'
  | 'jwk'
  | 'jti'
  | 'htm'
  | 'htu'
  | 'nonce'
  | 'iat'
  | 'ath'
  | 'jkt'
  | 'signature'

/**
 * A DPoP proof that was refused. `code` is the wire's `error` (RFC 9449 sections 5, 7.1 and 8); `reason` says which
 * check failed. Neither holds anything that the sender wrote.
 */
export class DpopError extends Error {
  readonly code: 'invalid_dpop_proof' | 'use_dpop_nonce'
  readonly reason: DpopReason

  constructor(reason: DpopReason) {
    // No stack: a refusal is an answer, `reason` says where it came from, and taking one costs more than the checks.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(`DPoP proof refused: ${reason}`)
    Error.stackTraceLimit = limit
    this.name = 'DpopError'
    this.code = reason === 'nonce' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
    this.reason = reason
  }
}
