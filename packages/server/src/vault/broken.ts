import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'

/** Notes that only its user can mend a connection, and tells it once: whoever comes second finds it noted. */
export type MarkBroken = (row: Connection, reason: string, by: { requestId: string }) => Promise<void>

export function createMarkBroken(deps: {
  connections: Pick<ConnectionStore, 'markBroken'>
  clock: Clock
  events: Events
}): MarkBroken {
  const { connections, clock, events } = deps
  return async ({ id, version, provider, userId }, reason, { requestId }) => {
    if (!(await connections.markBroken(id, version, reason, clock.now()))) return
    events.emit('connection.needs_reconnect', {
      ...{ requestId, subject: userId },
      data: { connection_id: id, provider, reason },
    })
  }
}
