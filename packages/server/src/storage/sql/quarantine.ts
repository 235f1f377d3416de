import type { Quarantined, QuarantineStore } from '../contract.ts'
import type { Engine } from './engine.ts'
import { atMost } from './limit.ts'
import { unclaimed } from './locks.ts'
import { prepare } from './statement.ts'
import type { QuarantineTable } from './tables.ts'

const columns = [
  'id',
  'user_id',
  'provider',
  'subject',
  'sealed',
  'key_id',
  'due_at',
  'attempts',
] as const satisfies (keyof QuarantineTable)[]

export const prepareInsertQuarantined = (db: Engine['compiler']) =>
  prepare<QuarantineTable>()((argument) =>
    db.insertInto('quarantine').values({
      id: argument('id'),
      user_id: argument('user_id'),
      provider: argument('provider'),
      subject: argument('subject'),
      sealed: argument('sealed'),
      key_id: argument('key_id'),
      due_at: argument('due_at'),
      attempts: argument('attempts'),
    }),
  )

export function createQuarantineStore(engine: Engine): QuarantineStore {
  const db = engine.compiler

  const put = prepareInsertQuarantined(db)

  const find = prepare<{ id: string }>()((argument) =>
    db.selectFrom('quarantine').select(columns).where('id', '=', argument('id')),
  )

  const setDue = prepare<{ id: string; due_at: number }>()((argument) =>
    db
      .updateTable('quarantine')
      .set({ due_at: argument('due_at') })
      .where('id', '=', argument('id')),
  )

  const claimDue = prepare<{ now: number; until: number; limit: number }>()((argument) =>
    db
      // Apart: inside, an engine may look anew for each row that it has, and find more than were asked for.
      .with('due', (due) =>
        unclaimed(
          engine,
          due
            .selectFrom('quarantine')
            .select('quarantine.id')
            .where('quarantine.due_at', '<=', argument('now'))
            .orderBy('quarantine.due_at')
            .orderBy('quarantine.id')
            .limit(argument('limit')),
        ),
      )
      .updateTable('quarantine')
      .set((eb) => ({ due_at: argument('until'), attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
      .returning(columns),
  )

  const claim = prepare<{ id: string; until: number }>()((argument) =>
    db
      .updateTable('quarantine')
      .set((eb) => ({ due_at: argument('until'), attempts: eb('attempts', '+', 1) }))
      .where('id', '=', argument('id'))
      .returning(columns),
  )

  const drop = prepare<{ id: string }>()((argument) =>
    db.deleteFrom('quarantine').where('id', '=', argument('id')),
  )

  const listSealedOtherwise = prepare<{ key_id: string; after: string; limit: number }>()((argument) =>
    db
      .selectFrom('quarantine')
      .select(columns)
      .where('id', '>', argument('after'))
      .where('key_id', '!=', argument('key_id'))
      .orderBy('id')
      .limit(argument('limit')),
  )

  const reseal = prepare<{ id: string; from: string; sealed: string; key_id: string }>()((argument) =>
    db
      .updateTable('quarantine')
      .set({ sealed: argument('sealed'), key_id: argument('key_id') })
      .where('id', '=', argument('id'))
      .where('sealed', '=', argument('from')),
  )

  return {
    async put(entry) {
      await engine.write(put(fromQuarantined(entry)))
    },

    async find(id) {
      const [row] = await engine.read(find({ id }))
      return row && toQuarantined(row)
    },

    async hasten(id, now) {
      return (await engine.write(setDue({ id, due_at: now }))).changes === 1
    },

    async claimDue(now, until, limit) {
      const { rows } = await engine.write(claimDue({ now, until, limit: atMost(limit) }))
      return rows.map(toQuarantined)
    },

    async claim(id, until) {
      const { rows } = await engine.write(claim({ id, until }))
      return rows[0] && toQuarantined(rows[0])
    },

    async postpone(id, dueAt) {
      await engine.write(setDue({ id, due_at: dueAt }))
    },

    async drop(id) {
      return (await engine.write(drop({ id }))).changes === 1
    },

    async listSealedOtherwise(keyId, limit, afterId = '') {
      const page = { key_id: keyId, after: afterId, limit: atMost(limit) }
      return (await engine.read(listSealedOtherwise(page))).map(toQuarantined)
    },

    async reseal(id, from, { sealed, keyId }) {
      return (await engine.write(reseal({ id, from, sealed, key_id: keyId }))).changes === 1
    },
  }
}

export const fromQuarantined = (entry: Quarantined): QuarantineTable => ({
  id: entry.id,
  user_id: entry.userId,
  provider: entry.provider,
  subject: entry.subject,
  sealed: entry.sealed,
  key_id: entry.keyId,
  due_at: entry.dueAt,
  attempts: entry.attempts,
})

const toQuarantined = (row: QuarantineTable): Quarantined => ({
  id: row.id,
  userId: row.user_id,
  provider: row.provider,
  subject: row.subject,
  sealed: row.sealed,
  keyId: row.key_id,
  dueAt: row.due_at,
  attempts: row.attempts,
})
