import { type Engine, run } from './engine.ts'
import { unclaimed } from './locks.ts'
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
      .with('due', (due) =>
        unclaimed(
          engine,
          due
            .selectFrom('one_time')
            .select(['one_time.kind', 'one_time.key'])
            .where('one_time.expires_at', '<=', argument('now'))
            .orderBy('one_time.expires_at')
            .limit(argument('limit')),
        ),
      )
      .deleteFrom('one_time')
      .where((eb) =>
        eb(
          eb.refTuple('kind', 'key'),
          'in',
          eb.selectFrom('due').select(['due.kind', 'due.key']).$asTuple('kind', 'key'),
        ),
      ),
  )

  const withDue = (argument: Argument<SweepArguments>) =>
    db.with('due', (due) =>
      unclaimed(
        engine,
        due
          .selectFrom('sessions')
          .select('sessions.id')
          .where('sessions.sweep_at', '<=', argument('now'))
          .orderBy('sessions.sweep_at')
          .limit(argument('limit')),
      ),
    )

  const putOffLiving = prepare<SweepArguments & { over_since: number }>()((argument) =>
    withDue(argument)
      .updateTable('sessions')
      .set((eb) => ({ sweep_at: eb('idle_expires_at', '+', keepSessionMs) }))
      .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
      .where('idle_expires_at', '>', argument('over_since')),
  )

  const deleteSessions = prepare<SweepArguments & { over_since: number }>()((argument) =>
    withDue(argument)
      .deleteFrom('sessions')
      .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
      .where('idle_expires_at', '<=', argument('over_since')),
  )

  const forgetErased = prepare<{ limit: number; over_since: number }>()((argument) =>
    db
      .with('due', (due) =>
        unclaimed(
          engine,
          due
            .selectFrom('erased_sessions')
            .select(['erased_sessions.revoked_at', 'erased_sessions.id'])
            .where('erased_sessions.revoked_at', '<=', argument('over_since'))
            .orderBy('erased_sessions.revoked_at')
            .limit(argument('limit')),
        ),
      )
      .deleteFrom('erased_sessions')
      .where((eb) =>
        eb(
          eb.refTuple('revoked_at', 'id'),
          'in',
          eb.selectFrom('due').select(['due.revoked_at', 'due.id']).$asTuple('revoked_at', 'id'),
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
