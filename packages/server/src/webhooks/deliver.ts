import type { Clock } from '../clock.ts'
import { seconds } from '../clock.ts'
import type { WebhookConfig } from '../config/types.ts'
import type { OutboxMessage } from '../storage/index.ts'
import { type GuardedFetch, UpstreamError } from '../upstream/index.ts'
import { signedHeaders } from './signature.ts'

/** `gone`: the receiver wants to hear of nothing any more (410). */
export type Delivery =
  | { outcome: 'received' | 'gone' }
  | { outcome: 'failed'; why: string; retryAfterMs?: number }

const longestWaitMs = 3_600_000

/**
 * Posts a message once. Any 2xx is a receipt (Standard Webhooks), all else is not, redirects included. What the receiver answers is not
 * read any further.
 */
export async function deliver(
  message: OutboxMessage,
  webhook: WebhookConfig,
  { fetch, clock }: { fetch: GuardedFetch; clock: Clock },
): Promise<Delivery> {
  const { body } = message
  const id = message.id.slice(0, message.id.indexOf('@'))
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signedHeaders({ id, seconds: seconds(clock), body }, webhook.secrets),
      },
      body,
    })
    const { status } = response
    if (status >= 200 && status < 300) return { outcome: 'received' }
    if (status === 410) return { outcome: 'gone' }
    const after = response.headers.get('retry-after') ?? ''
    return {
      outcome: 'failed',
      why: `status ${status}`,
      ...(/^\d{1,6}$/.test(after) ? { retryAfterMs: Math.min(Number(after) * 1000, longestWaitMs) } : {}),
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { outcome: 'failed', why: error.reason }
  }
}
