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
  type Subject,
  uniqueId,
} from './subject.ts'

export function upstreamIdTokenConformance(subject: Subject): void {
  const sessions = () => subject.storage.sessions
  const create = (changes: Partial<Session> = {}) =>
    createSession(subject.storage, { sealedIdToken: 'sealed', ...changes })

  it('A40: lives with the session, through rotations', async () => {
    const { id } = await create()
    const move = { to: 1, now: now + hour, idleExpiresAt: now + 15 * day }
    expect(await sessions().rotate(id, move)).toBe(true)
    expect(await sessions().find(id)).toMatchObject({ counter: 1, sealedIdToken: 'sealed' })
  })

  describe('is gone with the end of the session', () => {
    const ends: [how: string, end: (session: Session, codeKey: string) => Promise<unknown>][] = [
      ['revoke', ({ id }) => sessions().revoke(id, now, 'r')],
      ['revokeByCode', (_, codeKey) => sessions().revokeByCode(codeKey, now, 'r')],
      ['revokeAllOf', ({ userId }) => sessions().revokeAllOf(userId, now, 'r')],
      [
        'revokeByUpstream',
        ({ upstreamSid = '' }) => sessions().revokeByUpstream({ issuer, sid: upstreamSid }, now, 'r'),
      ],
      ['disable', ({ userId }) => subject.storage.users.disable(userId, now)],
    ]
    const { issuer } = bareIdentity()

    it.each(ends)('A40: by %s', async (_, end) => {
      const user = bareUser()
      const identity = bareIdentity()
      await subject.storage.users.createWithIdentity(user, identity)
      const session = {
        ...bareSession(user.id),
        identityId: identity.id,
        upstreamSid: uniqueId(),
        sealedIdToken: 'sealed',
      }
      const codeKey = uniqueId()
      await sessions().create(session, codeKey)
      await end(session, codeKey)
      const found = await sessions().find(session.id)
      expect(found?.revokedAt).toBe(now)
      expect(found).not.toHaveProperty('sealedIdToken')
    })

    it('A40: a session that is born ended keeps none', async () => {
      const { id: userId } = await createUser(subject.storage)
      await subject.storage.users.disable(userId, now)
      const { id } = await create({ userId })
      const found = await sessions().find(id)
      expect(found).toMatchObject({ revokedReason: 'user_disabled' })
      expect(found).not.toHaveProperty('sealedIdToken')
    })
  })
}
