import { UpstreamError } from '../upstream/index.ts'

/** Why a provider is left alone for a while; each has a back-off of its own. */
export type TransientKind = 'outage' | 'settings' | 'rate_limit'

/** What a failed renewal means. */
export type RenewalFailure =
  /** The provider takes the refresh token no more. */
  | { kind: 'revoked' }
  | {
      kind: TransientKind
      /** Whether the provider may have spent the refresh token, and its answer got lost. */
      mayBeSpent: boolean
      retryAfterMs?: number
    }

/** Only whoever runs Latchkey can mend these: at the provider, or in the configuration. */
const settings = new Set([
  ...['invalid_client', 'unauthorized_client', 'invalid_scope', 'unsupported_grant_type'],
  ...['blocked_address', 'invalid_url', 'insecure_url', 'credentials_in_url'],
])

/**
 * It answered as a token endpoint does, and nothing of that is taken: asking again in seconds mends neither a quirk that the
 * configuration does not know nor an answer about somebody else's account, and each time may spend a refresh token.
 */
const untaken = new Set(['refresh_identity', 'token_malformed', 'token_path', 'token_type'])

/** Nothing was sent, or what was sent was turned away. */
const unspent = new Set([
  ...settings,
  ...['rate_limited', 'token_error', 'dns', 'refused', 'breaker_open', 'too_many_calls'],
])

/** Whatever is not foreseen is an outage: the connection stays, and the provider is asked again. */
export function judgeFailure(error: unknown): RenewalFailure {
  if (!(error instanceof UpstreamError)) return { kind: 'outage', mayBeSpent: true }
  const { reason, retryAfterMs } = error
  if (reason === 'invalid_grant') return { kind: 'revoked' }
  const mendable = settings.has(reason) || untaken.has(reason)
  const kind = reason === 'rate_limited' ? 'rate_limit' : mendable ? 'settings' : 'outage'
  return { kind, mayBeSpent: !unspent.has(reason), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}
