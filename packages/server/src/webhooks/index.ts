import { setTimeout as wait } from 'node:timers/promises'
import type { Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { LatchkeyEvent, WebhookConfig } from '../config/types.ts'
import type { Logger } from '../logging.ts'
import type { OutboxStore } from '../storage/index.ts'
import { createGuardedFetch, withBreaker } from '../upstream/index.ts'
import { createOutgoing, type Outgoing } from './outgoing.ts'
import { createSending } from './sending.ts'

export type { Outgoing } from './outgoing.ts'

interface OutgoingDeps {
  webhooks: readonly WebhookConfig[]
  outbox: OutboxStore
  clock: Clock
  logger: Logger
}

/** For a command beside a server: events are stored, and the server sends them. */
export const createQueue = (deps: OutgoingDeps): Outgoing => createOutgoing({ ...deps, pause })

const pause = (attempt: number) => wait(1000 * 2 ** (attempt - 1), undefined, { ref: false })

export interface Webhooks {
  /** Takes an event on its way to whoever wants it. Neither throws nor waits. */
  take(event: LatchkeyEvent): void
  /** Ends the sending, once all that was taken is stored. */
  close(): Promise<void>
}

/** Events to the owner's own backend (Standard Webhooks): stored first, sent until they are received, for a week. */
export function createWebhooks(deps: OutgoingDeps & { timers: Timers }): Webhooks {
  // The owner chose the address: it may well be a private one.
  const shared = createGuardedFetch({ allowPrivate: true, timeoutMs: 15_000 })
  const sending = createSending({
    ...deps,
    fetchFor: () => withBreaker(shared, { clock: deps.clock }),
  })
  const outgoing = createQueue(deps)
  return {
    take: outgoing.take,
    async close() {
      await outgoing.stored()
      await sending.close()
    },
  }
}
