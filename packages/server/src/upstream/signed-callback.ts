import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, seconds } from '../clock.ts'
import { fault } from './failures.ts'
import { tolerance } from './signed-token.ts'

/** Seconds: as long as a journey may take. */
const maxAge = 600

/**
 * A callback that the provider has signed with the client secret (Shopify): `hmac`, in hex, is HMAC-SHA256 over the other
 * parameters, sorted by name and form-encoded; `timestamp` says when, in seconds.
 *
 * @throws UpstreamError `provider_error`: `callback_malformed` for a repeated parameter, `callback_signature_missing`,
 *   `callback_signature`, `callback_timestamp`
 */
export function checkSignedCallback(
  params: URLSearchParams,
  clientSecret: string | undefined,
  clock: Clock,
): void {
  if (new Set(params.keys()).size !== params.size) throw fault('callback_malformed', { detail: 'repeated' })
  const { hmac, ...signed } = Object.fromEntries(params)
  if (hmac === undefined || clientSecret === undefined) throw fault('callback_signature_missing')
  const sorted = Object.entries(signed).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const expected = createHmac('sha256', clientSecret).update(new URLSearchParams(sorted).toString()).digest()
  const given = /^[0-9a-f]{64}$/.test(hmac) ? Buffer.from(hmac, 'hex') : Buffer.alloc(0)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw fault('callback_signature')
  const age = /^\d{1,12}$/.test(signed.timestamp ?? '')
    ? seconds(clock) - Number(signed.timestamp)
    : Number.NaN
  if (!(age >= -tolerance && age <= maxAge + tolerance)) throw fault('callback_timestamp')
}
