import { type FailureOptions, UpstreamError } from './contract.ts'

/** The provider cannot be had at the moment: 5xx, timeout, refused connection, open breaker. */
export const outage = (reason: string, options?: FailureOptions): UpstreamError =>
  new UpstreamError('temporarily_unavailable', reason, options)

/** The provider answered, and what it said is malformed, failed a check or is an error of its own. */
export const fault = (reason: string, options?: FailureOptions): UpstreamError =>
  new UpstreamError('provider_error', reason, options)
