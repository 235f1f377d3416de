import { describe, expect, test } from 'vitest'
import { importKey } from '../jws/algorithm.ts'
import { parsePublicJwk } from '../jws/jwk.ts'
import { createClock, createKeyPair, type KeyPair } from '../verify.fixture.ts'
import { createKeySet, KeysUnavailable } from './key-set.ts'
import type { LoadedKeys, PublishedKey } from './load.ts'

const a = createKeyPair('ES256', 'a')
const b = createKeyPair('ES256', 'b')

function published({ kid, jkt, alg, publicJwk }: KeyPair): PublishedKey {
  const members = parsePublicJwk(publicJwk)
  const key = members && importKey(members)
  if (!key) throw new Error('no key')
  return { kid, thumbprint: jkt, key, algorithms: [alg] }
}

/** A key set whose source answers only when told to. */
function scene() {
  const clock = createClock()
  const loads: PromiseWithResolvers<LoadedKeys>[] = []
  const keySet = createKeySet(() => {
    const load = Promise.withResolvers<LoadedKeys>()
    loads.push(load)
    return load.promise
  })
  async function answer(...keys: KeyPair[]) {
    loads.at(-1)?.resolve({ keys: keys.map(published), maxAgeSeconds: 300 })
    await settle()
  }

  async function fail() {
    loads.at(-1)?.reject(new Error('down'))
    await settle()
  }

  /** Asks for the keys and has the load answered. */
  async function loaded(...keys: KeyPair[]) {
    const ready = keySet.ensure(clock.now())
    await answer(...keys)
    await ready
  }

  return { clock, keySet, loads, now: () => clock.now(), answer, fail, loaded }
}

/** Lets everything run that waits for nothing but promises. */
async function settle() {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

async function state(promise: Promise<unknown>): Promise<'pending' | 'done' | 'unavailable'> {
  let result: 'pending' | 'done' | 'unavailable' = 'pending'
  promise.then(
    () => (result = 'done'),
    (error) => (result = error instanceof KeysUnavailable ? 'unavailable' : result),
  )
  await settle()
  return result
}

describe('S13 the first load', () => {
  test('nothing is fetched before a token comes', () => {
    const { keySet, loads, now } = scene()
    expect(keySet.find('a', 'ES256')).toBeUndefined()
    expect(keySet.usable(now())).toBe(false)
    expect(loads).toHaveLength(0)
  })

  test('is shared by all who wait', async () => {
    const { keySet, loads, now, answer } = scene()
    const waiting = Array.from({ length: 100 }, () => keySet.ensure(now()))
    expect(loads).toHaveLength(1)
    expect(await state(Promise.all(waiting))).toBe('pending')
    await answer(a)
    expect(await state(Promise.all(waiting))).toBe('done')
    expect(keySet.usable(now())).toBe(true)
    expect(keySet.find('a', 'ES256')).toBeDefined()
    expect(keySet.find('a', 'EdDSA')).toBeUndefined()
    expect(keySet.find('b', 'ES256')).toBeUndefined()
  })

  test('that fails is tried again, at most once a second', async () => {
    const { keySet, loads, now, clock, fail, loaded } = scene()
    const first = keySet.ensure(now())
    await fail()
    expect(await state(first)).toBe('unavailable')
    for (let i = 0; i < 100; i++) expect(await state(keySet.ensure(now()))).toBe('unavailable')
    clock.advance(0.999)
    expect(await state(keySet.ensure(now()))).toBe('unavailable')
    expect(loads).toHaveLength(1)
    clock.advance(0.001)
    await loaded(a)
    expect(loads).toHaveLength(2)
  })
})

describe('S13 growing old', () => {
  test('fresh for four fifths of the time, then fetched in the background, without anyone waiting', async () => {
    const { keySet, loads, now, clock, answer, loaded } = scene()
    await loaded(a)
    clock.advance(239.999)
    expect(keySet.usable(now())).toBe(true)
    expect(loads).toHaveLength(1)
    clock.advance(0.001)
    expect(keySet.usable(now())).toBe(true)
    expect(keySet.usable(now())).toBe(true)
    expect(loads).toHaveLength(2)
    await answer(a, b)
    expect(keySet.find('b', 'ES256')).toBeDefined()
    clock.advance(239.999)
    keySet.usable(now())
    expect(loads).toHaveLength(2)
  })

  test('too old and nobody has tried (an idle service): the next request waits for the new keys', async () => {
    const { keySet, now, clock, answer, loaded } = scene()
    await loaded(a)
    clock.advance(300)
    expect(keySet.usable(now())).toBe(false)
    const waiting = keySet.ensure(now())
    expect(await state(waiting)).toBe('pending')
    await answer(b)
    expect(await state(waiting)).toBe('done')
    expect(keySet.find('a', 'ES256')).toBeUndefined()
  })

  test('when the keys change, so does the epoch', async () => {
    const { keySet, now, clock, answer, loaded } = scene()
    await loaded(a)
    const first = keySet.epoch()
    clock.advance(240)
    keySet.usable(now())
    await answer(a)
    expect(keySet.epoch()).toBe(first)
    clock.advance(240)
    keySet.usable(now())
    await answer(b)
    expect(keySet.epoch()).not.toBe(first)
  })

  test('a clock that was set back makes nothing last longer, nor stops fetching', async () => {
    const { keySet, loads, now, clock, answer, loaded } = scene()
    await loaded(a)
    clock.advance(-86_400)
    expect(keySet.usable(now())).toBe(false)
    const waiting = keySet.ensure(now())
    await answer(a)
    expect(await state(waiting)).toBe('done')
    expect(loads).toHaveLength(2)
    expect(keySet.usable(now())).toBe(true)
  })
})

describe('S13 the issuer is down', () => {
  test('the known keys serve on; only the first request waits for the failure', async () => {
    const { keySet, loads, now, clock, fail, loaded } = scene()
    await loaded(a)
    clock.advance(300)
    const waiting = keySet.ensure(now())
    await fail()
    expect(await state(waiting)).toBe('done')
    for (let minutes = 0; minutes < 60; minutes++) {
      clock.advance(60)
      expect(keySet.usable(now())).toBe(true)
      expect(keySet.find('a', 'ES256')).toBeDefined()
      await fail()
    }
    expect(loads.length).toBeLessThanOrEqual(62)
  })

  test('for 24 hours past their time, and no longer', async () => {
    const { keySet, now, clock, fail, loaded } = scene()
    await loaded(a)
    clock.advance(300)
    const waiting = keySet.ensure(now())
    await fail()
    await waiting
    clock.advance(86_400 - 0.001)
    const stale = keySet.ensure(now())
    await fail()
    expect(await state(stale)).toBe('done')
    clock.advance(0.001)
    expect(keySet.usable(now())).toBe(false)
    const last = keySet.ensure(now())
    await fail()
    expect(await state(last)).toBe('unavailable')
    clock.advance(1)
    await loaded(a)
    expect(keySet.usable(now())).toBe(true)
  })

  test('a service that was idle since the failure waits for a new attempt, once', async () => {
    const { keySet, now, clock, fail, answer, loaded } = scene()
    await loaded(a)
    clock.advance(300)
    const first = keySet.ensure(now())
    await fail()
    await first
    clock.advance(119.999)
    expect(keySet.usable(now())).toBe(true)
    await fail()
    clock.advance(120)
    expect(keySet.usable(now())).toBe(false)
    const waiting = keySet.ensure(now())
    expect(await state(waiting)).toBe('pending')
    await answer(b)
    expect(await state(waiting)).toBe('done')
    expect(keySet.find('a', 'ES256')).toBeUndefined()
  })

  test('and comes back', async () => {
    const { keySet, now, clock, fail, answer, loaded } = scene()
    await loaded(a)
    clock.advance(250)
    keySet.usable(now())
    await fail()
    clock.advance(100)
    expect(keySet.usable(now())).toBe(true)
    await answer(b)
    expect(keySet.find('b', 'ES256')).toBeDefined()
    expect(keySet.find('a', 'ES256')).toBeUndefined()
  })
})

describe('S13 R6 unknown kids', () => {
  test('a flood of them costs at most two fetches in any minute', async () => {
    const { keySet, loads, now, clock, answer, loaded } = scene()
    await loaded(a)
    const times = [now()]
    for (let second = 0; second < 600; second++) {
      for (let i = 0; i < 20; i++) {
        const before = loads.length
        if (!keySet.usable(now())) void keySet.ensure(now())
        void keySet.refetch(now())
        if (loads.length > before) times.push(now())
      }
      await answer(a)
      clock.advance(1)
    }
    for (const [i, time] of times.entries()) {
      expect(
        times.filter((each) => each >= time && each < time + 60_000).length,
        `from fetch ${i}`,
      ).toBeLessThanOrEqual(2)
    }
    expect(times.length).toBeGreaterThan(15)
  })

  test('a new key is found at once when the budget allows', async () => {
    const { keySet, now, clock, answer, loaded } = scene()
    await loaded(a)
    clock.advance(1)
    const waiting = keySet.refetch(now())
    await answer(a, b)
    await waiting
    expect(keySet.find('b', 'ES256')).toBeDefined()
  })

  test('one fetch under way serves all who miss a key', async () => {
    const { keySet, loads, now, answer, loaded } = scene()
    await loaded(a)
    const waiting = Array.from({ length: 50 }, () => keySet.refetch(now()))
    expect(loads).toHaveLength(2)
    await answer(a)
    await Promise.all(waiting)
    await keySet.refetch(now())
    expect(loads).toHaveLength(2)
  })

  test('a spent budget leaves the known keys in use', async () => {
    const { keySet, loads, now, clock, answer, loaded } = scene()
    await loaded(a)
    clock.advance(299)
    void keySet.refetch(now())
    await answer(a)
    void keySet.refetch(now())
    await answer(a)
    clock.advance(10)
    expect(keySet.usable(now())).toBe(true)
    expect(loads.length).toBeLessThanOrEqual(3)
  })
})
