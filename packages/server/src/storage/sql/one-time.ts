import type { Consumption, OneTimeStore } from '../contract.ts'
import type { Engine } from './engine.ts'
import { prepare } from './statement.ts'

type Thing = { kind: string; key: string }

/** Takes an issued thing: of any number of callers one finds it. */
export const prepareConsume = (db: Engine['compiler']) =>
  prepare<Thing & { now: number }>()((argument) =>
    db
      .updateTable('one_time')
      .set({ consumed_at: argument('now') })
      .where('kind', '=', argument('kind'))
      .where('key', '=', argument('key'))
      .where('consumed_at', 'is', null)
      .where('expires_at', '>', argument('now'))
      .returning('value'),
  )

export function createOneTimeStore(engine: Engine): OneTimeStore {
  const db = engine.compiler

  const issue = prepare<Thing & { value: string; expires_at: number }>()((argument) =>
    db.insertInto('one_time').values({
      kind: argument('kind'),
      key: argument('key'),
      value: argument('value'),
      expires_at: argument('expires_at'),
    }),
  )

  const consume = prepareConsume(db)

  // An expired row that the sweep has not reached yet counts as none.
  const consumeUnissued = prepare<Thing & { now: number; expires_at: number }>()((argument) =>
    db
      .insertInto('one_time')
      .values({
        kind: argument('kind'),
        key: argument('key'),
        value: '',
        expires_at: argument('expires_at'),
        consumed_at: argument('now'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'key'])
          .doUpdateSet({
            value: '',
            expires_at: argument('expires_at'),
            consumed_at: argument('now'),
            replayed_at: null,
          })
          .where('one_time.expires_at', '<=', argument('now')),
      )
      .returning('value'),
  )

  const markReplayed = prepare<Thing & { now: number }>()((argument) =>
    db
      .updateTable('one_time')
      .set((eb) => ({ replayed_at: eb.fn.coalesce('replayed_at', argument('now')) }))
      .where('kind', '=', argument('kind'))
      .where('key', '=', argument('key'))
      .where('consumed_at', 'is not', null)
      .where('expires_at', '>', argument('now'))
      .returning('value'),
  )

  return {
    async issue({ kind, key, value, expiresAt }) {
      await engine.write(issue({ kind, key, value, expires_at: expiresAt }))
    },

    async consumeOnce({ kind, key }, now, unissued): Promise<Consumption> {
      // Over before it is remembered: the next caller would not find it.
      if (unissued && unissued.expiresAt <= now) return { outcome: 'absent' }
      const { rows } = await engine.write(
        unissued
          ? consumeUnissued({ kind, key, now, expires_at: unissued.expiresAt })
          : consume({ kind, key, now }),
      )
      if (rows[0]) return { outcome: 'consumed', value: rows[0].value }
      // Whoever comes here lost already; this tells the reason and leaves the mark.
      const replayed = await engine.write(markReplayed({ kind, key, now }))
      return replayed.rows[0] ? { outcome: 'replayed', value: replayed.rows[0].value } : { outcome: 'absent' }
    },
  }
}
