import type { UserStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { isLiving } from './living.ts'
import { prepareEndAllOf } from './session-ends.ts'
import { prepare } from './statement.ts'
import { keepSessionMs } from './sweep.ts'

/** How the access of a user ends, for a while or for good. */
export function createUserEnds(engine: Engine): Pick<UserStore, 'disable' | 'enable' | 'erase'> {
  const db = engine.compiler

  // Each is the first statement of its transaction: where writers run side by side, it waits for every
  // `sessions.create` that has seen the user enabled, and the statements after it see those sessions.
  const disable = prepare<{ id: string; now: number }>()((argument) =>
    db
      .updateTable('users')
      .set({ disabled_at: argument('now') })
      .where('id', '=', argument('id'))
      .where('disabled_at', 'is', null),
  )
  const disableInAnyCase = prepare<{ id: string; now: number }>()((argument) =>
    db
      .updateTable('users')
      .set({ disabled_at: argument('now') })
      .where('id', '=', argument('id')),
  )

  const enable = prepare<{ id: string }>()((argument) =>
    db
      .updateTable('users')
      .set({ disabled_at: null })
      .where('id', '=', argument('id'))
      .where('disabled_at', 'is not', null),
  )

  const endAllOf = prepareEndAllOf(db)

  const keepEnds = prepare<{ user_id: string; now: number; over_since: number }>()((argument) =>
    db
      .insertInto('erased_sessions')
      .columns(['id', 'revoked_at'])
      .expression(
        db
          .selectFrom('sessions')
          .select((eb) => ['id', eb.fn.coalesce('revoked_at', argument('now')).as('revoked_at')])
          .where('user_id', '=', argument('user_id'))
          .where((eb) =>
            eb.or([eb('revoked_at', '>', argument('over_since')), isLiving(argument('now'))(eb)]),
          ),
      ),
  )

  const erase = prepare<{ id: string }>()((argument) =>
    db
      .deleteFrom('users')
      .where('id', '=', argument('id'))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('connections')
              .select('connections.id')
              .whereRef('connections.user_id', '=', 'users.id'),
          ),
        ),
      ),
  )

  return {
    disable: (userId, now) =>
      engine.transaction(function* () {
        const { changes } = yield* run(disable({ id: userId, now }))
        if (changes === 0) return { rollback: false }
        yield* run(endAllOf({ user_id: userId, now, reason: 'user_disabled' }))
        return { commit: true }
      }),

    async enable(userId) {
      return (await engine.write(enable({ id: userId }))).changes === 1
    },

    erase: (userId, now) =>
      engine.transaction(function* () {
        const { changes } = yield* run(disableInAnyCase({ id: userId, now }))
        if (changes === 0) return { rollback: 'unknown' as const }
        yield* run(keepEnds({ user_id: userId, now, over_since: now - keepSessionMs }))
        const erased = yield* run(erase({ id: userId }))
        return erased.changes === 1 ? { commit: 'erased' as const } : { rollback: 'connected' as const }
      }),
  }
}
