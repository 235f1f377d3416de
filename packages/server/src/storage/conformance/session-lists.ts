import { describe, expect, it } from 'vitest'
import type { Session, SessionStore } from '../contract.ts'
import {
  bareIdentity,
  bareSession,
  createSession,
  createUser,
  day,
  hour,
  idsOf,
  inOrder,
  now,
  type Subject,
  times,
  uniqueId,
} from './subject.ts'

export function sessionListConformance(subject: Subject): void {
  const sessions = () => subject.storage.sessions
  const create = (userId: string, changes: Partial<Session> = {}) =>
    createSession(subject.storage, { userId, ...changes })
  const newUser = async () => (await createUser(subject.storage)).id

  describe('listLiving', () => {
    const listLiving: SessionStore['listLiving'] = (...ask) => sessions().listLiving(...ask)
    const living: (...ask: Parameters<typeof listLiving>) => Promise<string[]> = async (...ask) =>
      idsOf(await listLiving(...ask))

    it('A39: a user’s living sessions come back whole, newest first, and nobody else’s', async () => {
      const userId = await newUser()
      const bare = await create(userId, { createdAt: now + 1 })
      const full = await create(userId, {
        createdAt: now + 2,
        dpopJkt: uniqueId(),
        amr: ['pwd'],
        acr: 'high',
        upstreamSid: 'sid',
        device: 'Firefox on Linux',
      })
      const oldest = await create(userId, { rotatedAt: now + hour })
      await createSession(subject.storage)
      expect(await listLiving(userId, now + hour)).toStrictEqual([full, bare, oldest])
      expect(await listLiving(uniqueId(), now)).toEqual([])
    })

    it('A36, A39: not those that were ended or ran out', async () => {
      const userId = await newUser()
      const idle = await create(userId, { idleExpiresAt: now + hour })
      await create(userId, { idleExpiresAt: now + hour, absoluteExpiresAt: now + hour })
      const revoked = await create(userId)
      await sessions().revoke(revoked.id, now, 'signed_out')
      await create(userId, { revokedAt: 0, revokedReason: '' })
      expect(await living(userId, now + hour - 1)).toHaveLength(2)
      expect(await living(userId, now + hour)).toEqual([])
      const used = { to: 1, now: now + 1, idleExpiresAt: now + 2 * hour }
      await sessions().rotate(idle.id, used)
      expect(await living(userId, now + hour)).toEqual([idle.id])
    })

    it('A39: page by page each is seen once, also of those that are equally old', async () => {
      const userId = await newUser()
      const made = await Promise.all(
        times(9, (index) => create(userId, { createdAt: now + Math.floor(index / 4) })),
      )
      const seen: Session[] = []
      for (let pages = 0; pages < 5; pages += 1) {
        const last = seen.at(-1)
        const page = await listLiving(userId, now, {
          limit: 2,
          ...(last && { after: { createdAt: last.createdAt, id: last.id } }),
        })
        expect(page.length).toBeLessThanOrEqual(2)
        seen.push(...page)
      }
      expect(inOrder(idsOf(seen))).toEqual(inOrder(idsOf(made)))
      const created = seen.map(({ createdAt }) => createdAt)
      expect(created).toEqual(created.toSorted((a, b) => b - a))
    })

    it('X04: at most as many as asked, a hundred unless asked', async () => {
      const userId = await newUser()
      await Promise.all(times(101, () => create(userId)))
      expect(await living(userId, now)).toHaveLength(100)
      expect(await living(userId, now, { limit: 1000 })).toHaveLength(101)
      expect(await living(userId, now, { limit: 2.9 })).toHaveLength(2)
      for (const limit of [0, -1, Number.NaN]) expect(await living(userId, now, { limit })).toEqual([])
    })
  })

  describe('the revocation feed', () => {
    // The other tests end sessions near `now`: a time that nobody else uses keeps the feed to one test.
    let era = now + 1000 * day
    const nextEra = () => {
      era += day
      return era
    }
    const endedAt = async (...ends: number[]) => {
      const userId = await newUser()
      const forEver = { idleExpiresAt: era + 365 * day, absoluteExpiresAt: era + 365 * day }
      const made = await Promise.all(ends.map(() => create(userId, forEver)))
      for (const [index, { id }] of made.entries())
        await sessions().revoke(id, ends[index] ?? 0, 'signed_out')
      return made.map(({ id }, index) => ({ id, revokedAt: ends[index] ?? 0 }))
    }
    const told = async (since: number, limit = 100, after?: string) =>
      (await sessions().listRevoked(since, limit, after)).filter(({ revokedAt }) => revokedAt < since + day)

    it('A39: tells what ended later, in the order of the ends', async () => {
      const at = nextEra()
      const [third, first, second] = await endedAt(at + 3, at + 1, at + 2)
      expect(await told(at)).toStrictEqual([first, second, third])
      expect(await told(at + 1)).toStrictEqual([second, third])
      expect(await told(at + 3)).toEqual([])
    })

    it('A39: every end is told, whatever ended it; what lives or only ran out is not', async () => {
      const at = nextEra()
      const life = { createdAt: at, idleExpiresAt: at + hour, absoluteExpiresAt: at + hour }
      const userId = await newUser()
      const codeKey = uniqueId()
      const identity = bareIdentity()
      await subject.storage.users.addIdentity(userId, identity)
      const byCode = { ...bareSession(userId), ...life }
      await sessions().create(byCode, codeKey)
      await sessions().revokeByCode(codeKey, at + 1, 'code_replayed')
      const byUpstream = await create(userId, { ...life, identityId: identity.id })
      const { issuer, subject: sub } = identity
      await sessions().revokeByUpstream({ issuer, subject: sub }, at + 2, 'upstream_logout')
      const bySignOut = await create(userId, life)
      await sessions().revokeAllOf(userId, at + 3, 'signed_out')
      const byDisabling = await create(userId, life)
      await subject.storage.users.disable(userId, at + 4)
      const living = await create(await newUser(), life)
      expect(idsOf(await told(at))).toEqual(idsOf([byCode, byUpstream, bySignOut, byDisabling]))
      expect(await told(at + 4)).toEqual([])
      await sessions().revoke(living.id, at + hour, 'signed_out')
      expect(await told(at + 4)).toEqual([{ id: living.id, revokedAt: at + hour }])
    })

    it('A39: page by page each end is told once, also of those at the same time', async () => {
      const at = nextEra()
      const userId = await newUser()
      const forEver = { idleExpiresAt: at + day, absoluteExpiresAt: at + day }
      const made = await Promise.all(times(7, () => create(userId, forEver)))
      await sessions().revokeAllOf(userId, at + 5, 'signed_out')
      const erased = await newUser()
      made.push(...(await Promise.all(times(7, () => create(erased, forEver)))))
      await subject.storage.users.erase(erased, at + 5)
      const [later] = await endedAt(at + 6)
      const seen: { id: string; revokedAt: number }[] = []
      for (let pages = 0; pages < 6; pages += 1) {
        const last = seen.at(-1)
        const page = last ? await told(last.revokedAt, 3, last.id) : await told(at, 3)
        expect(page.length).toBeLessThanOrEqual(3)
        seen.push(...page)
      }
      const sameTime = inOrder(idsOf(made)).map((id) => ({ id, revokedAt: at + 5 }))
      expect(seen).toStrictEqual([...sameTime, later])
    })

    it('X04: at most as many as asked', async () => {
      const at = nextEra()
      const ends = await endedAt(at + 1, at + 2, at + 3)
      expect(await told(at, 2)).toEqual(ends.slice(0, 2))
      for (const limit of [0, -1, Number.NaN]) expect(await told(at, limit)).toEqual([])
    })
  })
}
