import { createHash, randomUUID } from 'node:crypto'
import { json, type SigningKey } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reasonLogged, visits } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { callBack, openRoom, type Room, reachCallback, takeTrip } from './room.ts'

/** Milliseconds. */
const minute = 60_000
const hour = 60 * minute

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => {
  // As if nothing had been asked for a day: no keys, no metadata, the whole allowance for unknown keys.
  room.clock.advance(25 * hour)
  room.fresh()
})
afterAll(() => room?.close())

const signIn = async (kind = 'oidc') => (await takeTrip(room, kind)).ending
const fetched = () => {
  const { discovery = 0, jwks = 0 } = visits(room.hostile)
  return { discovery, jwks }
}

describe('keys and metadata', () => {
  it('R17 (oidcc-client-test-discovery-openid-config, oidcc-client-test-discovery-jwks-uri-keys) are fetched once for many', async () => {
    expect(fetched()).toEqual({ discovery: 0, jwks: 0 })
    for (let count = 0; count < 20; count++) expect(await signIn()).toBe('code')
    expect(fetched()).toEqual({ discovery: 1, jwks: 1 })
  })

  it('R17 once for many at once, too', async () => {
    const ends = await Promise.all(Array.from({ length: 20 }, () => signIn()))
    expect(new Set(ends)).toEqual(new Set(['code']))
    expect(fetched()).toEqual({ discovery: 1, jwks: 1 })
  })

  it('R17 (oidcc-client-test-signing-key-rotation) a rotation costs one more fetch and no sign-in', async () => {
    expect(await signIn()).toBe('code')
    await room.hostile.rotateKey()
    for (let count = 0; count < 5; count++) expect(await signIn()).toBe('code')
    expect(fetched()).toEqual({ discovery: 1, jwks: 2 })
  })

  it('R17 of many that meet it at once, too', async () => {
    expect(await signIn()).toBe('code')
    await room.hostile.rotateKey({ drop: true })
    const ends = await Promise.all(Array.from({ length: 20 }, () => signIn()))
    expect(new Set(ends)).toEqual(new Set(['code']))
    expect(fetched().jwks).toBe(2)
  })

  it('R17 (oidcc-client-test-signing-key-rotation-just-before-signing) also in the middle of a journey', async () => {
    expect(await signIn()).toBe('code')
    const arrival = await reachCallback(room, 'oidc')
    await room.hostile.rotateKey({ drop: true })
    expect((await callBack(room, arrival)).ending).toBe('code')
    expect(fetched().jwks).toBe(2)
  })

  it('R17 two rotations in a row cost no sign-in', async () => {
    expect(await signIn()).toBe('code')
    for (let count = 0; count < 2; count++) {
      await room.hostile.rotateKey({ drop: true })
      expect(await signIn()).toBe('code')
    }
    expect(fetched().jwks).toBe(3)
  })

  it('R09 R17 a key that the provider has dropped signs nobody in once the new set is here', async () => {
    let dropped: SigningKey | undefined
    room.hostile.faults.next('id_token', (draft, { key }) => {
      dropped = key
      return draft
    })
    expect(await signIn()).toBe('code')
    await room.hostile.rotateKey({ drop: true })
    expect(await signIn()).toBe('code')
    room.hostile.faults.next('id_token', (draft) =>
      dropped === undefined
        ? draft
        : { ...draft, header: { ...draft.header, kid: dropped.kid }, key: { kind: 'private', key: dropped } },
    )
    expect(await signIn()).toBe('provider_error')
  })
})

describe('1,000 tokens with key ids of nobody’s', () => {
  beforeEach(() => {
    room.hostile.faults.always('token', () => {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const head = part({ alg: 'RS256', kid: randomUUID() })
      const id_token = `${head}.${part({ sub: 'x' })}.${createHash('sha256').update(head).digest('base64url')}`
      return json({ access_token: randomUUID(), token_type: 'Bearer', id_token })
    })
  })

  async function storm(count: number): Promise<string[]> {
    const reasons: string[] = []
    const one = async () => {
      const { ending, requestId } = await callBack(room, await reachCallback(room, 'oidc'))
      reasons.push(`${ending} ${reasonLogged(room, requestId)}`)
    }
    for (let done = 0; done < count; done += 50) await Promise.all(Array.from({ length: 50 }, one))
    return reasons
  }

  it('R17 S13 cost three fetches of the keys, and not the next person’s sign-in', async () => {
    const reasons = await storm(1_000)
    expect(reasons).toHaveLength(1_000)
    expect(new Set(reasons)).toEqual(new Set(['provider_error id_token_key']))
    expect(fetched()).toEqual({ discovery: 1, jwks: 3 })

    room.hostile.faults.clear()
    expect(await signIn()).toBe('code')
    expect(fetched().jwks).toBe(3)
    // What is left for a real rotation comes back with time.
    await room.hostile.rotateKey({ drop: true })
    room.clock.advance(30_000)
    expect(await signIn()).toBe('code')
    expect(fetched().jwks).toBe(4)
  })
})

describe('a provider whose documents are gone', () => {
  it.each(['http-500', 'html', 'reset', 'array'] as const)(
    'R17 S13 signs people in by the keys we have: jwks %s',
    async (fault) => {
      expect(await signIn()).toBe('code')
      room.hostile.faults.always('jwks', fault)
      // Renewed behind the scenes after five minutes; failures leave what is there.
      for (let passed = 0; passed < 50; passed += 10) {
        room.clock.advance(10 * minute)
        expect(await signIn(), `${passed} minutes`).toBe('code')
      }
      room.clock.advance(hour)
      expect(await signIn()).not.toBe('code')
      room.hostile.faults.clear()
      room.clock.advance(30_000)
      expect(await signIn()).toBe('code')
    },
  )

  it.each(['http-500', 'html', 'reset', 'issuer-mismatch'] as const)(
    'R18 for a day by the metadata we have: discovery %s',
    async (fault) => {
      expect(await signIn()).toBe('code')
      room.hostile.faults.always('discovery', fault)
      for (let passed = 0; passed < 22; passed += 11) {
        room.clock.advance(11 * hour)
        expect(await signIn(), `${passed} hours`).toBe('code')
      }
      room.clock.advance(3 * hour)
      expect(await signIn()).not.toBe('code')
      expect(await signIn('other')).toBe('code')
      room.hostile.faults.clear()
      room.clock.advance(30_000)
      expect(await signIn()).toBe('code')
    },
  )

  it('R18 takes over new endpoints within the hour', async () => {
    expect(await signIn()).toBe('code')
    room.clock.advance(hour)
    expect(await signIn()).toBe('code')
    expect(fetched().discovery).toBe(2)
  })
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
