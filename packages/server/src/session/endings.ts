import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Session, SessionStore } from '../storage/index.ts'

/** Why it ends, by whom where that is known, and under which request it is logged. */
export interface Ending {
  actor?: string
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

interface Tools {
  sessions: Pick<SessionStore, 'revoke' | 'revokeAllOf'>
  clock: Clock
  events: Events
}

/** One session; false when it had ended already. */
export async function endSession(
  { id, userId, clientId }: Pick<Session, 'id' | 'userId' | 'clientId'>,
  ending: Ending,
  { sessions, clock, events }: Omit<Tools, 'sessions'> & { sessions: Pick<SessionStore, 'revoke'> },
): Promise<boolean> {
  const ended = await sessions.revoke(id, clock.now(), ending.reason)
  if (ended) tell(events, ending, userId, { session_id: id, client_id: clientId })
  return ended
}

export function createSessionEndings(tools: Tools): SessionEndings {
  const { sessions, clock, events } = tools
  return {
    end: (session, ending) => endSession(session, ending, tools),
    async endAllOf(userId, ending) {
      const ended = await sessions.revokeAllOf(userId, clock.now(), ending.reason)
      for (const id of ended) tell(events, ending, userId, { session_id: id })
      return ended
    },
  }
}

function tell(
  events: Events,
  { actor, reason, requestId }: Ending,
  subject: string,
  data: Record<string, unknown>,
): void {
  events.emit('session.revoked', {
    requestId,
    ...(actor === undefined ? {} : { actor }),
    subject,
    data: { ...data, reason },
  })
}
