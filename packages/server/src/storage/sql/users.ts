import type { UserStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { createIdentities } from './identities.ts'
import { atMost, behind } from './limit.ts'
import { prepare } from './statement.ts'
import { createUserBeginnings } from './user-beginnings.ts'
import { createUserEnds } from './user-ends.ts'
import { fromProfile, type ProfileRow, toIdentity, toUser } from './user-row.ts'

const userColumns = [
  'users.id',
  'users.name',
  'users.email',
  'users.email_verified',
  'users.picture',
  'users.created_at',
  'users.disabled_at',
] as const

export function createUserStore(engine: Engine): UserStore {
  const db = engine.compiler

  const find = prepare<{ id: string }>()((argument) =>
    db.selectFrom('users').select(userColumns).where('id', '=', argument('id')),
  )

  const findByIdentity = prepare<{ issuer: string; subject: string }>()((argument) =>
    db
      .selectFrom('identities')
      .innerJoin('users', 'users.id', 'identities.user_id')
      .select(userColumns)
      .select([
        'identities.id as identity_id',
        'identities.provider',
        'identities.issuer',
        'identities.subject',
        'identities.label',
        'identities.verified_email',
        'identities.created_at as identity_created_at',
      ])
      .where('identities.issuer', '=', argument('issuer'))
      .where('identities.subject', '=', argument('subject')),
  )

  const findByVerifiedEmail = prepare<{ email: string; limit: number }>()((argument) =>
    db
      .selectFrom('users')
      .select(userColumns)
      .where('users.id', 'in', (eb) =>
        eb
          .selectFrom('identities')
          .select('identities.user_id')
          .where('identities.verified_email', '=', argument('email')),
      )
      .orderBy('users.created_at')
      .orderBy('users.id')
      .limit(argument('limit')),
  )

  const list = prepare<{ at: number; before: string | undefined; limit: number }>()((argument) =>
    db
      .selectFrom('users')
      .select(userColumns)
      .where('users.created_at', '<=', argument('at'))
      .where((eb) =>
        eb.or([eb('users.created_at', '<', argument('at')), eb('users.id', '<', argument('before'))]),
      )
      .orderBy('users.created_at', 'desc')
      .orderBy('users.id', 'desc')
      .limit(argument('limit')),
  )

  // Most sign-ins change nothing; a row that is the same already is not written again.
  const updateUser = prepare<ProfileRow & { id: string }>()((argument) =>
    db
      .updateTable('users')
      .set({
        name: argument('name'),
        email: argument('email'),
        email_verified: argument('email_verified'),
        picture: argument('picture'),
      })
      .where('id', '=', argument('id'))
      .where((eb) =>
        eb.or([
          eb('name', 'is distinct from', argument('name')),
          eb('email', 'is distinct from', argument('email')),
          eb('email_verified', 'is distinct from', argument('email_verified')),
          eb('picture', 'is distinct from', argument('picture')),
        ]),
      ),
  )

  const updateIdentity = prepare<{
    id: string
    user_id: string
    label: string | null
    verified_email: string | null
  }>()((argument) =>
    db
      .updateTable('identities')
      .set({ label: argument('label'), verified_email: argument('verified_email') })
      .where('id', '=', argument('id'))
      .where('user_id', '=', argument('user_id'))
      .where((eb) =>
        eb.or([
          eb('label', 'is distinct from', argument('label')),
          eb('verified_email', 'is distinct from', argument('verified_email')),
        ]),
      ),
  )

  return {
    ...createIdentities(engine),
    ...createUserBeginnings(engine),
    ...createUserEnds(engine),

    async find(userId) {
      const [row] = await engine.read(find({ id: userId }))
      return row && toUser(row)
    },

    async findByIdentity(issuer, subject) {
      const [row] = await engine.read(findByIdentity({ issuer, subject }))
      if (!row) return undefined
      const identity = { ...row, id: row.identity_id, user_id: row.id, created_at: row.identity_created_at }
      return { user: toUser(row), identity: toIdentity(identity) }
    },

    async findByVerifiedEmail(email, limit) {
      const rows = await engine.read(findByVerifiedEmail({ email, limit: atMost(limit) }))
      return rows.map(toUser)
    },

    async list(page) {
      const rows = await engine.read(list(behind(page)))
      return rows.map(toUser)
    },

    updateProfile: (userId, profile, { id, label, verifiedEmail }) =>
      engine.transaction(function* () {
        yield* run(updateUser({ id: userId, ...fromProfile(profile) }))
        const display = { label: label ?? null, verified_email: verifiedEmail ?? null }
        yield* run(updateIdentity({ id, user_id: userId, ...display }))
        return { commit: undefined }
      }),
  }
}
