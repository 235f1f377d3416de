import type { Clock } from './clock.ts'
import type { Hooks, LatchkeyEvent } from './config/types.ts'
import { newId } from './ids.ts'
import type { Logger } from './logging.ts'

/** What there is to tell: to the log, the owner's hook and webhooks. */
export const eventTypes = [
  'user.created',
  'user.signed_in',
  'user.disabled',
  'user.enabled',
  'user.erased',
  'sign_in.failed',
  'session.created',
  'session.revoked',
  'session.reuse_detected',
  'identity.linked',
  'identity.unlinked',
  'identity.refused',
  'connection.created',
  'connection.updated',
  'connection.needs_reconnect',
  'connection.expiring',
  'connection.removed',
  'connection.refused',
  'connection.revocation_failed',
  'connection.handed_out',
  'key.rotated',
  'secret.rotated',
] as const

export type EventType = (typeof eventTypes)[number]

export interface Events {
  /** Never throws and never waits: what an owner's hook does cannot hold up a request. `data` holds no secret. */
  emit(
    type: EventType,
    event: { requestId: string; actor?: string; subject?: string; data: Record<string, unknown> },
  ): void
}

export function createEvents(deps: {
  clock: Clock
  logger: Logger
  onEvent?: Hooks['onEvent']
  /** Takes it on its way to webhooks. Does not throw. */
  forward?: (event: LatchkeyEvent) => void
}): Events {
  const { clock, logger, onEvent, forward } = deps
  return {
    emit(type, { requestId, actor, subject, data }) {
      const event: LatchkeyEvent = {
        id: newId('evt'),
        type,
        time: new Date(clock.now()).toISOString(),
        request_id: requestId,
        ...(actor === undefined ? {} : { actor }),
        ...(subject === undefined ? {} : { subject }),
        data,
      }
      logger.info({ event }, type)
      forward?.(event)
      if (onEvent === undefined) return
      Promise.resolve()
        .then(() => onEvent(event))
        .catch((error: unknown) => logger.error({ error, type }, 'the onEvent hook failed'))
    },
  }
}
