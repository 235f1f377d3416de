import { describe, expect, it } from 'vitest'
import type { Session } from '../contract.ts'
import {
  bareIdentity,
  bareSession,
  bareUser,
  createSession,
  createUser,
  day,
  hour,
  now,
  racers,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'

export function userEndConformance(subject: Subject): void {
  const users = () => subject.storage.users
  const sessions = () => subject.storage.sessions
  const create = async (userId: string, changes: Partial<Session> = {}) => {
    const session = { ...bareSession(userId), ...changes }
    return { session, outcome: await sessions().create(session, uniqueId()) }
  }
  /** What the feed tells of these sessions. */
  const toldOf = async (...ids: string[]) =>
    (await sessions().listRevoked(0, 100_000)).filter(({ id }) => ids.includes(id))

  describe('disable', () => {
    it('A39: a user is disabled and every living session ends, nobody else’s', async () => {
      const user = await createUser(subject.storage)
      const [first, second] = [await create(user.id), await create(user.id, { dpopJkt: uniqueId() })]
      const other = await createSession(subject.storage)
      expect(await users().disable(user.id, now + hour)).toBe(true)
      expect(await users().find(user.id)).toStrictEqual({ ...user, disabledAt: now + hour })
      for (const { session } of [first, second]) {
        expect(await sessions().find(session.id)).toStrictEqual({
          ...session,
          revokedAt: now + hour,
          revokedReason: 'user_disabled',
        })
      }
      expect(await sessions().find(other.id)).toStrictEqual(other)
      expect((await users().find(other.userId))?.disabledAt).toBeUndefined()
    })

    it('A39: what had ended before keeps its end', async () => {
      const user = await createUser(subject.storage)
      const { session: revoked } = await create(user.id)
      await sessions().revoke(revoked.id, now, 'signed_out')
      const { session: over } = await create(user.id, { idleExpiresAt: now + hour })
      await users().disable(user.id, now + hour)
      expect(await sessions().find(revoked.id)).toMatchObject({ revokedAt: now, revokedReason: 'signed_out' })
      // Having run out, it ended before; yet nothing brings it back.
      expect(await sessions().find(over.id)).toMatchObject({ revokedAt: now + hour })
    })

    it('A39: once; nobody is not disabled', async () => {
      const { id } = await createUser(subject.storage)
      expect(await users().disable(id, now)).toBe(true)
      expect(await users().disable(id, now + 1)).toBe(false)
      expect(await users().find(id)).toMatchObject({ disabledAt: now })
      expect(await users().disable(uniqueId(), now)).toBe(false)
    })

    it('A39: a session that is created afterwards has ended, whether a key binds it or not', async () => {
      const { id } = await createUser(subject.storage)
      await users().disable(id, now)
      for (const changes of [{}, { dpopJkt: uniqueId() }]) {
        const { session, outcome } = await create(id, changes)
        expect(outcome).toBe('user_disabled')
        expect(await sessions().find(session.id)).toStrictEqual({
          ...session,
          revokedAt: session.createdAt,
          revokedReason: 'user_disabled',
        })
        expect(await toldOf(session.id)).toEqual([{ id: session.id, revokedAt: session.createdAt }])
      }
      expect(await sessions().listLiving(id, now)).toEqual([])
    })

    it(`A39: of ${racers} sessions that are created meanwhile none lives`, async () => {
      const { id } = await createUser(subject.storage)
      const creating = times(racers, async (index) => {
        if (index === racers / 2) await users().disable(id, now)
        return create(id)
      })
      await Promise.all(creating)
      expect(await sessions().listLiving(id, now)).toEqual([])
    })
  })

  describe('enable', () => {
    it('an enabled user signs in again, and what has ended stays ended', async () => {
      const user = await createUser(subject.storage)
      const { session } = await create(user.id)
      await users().disable(user.id, now)
      expect(await users().enable(user.id)).toBe(true)
      expect(await users().find(user.id)).toStrictEqual(user)
      expect(await sessions().find(session.id)).toMatchObject({ revokedReason: 'user_disabled' })
      expect((await create(user.id)).outcome).toBe('created')
      expect(await sessions().listLiving(user.id, now)).toHaveLength(1)
    })

    it('nobody and who is not disabled is not enabled', async () => {
      const { id } = await createUser(subject.storage)
      expect(await users().enable(id)).toBe(false)
      expect(await users().enable(uniqueId())).toBe(false)
      const disabledAtNothing = { ...bareUser(), disabledAt: 0 }
      await users().createWithIdentity(disabledAtNothing, bareIdentity())
      expect(await users().disable(disabledAtNothing.id, now)).toBe(false)
      expect((await create(disabledAtNothing.id)).outcome).toBe('user_disabled')
      expect(await users().enable(disabledAtNothing.id)).toBe(true)
    })
  })

  describe('erase', () => {
    it('A39: of a user nothing is left, of the others everything', async () => {
      const [user, identity] = [
        bareUser(),
        { ...bareIdentity(), verifiedEmail: `${uniqueId()}@example.test` },
      ]
      await users().createWithIdentity(user, identity)
      await users().addIdentity(user.id, bareIdentity())
      const { session } = await create(user.id)
      const other = await createSession(subject.storage)
      expect(await users().erase(user.id, now)).toBe('erased')
      expect(await users().find(user.id)).toBeUndefined()
      expect(await users().findByIdentity(identity.issuer, identity.subject)).toBeUndefined()
      expect(await users().findByVerifiedEmail(identity.verifiedEmail, 10)).toEqual([])
      expect(await users().listIdentities(user.id)).toEqual([])
      expect(await sessions().find(session.id)).toBeUndefined()
      expect(await sessions().listLiving(user.id, now)).toEqual([])
      expect(await sessions().find(other.id)).toStrictEqual(other)
      expect(await users().listIdentities(other.userId)).toHaveLength(1)
      await subject.inspect()
    })

    it('A39: once; nobody is not erased; a disabled user is', async () => {
      const { id } = await createUser(subject.storage)
      await users().disable(id, now)
      expect(await users().erase(id, now)).toBe('erased')
      expect(await users().erase(id, now)).toBe('unknown')
      expect(await users().erase(uniqueId(), now)).toBe('unknown')
      await expect(create(id)).rejects.toMatchObject({ name: 'StorageError', code: 'constraint' })
      expect(await users().disable(id, now)).toBe(false)
      expect(await users().enable(id)).toBe(false)
    })

    it('A39: who signs in again is somebody new', async () => {
      const [user, identity] = [bareUser(), bareIdentity()]
      await users().createWithIdentity(user, identity)
      await users().erase(user.id, now)
      const again = bareUser()
      expect(await users().createWithIdentity(again, { ...identity, id: uniqueId() })).toBe('created')
      expect((await users().findByIdentity(identity.issuer, identity.subject))?.user).toStrictEqual(again)
    })

    it(`A39: of ${racers} sessions that are created meanwhile none is left, and the feed knows them`, async () => {
      const { id } = await createUser(subject.storage)
      const creating = times(racers, async (index) => {
        if (index === racers / 2) await users().erase(id, now)
        return (await create(id)).session.id
      })
      const results = await Promise.allSettled(creating)
      const created = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(created.length).toBeGreaterThan(0)
      expect(created.length).toBeLessThan(racers)
      expect(await toldOf(...created)).toHaveLength(created.length)
      expect((await Promise.all(created.map((each) => sessions().find(each)))).filter(Boolean)).toEqual([])
    })

    it('A39: the feed still tells of the sessions that tokens may be about', async () => {
      const { id } = await createUser(subject.storage)
      const erasedAt = now + 2 * day
      const { session: living } = await create(id)
      const { session: lately } = await create(id)
      await sessions().revoke(lately.id, erasedAt - day + 1, 'signed_out')
      const { session: longAgo } = await create(id)
      await sessions().revoke(longAgo.id, erasedAt - day, 'signed_out')
      const { session: idle } = await create(id, { idleExpiresAt: erasedAt })
      const all = [living, lately, longAgo, idle].map((session) => session.id)
      await users().erase(id, erasedAt)
      expect(await toldOf(...all)).toStrictEqual([
        { id: lately.id, revokedAt: erasedAt - day + 1 },
        { id: living.id, revokedAt: erasedAt },
      ])
    })
  })
}
