import { type Engine, run } from './engine.ts'
import { type Argument, prepare } from './statement.ts'

/**
 * A session that is over is kept for a day, for whoever asks why somebody was signed out, and the end of an erased one
 * too: longer than any access token lives.
 */
export const keepSessionMs = 24 * 60 * 60 * 1000

/** When the sweep may first find a session dead that ends at `idleExpiresAt` unless it is used. */
export const sessionSweepAt = (idleExpiresAt: number): number => idleExpiresAt + keepSessionMs

interface SweepArguments {
  now: number
  limit: number
}

/**
 * Deletes expired one-time things, sessions long over and what is left of erased ones, at most `limit` rows, in one
 * transaction.
 *
 * A rotation moves a session's end but not `sweep_at`, so the index that the sweep walks costs a rotation
 * nothing; in return the sweep meets, once in an idle period, each session that still lives, and puts it off.
 */
export function createSweep(engine: Engine): (now: number, limit: number) => Promise<number> {
  const db = engine.compiler

  const deleteOneTime = prepare<SweepArguments>()((argument) =>
    db
      .deleteFrom('one_time')
      .where((eb) =>
        eb(
          eb.refTuple('kind', 'key'),
          'in',
          eb
            .selectFrom('one_time as expired')
            .select(['expired.kind', 'expired.key'])
            .where('expired.expires_at', '<=', argument('now'))
            .orderBy('expired.expires_at')
            .limit(argument('limit'))
            .$asTuple('kind', 'key'),
        ),
      ),
  )

  const due = (argument: Argument<SweepArguments>) =>
    db
      .selectFrom('sessions as due')
      .select('due.id')
      .where('due.sweep_at', '<=', argument('now'))
      .orderBy('due.sweep_at')
      .limit(argument('limit'))

  const putOffLiving = prepare<SweepArguments & { over_since: number }>()((argument) =>
    db
      .updateTable('sessions')
      .set((eb) => ({ sweep_at: eb('idle_expires_at', '+', keepSessionMs) }))
      .where('id', 'in', due(argument))
      .where('idle_expires_at', '>', argument('over_since')),
  )

  const deleteSessions = prepare<SweepArguments & { over_since: number }>()((argument) =>
    db
      .deleteFrom('sessions')
      .where('id', 'in', due(argument))
      .where('idle_expires_at', '<=', argument('over_since')),
  )

  const forgetErased = prepare<{ limit: number; over_since: number }>()((argument) =>
    db
      .deleteFrom('erased_sessions')
      .where((eb) =>
        eb(
          eb.refTuple('revoked_at', 'id'),
          'in',
          eb
            .selectFrom('erased_sessions as due')
            .select(['due.revoked_at', 'due.id'])
            .where('due.revoked_at', '<=', argument('over_since'))
            .orderBy('due.revoked_at')
            .limit(argument('limit'))
            .$asTuple('revoked_at', 'id'),
        ),
      ),
  )

  return async (now, limit) => {
    const rows = Math.floor(limit)
    if (!(rows > 0)) return 0
    return engine.transaction(function* () {
      const { changes } = yield* run(deleteOneTime({ now, limit: rows }))
      if (changes >= rows) return { commit: changes }
      const rest = { now, limit: rows - changes, over_since: now - keepSessionMs }
      yield* run(putOffLiving(rest))
      const sessions = changes + (yield* run(deleteSessions(rest))).changes
      if (sessions >= rows) return { commit: sessions }
      const erased = yield* run(forgetErased({ limit: rows - sessions, over_since: rest.over_since }))
      return { commit: sessions + erased.changes }
    })
  }
}
