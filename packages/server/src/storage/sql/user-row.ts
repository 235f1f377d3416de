import type { Selectable } from 'kysely'
import type { Identity, NewIdentity, Profile, User } from '../contract.ts'
import type { IdentitiesTable, UsersTable } from './tables.ts'

export type ProfileRow = Pick<UsersTable, 'name' | 'email' | 'picture'> & { email_verified: boolean | null }
export type UserRow = ProfileRow & Pick<UsersTable, 'id' | 'created_at' | 'disabled_at'>

export const fromProfile = ({ name, email, emailVerified, picture }: Profile): ProfileRow => ({
  name: name ?? null,
  email: email ?? null,
  email_verified: emailVerified ?? null,
  picture: picture ?? null,
})

export const fromUser = (user: User): UserRow => ({
  ...fromProfile(user),
  id: user.id,
  created_at: user.createdAt,
  disabled_at: user.disabledAt ?? null,
})

export const toUser = (row: Selectable<UsersTable>): User => ({
  id: row.id,
  createdAt: row.created_at,
  ...(row.name !== null && { name: row.name }),
  ...(row.email !== null && { email: row.email }),
  ...(row.email_verified !== null && { emailVerified: Boolean(row.email_verified) }),
  ...(row.picture !== null && { picture: row.picture }),
  ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
})

export const fromIdentity = (userId: string, identity: NewIdentity): IdentitiesTable => ({
  id: identity.id,
  user_id: userId,
  provider: identity.provider,
  issuer: identity.issuer,
  subject: identity.subject,
  label: identity.label ?? null,
  verified_email: identity.verifiedEmail ?? null,
  created_at: identity.createdAt,
})

export const toIdentity = (row: IdentitiesTable): Identity => ({
  id: row.id,
  userId: row.user_id,
  provider: row.provider,
  issuer: row.issuer,
  subject: row.subject,
  createdAt: row.created_at,
  ...(row.label !== null && { label: row.label }),
  ...(row.verified_email !== null && { verifiedEmail: row.verified_email }),
})
