import type { Selectable } from 'kysely'
import type { Identity, NewIdentity, Profile, User, UserStore } from '../contract.ts'
import { type Engine, run } from './engine.ts'
import { prepare } from './statement.ts'
import type { UsersTable } from './tables.ts'

const userColumns = [
  'users.id',
  'users.name',
  'users.email',
  'users.email_verified',
  'users.picture',
  'users.created_at',
  'users.disabled_at',
] as const

interface ProfileArguments {
  name: string | null
  email: string | null
  email_verified: boolean | null
  picture: string | null
}

interface IdentityArguments {
  id: string
  user_id: string
  label: string | null
  verified_email: string | null
}

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

  const insertUser = prepare<
    ProfileArguments & { id: string; created_at: number; disabled_at: number | null }
  >()((argument) =>
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

  const insertIdentity = prepare<
    IdentityArguments & { provider: string; issuer: string; subject: string; created_at: number }
  >()((argument) =>
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

  // Most sign-ins change nothing; a row that is the same already is not written again.
  const updateUser = prepare<ProfileArguments & { id: string }>()((argument) =>
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

  const updateIdentity = prepare<IdentityArguments>()((argument) =>
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
    async find(userId) {
      const [row] = await engine.read(find({ id: userId }))
      return row && toUser(row)
    },

    async findByIdentity(issuer, subject) {
      const [row] = await engine.read(findByIdentity({ issuer, subject }))
      return row && { user: toUser(row), identity: toIdentity(row) }
    },

    async findByVerifiedEmail(email, limit) {
      const rows = await engine.read(findByVerifiedEmail({ email, limit: Math.max(0, Math.floor(limit)) }))
      return rows.map(toUser)
    },

    createWithIdentity: (user, identity) =>
      engine.transaction(function* () {
        yield* run(insertUser({ ...fromProfile(user), ...fromUser(user) }))
        const { changes } = yield* run(insertIdentity(fromIdentity(user.id, identity)))
        return changes === 1 ? { commit: 'created' as const } : { rollback: 'identity_taken' as const }
      }),

    updateProfile: (userId, profile, { id, label, verifiedEmail }) =>
      engine.transaction(function* () {
        yield* run(updateUser({ id: userId, ...fromProfile(profile) }))
        const display = { label: label ?? null, verified_email: verifiedEmail ?? null }
        yield* run(updateIdentity({ id, user_id: userId, ...display }))
        return { commit: undefined }
      }),
  }
}

const fromProfile = ({ name, email, emailVerified, picture }: Profile): ProfileArguments => ({
  name: name ?? null,
  email: email ?? null,
  email_verified: emailVerified ?? null,
  picture: picture ?? null,
})

const fromUser = ({ id, createdAt, disabledAt }: User) => ({
  id,
  created_at: createdAt,
  disabled_at: disabledAt ?? null,
})

const fromIdentity = (userId: string, identity: NewIdentity) => ({
  id: identity.id,
  user_id: userId,
  provider: identity.provider,
  issuer: identity.issuer,
  subject: identity.subject,
  label: identity.label ?? null,
  verified_email: identity.verifiedEmail ?? null,
  created_at: identity.createdAt,
})

function toUser(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    createdAt: row.created_at,
    ...(row.name !== null && { name: row.name }),
    ...(row.email !== null && { email: row.email }),
    ...(row.email_verified !== null && { emailVerified: Boolean(row.email_verified) }),
    ...(row.picture !== null && { picture: row.picture }),
    ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  }
}

interface IdentityRow {
  id: string
  identity_id: string
  provider: string
  issuer: string
  subject: string
  label: string | null
  verified_email: string | null
  identity_created_at: number
}

function toIdentity(row: IdentityRow): Identity {
  return {
    id: row.identity_id,
    userId: row.id,
    provider: row.provider,
    issuer: row.issuer,
    subject: row.subject,
    createdAt: row.identity_created_at,
    ...(row.label !== null && { label: row.label }),
    ...(row.verified_email !== null && { verifiedEmail: row.verified_email }),
  }
}
