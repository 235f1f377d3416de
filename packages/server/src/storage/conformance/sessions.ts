import { describe, expect, it } from 'vitest'
import type { Session } from '../contract.ts'
import {
  bareSession,
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

export function sessionConformance(subject: Subject): void {
  const find = (id: string) => subject.storage.sessions.find(id)
  const live = (changes: Partial<Session> = {}) => createSession(subject.storage, changes)
  const usedCode = async () => {
    const thing = { kind: 'code' as const, key: uniqueId() }
    await subject.storage.oneTime.issue({ ...thing, value: '', expiresAt: now + hour })
    await subject.storage.oneTime.consumeOnce(thing, now)
    return thing
  }

  const rotate = (id: string, changes: Partial<Parameters<typeof subject.storage.sessions.rotate>[1]> = {}) =>
    subject.storage.sessions.rotate(id, {
      to: 1,
      now: now + hour,
      idleExpiresAt: now + 15 * day,
      ...changes,
    })

  const revoke = (id: string, at = now + hour, reason = 'logout') =>
    subject.storage.sessions.revoke(id, at, reason)

  describe('create', () => {
    it('a session comes back whole', async () => {
      const session = {
        ...bareSession((await createUser(subject.storage)).id),
        counter: 7,
        dpopJkt: uniqueId(),
        scope: 'openid profile',
        resources: ['https://api.example.test', 'https://auth.example.test'],
        amr: ['pwd', 'mfa'],
        acr: 'urn:example:high',
        upstreamSid: 'sid-1',
        sealedIdToken: 'sealed',
        device: 'Firefox on Linux',
        revokedAt: now + 1,
        revokedReason: 'made so',
      }
      await subject.storage.sessions.create(session, uniqueId())
      expect(await find(session.id)).toStrictEqual(session)
    })

    it('31: what is absent comes back absent, not null; empty is not absent', async () => {
      const bare = await live()
      expect(await find(bare.id)).toStrictEqual(bare)
      const empty = await live({ amr: [], acr: '', device: '', upstreamSid: '' })
      expect(await find(empty.id)).toStrictEqual(empty)
    })

    it('A12: the session of a code that was used once is created', async () => {
      const { id } = await createUser(subject.storage)
      const { key } = await usedCode()
      const session = bareSession(id)
      expect(await subject.storage.sessions.create(session, key)).toBe('created')
      expect(await find(session.id)).toStrictEqual(session)
    })

    it('A12: the session of a code that was replayed has ended, unless a key binds it', async () => {
      const session = bareSession((await createUser(subject.storage)).id)
      const code = await usedCode()
      await subject.storage.oneTime.consumeOnce(code, now)
      expect(await subject.storage.sessions.create(session, code.key)).toBe('code_replayed')
      expect(await find(session.id)).toMatchObject({
        revokedAt: session.createdAt,
        revokedReason: 'code_replayed',
      })
      const bound = { ...bareSession(session.userId), dpopJkt: uniqueId() }
      expect(await subject.storage.sessions.create(bound, code.key)).toBe('created')
      expect(await find(bound.id)).toStrictEqual(bound)
    })

    it('A12: a replayed thing of another kind and the same key stops nothing', async () => {
      const { id } = await createUser(subject.storage)
      const journey = { kind: 'journey' as const, key: uniqueId() }
      for (const _ of [1, 2]) {
        await subject.storage.oneTime.consumeOnce(journey, now, { expiresAt: now + hour })
      }
      const session = bareSession(id)
      await subject.storage.sessions.create(session, journey.key)
      expect(await find(session.id)).toStrictEqual(session)
    })

    it('A36: the idle end is never past the absolute one', async () => {
      const { id } = await live({ idleExpiresAt: now + 91 * day, absoluteExpiresAt: now + 90 * day })
      expect(await find(id)).toMatchObject({
        idleExpiresAt: now + 90 * day,
        absoluteExpiresAt: now + 90 * day,
      })
    })

    it('an id that exists is refused and the first session stays', async () => {
      const session = await live({ device: 'first' })
      const again = subject.storage.sessions.create({ ...session, device: 'second' }, uniqueId())
      await expect(again).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
      expect(await find(session.id)).toMatchObject({ device: 'first' })
    })

    it('A39, 50: a session of nobody is refused', async () => {
      const orphan = bareSession(uniqueId())
      const created = subject.storage.sessions.create(orphan, uniqueId())
      await expect(created).rejects.toMatchObject({ name: 'StorageError', code: 'constraint' })
      expect(await find(orphan.id)).toBeUndefined()
    })
  })

  describe('rotate', () => {
    it('A33: moves the counter, the time and the idle end, and nothing else', async () => {
      const session = await live({ amr: ['pwd'], dpopJkt: uniqueId() })
      const moved = { ...session, counter: 1, rotatedAt: now + hour, idleExpiresAt: now + 15 * day }
      expect(await rotate(session.id)).toBe(true)
      expect(await find(session.id)).toStrictEqual(moved)
    })

    it('A33: never back, nor to where it stands', async () => {
      const session = await live({ counter: 5 })
      expect(await rotate(session.id, { to: 4 })).toBe(false)
      expect(await rotate(session.id, { to: 5 })).toBe(false)
      expect(await find(session.id)).toStrictEqual(session)
      expect(await rotate(session.id, { to: 6 })).toBe(true)
      expect(await find(session.id)).toMatchObject({ counter: 6 })
    })

    it('reliability R10: it may jump ahead, as after a restored backup', async () => {
      const { id } = await live({ counter: 2 })
      expect(await rotate(id, { to: 9 })).toBe(true)
      expect(await find(id)).toMatchObject({ counter: 9 })
    })

    it('A36: the idle end moves to the absolute one and not past it', async () => {
      const { id } = await live({ absoluteExpiresAt: now + 20 * day })
      expect(await rotate(id, { idleExpiresAt: now + 20 * day - 1 })).toBe(true)
      expect(await find(id)).toMatchObject({ idleExpiresAt: now + 20 * day - 1 })
      expect(await rotate(id, { to: 2, idleExpiresAt: now + 21 * day })).toBe(true)
      const ends = { idleExpiresAt: now + 20 * day, absoluteExpiresAt: now + 20 * day }
      expect(await find(id)).toMatchObject(ends)
    })

    it('A36: not at its idle end, but the millisecond before', async () => {
      const session = await live({ idleExpiresAt: now + hour })
      expect(await rotate(session.id, { now: now + hour })).toBe(false)
      expect(await find(session.id)).toStrictEqual(session)
      expect(await rotate(session.id, { now: now + hour - 1 })).toBe(true)
    })

    it('A36: not at its absolute end, however lately it was used', async () => {
      const { id } = await live({ idleExpiresAt: now + 10 * day, absoluteExpiresAt: now + 10 * day })
      expect(await rotate(id, { now: now + 10 * day - 1, idleExpiresAt: now + 24 * day })).toBe(true)
      expect(await rotate(id, { to: 2, now: now + 10 * day })).toBe(false)
    })

    it('A39: not a revoked or an unknown session', async () => {
      const { id } = await live()
      await subject.storage.sessions.revoke(id, now, 'logout')
      expect(await rotate(id)).toBe(false)
      expect(await find(id)).toMatchObject({ counter: 0, revokedReason: 'logout' })
      expect(await rotate(uniqueId())).toBe(false)
    })

    it(`A33, 31: of ${racers} rotations of one generation at once one takes`, async () => {
      const { id } = await live()
      const results = await Promise.all(
        times(racers, (index) => rotate(id, { idleExpiresAt: now + day + index })),
      )
      expect(results.filter((moved) => moved)).toHaveLength(1)
      expect(await find(id)).toMatchObject({ counter: 1, idleExpiresAt: now + day + results.indexOf(true) })
    })
  })

  describe('revoke', () => {
    it('A37: ends a session once and keeps the first reason', async () => {
      const session = await live()
      expect(await revoke(session.id)).toBe(true)
      expect(await revoke(session.id, now + 2 * hour, 'again')).toBe(false)
      expect(await find(session.id)).toStrictEqual({
        ...session,
        revokedAt: now + hour,
        revokedReason: 'logout',
      })
    })

    it('A37: an unknown session and one that is over are not ended', async () => {
      expect(await revoke(uniqueId())).toBe(false)
      const { id } = await live({ idleExpiresAt: now + hour })
      expect(await revoke(id, now + hour)).toBe(false)
      const other = await live({ idleExpiresAt: now + hour })
      expect(await revoke(other.id, now + hour - 1)).toBe(true)
    })

    it('A36 A39: an end after a session ran out holds against a rotation asked for before', async () => {
      const ends = [
        ({ id }: Session) => revoke(id, now + hour),
        ({ userId }: Session) => subject.storage.sessions.revokeAllOf(userId, now + hour, 'signed_out'),
        ({ userId }: Session) => subject.storage.users.disable(userId, now + hour),
      ]
      for (const end of ends) {
        const session = await live({ idleExpiresAt: now + hour })
        await end(session)
        // By a process that stood still in between, or whose clock is behind.
        expect(await rotate(session.id, { now: now + hour - 1 })).toBe(false)
        expect(await find(session.id)).toMatchObject({ counter: 0, revokedAt: now + hour })
      }
    })

    it(`A37: of ${racers} at once one ends it`, async () => {
      const { id } = await live()
      const results = await Promise.all(times(racers, () => revoke(id)))
      expect(results.filter(Boolean)).toHaveLength(1)
    })

    it('A12: ends what a code yielded and nothing else', async () => {
      const userId = (await createUser(subject.storage)).id
      const [codeKey, otherKey] = [uniqueId(), uniqueId()]
      const [first, second, other] = [bareSession(userId), bareSession(userId), bareSession(userId)]
      await subject.storage.sessions.create(first, codeKey)
      await subject.storage.sessions.create(second, codeKey)
      await subject.storage.sessions.create(other, otherKey)
      await revoke(second.id)
      const revokeByCode = () =>
        subject.storage.sessions.revokeByCode(codeKey, now + 2 * hour, 'code_replayed')
      expect(await revokeByCode()).toEqual([first.id])
      expect(await revokeByCode()).toEqual([])
      expect(await find(first.id)).toMatchObject({
        revokedAt: now + 2 * hour,
        revokedReason: 'code_replayed',
      })
      expect(await find(second.id)).toMatchObject({ revokedReason: 'logout' })
      expect(await find(other.id)).toStrictEqual(other)
      expect(await subject.storage.sessions.revokeByCode(uniqueId(), now, 'code_replayed')).toEqual([])
      const bound = { ...bareSession(userId), dpopJkt: uniqueId() }
      await subject.storage.sessions.create(bound, otherKey)
      await subject.storage.sessions.revokeByCode(otherKey, now, 'code_replayed')
      expect(await find(bound.id)).toStrictEqual(bound)
    })
  })
}
