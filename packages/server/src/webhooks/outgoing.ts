import type { Clock } from '../clock.ts'
import type { LatchkeyEvent, WebhookConfig } from '../config/types.ts'
import { tagOf } from '../ids.ts'
import type { Logger } from '../logging.ts'
import type { OutboxMessage, OutboxStore } from '../storage/index.ts'

/** What a webhook is called in the outbox and in logs: its address may hold a secret. */
export const endpointOf = ({ url }: Pick<WebhookConfig, 'url'>): string => tagOf(url)

/** Where events wait for their way out. */
export interface Outgoing {
  /** Stores an event for each webhook that wants it. Neither throws nor waits. */
  take(event: LatchkeyEvent): void
  /** Resolves when all that was taken so far is stored, or given up. */
  stored(): Promise<void>
}

/** Tries while the database is away, a second and more apart. */
const tries = 5

/**
 * Puts events into the outbox, in the database, from where a running server sends them: what is stored is sent, whoever
 * stops meanwhile.
 */
export function createOutgoing(deps: {
  webhooks: readonly WebhookConfig[]
  outbox: Pick<OutboxStore, 'add'>
  clock: Clock
  logger: Logger
  pause: (attempt: number) => Promise<void>
}): Outgoing {
  const { webhooks, outbox, clock, logger, pause } = deps
  const underWay = new Set<Promise<void>>()

  async function store(messages: OutboxMessage[], type: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await outbox.add(messages)
        return
      } catch (error) {
        if (attempt === tries) {
          const ids = messages.map(({ id }) => id)
          logger.error(
            { error, type, ids },
            'an event could not be stored for webhooks: they will not hear of it',
          )
          return
        }
      }
      await pause(attempt)
    }
  }

  return {
    take(event) {
      const wanting = webhooks.filter(({ events }) => events.includes(event.type))
      if (wanting.length === 0) return
      const now = clock.now()
      // `timestamp` is what Standard Webhooks calls the time of an event.
      const body = JSON.stringify({ timestamp: event.time, ...event })
      const messages = wanting.map(endpointOf).map((endpoint) => ({
        id: `${event.id}@${endpoint}`,
        endpoint,
        ...{ type: event.type, body, createdAt: now, dueAt: now, attempts: 0 },
      }))
      const storing = store(messages, event.type).finally(() => underWay.delete(storing))
      underWay.add(storing)
    },
    async stored() {
      await Promise.all(underWay)
    },
  }
}
