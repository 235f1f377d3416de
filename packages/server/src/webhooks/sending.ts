import { randomInt } from 'node:crypto'
import { keepDoing, type Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { WebhookConfig } from '../config/types.ts'
import type { Logger } from '../logging.ts'
import type { OutboxMessage, OutboxStore } from '../storage/index.ts'
import type { GuardedFetch } from '../upstream/index.ts'
import { type Delivery, deliver } from './deliver.ts'
import { endpointOf } from './outgoing.ts'
import { nextAttempt } from './schedule.ts'

/** Milliseconds between looks at the outbox, and for which a message is one process's: longer than a delivery takes. */
const everyMs = 2_000
const claimMs = 60_000
/** Messages on their way at once. */
const atOnce = 16

export interface Sending {
  /** Sends what is due now; resolves when nothing is left that is. */
  round(): Promise<void>
  /** Ends it; what is on its way is waited for. */
  close(): Promise<void>
}

/**
 * Sends what the outbox holds. A message is claimed by one process at a time and dropped when it was received: whoever dies
 * in between sends it twice, and the receiver knows it by its id.
 */
export function createSending(deps: {
  webhooks: readonly WebhookConfig[]
  outbox: OutboxStore
  /** For each webhook one of its own, with its own breaker. */
  fetchFor: (url: string) => GuardedFetch
  clock: Clock
  timers: Timers
  logger: Logger
}): Sending {
  const { outbox, fetchFor, clock, timers, logger } = deps
  const webhooks = new Map(
    deps.webhooks.map((webhook) => [endpointOf(webhook), { webhook, fetch: fetchFor(webhook.url) }]),
  )
  let running = Promise.resolve()

  async function send(message: OutboxMessage): Promise<void> {
    const known = webhooks.get(message.endpoint)
    if (known === undefined) {
      logger.warn(
        { id: message.id, type: message.type },
        'a message for a webhook that is not configured any more was dropped',
      )
      await outbox.drop(message.id)
      return
    }
    await conclude(message, await deliver(message, known.webhook, { fetch: known.fetch, clock }))
  }

  async function conclude(message: OutboxMessage, delivery: Delivery): Promise<void> {
    const { id, type, endpoint, attempts } = message
    if (delivery.outcome !== 'failed') {
      if (delivery.outcome === 'gone') {
        logger.warn({ id, type, endpoint }, 'a webhook answered 410: the message was dropped')
      }
      await outbox.drop(id)
      return
    }
    const { why, retryAfterMs } = delivery
    const again = nextAttempt(message, clock.now(), randomInt(1_000_001) / 1_000_000, retryAfterMs)
    if (again === undefined) {
      logger.error(
        { id, type, endpoint, attempts, why },
        'a webhook was down for a week: the message was dropped',
      )
      await outbox.drop(id)
      return
    }
    logger.warn(
      { id, type, endpoint, attempts, why, again_at: new Date(again).toISOString() },
      'a webhook did not take a message',
    )
    await outbox.postpone(id, again)
  }

  async function work(stop?: AbortSignal): Promise<void> {
    for (;;) {
      if (stop?.aborted === true) return
      const now = clock.now()
      const due = await outbox.claimDue(now, now + claimMs, atOnce)
      const sent = await Promise.allSettled(due.map(send))
      // The claim ends, and it is tried again.
      for (const one of sent) {
        if (one.status === 'rejected') logger.warn({ error: one.reason }, 'sending a webhook failed')
      }
      if (due.length < atOnce) return
    }
  }

  const round = (stop?: AbortSignal) => {
    running = running.catch(() => undefined).then(() => work(stop))
    return running
  }
  const stop = keepDoing(round, {
    ...{ timers, firstMs: everyMs, everyMs },
    onError: (error) => logger.warn({ error }, 'looking for messages to webhooks failed'),
  })
  return {
    round,
    async close() {
      stop()
      await running.catch(() => undefined)
    },
  }
}
