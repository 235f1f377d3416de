import { ApiError, type LatchkeyError } from '../errors.ts'

export const noConnection = (): ApiError =>
  new ApiError('not_found', { status: 404, description: 'There is no such connection.' })

export const notYours = (): ApiError =>
  new ApiError('access_denied', {
    status: 403,
    description: 'The policy of this service does not let it use this connection.',
  })

/** @param reason a stable word: `revoked`, `lost_response`, `token_refused` or `expired` */
export const needsReconnect = (reason: string): ApiError =>
  new ApiError('needs_reconnect', {
    status: 409,
    description: 'The user has to connect this account again.',
    members: { reason },
  })

/** OAuth 1.0a: a token is of no use without its secret, which nobody gets. */
export const signsOnly = (): ApiError =>
  new ApiError('unsupported_token_type', {
    status: 400,
    description:
      'Tokens of this provider (OAuth 1.0a) are not handed out: have each request signed at .../sign, or sent at .../proxy.',
  })

/** @param reason a stable word: `outage`, `settings`, `rate_limit` or `busy` */
export const unavailable = (reason: string, waitMs: number): ApiError =>
  new ApiError('temporarily_unavailable', {
    status: 503,
    description: 'The provider cannot be asked for a new token right now. Try again later.',
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) },
    members: { reason },
  })

/** @param cause why a data key could not be unwrapped */
export const keyUnavailable = (cause: LatchkeyError): ApiError =>
  new ApiError('temporarily_unavailable', {
    status: 503,
    description: 'The key that these tokens are sealed with cannot be had right now. Try again later.',
    headers: { 'Retry-After': '5' },
    ...{ detail: cause.message, cause },
  })
