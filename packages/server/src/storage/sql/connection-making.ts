import type { ConnectionStore } from '../contract.ts'
import { type ContentRow, fromContent, fromNewConnection, type NewConnectionRow } from './connection-row.ts'
import { type Engine, run } from './engine.ts'
import { unchanging } from './locks.ts'
import { fromQuarantined, prepareInsertQuarantined } from './quarantine.ts'
import { type Argument, prepare } from './statement.ts'

/** How tokens come out of quarantine into a connection, and back. */
export function createConnectionMaking(
  engine: Engine,
): Pick<ConnectionStore, 'connect' | 'reconnect' | 'remove'> {
  const db = engine.compiler

  // Who claims an entry moves its time on, so that its attempts tell what may still be adopted.
  const taking = (argument: Argument<{ quarantine_id: string; now: number }>) =>
    db
      .deleteFrom('quarantine')
      .where('id', '=', argument('quarantine_id'))
      .where('due_at', '>', argument('now'))
      .where('attempts', '=', 0)
  const take = prepare<{ quarantine_id: string; now: number }>()(taking)
  const takeOfAccount = prepare<Account & { quarantine_id: string; now: number }>()((argument) =>
    taking(argument)
      .where('user_id', '=', argument('user_id'))
      .where('provider', '=', argument('provider'))
      .where('subject', '=', argument('subject')),
  )

  // Nobody disables or erases the user between this look and the end of the transaction.
  const findEnabled = prepare<{ user_id: string }>()((argument) =>
    unchanging(
      engine,
      db
        .selectFrom('users')
        .select('users.id')
        .where('users.id', '=', argument('user_id'))
        .where('users.disabled_at', 'is', null),
    ),
  )
  const findEnabledOf = prepare<{ quarantine_id: string }>()((argument) =>
    unchanging(
      engine,
      db
        .selectFrom('quarantine')
        .innerJoin('users', 'users.id', 'quarantine.user_id')
        .select('users.id')
        .where('quarantine.id', '=', argument('quarantine_id'))
        .where('users.disabled_at', 'is', null),
      'users',
    ),
  )

  const insert = prepare<NewConnectionRow>()((argument) =>
    db
      .insertInto('connections')
      .values({
        ...content(argument),
        id: argument('id'),
        user_id: argument('user_id'),
        provider: argument('provider'),
        subject: argument('subject'),
        connected_at: argument('connected_at'),
        version: 1,
        fence: 0,
        failures: 0,
      })
      .onConflict((conflict) => conflict.columns(['user_id', 'provider', 'subject']).doNothing()),
  )

  const replace = prepare<ContentRow & { id: string; from: number; quarantine_id: string }>()((argument) =>
    db
      .updateTable('connections')
      .set((eb) => ({
        ...content(argument),
        version: eb('version', '+', 1),
        fence: eb('fence', '+', 1),
        warned_days: null,
        broken_since: null,
        broken_reason: null,
        lease_until: null,
        started_at: null,
        failures: 0,
        failure: null,
        retry_at: null,
      }))
      .where('id', '=', argument('id'))
      .where('version', '=', argument('from'))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('quarantine')
            .select('quarantine.id')
            .where('quarantine.id', '=', argument('quarantine_id'))
            .whereRef('quarantine.user_id', '=', 'connections.user_id')
            .whereRef('quarantine.provider', '=', 'connections.provider')
            .whereRef('quarantine.subject', '=', 'connections.subject'),
        ),
      ),
  )

  const remove = prepare<{ id: string; from: number }>()((argument) =>
    db.deleteFrom('connections').where('id', '=', argument('id')).where('version', '=', argument('from')),
  )
  const insertQuarantined = prepareInsertQuarantined(db)

  return {
    connect: (quarantineId, now, connection) =>
      engine.transaction(function* () {
        const row = fromNewConnection(connection)
        const taken = yield* run(takeOfAccount({ ...row, quarantine_id: quarantineId, now }))
        if (taken.changes !== 1) return { rollback: 'gone' as const }
        const enabled = yield* run(findEnabled(row))
        if (enabled.changes !== 1) return { rollback: 'refused' as const }
        const inserted = yield* run(insert(row))
        return inserted.changes === 1 ? { commit: 'done' as const } : { rollback: 'conflict' as const }
      }),

    reconnect: (quarantineId, now, id, from, replacement) =>
      engine.transaction(function* () {
        // The entry says whose it is: it goes last.
        const entry = { quarantine_id: quarantineId }
        const enabled = yield* run(findEnabledOf(entry))
        const replaced = yield* run(replace({ ...fromContent(replacement), ...entry, id, from }))
        const taken = yield* run(take({ ...entry, now }))
        if (taken.changes !== 1) return { rollback: 'gone' as const }
        if (enabled.changes !== 1) return { rollback: 'refused' as const }
        return replaced.changes === 1 ? { commit: 'done' as const } : { rollback: 'conflict' as const }
      }),

    remove: (id, from, quarantined) =>
      engine.transaction(function* () {
        const { changes } = yield* run(remove({ id, from }))
        if (changes !== 1) return { rollback: false }
        yield* run(insertQuarantined(fromQuarantined(quarantined)))
        return { commit: true }
      }),
  }
}

type Account = Pick<NewConnectionRow, 'user_id' | 'provider' | 'subject'>

const content = (argument: Argument<ContentRow>) => ({
  label: argument('label'),
  requested_scopes: argument('requested_scopes'),
  granted_scopes: argument('granted_scopes'),
  sealed: argument('sealed'),
  key_id: argument('key_id'),
  renewable: argument('renewable'),
  obtained_at: argument('obtained_at'),
  expires_at: argument('expires_at'),
  hard_ends_at: argument('hard_ends_at'),
  sweep_at: argument('sweep_at'),
})
