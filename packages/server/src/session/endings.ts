import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Session, SessionStore } from '../storage/index.ts'

/** Who ends it and why, and under which request it is logged. */
export interface Ending {
  actor: string
  reason: string
  requestId: string
}

/** Ends sessions from outside of them. Each end is told once, by whoever brought it about. */
export interface SessionEndings {
  /** False when it had ended already. */
  end(session: Pick<Session, 'id' | 'userId' | 'clientId'>, ending: Ending): Promise<boolean>
  /** All living sessions of a user; the ids of those that it ended. */
  endAllOf(userId: string, ending: Ending): Promise<string[]>
}

export function createSessionEndings(deps: {
  sessions: SessionStore
  clock: Clock
  events: Events
}): SessionEndings {
  const { sessions, clock, events } = deps
  const tell = ({ actor, reason, requestId }: Ending, subject: string, data: Record<string, unknown>) =>
    events.emit('session.revoked', { requestId, actor, subject, data: { ...data, reason } })
  return {
    async end({ id, userId, clientId }, ending) {
      const ended = await sessions.revoke(id, clock.now(), ending.reason)
      if (ended) tell(ending, userId, { session_id: id, client_id: clientId })
      return ended
    },
    async endAllOf(userId, ending) {
      const ended = await sessions.revokeAllOf(userId, clock.now(), ending.reason)
      for (const id of ended) tell(ending, userId, { session_id: id })
      return ended
    },
  }
}
