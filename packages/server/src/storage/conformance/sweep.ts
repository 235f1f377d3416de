import { expect, it } from 'vitest'
import { createSession, createUser, day, now, type Subject, second, times, uniqueId } from './subject.ts'

export function sweepConformance(subject: Subject): void {
  const sweep = (at: number, limit = 1000) => subject.storage.sweep(at, limit)
  const issue = async (expiresAt: number) => {
    const thing = { kind: 'code' as const, key: uniqueId() }
    await subject.storage.oneTime.issue({ ...thing, value: '', expiresAt })
    return thing
  }
  const lives = async (id: string) => (await subject.storage.sessions.find(id)) !== undefined

  it('X04: what has expired goes, what lives stays', async () => {
    await issue(now)
    await issue(now - second)
    const living = await issue(now + 1)
    expect(await sweep(now)).toBe(2)
    expect(await sweep(now)).toBe(0)
    expect(await subject.storage.oneTime.consumeOnce(living, now)).toMatchObject({ outcome: 'consumed' })
  })

  it('A12: what was consumed is remembered until it expires', async () => {
    const code = await issue(now + second)
    await subject.storage.oneTime.consumeOnce(code, now)
    await sweep(now + second - 1)
    const again = await subject.storage.oneTime.consumeOnce(code, now + second - 1)
    expect(again).toMatchObject({ outcome: 'replayed' })
    expect(await sweep(now + second)).toBeGreaterThanOrEqual(1)
    // Gone: the key is free, which only a test may make use of.
    await subject.storage.oneTime.issue({ ...code, value: '', expiresAt: now + 2 * second })
    await sweep(now + 2 * second)
  })

  it('X04: at most as many rows as asked go at once', async () => {
    for (const expiresAt of times(5, (index) => now - index)) await issue(expiresAt)
    expect(await sweep(now, 2)).toBe(2)
    expect(await sweep(now, 0)).toBe(0)
    expect(await sweep(now, -1)).toBe(0)
    expect(await sweep(now, Number.NaN)).toBe(0)
    expect(await sweep(now, 2.9)).toBe(2)
    expect(await sweep(now, 2)).toBe(1)
  })

  it('sessions go once they have been over for a day, however they ended', async () => {
    const session = await createSession(subject.storage, { idleExpiresAt: now + second })
    const revoked = await createSession(subject.storage, { idleExpiresAt: now + second })
    await subject.storage.sessions.revoke(revoked.id, now, 'logout')
    expect(await sweep(now + second + day - 1)).toBe(0)
    expect(await lives(session.id)).toBe(true)
    expect(await sweep(now + second + day)).toBe(2)
    expect(await lives(session.id)).toBe(false)
    expect(await lives(revoked.id)).toBe(false)
  })

  it('A36: a session that is used stays as long as it is, and goes when it is over', async () => {
    const { id } = await createSession(subject.storage, {
      idleExpiresAt: now + 2 * day,
      absoluteExpiresAt: now + 6 * day,
    })
    const use = (to: number, at: number) =>
      subject.storage.sessions.rotate(id, { to, now: at, idleExpiresAt: at + 2 * day })
    expect(await use(1, now + day)).toBe(true)
    expect(await sweep(now + 3 * day)).toBe(0)
    expect(await use(2, now + 3 * day - 1)).toBe(true)
    expect(await sweep(now + 4 * day)).toBe(0)
    expect(await lives(id)).toBe(true)
    expect(await use(3, now + 5 * day - 2)).toBe(true)
    expect(await sweep(now + 7 * day - 1)).toBe(0)
    expect(await sweep(now + 7 * day)).toBe(1)
    expect(await lives(id)).toBe(false)
  })

  it('living sessions in front do not hide dead ones for ever', async () => {
    const ends = { idleExpiresAt: now + second, absoluteExpiresAt: now + 90 * day }
    const living = await Promise.all(times(4, () => createSession(subject.storage, ends)))
    const dead = await createSession(subject.storage, { idleExpiresAt: now + 2 * second })
    for (const { id } of living) {
      await subject.storage.sessions.rotate(id, { to: 1, now, idleExpiresAt: now + 60 * day })
    }
    let swept = 0
    for (let round = 0; round < 3; round += 1) swept += await sweep(now + 2 * second + day, 2)
    expect(swept).toBe(1)
    expect(await lives(dead.id)).toBe(false)
    for (const { id } of living) expect(await lives(id)).toBe(true)
  })

  it('A39: the ends of erased sessions go after a day, at most as many as asked', async () => {
    const erased = await Promise.all(times(3, () => createSession(subject.storage)))
    await Promise.all(
      erased.map(({ userId }, index) => subject.storage.users.erase(userId, now + index * second)),
    )
    const left = async () => (await subject.storage.sessions.listRevoked(now - 1, 100)).map(({ id }) => id)
    while ((await sweep(now + day - 1)) > 0);
    expect(await left()).toEqual(erased.map(({ id }) => id))
    expect(await sweep(now + day)).toBe(1)
    await issue(now + day)
    const ended = await createSession(subject.storage, { idleExpiresAt: now + second })
    expect(await sweep(now + day + 2 * second, 3)).toBe(3)
    expect(await lives(ended.id)).toBe(false)
    expect(await left()).toEqual([erased[2]?.id])
    expect(await sweep(now + day + 2 * second, 3)).toBe(1)
    expect(await left()).toEqual([])
  })

  it('users stay', async () => {
    const { id } = await createUser(subject.storage)
    await sweep(now + 1000 * day)
    expect(await subject.storage.users.find(id)).toBeDefined()
  })
}
