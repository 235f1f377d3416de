import type { ConnectionStore } from '../contract.ts'
import { connectionColumns, toConnection } from './connection-row.ts'
import type { Engine } from './engine.ts'
import { atMost } from './limit.ts'
import { prepare } from './statement.ts'

/** What is done to connections without anybody's asking: warnings, and new keys for old seals. */
export function createConnectionUpkeep(
  engine: Engine,
): Pick<
  ConnectionStore,
  'listSweepable' | 'noteSwept' | 'keyIds' | 'listSealedOtherwise' | 'countSealedOtherwise' | 'reseal'
> {
  const db = engine.compiler

  const listSweepable = prepare<{ now: number; limit: number }>()((argument) =>
    db
      .selectFrom('connections')
      .select(connectionColumns)
      .where('sweep_at', '<=', argument('now'))
      .orderBy('sweep_at')
      .orderBy('id')
      .limit(argument('limit')),
  )

  const noteSwept = prepare<{
    id: string
    from: number
    sweep_at: number | undefined
    warned_days: number | undefined
  }>()((argument) =>
    db
      .updateTable('connections')
      .set({ sweep_at: argument('sweep_at'), warned_days: argument('warned_days') })
      .where('id', '=', argument('id'))
      .where('sweep_at', '=', argument('from')),
  )

  // Each step looks at both tables at once, so that no key is missed whose tokens move from one to the other meanwhile.
  const nextKeyId = prepare<{ after: string }>()((argument) =>
    db
      .selectFrom('connections')
      .select('key_id')
      .where('key_id', '>', argument('after'))
      .unionAll(db.selectFrom('quarantine').select('key_id').where('key_id', '>', argument('after')))
      .orderBy('key_id')
      .limit(1),
  )

  const listSealedOtherwise = prepare<{ key_id: string; after: string; limit: number }>()((argument) =>
    db
      .selectFrom('connections')
      .select(connectionColumns)
      .where('id', '>', argument('after'))
      .where('key_id', '!=', argument('key_id'))
      .orderBy('id')
      .limit(argument('limit')),
  )

  // Two ranges of the index, one on either side of the key.
  const countSealedOtherwise = prepare<{ key_id: string }>()((argument) =>
    db.selectNoFrom((eb) => {
      const count = (side: '<' | '>') =>
        eb
          .selectFrom('connections')
          .select((inner) => inner.fn.countAll<number>().as('count'))
          .where('key_id', side, argument('key_id'))
      return [count('<').as('before'), count('>').as('behind')]
    }),
  )

  const reseal = prepare<{ id: string; from: number; sealed: string; key_id: string; now: number }>()(
    (argument) =>
      db
        .updateTable('connections')
        .set((eb) => ({
          version: eb('version', '+', 1),
          sealed: argument('sealed'),
          key_id: argument('key_id'),
        }))
        .where('id', '=', argument('id'))
        .where('version', '=', argument('from'))
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', argument('now'))])),
  )

  return {
    async listSweepable(now, limit) {
      return (await engine.read(listSweepable({ now, limit: atMost(limit) }))).map(toConnection)
    },

    async noteSwept(id, from, { sweepAt, warnedDays }) {
      const query = noteSwept({ id, from, sweep_at: sweepAt, warned_days: warnedDays })
      return (await engine.write(query)).changes === 1
    },

    async keyIds() {
      const found: string[] = []
      for (;;) {
        // No id of a key is empty.
        const [next] = await engine.read(nextKeyId({ after: found.at(-1) ?? '' }))
        if (!next) return found
        found.push(next.key_id)
      }
    },

    async listSealedOtherwise(keyId, limit, afterId = '') {
      const page = { key_id: keyId, after: afterId, limit: atMost(limit) }
      return (await engine.read(listSealedOtherwise(page))).map(toConnection)
    },

    async countSealedOtherwise(keyId) {
      const [counts] = await engine.read(countSealedOtherwise({ key_id: keyId }))
      return (counts?.before ?? 0) + (counts?.behind ?? 0)
    },

    async reseal(id, from, { sealed, keyId }, now) {
      return (await engine.write(reseal({ id, from, sealed, key_id: keyId, now }))).changes === 1
    },
  }
}
