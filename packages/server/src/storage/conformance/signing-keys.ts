import { describe, expect, it } from 'vitest'
import type { StoredSigningKey } from '../contract.ts'
import { bareKey, hour, now, racers, type Subject, times, uniqueId } from './subject.ts'

export function signingKeyConformance(subject: Subject): void {
  const store = () => subject.storage.signingKeys
  const list = () => store().list()
  const addFirst = (key: StoredSigningKey) => store().addFirst(key)
  const of = async (name: string) => (await list()).filter((key) => key.algorithm === name)
  /** Keys of an algorithm of their own, made at these times, each following the one before. */
  async function succession<T extends readonly number[]>(createdAt: readonly [...T]) {
    const algorithm = uniqueId()
    const keys = createdAt.map((at) => ({ ...bareKey(), algorithm, createdAt: at }))
    for (const [index, key] of keys.entries()) {
      const before = keys[index - 1]
      expect(await (before ? store().addNext(key, before.kid) : addFirst(key))).toBe(true)
    }
    return keys as { [K in keyof T]: StoredSigningKey }
  }

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
    const full = {
      ...bareKey(),
      algorithm: uniqueId(),
      activatedAt: now + 1,
      retiredAt: now + 2,
      lastExpiresAt: now + 3,
    }
    await addFirst(bare)
    await addFirst(full)
    expect(await of(bare.algorithm)).toStrictEqual([bare])
    expect(await of(full.algorithm)).toStrictEqual([full])
    const next = { ...bareKey(), algorithm: full.algorithm, activatedAt: 0, retiredAt: 0, lastExpiresAt: 0 }
    await store().addNext(next, full.kid)
    expect(await of(full.algorithm)).toStrictEqual([full, next])
  })

  it('X10: a key id belongs to one key', async () => {
    const key = { ...bareKey(), algorithm: uniqueId() }
    await addFirst(key)
    const again = addFirst({ ...key, algorithm: uniqueId() })
    await expect(again).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
    const next = store().addNext(key, key.kid)
    await expect(next).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
    expect(await of(key.algorithm)).toStrictEqual([key])
  })

  it(`X10: of ${racers} first keys at once one is added`, async () => {
    const name = uniqueId()
    const keys = times(racers, () => ({ ...bareKey(), algorithm: name }))
    const added = await Promise.all(keys.map(addFirst))
    expect(added.filter(Boolean)).toHaveLength(1)
    expect(await of(name)).toEqual([keys[added.indexOf(true)]])
  })

  describe('addNext', () => {
    it('X10: keys follow each other in the order of their adding, whatever the clocks said', async () => {
      const [first, second, third] = await succession([now, now - hour, now + hour])
      expect(await of(first.algorithm)).toStrictEqual([first, second, third])
    })

    it('X10: only the last key is followed, and only by one of its algorithm', async () => {
      const [first, second] = await succession([now, now])
      const others = await succession([now, now, now])
      const next = { ...bareKey(), algorithm: first.algorithm }
      for (const { kid } of [first, ...others]) expect(await store().addNext(next, kid)).toBe(false)
      expect(await store().addNext(next, uniqueId())).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([first, second])
      expect(await of(others[0].algorithm)).toStrictEqual(others)
      expect(await store().addNext(next, second.kid)).toBe(true)
      expect(await store().addNext(next, second.kid)).toBe(false)
    })

    it('X10: no key slips into the place of one that was removed', async () => {
      const [first, second, third] = await succession([now, now, now])
      await store().retire(second.kid, now)
      await store().remove(second.kid, now)
      const late = { ...bareKey(), algorithm: first.algorithm }
      expect(await store().addNext(late, first.kid)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([first, third])
    })

    it('X10: after the first key has been removed it goes on', async () => {
      const [first, second] = await succession([now, now])
      await store().activate(second.kid, now)
      await store().remove(first.kid, now)
      const third = { ...bareKey(), algorithm: second.algorithm }
      expect(await addFirst(third)).toBe(false)
      expect(await store().addNext(third, second.kid)).toBe(true)
    })

    it(`X10: of ${racers} next keys at once one is added`, async () => {
      const [first] = await succession([now])
      const keys = times(racers, () => ({ ...bareKey(), algorithm: first.algorithm }))
      const added = await Promise.all(keys.map((key) => store().addNext(key, first.kid)))
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await of(first.algorithm)).toEqual([first, keys[added.indexOf(true)]])
    })
  })

  describe('activate', () => {
    it('X10: a key begins to sign and the one before retires', async () => {
      const [first, second] = await succession([now, now])
      expect(await store().activate(first.kid, now + 1)).toBe(true)
      expect(await of(first.algorithm)).toStrictEqual([{ ...first, activatedAt: now + 1 }, second])
      expect(await store().activate(second.kid, now + 2)).toBe(true)
      const after = [
        { ...first, activatedAt: now + 1, retiredAt: now + 2 },
        { ...second, activatedAt: now + 2 },
      ]
      expect(await of(first.algorithm)).toStrictEqual(after)
      expect(await store().activate(second.kid, now + 3)).toBe(false)
      expect(await store().activate(first.kid, now + 3)).toBe(false)
      expect(await store().activate(uniqueId(), now + 3)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual(after)
    })

    it('X10: a key that was passed over retires without having signed, one that is to follow waits', async () => {
      const [first, second, third, fourth] = await succession([now, now, now, now])
      await store().activate(first.kid, now)
      expect(await store().activate(third.kid, now + 1)).toBe(true)
      expect(await store().activate(second.kid, now + 2)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([
        { ...first, activatedAt: now, retiredAt: now + 1 },
        { ...second, retiredAt: now + 1 },
        { ...third, activatedAt: now + 1 },
        fourth,
      ])
    })

    it('X10: a key may be told to begin later, and until then the one before is not removed', async () => {
      const [first, second, third] = await succession([now, now, now])
      await store().activate(first.kid, now)
      expect(await store().activate(second.kid, now + hour)).toBe(true)
      expect(await store().activate(second.kid, now)).toBe(false)
      expect(await store().remove(first.kid, now)).toBe(false)
      const after = [
        { ...first, activatedAt: now, retiredAt: now + hour },
        { ...second, activatedAt: now + hour },
      ]
      expect(await of(first.algorithm)).toStrictEqual([...after, third])
      expect(await store().activate(third.kid, now + 1)).toBe(true)
      expect(await of(first.algorithm)).toStrictEqual([
        after[0],
        { ...after[1], retiredAt: now + 1 },
        { ...third, activatedAt: now + 1 },
      ])
    })

    it('X10: what does not begin to sign retires nothing', async () => {
      const [first, second] = await succession([now, now])
      await store().activate(first.kid, now)
      await store().retire(second.kid, now)
      expect(await store().activate(second.kid, now + 1)).toBe(false)
      const signing = { ...bareKey(), algorithm: first.algorithm, activatedAt: now }
      await store().addNext(signing, second.kid)
      expect(await store().activate(signing.kid, now + 1)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([
        { ...first, activatedAt: now },
        { ...second, retiredAt: now },
        signing,
      ])
    })

    it('X10: a retirement keeps its time, and other algorithms are left alone', async () => {
      const [first, second, third] = await succession([now, now, now])
      const [other] = await succession([now])
      await store().activate(other.kid, now)
      for (const [index, { kid }] of [first, second, third].entries())
        await store().activate(kid, now + index)
      expect((await of(first.algorithm)).map(({ retiredAt }) => retiredAt)).toEqual([
        now + 1,
        now + 2,
        undefined,
      ])
      expect(await of(other.algorithm)).toStrictEqual([{ ...other, activatedAt: now }])
    })

    it(`X10: of ${racers} at once one activates the key`, async () => {
      const [first, second] = await succession([now, now])
      await store().activate(first.kid, now)
      const activated = await Promise.all(
        times(racers, (index) => store().activate(second.kid, now + 1 + index)),
      )
      expect(activated.filter(Boolean)).toHaveLength(1)
      const at = now + 1 + activated.indexOf(true)
      expect(await of(first.algorithm)).toStrictEqual([
        { ...first, activatedAt: now, retiredAt: at },
        { ...second, activatedAt: at },
      ])
    })
  })

  describe('the end of a key', () => {
    it('X10: the latest expiry is noted, in whatever order they come', async () => {
      const [key] = await succession([now])
      const noted = async () => (await of(key.algorithm))[0]?.lastExpiresAt
      expect(await noted()).toBeUndefined()
      for (const [expiresAt, latest] of [
        [now, now],
        [now - 1, now],
        [now, now],
        [now + 1, now + 1],
      ] as const) {
        expect(await store().noteUse(key.kid, expiresAt)).toBe(true)
        expect(await noted()).toBe(latest)
      }
      await Promise.all(times(racers, (index) => store().noteUse(key.kid, now + racers - index)))
      expect(await noted()).toBe(now + racers)
    })

    it('X10: a use is noted of a retired key too, of an unknown one not', async () => {
      const [key, other] = [...(await succession([now])), ...(await succession([now]))]
      await store().retire(key.kid, now)
      expect(await store().noteUse(key.kid, now + hour)).toBe(true)
      expect(await store().noteUse(uniqueId(), now + hour)).toBe(false)
      expect(await of(key.algorithm)).toStrictEqual([{ ...key, retiredAt: now, lastExpiresAt: now + hour }])
      expect(await of(other.algorithm)).toStrictEqual([other])
    })

    it('X10: a key retires once and alone', async () => {
      const [first, second] = await succession([now, now])
      await store().activate(first.kid, now)
      expect(await store().retire(first.kid, now + 1)).toBe(true)
      expect(await store().retire(first.kid, now + 2)).toBe(false)
      expect(await store().retire(uniqueId(), now + 2)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([
        { ...first, activatedAt: now, retiredAt: now + 1 },
        second,
      ])
    })

    it('A44, X10: a key goes once it is retired and its last token has expired, not before', async () => {
      const [first, second] = await succession([now, now])
      await store().activate(first.kid, now)
      await store().noteUse(first.kid, now + hour)
      expect(await store().remove(first.kid, now + 2 * hour)).toBe(false)
      await store().activate(second.kid, now + 1)
      expect(await store().remove(first.kid, now + hour - 1)).toBe(false)
      expect(await of(first.algorithm)).toHaveLength(2)
      expect(await store().remove(first.kid, now + hour)).toBe(true)
      expect(await store().remove(first.kid, now + hour)).toBe(false)
      expect(await store().remove(uniqueId(), now + hour)).toBe(false)
      expect(await of(first.algorithm)).toStrictEqual([{ ...second, activatedAt: now + 1 }])
      expect(await store().noteUse(first.kid, now + 2 * hour)).toBe(false)
    })

    it('X10: a key of which no use was noted stays until it was retired long enough', async () => {
      const [key, waiting] = [...(await succession([now])), ...(await succession([now]))]
      await store().retire(key.kid, now + 1)
      expect(await store().remove(key.kid, now)).toBe(false)
      expect(await store().remove(waiting.kid, now + hour)).toBe(false)
      expect(await store().remove(key.kid, now + 1)).toBe(true)
    })
  })
}
