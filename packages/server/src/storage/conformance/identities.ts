import { describe, expect, it } from 'vitest'
import type { NewIdentity, User } from '../contract.ts'
import {
  bareIdentity,
  bareSession,
  bareUser,
  createUser,
  now,
  racers,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'

export function identityConformance(subject: Subject): void {
  const users = () => subject.storage.users
  const ownerOf = async ({ issuer, subject: sub }: NewIdentity) =>
    (await users().findByIdentity(issuer, sub))?.user.id

  /** A user with so many identities, the first an hour of milliseconds older than the next, and so on. */
  const userWith = async (count: number): Promise<[User, NewIdentity[]]> => {
    const user = bareUser()
    const identities = times(count, (index) => ({ ...bareIdentity(), createdAt: now + index }))
    const [first = bareIdentity(), ...others] = identities
    await users().createWithIdentity(user, first)
    for (const identity of others.toReversed()) await users().addIdentity(user.id, identity)
    return [user, identities]
  }

  describe('listIdentities', () => {
    it('a user’s identities come back whole, oldest first, and nobody else’s', async () => {
      const [user, [first, second]] = await userWith(2)
      await userWith(1)
      const full = { ...bareIdentity(), createdAt: now - 1, label: '', verifiedEmail: 'ada@example.test' }
      await users().addIdentity(user.id, full)
      expect(await users().listIdentities(user.id)).toStrictEqual(
        [full, first, second].map((identity) => ({ ...identity, userId: user.id })),
      )
    })

    it('nobody has none', async () => {
      expect(await users().listIdentities(uniqueId())).toEqual([])
    })
  })

  describe('addIdentity', () => {
    it('R31: a further identity finds the same user', async () => {
      const [user, [first = bareIdentity()]] = await userWith(1)
      const further = { ...bareIdentity(), label: 'ada', verifiedEmail: `${uniqueId()}@example.test` }
      expect(await users().addIdentity(user.id, further)).toBe('added')
      expect(await users().findByIdentity(further.issuer, further.subject)).toStrictEqual({
        user,
        identity: { ...further, userId: user.id },
      })
      expect(await users().findByVerifiedEmail(further.verifiedEmail, 10)).toEqual([user])
      expect(await ownerOf(first)).toBe(user.id)
    })

    it('V09: an identity that somebody has is taken, the user’s own as well, and both stay as they are', async () => {
      const [owner, [identity = bareIdentity()]] = await userWith(1)
      const other = await createUser(subject.storage)
      const again = { ...identity, id: uniqueId(), label: 'mine' }
      expect(await users().addIdentity(other.id, again)).toBe('identity_taken')
      expect(await users().addIdentity(owner.id, again)).toBe('identity_taken')
      expect(await users().listIdentities(owner.id)).toStrictEqual([{ ...identity, userId: owner.id }])
      expect(await users().listIdentities(other.id)).toHaveLength(1)
    })

    it('an unknown user and an id that exists are refused, and nothing is left behind', async () => {
      const [user, [identity = bareIdentity()]] = await userWith(1)
      const orphan = bareIdentity()
      await expect(users().addIdentity(uniqueId(), orphan)).rejects.toMatchObject({
        name: 'StorageError',
        code: 'constraint',
      })
      expect(await ownerOf(orphan)).toBeUndefined()
      const sameId = { ...bareIdentity(), id: identity.id }
      await expect(users().addIdentity(user.id, sameId)).rejects.toMatchObject({ code: 'duplicate' })
      expect(await users().listIdentities(user.id)).toHaveLength(1)
    })

    it(`V09: of ${racers} users who add one identity at once one gets it`, async () => {
      const identity = bareIdentity()
      const owners = await Promise.all(times(racers, () => createUser(subject.storage)))
      const added = await Promise.all(
        owners.map(({ id }) => users().addIdentity(id, { ...identity, id: uniqueId() })),
      )
      expect(added.filter((result) => result === 'added')).toHaveLength(1)
      expect(await ownerOf(identity)).toBe(owners[added.indexOf('added')]?.id)
    })
  })

  describe('removeIdentity', () => {
    it('V10: a removed identity finds nobody, the others stay, and anybody may have it again', async () => {
      const [user, [first = bareIdentity(), second]] = await userWith(2)
      expect(await users().removeIdentity(user.id, first.id)).toBe('removed')
      expect(await ownerOf(first)).toBeUndefined()
      expect(await users().listIdentities(user.id)).toStrictEqual([{ ...second, userId: user.id }])
      const other = await createUser(subject.storage)
      expect(await users().addIdentity(other.id, first)).toBe('added')
      expect(await ownerOf(first)).toBe(other.id)
    })

    it('V10: the last identity stays', async () => {
      const [user, [first = bareIdentity(), second = bareIdentity()]] = await userWith(2)
      await users().removeIdentity(user.id, second.id)
      expect(await users().removeIdentity(user.id, first.id)).toBe('last_identity')
      expect(await ownerOf(first)).toBe(user.id)
    })

    it('V10: what is not the user’s is unknown and stays', async () => {
      const [user, [first = bareIdentity()]] = await userWith(2)
      const [other, [theirs = bareIdentity()]] = await userWith(2)
      const [, [last = bareIdentity()]] = await userWith(1)
      for (const id of [theirs.id, last.id, uniqueId()]) {
        expect(await users().removeIdentity(user.id, id)).toBe('unknown')
      }
      expect(await users().removeIdentity(uniqueId(), first.id)).toBe('unknown')
      expect(await ownerOf(theirs)).toBe(other.id)
      await users().removeIdentity(user.id, first.id)
      expect(await users().removeIdentity(user.id, first.id)).toBe('unknown')
    })

    it('a session that the identity signed in lives on', async () => {
      const [user, [first = bareIdentity()]] = await userWith(2)
      const session = { ...bareSession(user.id), identityId: first.id }
      await subject.storage.sessions.create(session, uniqueId())
      await users().removeIdentity(user.id, first.id)
      expect(await subject.storage.sessions.find(session.id)).toStrictEqual(session)
    })

    it(`V10: of ${racers} removals of ${racers} identities at once all but one take`, async () => {
      const [user, identities] = await userWith(racers)
      const removed = await Promise.all(identities.map(({ id }) => users().removeIdentity(user.id, id)))
      expect(removed.filter((result) => result === 'removed')).toHaveLength(racers - 1)
      const left = identities[removed.indexOf('last_identity')]
      expect(await users().listIdentities(user.id)).toStrictEqual([{ ...left, userId: user.id }])
    })
  })
}
