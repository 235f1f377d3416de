import { expect, it } from 'vitest'
import { openStorage } from '../index.ts'
import { bareIdentity, bareUser, now, type Subject, second, times, uniqueId } from './subject.ts'

export function lifeConformance(subject: Subject): void {
  it('a fresh database is too old until it is migrated, and then serves', async () => {
    const fresh = await subject.another()
    const storage = await openStorage(fresh.config)
    try {
      await expect(storage.ping()).rejects.toMatchObject({ name: 'StorageError', code: 'schema_too_old' })
      await expect(storage.users.find('u')).rejects.toMatchObject({ code: 'schema_too_old' })
      await expect(storage.sweep(now, 1)).rejects.toMatchObject({ code: 'schema_too_old' })
      await storage.migrate()
      await storage.ping()
      expect(await storage.users.find('u')).toBeUndefined()
    } finally {
      await storage.close()
      await fresh.dispose()
    }
  })

  it('migrating again changes nothing', async () => {
    const user = bareUser()
    await subject.storage.users.createWithIdentity(user, bareIdentity())
    await Promise.all(times(3, () => subject.storage.migrate()))
    expect(await subject.storage.users.find(user.id)).toEqual(user)
  })

  it('several that open and migrate a fresh database at once all succeed', async () => {
    const fresh = await subject.another()
    const storages = await Promise.all(times(4, () => openStorage(fresh.config)))
    try {
      await Promise.all(storages.map((storage) => storage.migrate()))
      const answers = await Promise.all(storages.map((storage) => storage.ping()))
      expect(answers).toHaveLength(4)
    } finally {
      await Promise.all(storages.map((storage) => storage.close()))
      await fresh.dispose()
    }
  })

  it('another that opens the database sees what was acknowledged, and the first what the other wrote', async () => {
    const other = await openStorage(subject.config)
    try {
      const code = { kind: 'code' as const, key: uniqueId() }
      await subject.storage.oneTime.issue({ ...code, value: 'v', expiresAt: now + second })
      expect(await other.oneTime.consumeOnce(code, now)).toMatchObject({ outcome: 'consumed' })
      expect(await subject.storage.oneTime.consumeOnce(code, now)).toMatchObject({ outcome: 'replayed' })
    } finally {
      await other.close()
    }
  })

  it('close answers what was asked, refuses what comes later, and may be called twice', async () => {
    const storage = await openStorage(subject.config)
    const code = { kind: 'code' as const, key: uniqueId() }
    const issued = storage.oneTime.issue({ ...code, value: 'v', expiresAt: now + second })
    const closed = storage.close()
    const late = storage.oneTime.consumeOnce(code, now)
    await expect(late).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' })
    await issued
    await closed
    await storage.close()
    await expect(storage.users.find('u')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(storage.ping()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await subject.storage.oneTime.consumeOnce(code, now)).toMatchObject({ outcome: 'consumed' })
  })

  it('X13: an operation that fails spoils no other that was asked at the same time', async () => {
    const key = uniqueId()
    const thing = (suffix: string) => ({
      kind: 'code' as const,
      key: key + suffix,
      value: suffix,
      expiresAt: now + second,
    })
    await subject.storage.oneTime.issue(thing('taken'))
    const [user, identity] = [bareUser(), bareIdentity()]
    const results = await Promise.allSettled([
      subject.storage.oneTime.issue(thing('a')),
      subject.storage.oneTime.issue(thing('taken')),
      subject.storage.users.createWithIdentity(user, identity),
      subject.storage.users.createWithIdentity({ ...bareUser(), id: user.id }, bareIdentity()),
      subject.storage.users.createWithIdentity(bareUser(), { ...identity, id: uniqueId() }),
      subject.storage.oneTime.issue(thing('b')),
    ])
    expect(
      results.map((result) => (result.status === 'fulfilled' ? (result.value ?? 'done') : 'failed')),
    ).toEqual(['done', 'failed', 'created', 'failed', 'identity_taken', 'done'])
    for (const suffix of ['a', 'b', 'taken']) {
      const consumed = await subject.storage.oneTime.consumeOnce(thing(suffix), now)
      expect(consumed).toEqual({ outcome: 'consumed', value: suffix })
    }
  })

  it('X08: an error tells nothing of what was being written', async () => {
    const secret = uniqueId()
    const code = { kind: 'code' as const, key: secret, value: secret, expiresAt: now + second }
    await subject.storage.oneTime.issue(code)
    const error: unknown = await subject.storage.oneTime.issue(code).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'duplicate' })
    expect(describeWhole(error)).not.toContain(secret)
  })
}

/** The error, its stack and its causes, as a careless logger would print them. */
function describeWhole(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const fields = JSON.stringify(error, Object.getOwnPropertyNames(error))
  return `${error.stack} ${fields} ${describeWhole(error.cause)}`
}
