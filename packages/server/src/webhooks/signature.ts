import { createHmac } from 'node:crypto'

/**
 * The headers of a message, as Standard Webhooks has them: HMAC-SHA-256 over id, time and body, one signature for each
 * secret, so that a receiver may change its secret without missing anything.
 *
 * @param seconds since the epoch; of this attempt, so that receivers can refuse what is replayed to them later
 */
export function signedHeaders(
  message: { id: string; seconds: number; body: string },
  secrets: readonly Uint8Array[],
): Record<string, string> {
  const { id, seconds, body } = message
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  }
}
