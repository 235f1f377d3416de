import type { UserStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { prepareInsertIdentity, prepareLockUser } from './identities.ts'
import { prepareConsume } from './one-time.ts'
import { type Argument, prepare } from './statement.ts'
import type { IdentitiesTable } from './tables.ts'
import { fromIdentity, fromUser, type UserRow } from './user-row.ts'

/** How somebody whom nobody knows becomes a user, or turns out to be one. */
export function createUserBeginnings(engine: Engine): Pick<UserStore, 'createWithIdentity' | 'joinIdentity'> {
  const db = engine.compiler

  const insertUser = prepare<UserRow>()((argument) =>
    db.insertInto('users').values({
      id: argument('id'),
      name: argument('name'),
      email: argument('email'),
      email_verified: argument('email_verified'),
      picture: argument('picture'),
      created_at: argument('created_at'),
      disabled_at: argument('disabled_at'),
    }),
  )

  const insertIdentity = prepareInsertIdentity(db)

  // Side by side, two first sign-ins with one address would not see each other's row, nor two that join one user.
  const lockEmail = (email: string | null) =>
    engine.locks && email !== null && engine.locks.hold(`email ${email}`)
  const lockUser = prepareLockUser(engine)

  const findOtherHolder = prepare<Holder>()((argument) => otherHolders(db, argument))

  const consume = prepareConsume(db)

  const joining = (argument: Argument<IdentitiesTable>) =>
    db
      .selectFrom('users')
      .select([
        argument('id').as('id'),
        'users.id as user_id',
        argument('provider').as('provider'),
        argument('issuer').as('issuer'),
        argument('subject').as('subject'),
        argument('label').as('label'),
        argument('verified_email').as('verified_email'),
        argument('created_at').as('created_at'),
      ])
      .where('users.id', '=', argument('user_id'))
      .where('users.disabled_at', 'is', null)
  const insertJoining = (rows: ReturnType<typeof joining>) =>
    db
      .insertInto('identities')
      .columns(['id', 'user_id', 'provider', 'issuer', 'subject', 'label', 'verified_email', 'created_at'])
      .expression(rows)
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())

  const join = prepare<IdentitiesTable>()((argument) => insertJoining(joining(argument)))

  const joinVouched = prepare<IdentitiesTable & { vouched_by: string }>()((argument) =>
    insertJoining(
      joining(argument).where((eb) =>
        eb.and([
          eb.exists(
            eb
              .selectFrom('identities')
              .select('identities.id')
              .where('identities.id', '=', argument('vouched_by'))
              .where('identities.user_id', '=', argument('user_id'))
              .where('identities.verified_email', '=', argument('verified_email')),
          ),
          eb.not(eb.exists(otherHolders(db, argument))),
          eb.not(
            eb.exists(
              eb
                .selectFrom('identities')
                .select('identities.id')
                .where('identities.user_id', '=', argument('user_id'))
                .where('identities.issuer', '=', argument('issuer'))
                .where('identities.verified_email', '=', argument('verified_email')),
            ),
          ),
        ]),
      ),
    ),
  )

  return {
    createWithIdentity: (user, identity, { invite, newEmail = false } = {}) =>
      engine.transaction(function* () {
        const row = fromIdentity(user.id, identity)
        const lock = newEmail && lockEmail(row.verified_email)
        if (lock) yield* run(lock)
        yield* run(insertUser(fromUser(user)))
        const { changes } = yield* run(insertIdentity(row))
        if (changes !== 1) return { rollback: 'identity_taken' as const }
        if (newEmail) {
          const { rows } = yield* run(findOtherHolder(row))
          if (rows.length > 0) return { rollback: 'email_taken' as const }
        }
        if (invite === undefined) return { commit: 'created' as const }
        for (const key of invite.keys) {
          const taken = yield* run(consume({ kind: 'invite', key, now: invite.now }))
          if (taken.rows.length === 1) return { commit: 'created' as const }
        }
        return { rollback: 'not_invited' as const }
      }),

    joinIdentity(userId, identity, vouchedBy) {
      const row = fromIdentity(userId, identity)
      const query = vouchedBy === undefined ? join(row) : joinVouched({ ...row, vouched_by: vouchedBy })
      return engine.transaction(function* () {
        const lock = lockEmail(row.verified_email)
        if (lock) yield* run(lock)
        if (lockUser) yield* run(lockUser(row))
        const { changes } = yield* run(query)
        return { commit: changes === 1 }
      })
    },
  }
}

type Holder = Pick<IdentitiesTable, 'user_id' | 'verified_email'>

/** Somebody else's identity with this verified e-mail address. */
const otherHolders = (db: Engine['compiler'], argument: Argument<Holder>) =>
  db
    .selectFrom('identities')
    .select('identities.id')
    .where('identities.verified_email', '=', argument('verified_email'))
    .where('identities.user_id', '!=', argument('user_id'))
    .limit(1)
