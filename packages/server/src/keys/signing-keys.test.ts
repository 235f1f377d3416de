import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../logging.ts'
import { createKeyring } from '../sealing/index.ts'
import { StorageError } from '../storage/index.ts'
import { openRoom, type Room, reach } from './keys.fixture.ts'
import { keyTimes, maySignFrom } from './life.ts'
import { openSigningKeys, type SigningKeys } from './signing-keys.ts'

let room: Room
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.storage.close())

const list = () => room.storage.signingKeys.list()
const kids = ({ published }: SigningKeys) => published().keys.map(({ kid }) => kid)
const signer = async (keys: SigningKeys) => (await keys.signer(300)).kid
const outage = new StorageError('unavailable', 'gone')

describe('X10 opening', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    '%s makes one key, and the next one later',
    async (algorithm) => {
      const keys = await openSigningKeys(room.process({ algorithm }))
      expect(await list()).toMatchObject([{ algorithm, activatedAt: room.clock.time }])
      await keys.tend()
      expect(await list()).toMatchObject([{ kid: await signer(keys) }, { algorithm }])
      expect((await list())[1]?.activatedAt).toBeUndefined()
      expect(kids(keys)).toEqual((await list()).map(({ kid }) => kid))
      expect(keys.algorithms()).toEqual([algorithm])
    },
  )

  it('of 8 at once all go on with one first and one next key', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => openSigningKeys(room.process())))
    await Promise.all(all.map((keys) => keys.tend()))
    expect(await list()).toHaveLength(2)
    expect(new Set(await Promise.all(all.map(signer))).size).toBe(1)
    for (const keys of all) expect(kids(keys)).toHaveLength(2)
    expect(room.events).toEqual([])
  })

  it('says wrong_secret when a key does not open', async () => {
    await openSigningKeys(room.process())
    const sealer = createKeyring([randomBytes(32)]).sealer('signing-key')
    await expect(openSigningKeys(room.process({ sealer }))).rejects.toMatchObject({ code: 'wrong_secret' })
  })
})

describe('X10 noting uses', () => {
  it('notes ahead, so that a busy process writes once for as long as a token lives', async () => {
    const reached = reach(room.storage.signingKeys)
    const keys = await openSigningKeys(room.process({ store: reached.store }))
    await keys.tend()
    let notes = 0
    for (let second = 0; second <= 3000; second++) {
      reached.calls.length = 0
      const expiresAt = room.clock.time + 300_000
      await keys.signer(300)
      notes += reached.calls.filter((call) => call === 'noteUse').length
      expect((await list())[0]?.lastExpiresAt).toBeGreaterThanOrEqual(expiresAt)
      room.clock.time += 1000
    }
    expect(notes).toBeLessThanOrEqual(11)
  })

  it('notes once for many at once, and a longer life anew', async () => {
    const reached = reach(room.storage.signingKeys)
    const keys = await openSigningKeys(room.process({ store: reached.store }))
    await Promise.all(Array.from({ length: 50 }, () => keys.signer(300)))
    expect(reached.calls.filter((call) => call === 'noteUse')).toHaveLength(1)
    await keys.signer(3600)
    expect((await list())[0]?.lastExpiresAt).toBeGreaterThanOrEqual(room.clock.time + 3_600_000)
  })

  it('gives no key whose use could not be noted', async () => {
    const reached = reach(room.storage.signingKeys)
    const keys = await openSigningKeys(room.process({ store: reached.store }))
    reached.fails = outage
    await expect(keys.signer(300)).rejects.toBe(outage)
    reached.fails = undefined
    await keys.signer(300)
  })

  it('goes on with another key at once when its own has been revoked', async () => {
    const [one, two] = [await openSigningKeys(room.process()), await openSigningKeys(room.process())]
    const { kid, revoked } = await two.rotate('revoke')
    expect(revoked).toHaveLength(1)
    expect(await signer(one)).toBe(kid)
    expect(kids(one)).not.toContain(revoked[0])
  })

  it('makes a key anew when somebody has emptied the table', async () => {
    const keys = await openSigningKeys(room.process())
    const first = await signer(keys)
    await room.storage.signingKeys.retire(first, 0)
    await room.storage.signingKeys.remove(first, Number.MAX_SAFE_INTEGER)
    await keys.tend()
    expect(await signer(keys)).not.toBe(first)
    expect(await list()).toHaveLength(2)
  })
})

describe('A44 X10 rotating', () => {
  it('the next key begins once every verifier can know it; the old one goes after its last token', async () => {
    const [one, two] = [await openSigningKeys(room.process()), await openSigningKeys(room.process())]
    await one.tend()
    await two.tend()
    const [old, next] = await list()
    expect(await signer(one)).toBe(old?.kid)
    const rotation = await one.rotate('planned')
    expect(rotation).toMatchObject({ rotated: true, kid: next?.kid, beginsAt: next && maySignFrom(next) })
    expect(await two.rotate('planned'), 'a second one changes nothing').toEqual({
      ...rotation,
      rotated: false,
    })

    room.clock.time = rotation.beginsAt - 1
    for (const keys of [one, two]) {
      await keys.tend()
      expect(await signer(keys)).toBe(old?.kid)
      expect(kids(keys)).toHaveLength(3)
    }
    room.clock.time = rotation.beginsAt
    for (const keys of [one, two]) {
      await keys.tend()
      expect(await signer(keys)).toBe(next?.kid)
      expect(keys.find(old?.kid ?? '')).toBeDefined()
    }
    const last = (await list())[0]?.lastExpiresAt ?? 0
    room.clock.time = last + keyTimes.toleranceMs - 1
    await one.tend()
    expect(kids(one)).toContain(old?.kid)
    room.clock.time = last + keyTimes.toleranceMs
    await one.tend()
    expect(one.find(old?.kid ?? '')).toBeUndefined()
    expect((await list()).map(({ kid }) => kid)).toEqual(kids(one))
    expect(kids(one)).toHaveLength(2)
  })

  it('X07 each rotation is told of once, whoever decides it, and no secret with it', async () => {
    const [one, two] = [await openSigningKeys(room.process()), await openSigningKeys(room.process())]
    await one.tend()
    const [old, next] = await list()
    const rotations = await Promise.all([one, two, one, two].map((keys) => keys.rotate('planned')))
    expect(rotations.filter(({ rotated }) => rotated)).toHaveLength(1)
    expect(new Set(rotations.map(({ kid }) => kid))).toEqual(new Set([next?.kid]))
    room.clock.time += 10 * keyTimes.leadMs
    for (const keys of [one, two]) await keys.tend()
    expect(room.events).toMatchObject([
      {
        type: 'key.rotated',
        data: { kid: next?.kid, previous_kid: old?.kid, algorithm: 'ES256', reason: 'planned' },
      },
    ])
    expect(JSON.stringify(room.events)).not.toContain(next?.sealedPrivateJwk)
  })

  it('now: at once, also while another rotation is to come', async () => {
    const keys = await openSigningKeys(room.process())
    await keys.tend()
    const planned = await keys.rotate('planned')
    const forced = await keys.rotate('now')
    expect(forced).toMatchObject({ rotated: true, beginsAt: room.clock.time })
    expect(forced.kid).not.toBe(planned.kid)
    expect(await signer(keys)).toBe(forced.kid)
    room.clock.time = planned.beginsAt
    await keys.tend()
    expect(await signer(keys)).toBe(forced.kid)
  })

  it('revoke: no key from before is left, of whatever algorithm', async () => {
    const other = await openSigningKeys(room.process({ algorithm: 'EdDSA' }))
    await other.tend()
    const keys = await openSigningKeys(room.process())
    await keys.tend()
    await keys.rotate('planned')
    const before = (await list()).map(({ kid }) => kid)
    const { kid, revoked } = await keys.rotate('revoke')
    expect(new Set(revoked)).toEqual(new Set(before))
    expect(await signer(keys)).toBe(kid)
    expect((await list()).filter((row) => before.includes(row.kid))).toEqual([])
  })

  it('refuses to seal what the servers could not open', async () => {
    await openSigningKeys(room.process())
    const sealer = createKeyring([randomBytes(32)]).sealer('signing-key')
    const { rotateSigningKeys } = await import('./rotate.ts')
    await expect(rotateSigningKeys('now', room.process({ sealer }))).rejects.toMatchObject({
      code: 'wrong_secret',
    })
    expect(await list()).toHaveLength(1)
  })

  it('before any server has started: the key is there when one does', async () => {
    const { rotateSigningKeys } = await import('./rotate.ts')
    const { kid, beginsAt } = await rotateSigningKeys('planned', room.process())
    expect(beginsAt).toBe(room.clock.time)
    expect(await signer(await openSigningKeys(room.process()))).toBe(kid)
  })
})

describe('A44 X10 another algorithm', () => {
  it('is published first, signs then, and the old one goes after its last token', async () => {
    const before = await openSigningKeys(room.process())
    await before.tend()
    const old = await signer(before)
    const keys = await openSigningKeys(room.process({ algorithm: 'EdDSA' }))
    await keys.tend()
    expect(await signer(keys)).toBe(old)
    expect(keys.algorithms()).toEqual(['EdDSA', 'ES256'])
    expect(keys.published().keys.map(({ alg }) => alg)).toEqual(['ES256', 'ES256', 'EdDSA'])

    room.clock.time += keyTimes.leadMs
    await keys.tend()
    expect((await keys.signer(300)).algorithm).toBe('EdDSA')
    expect(keys.algorithms(), 'other processes may sign with the old one').toEqual(['EdDSA', 'ES256'])
    expect(keys.find(old)).toBeDefined()
    expect(room.events).toMatchObject([{ data: { previous_kid: old, reason: 'algorithm' } }])

    for (let minute = 0; minute < 30; minute++) {
      room.clock.time += 60_000
      await keys.tend()
      await keys.signer(300)
      const usable = (await list()).filter(({ retiredAt }) => retiredAt === undefined)
      expect(new Set(keys.algorithms())).toEqual(new Set(usable.map(({ algorithm }) => algorithm)))
    }
    expect((await list()).map(({ algorithm }) => algorithm)).toEqual(['EdDSA', 'EdDSA'])
  })

  describe('of two configurations that have retired each other’s keys, and slept since', () => {
    /** The last keys are over; the next one of EdDSA has long been published, and of ES256 there is none. */
    async function asleep(): Promise<string> {
      const { signingKeys } = room.storage
      const [es, ed] = [
        await openSigningKeys(room.process()),
        await openSigningKeys(room.process({ algorithm: 'EdDSA' })),
      ]
      await ed.tend()
      const first = await signer(es)
      await signingKeys.retire(first, room.clock.time)
      const next = (await list()).find(({ algorithm }) => algorithm === 'EdDSA')?.kid ?? ''
      room.clock.time += 3 * keyTimes.leadMs
      return next
    }

    it('the first to wake signs with what verifiers know, tells of it, and later with its own', async () => {
      const next = await asleep()
      const keys = await openSigningKeys(room.process())
      await keys.tend()
      expect(await signer(keys)).toBe(next)
      expect(keys.algorithms()).toEqual(['ES256', 'EdDSA'])
      expect(room.events).toMatchObject([
        { type: 'key.rotated', data: { kid: next, algorithm: 'EdDSA', reason: 'algorithm' } },
      ])
      room.clock.time += keyTimes.leadMs
      await keys.tend()
      expect((await keys.signer(300)).algorithm).toBe('ES256')
    })

    it('a rotation waits for the own key, too', async () => {
      const next = await asleep()
      const { rotateSigningKeys } = await import('./rotate.ts')
      const rotation = await rotateSigningKeys('planned', room.process())
      expect(rotation.beginsAt).toBe(room.clock.time + keyTimes.leadMs)
      expect(rotation.kid).not.toBe(next)
      expect(await signer(await openSigningKeys(room.process()))).toBe(next)
    })

    it('a rotation by whom that key is sealed for changes nothing', async () => {
      await asleep()
      const before = await list()
      const sealer = createKeyring([randomBytes(32)]).sealer('signing-key')
      const { rotateSigningKeys } = await import('./rotate.ts')
      await expect(rotateSigningKeys('planned', room.process({ sealer }))).rejects.toMatchObject({
        code: 'wrong_secret',
      })
      expect(await list()).toEqual(before)
    })
  })
})

describe('X10 a fault changes nothing', () => {
  it('of the database: keys stay published, and a rotation is taken up after it', async () => {
    const reached = reach(room.storage.signingKeys)
    const keys = await openSigningKeys(room.process({ store: reached.store }))
    await keys.tend()
    const [before, published] = [await signer(keys), kids(keys)]
    reached.fails = outage
    const other = await openSigningKeys(room.process())
    await other.rotate('now')
    await expect(keys.tend()).rejects.toBe(outage)
    expect(kids(keys)).toEqual(published)
    expect(await signer(keys)).toBe(before)
    reached.fails = undefined
    await keys.tend()
    expect(await signer(keys)).toBe(await signer(other))
    expect(keys.find(before)).toBeDefined()
  })

  it('a key sealed with a secret that is not here: passed over, told of once', async () => {
    const lines: unknown[] = []
    const ignore = () => undefined
    const logger: Logger = {
      ...{ debug: ignore, info: ignore, warn: ignore, child: () => logger },
      error: (fields) => void lines.push(fields),
    }
    const [old, fresh] = [randomBytes(32), randomBytes(32)]
    const sealed = (...secrets: Buffer[]) => createKeyring(secrets).sealer('signing-key')
    const behind = await openSigningKeys(room.process({ sealer: sealed(old), logger }))
    const ahead = await openSigningKeys(room.process({ sealer: sealed(fresh, old) }))
    const first = await signer(behind)
    await ahead.tend()
    const { kid } = await ahead.rotate('now')
    for (let round = 0; round < 3; round++) await behind.tend()
    expect(await signer(behind)).toBe(first)
    expect(behind.find(kid), 'what no secret vouches for is not published').toBeUndefined()
    expect(lines).toHaveLength(2)
    expect(lines).toContainEqual({ kid })
  })

  it('nothing is signed by old knowledge, even when no round comes', async () => {
    const [one, two] = [await openSigningKeys(room.process()), await openSigningKeys(room.process())]
    await signer(one)
    const { kid } = await two.rotate('now')
    room.clock.time += 30_001
    expect(await signer(one)).toBe(kid)
  })
})

it('X10 R6 an unknown kid is looked for in the database, at most once a second', async () => {
  const reached = reach(room.storage.signingKeys)
  const keys = await openSigningKeys(room.process({ store: reached.store }))
  const other = await openSigningKeys(room.process())
  reached.calls.length = 0
  await Promise.all(Array.from({ length: 100 }, () => keys.findRenewed('unknown')))
  expect(reached.calls).toEqual(['list'])
  const { kid } = await other.rotate('now')
  expect(await keys.findRenewed(kid)).toBeUndefined()
  room.clock.time += 1000
  expect((await keys.findRenewed(kid))?.kid).toBe(kid)
  expect(reached.calls).toEqual(['list', 'list'])
})
