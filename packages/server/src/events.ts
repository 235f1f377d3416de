import type { Clock } from './clock.ts'
import type { Hooks, LatchkeyEvent } from './config/types.ts'
import { newId } from './ids.ts'
import type { Logger } from './logging.ts'

export type EventType =
  | 'user.created'
  | 'user.signed_in'
  | 'sign_in.failed'
  | 'session.created'
  | 'session.revoked'
  | 'session.reuse_detected'
  | 'user.disabled'
  | 'user.enabled'
  | 'user.erased'
  | 'identity.linked'
  | 'identity.unlinked'
  | 'identity.refused'
  | 'key.rotated'

export interface Events {
  /** Never throws and never waits: what an owner's hook does cannot hold up a request. `data` holds no secret. */
  emit(
    type: EventType,
    event: { requestId: string; actor?: string; subject?: string; data: Record<string, unknown> },
  ): void
}

export function createEvents(deps: { clock: Clock; logger: Logger; onEvent?: Hooks['onEvent'] }): Events {
  const { clock, logger, onEvent } = deps
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
      if (onEvent === undefined) return
      Promise.resolve()
        .then(() => onEvent(event))
        .catch((error: unknown) => logger.error({ error, type }, 'the onEvent hook failed'))
    },
  }
}
