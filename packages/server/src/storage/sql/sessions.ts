import type { SessionStore } from '../contract.ts'
import type { Engine } from './engine.ts'
import { type SessionRow, sessionColumns, toRow, toSession } from './session-row.ts'
import { prepare } from './statement.ts'
import { sessionSweepAt } from './sweep.ts'

export function createSessionStore(engine: Engine): SessionStore {
  const db = engine.compiler
  const bornAs = sessionColumns.filter((column) => column !== 'revoked_at' && column !== 'revoked_reason')

  // One statement, so that no replay of the code fits between the look and the insert. Where writers are not
  // serialised as they are in SQLite, the inner SELECT has to lock the code's row as well.
  const create = prepare<SessionRow & { code_key: string; sweep_at: number }>()((argument) =>
    db
      .insertInto('sessions')
      .columns([...bornAs, 'revoked_at', 'revoked_reason', 'code_key', 'sweep_at'])
      .expression(
        db.selectNoFrom((eb) => {
          const replayed = eb.and([
            eb(argument('dpop_jkt'), 'is', null),
            eb.exists(
              eb
                .selectFrom('one_time')
                .select('one_time.key')
                .where('one_time.kind', '=', 'code')
                .where('one_time.key', '=', argument('code_key'))
                .where('one_time.replayed_at', 'is not', null),
            ),
          ])
          return [
            ...bornAs.map((column) => argument(column).as(column)),
            eb
              .case()
              .when(replayed)
              .then(argument('created_at'))
              .else(argument('revoked_at'))
              .end()
              .as('revoked_at'),
            eb
              .case()
              .when(replayed)
              .then('code_replayed')
              .else(argument('revoked_reason'))
              .end()
              .as('revoked_reason'),
            argument('code_key').as('code_key'),
            argument('sweep_at').as('sweep_at'),
          ]
        }),
      ),
  )

  const find = prepare<{ id: string }>()((argument) =>
    db.selectFrom('sessions').select(sessionColumns).where('id', '=', argument('id')),
  )

  const rotate = prepare<{ id: string; from: number; to: number; now: number; idle_expires_at: number }>()(
    (argument) =>
      db
        .updateTable('sessions')
        .set((eb) => ({
          counter: argument('to'),
          rotated_at: argument('now'),
          idle_expires_at: eb
            .case()
            .when('absolute_expires_at', '<', argument('idle_expires_at'))
            .then(eb.ref('absolute_expires_at'))
            .else(argument('idle_expires_at'))
            .end(),
        }))
        .where('id', '=', argument('id'))
        .where('counter', '=', argument('from'))
        .where('revoked_at', 'is', null)
        .where('idle_expires_at', '>', argument('now'))
        .where('absolute_expires_at', '>', argument('now'))
        .returning(sessionColumns),
  )

  const revoke = prepare<{ id: string; now: number; reason: string }>()((argument) =>
    db
      .updateTable('sessions')
      .set({ revoked_at: argument('now'), revoked_reason: argument('reason') })
      .where('id', '=', argument('id'))
      .where('revoked_at', 'is', null)
      .where('idle_expires_at', '>', argument('now'))
      .where('absolute_expires_at', '>', argument('now')),
  )

  const revokeByCode = prepare<{ code_key: string; now: number; reason: string }>()((argument) =>
    db
      .updateTable('sessions')
      .set({ revoked_at: argument('now'), revoked_reason: argument('reason') })
      .where('code_key', '=', argument('code_key'))
      .where('dpop_jkt', 'is', null)
      .where('revoked_at', 'is', null)
      .where('idle_expires_at', '>', argument('now'))
      .where('absolute_expires_at', '>', argument('now')),
  )

  return {
    async create(session, codeKey) {
      const row = toRow(session)
      await engine.write(create({ ...row, code_key: codeKey, sweep_at: sessionSweepAt(row.idle_expires_at) }))
    },

    async find(sessionId) {
      const [row] = await engine.read(find({ id: sessionId }))
      return row && toSession(row)
    },

    async rotate(sessionId, { from, to, now, idleExpiresAt }) {
      const { rows } = await engine.write(
        rotate({ id: sessionId, from, to, now, idle_expires_at: idleExpiresAt }),
      )
      return rows[0] && toSession(rows[0])
    },

    async revoke(sessionId, now, reason) {
      return (await engine.write(revoke({ id: sessionId, now, reason }))).changes === 1
    },

    async revokeByCode(codeKey, now, reason) {
      return (await engine.write(revokeByCode({ code_key: codeKey, now, reason }))).changes
    },
  }
}
