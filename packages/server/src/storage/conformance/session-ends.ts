import { describe, expect, it } from 'vitest'
import type { NewIdentity, Session, SessionStore } from '../contract.ts'
import {
  bareIdentity,
  bareUser,
  createSession,
  createUser,
  hour,
  idsOf,
  inOrder,
  now,
  racers,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'

export function sessionEndConformance(subject: Subject): void {
  const sessions = () => subject.storage.sessions
  const create = (userId: string, changes: Partial<Session> = {}) =>
    createSession(subject.storage, { userId, ...changes })
  const newUser = async () => (await createUser(subject.storage)).id

  describe('revokeAllOf', () => {
    const revokeAllOf = (userId: string, at = now + hour) => sessions().revokeAllOf(userId, at, 'signed_out')

    it('A39: ends a user’s living sessions and nobody else’s, and names those that it ended', async () => {
      const userId = await newUser()
      const [first, second] = [await create(userId), await create(userId, { dpopJkt: uniqueId() })]
      const ended = await create(userId)
      await sessions().revoke(ended.id, now, 'reused')
      const over = await create(userId, { idleExpiresAt: now + hour })
      const other = await createSession(subject.storage)
      expect(inOrder(await revokeAllOf(userId))).toEqual(inOrder([first.id, second.id]))
      for (const session of [first, second]) {
        expect(await sessions().find(session.id)).toStrictEqual({
          ...session,
          revokedAt: now + hour,
          revokedReason: 'signed_out',
        })
      }
      expect(await sessions().find(ended.id)).toMatchObject({ revokedAt: now, revokedReason: 'reused' })
      expect(await sessions().find(other.id)).toStrictEqual(other)
      // Not named, having run out; yet nothing brings it back.
      expect(await sessions().find(over.id)).toMatchObject({ revokedAt: now + hour })
    })

    it('A39: of nobody, and a second time, none', async () => {
      const { userId } = await createSession(subject.storage)
      expect(await revokeAllOf(userId)).toHaveLength(1)
      expect(await revokeAllOf(userId)).toEqual([])
      expect(await revokeAllOf(uniqueId())).toEqual([])
    })

    it('A39: a session that begins afterwards lives', async () => {
      const userId = await newUser()
      await revokeAllOf(userId, now)
      const { id } = await create(userId)
      expect(idsOf(await sessions().listLiving(userId, now))).toEqual([id])
    })

    it(`A39: of ${racers} at once each session is named by one`, async () => {
      const userId = await newUser()
      const made = await Promise.all(times(10, () => create(userId)))
      const ended = await Promise.all(times(racers, () => revokeAllOf(userId)))
      expect(inOrder(ended.flat())).toEqual(inOrder(idsOf(made)))
    })
  })

  describe('revokeByUpstream', () => {
    /** A user whom an identity has signed in. */
    const signedIn = async (identity: NewIdentity, changes: Partial<Session> = {}) => {
      const user = bareUser()
      await subject.storage.users.createWithIdentity(user, identity)
      return create(user.id, { identityId: identity.id, ...changes })
    }
    const revoke = async (named: Parameters<SessionStore['revokeByUpstream']>[0], at = now) =>
      inOrder(await sessions().revokeByUpstream(named, at, 'upstream_logout'))
    const ended = async (id: string) => (await sessions().find(id))?.revokedReason !== undefined

    it('R13: a subject’s sessions end, whatever their sid', async () => {
      const { issuer, ...identity } = bareIdentity()
      const first = await signedIn({ issuer, ...identity })
      const second = await create(first.userId, { identityId: identity.id, upstreamSid: 'a' })
      expect(await revoke({ issuer, subject: identity.subject }, now + hour)).toEqual(
        inOrder([first.id, second.id]),
      )
      expect(await sessions().find(second.id)).toStrictEqual({
        ...second,
        revokedAt: now + hour,
        revokedReason: 'upstream_logout',
      })
      expect(await revoke({ issuer, subject: identity.subject })).toEqual([])
    })

    it('R13: nobody else’s, and not those that another identity of the user signed in', async () => {
      const mine = bareIdentity()
      const session = await signedIn(mine)
      const further = { ...bareIdentity(), issuer: 'https://other.test', subject: mine.subject }
      await subject.storage.users.addIdentity(session.userId, further)
      const byFurther = await create(session.userId, { identityId: further.id })
      const neighbour = await signedIn(bareIdentity())
      for (const named of [
        { issuer: 'https://third.test', subject: mine.subject },
        { issuer: mine.issuer, subject: uniqueId() },
        { issuer: mine.issuer, subject: '' },
      ]) {
        expect(await revoke(named)).toEqual([])
      }
      expect(await revoke({ issuer: mine.issuer, subject: mine.subject })).toEqual([session.id])
      expect(await ended(byFurther.id)).toBe(false)
      expect(await ended(neighbour.id)).toBe(false)
    })

    it('R13: a sid’s sessions end, its subject’s others do not, and the same sid elsewhere does not', async () => {
      const [mine, elsewhere] = [bareIdentity(), { ...bareIdentity(), issuer: 'https://other.test' }]
      const [sid, otherSid] = [uniqueId(), uniqueId()]
      const session = await signedIn(mine, { upstreamSid: sid })
      const again = await create(session.userId, { identityId: mine.id, upstreamSid: sid, dpopJkt: 'key' })
      const another = await create(session.userId, { identityId: mine.id, upstreamSid: otherSid })
      const without = await create(session.userId, { identityId: mine.id })
      const abroad = await signedIn(elsewhere, { upstreamSid: sid })
      expect(await revoke({ issuer: 'https://third.test', sid })).toEqual([])
      expect(await revoke({ issuer: mine.issuer, sid: '' })).toEqual([])
      expect(await revoke({ issuer: mine.issuer, sid })).toEqual(inOrder([session.id, again.id]))
      for (const { id } of [another, without, abroad]) expect(await ended(id)).toBe(false)
    })

    it('R13: with both, both must fit', async () => {
      const identity = bareIdentity()
      const { issuer, subject: sub } = identity
      const sid = uniqueId()
      const session = await signedIn(identity, { upstreamSid: sid })
      const other = await signedIn(bareIdentity(), { upstreamSid: sid })
      expect(await revoke({ issuer, subject: uniqueId(), sid })).toEqual([])
      expect(await revoke({ issuer, subject: '', sid })).toEqual([])
      expect(await revoke({ issuer, subject: sub, sid: uniqueId() })).toEqual([])
      expect(await revoke({ issuer, subject: sub, sid })).toEqual([session.id])
      expect(await ended(other.id)).toBe(false)
    })

    it('R13: without a subject and a sid none ends', async () => {
      const identity = bareIdentity()
      const { id } = await signedIn(identity)
      expect(await revoke({ issuer: identity.issuer })).toEqual([])
      expect(await ended(id)).toBe(false)
    })

    it('R13: an empty sid is a sid', async () => {
      const identity = bareIdentity()
      const empty = await signedIn(identity, { upstreamSid: '' })
      const without = await create(empty.userId, { identityId: identity.id })
      expect(await revoke({ issuer: identity.issuer, subject: identity.subject, sid: '' })).toEqual([
        empty.id,
      ])
      expect(await ended(without.id)).toBe(false)
    })

    it('R13: what has ended keeps its end, and what has run out is not named', async () => {
      const identity = bareIdentity()
      const named = { issuer: identity.issuer, subject: identity.subject }
      const over = await signedIn(identity, { idleExpiresAt: now + hour, upstreamSid: 'run out' })
      const revoked = await create(over.userId, { identityId: identity.id, upstreamSid: 'run out' })
      await sessions().revoke(revoked.id, now, 'signed_out')
      expect(await revoke(named, now + hour)).toEqual([])
      expect(await revoke({ ...named, sid: 'run out' }, now + hour)).toEqual([])
      expect(await sessions().find(over.id)).toStrictEqual({
        ...over,
        revokedAt: now + hour,
        revokedReason: 'upstream_logout',
      })
      expect(await sessions().find(revoked.id)).toMatchObject({ revokedReason: 'signed_out' })
    })

    it('R13: an identity that its user has removed ends nothing any more', async () => {
      const identity = bareIdentity()
      const sid = uniqueId()
      const session = await signedIn(identity, { upstreamSid: sid })
      await subject.storage.users.addIdentity(session.userId, bareIdentity())
      await subject.storage.users.removeIdentity(session.userId, identity.id)
      expect(await revoke({ issuer: identity.issuer, subject: identity.subject })).toEqual([])
      expect(await revoke({ issuer: identity.issuer, sid })).toEqual([])
      expect(await ended(session.id)).toBe(false)
    })
  })
}
