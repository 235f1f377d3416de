import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import { type Connection, type ConnectionStore, StorageError } from '../storage/index.ts'
import type { MarkBroken } from './broken.ts'
import type { Renewer } from './renewal-attempt.ts'
import type { Renewals } from './renewals.ts'
import { planSweep } from './sweep-plan.ts'

/** Milliseconds between rounds. */
export const upkeepEveryMs = 60_000

/** Connections looked at in one go. */
const batch = 100
/** After a renewal that did not succeed, where nothing says when to try again. */
const againMs = 3_600_000

/** One round over the connections that are due, batch by batch, until none is left or it is told to stop. */
export type Upkeep = (stop: AbortSignal) => Promise<void>

/** Warns of hard ends, renews what would die unused, and notes what is over. Nothing else is renewed without being asked for. */
export function createUpkeep(deps: {
  connections: Pick<ConnectionStore, 'listSweepable' | 'noteSwept'>
  upstreams: ReadonlyMap<string, Renewer>
  renewals: Renewals
  markBroken: MarkBroken
  clock: Clock
  events: Events
  logger: Logger
}): Upkeep {
  const { connections, upstreams, renewals, markBroken, clock, events, logger } = deps
  const by = { requestId: 'vault_upkeep' }

  async function look(row: Connection): Promise<void> {
    const { id, provider, userId, sweepAt, needsReconnect } = row
    if (sweepAt === undefined) return
    const now = clock.now()
    const rules = upstreams.get(provider)?.refreshRules ?? { narrowsScopes: false }
    const { warnDays, renew, expired, next } = planSweep(row, rules, now)
    const warnedDays = warnDays ?? row.warnedDays
    const kept = warnedDays === undefined ? {} : { warnedDays }
    if (needsReconnect !== undefined) {
      // Its user knows; connecting anew plans anew.
      await connections.noteSwept(id, sweepAt, kept)
      return
    }
    // Before the work: of several processes one does it, and one that dies under it leaves it for later.
    const again = renew ? Math.min(now + againMs, next ?? Number.POSITIVE_INFINITY) : next
    if (
      !(await connections.noteSwept(id, sweepAt, {
        ...(again === undefined ? {} : { sweepAt: again }),
        ...kept,
      }))
    )
      return
    if (warnDays !== undefined) {
      const data = { connection_id: id, provider, days: warnDays }
      events.emit('connection.expiring', { ...by, subject: userId, data })
    }
    if (expired) await markBroken(row, 'expired', by)
    if (renew) await renewals.renew(row, by)
  }

  return async (stop) => {
    for (;;) {
      const rows = await connections.listSweepable(clock.now(), batch)
      for (const row of rows) {
        if (stop.aborted) return
        try {
          await look(row)
        } catch (error) {
          // Not this one's fault: another round will do better.
          if (error instanceof StorageError) throw error
          logger.warn({ error, connection_id: row.id }, 'looking after a connection failed')
        }
      }
      if (rows.length < batch || stop.aborted) return
    }
  }
}
