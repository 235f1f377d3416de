import type { SessionStore } from '../contract.ts'
import type { Engine } from './engine.ts'
import { behind } from './limit.ts'
import { isLiving } from './living.ts'
import { unchanging } from './locks.ts'
import { createSessionEnds } from './session-ends.ts'
import { type SessionRow, sessionColumns, toRow, toSession } from './session-row.ts'
import { prepare } from './statement.ts'
import { sessionSweepAt } from './sweep.ts'

export function createSessionStore(engine: Engine): SessionStore {
  const db = engine.compiler
  const judged = ['revoked_at', 'revoked_reason', 'sealed_id_token']
  const bornAs = sessionColumns.filter((column) => !judged.includes(column))

  // One statement, so that neither a replay of the code nor the disabling of the user fits between the look and the
  // insert. The foreign key's own lock does not keep `disabled_at` from changing.
  const create = prepare<SessionRow & { code_key: string; sweep_at: number }>()((argument) =>
    db
      .insertInto('sessions')
      .columns([...bornAs, 'sealed_id_token', 'revoked_at', 'revoked_reason', 'code_key', 'sweep_at'])
      .expression(
        db.selectNoFrom((eb) => {
          const replayedAt = unchanging(
            engine,
            eb
              .selectFrom('one_time')
              .select('one_time.replayed_at')
              .where('one_time.kind', '=', 'code')
              .where('one_time.key', '=', argument('code_key')),
          )
          const disabledAt = unchanging(
            engine,
            eb.selectFrom('users').select('users.disabled_at').where('users.id', '=', argument('user_id')),
          )
          const replayed = eb.and([
            eb(eb.cast(argument('dpop_jkt'), 'text'), 'is', null),
            eb(replayedAt, 'is not', null),
          ])
          const disabled = eb(disabledAt, 'is not', null)
          return [
            ...bornAs.map((column) => argument(column).as(column)),
            // What is ended from the start needs no provider's token.
            eb
              .case()
              .when(eb.or([replayed, disabled]))
              .then(null)
              .else(argument('sealed_id_token'))
              .end()
              .as('sealed_id_token'),
            eb
              .case()
              .when(eb.or([replayed, disabled]))
              // Said outright: nothing else here tells an engine with types which one this is.
              .then(eb.cast<number>(argument('created_at'), 'bigint'))
              .else(argument('revoked_at'))
              .end()
              .as('revoked_at'),
            eb
              .case()
              .when(replayed)
              .then('code_replayed')
              .when(disabled)
              .then('user_disabled')
              .else(argument('revoked_reason'))
              .end()
              .as('revoked_reason'),
            argument('code_key').as('code_key'),
            argument('sweep_at').as('sweep_at'),
          ]
        }),
      )
      .returning('revoked_reason'),
  )

  const find = prepare<{ id: string }>()((argument) =>
    db.selectFrom('sessions').select(sessionColumns).where('id', '=', argument('id')),
  )

  const rotate = prepare<{ id: string; to: number; now: number; idle_expires_at: number }>()((argument) =>
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
      .where('counter', '<', argument('to'))
      // Without RETURNING: twenty columns cost as much again as the update.
      .where(isLiving(argument('now'))),
  )

  const listLiving = prepare<{
    user_id: string
    now: number
    limit: number
    at: number
    before: string | undefined
  }>()((argument) =>
    db
      .selectFrom('sessions')
      .select(sessionColumns)
      .where('user_id', '=', argument('user_id'))
      .where(isLiving(argument('now')))
      .where('created_at', '<=', argument('at'))
      .where((eb) => eb.or([eb('created_at', '<', argument('at')), eb('id', '<', argument('before'))]))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(argument('limit')),
  )

  return {
    ...createSessionEnds(engine),

    async create(session, codeKey) {
      const row = toRow(session)
      const { rows } = await engine.write(
        create({ ...row, code_key: codeKey, sweep_at: sessionSweepAt(row.idle_expires_at) }),
      )
      const reason = rows[0]?.revoked_reason
      return reason === 'code_replayed' || reason === 'user_disabled' ? reason : 'created'
    },

    async find(sessionId) {
      const [row] = await engine.read(find({ id: sessionId }))
      return row && toSession(row)
    },

    async rotate(sessionId, { to, now, idleExpiresAt }) {
      const move = rotate({ id: sessionId, to, now, idle_expires_at: idleExpiresAt })
      return (await engine.write(move)).changes > 0
    },

    async listLiving(userId, now, page) {
      const rows = await engine.read(listLiving({ user_id: userId, now, ...behind(page) }))
      return rows.map(toSession)
    },
  }
}
