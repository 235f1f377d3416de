import { expect, it } from 'vitest'
import type { VaultKey } from '../contract.ts'
import { openStorage } from '../index.ts'
import { createUser, now, racers, type Subject, times, uniqueId } from './subject.ts'
import { bareQuarantined, createConnection } from './vault-subject.ts'

export function vaultKeyConformance(subject: Subject): void {
  const store = () => subject.storage.vaultKeys
  /** A key that is to follow those that are there. */
  async function next(): Promise<VaultKey> {
    const generation = ((await store().list()).at(-1)?.generation ?? 0) + 1
    return { id: uniqueId(), generation, wrapped: uniqueId(), createdAt: now }
  }
  async function added(): Promise<VaultKey> {
    const key = await next()
    expect(await store().add(key)).toBe(true)
    return key
  }

  it(`V11: of ${racers} first keys at once, of two connections to the database, one is added`, async () => {
    const other = await openStorage(subject.config)
    try {
      const keys = times(racers, () => ({ id: uniqueId(), generation: 1, wrapped: 'w', createdAt: now }))
      const outcomes = await Promise.all(
        keys.map((key, index) => (index % 2 === 0 ? subject.storage : other).vaultKeys.add(key)),
      )
      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(await store().list()).toStrictEqual([keys[outcomes.indexOf(true)]])
    } finally {
      await other.close()
    }
  })

  it('V11: keys come back whole, in order of generation whatever the clocks said', async () => {
    const before = await store().list()
    const second = { ...(await next()), createdAt: now - 1 }
    expect(await store().add(second)).toBe(true)
    const third = await added()
    expect(await store().list()).toStrictEqual([...before, second, third])
  })

  it('V11: a generation and an id belong to one key', async () => {
    const key = await added()
    const before = await store().list()
    expect(await store().add({ ...key, id: uniqueId() })).toBe(false)
    expect(await store().add({ ...key, generation: key.generation + 1 })).toBe(false)
    expect(await store().add(key)).toBe(false)
    expect(await store().list()).toStrictEqual(before)
  })

  it('V11: a key that seals a connection or an entry in quarantine is not forgotten', async () => {
    const key = await added()
    await added()
    const [mine, quarantined] = [uniqueId(), uniqueId()]
    const { id: userId } = await createUser(subject.storage)
    const connection = await createConnection(subject.storage, { userId, sealed: 's', keyId: mine })
    const entry = { ...bareQuarantined(userId), keyId: quarantined }
    await subject.storage.quarantine.put(entry)
    const remove = () => store().remove(key.id, [uniqueId(), mine, quarantined])
    expect(await remove()).toBe(false)
    await subject.storage.quarantine.drop(entry.id)
    expect(await remove()).toBe(false)
    await subject.storage.connections.reseal(
      connection.id,
      connection.version,
      { sealed: 't', keyId: 'k' },
      now,
    )
    expect(await remove()).toBe(true)
    expect(await remove()).toBe(false)
    expect((await store().list()).map(({ id }) => id)).not.toContain(key.id)
  })

  it('V11: the last key is never forgotten, and one that was may be put back', async () => {
    const key = await added()
    expect(await store().remove(key.id, [])).toBe(false)
    const last = await added()
    expect(await store().remove(key.id, [])).toBe(true)
    expect(await store().add(key)).toBe(true)
    expect((await store().list()).slice(-2)).toStrictEqual([key, last])
    expect(await store().remove(uniqueId(), [])).toBe(false)
  })
}
