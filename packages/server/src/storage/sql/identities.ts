import type { UserStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { oneAtATime } from './locks.ts'
import { prepare } from './statement.ts'
import type { IdentitiesTable } from './tables.ts'
import { fromIdentity, toIdentity } from './user-row.ts'

/** Adds an identity; it changes no row when (issuer, subject) has an owner. */
export const prepareInsertIdentity = (db: Engine['compiler']) =>
  prepare<IdentitiesTable>()((argument) =>
    db
      .insertInto('identities')
      .values({
        id: argument('id'),
        user_id: argument('user_id'),
        provider: argument('provider'),
        issuer: argument('issuer'),
        subject: argument('subject'),
        label: argument('label'),
        verified_email: argument('verified_email'),
        created_at: argument('created_at'),
      })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing()),
  )

/** Where writers run side by side: who changes a user's identities does it alone until the transaction ends. */
export const prepareLockUser = (engine: Engine) =>
  engine.locks &&
  prepare<{ user_id: string }>()((argument) =>
    oneAtATime(
      engine,
      engine.compiler.selectFrom('users').select('users.id').where('users.id', '=', argument('user_id')),
    ),
  )

/** What a user does with identities beyond the first. */
export function createIdentities(
  engine: Engine,
): Pick<UserStore, 'listIdentities' | 'addIdentity' | 'removeIdentity'> {
  const db = engine.compiler

  const list = prepare<{ user_id: string }>()((argument) =>
    db
      .selectFrom('identities')
      .select(['id', 'user_id', 'provider', 'issuer', 'subject', 'label', 'verified_email', 'created_at'])
      .where('user_id', '=', argument('user_id'))
      .orderBy('created_at')
      .orderBy('id'),
  )

  const insert = prepareInsertIdentity(db)

  // Side by side, two removals would each see the other's row.
  const lockUser = prepareLockUser(engine)
  const remove = prepare<{ id: string; user_id: string }>()((argument) =>
    db
      .deleteFrom('identities')
      .where('id', '=', argument('id'))
      .where('user_id', '=', argument('user_id'))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('identities as other')
            .select('other.id')
            .where('other.user_id', '=', argument('user_id'))
            .where('other.id', '!=', argument('id')),
        ),
      ),
  )

  const find = prepare<{ id: string; user_id: string }>()((argument) =>
    db
      .selectFrom('identities')
      .select('id')
      .where('id', '=', argument('id'))
      .where('user_id', '=', argument('user_id')),
  )

  return {
    async listIdentities(userId) {
      return (await engine.read(list({ user_id: userId }))).map(toIdentity)
    },

    async addIdentity(userId, identity) {
      const { changes } = await engine.write(insert(fromIdentity(userId, identity)))
      return changes === 1 ? 'added' : 'identity_taken'
    },

    removeIdentity: (userId, identityId) =>
      engine.transaction(function* () {
        const identity = { id: identityId, user_id: userId }
        if (lockUser) yield* run(lockUser(identity))
        const { changes } = yield* run(remove(identity))
        if (changes === 1) return { commit: 'removed' as const }
        const { rows } = yield* run(find(identity))
        return { rollback: rows.length === 1 ? ('last_identity' as const) : ('unknown' as const) }
      }),
  }
}
