import { expect, it } from 'vitest'
import type { StoredSigningKey } from '../contract.ts'
import { bareKey, now, racers, type Subject, times, uniqueId } from './subject.ts'

export function signingKeyConformance(subject: Subject): void {
  const list = () => subject.storage.signingKeys.list()
  const addFirst = (key: StoredSigningKey) => subject.storage.signingKeys.addFirst(key)
  const of = async (name: string) => (await list()).filter((key) => key.algorithm === name)

  it('X10: the first key of an algorithm is added, the second is not', async () => {
    const key = { ...bareKey(), algorithm: uniqueId() }
    expect(await addFirst(key)).toBe(true)
    expect(await addFirst({ ...bareKey(), algorithm: key.algorithm })).toBe(false)
    expect(await addFirst(key)).toBe(false)
    expect(await of(key.algorithm)).toStrictEqual([key])
  })

  it('X10: algorithms do not get in each other’s way', async () => {
    const keys = times(3, () => ({ ...bareKey(), algorithm: uniqueId() }))
    for (const key of keys) expect(await addFirst(key)).toBe(true)
    for (const key of keys) expect(await of(key.algorithm)).toEqual([key])
  })

  it('X10: a key comes back whole, and what is absent absent', async () => {
    const bare = { ...bareKey(), algorithm: uniqueId() }
    const full = { ...bareKey(), algorithm: uniqueId(), activatedAt: now + 1, retiredAt: now + 2 }
    await addFirst(bare)
    await addFirst(full)
    expect(await of(bare.algorithm)).toStrictEqual([bare])
    expect(await of(full.algorithm)).toStrictEqual([full])
  })

  it('X10: keys are listed oldest first', async () => {
    const keys = [3, 1, 2].map((age) => ({ ...bareKey(), algorithm: uniqueId(), createdAt: age }))
    for (const key of keys) await addFirst(key)
    expect((await list()).slice(0, 3).map(({ createdAt }) => createdAt)).toEqual([1, 2, 3])
  })

  it('X10: a key id belongs to one key', async () => {
    const key = { ...bareKey(), algorithm: uniqueId() }
    await addFirst(key)
    const again = addFirst({ ...key, algorithm: uniqueId() })
    await expect(again).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
  })

  it(`X10: of ${racers} first keys at once one is added`, async () => {
    const name = uniqueId()
    const keys = times(racers, () => ({ ...bareKey(), algorithm: name }))
    const added = await Promise.all(keys.map(addFirst))
    expect(added.filter(Boolean)).toHaveLength(1)
    expect(await of(name)).toEqual([keys[added.indexOf(true)]])
  })
}
