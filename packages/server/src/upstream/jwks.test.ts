import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { outage } from './failures.ts'
import type { JsonObject } from './json.ts'
import { createKeySource } from './jwks.ts'
import { handClock, outcomeOf, rsaKey } from './upstream.fixture.ts'

const first = rsaKey('first')
const second = rsaKey('second')
const ec = {
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid: 'ec',
}
const ed = { ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid: 'ed' }

function published(...keys: object[]) {
  const clock = handClock()
  let loads = 0
  let answer: () => unknown = () => ({ keys })
  const source = createKeySource({
    clock,
    load: async () => {
      loads++
      return answer() as JsonObject
    },
  })
  return {
    clock,
    loads: () => loads,
    count: async (alg: string, kid?: string) => (await source.find(alg, kid)).length,
    outcome: () => outcomeOf(() => source.find('RS256', 'first')),
    publish(next: () => unknown) {
      answer = next
    },
  }
}

describe('R17: one set, fetched when it must be', () => {
  test('a known key costs one fetch in five minutes, and none to wait for in an hour', async () => {
    const keys = published(first.publicJwk)
    for (let minute = 0; minute < 5; minute++) {
      expect(await keys.count('RS256', 'first')).toBe(1)
      keys.clock.forward(59_999)
    }
    expect(keys.loads()).toBe(1)
    keys.clock.forward(50 * 60_000)
    keys.publish(() => {
      throw outage('timeout')
    })
    expect(await keys.count('RS256', 'first')).toBe(1)
    keys.clock.forward(10 * 60_000)
    expect(await keys.outcome()).toBe('temporarily_unavailable timeout')
  })

  test('a rotation costs one fetch, also right after the first and for many at once', async () => {
    const keys = published(first.publicJwk)
    await keys.count('RS256', 'first')
    keys.publish(() => ({ keys: [second.publicJwk] }))
    expect(await Promise.all(Array.from({ length: 50 }, () => keys.count('RS256', 'second')))).toEqual(
      Array(50).fill(1),
    )
    expect(keys.loads()).toBe(2)
    expect(await keys.count('RS256', 'first')).toBe(0)
  })

  test('1,000 made-up key ids cost two fetches, later one each half minute', async () => {
    const keys = published(first.publicJwk)
    await keys.count('RS256', 'first')
    for (let number = 0; number < 1_000; number++)
      expect(await keys.count('RS256', `made-up-${number}`)).toBe(0)
    expect(keys.loads()).toBe(3)
    expect(await keys.count('RS256', 'first')).toBe(1)
    keys.clock.forward(29_999)
    await keys.count('RS256', 'made-up')
    expect(keys.loads()).toBe(3)
    keys.clock.forward(1)
    for (let number = 0; number < 1_000; number++) await keys.count('RS256', `made-up-${number}`)
    expect(keys.loads()).toBe(4)
  })

  test('a key that is missing from a set just fetched is not looked for again', async () => {
    const keys = published(first.publicJwk)
    expect(await Promise.all([keys.count('RS256', 'second'), keys.count('RS256', 'second')])).toEqual([0, 0])
    expect(keys.loads()).toBe(1)
    expect(await keys.count('RS256', 'second')).toBe(0)
    expect(keys.loads()).toBe(2)
  })

  test('a failure is not tried again for a second', async () => {
    const keys = published()
    keys.publish(() => {
      throw outage('refused')
    })
    for (let number = 0; number < 100; number++)
      expect(await keys.outcome()).toBe('temporarily_unavailable refused')
    expect(keys.loads()).toBe(1)
    keys.clock.forward(1_000)
    keys.publish(() => ({ keys: [first.publicJwk] }))
    expect(await keys.outcome()).toBe('none')
  })
})

describe('which key', () => {
  const all = [first.publicJwk, second.publicJwk, ec, ed]
  test.each<[string, string, string | undefined, object[], number]>([
    ['by id', 'RS256', 'first', all, 1],
    ['without id, all that fit', 'RS256', undefined, all, 2],
    ['PS256 takes RSA too', 'PS256', 'first', all, 1],
    ['ES256 takes P-256', 'ES256', 'ec', all, 1],
    ['ES384 does not', 'ES384', 'ec', all, 0],
    ['EdDSA', 'EdDSA', 'ed', all, 1],
    ['Ed25519 by its other name', 'Ed25519', undefined, [{ ...ed, alg: 'EdDSA' }], 1],
    ['R08: the kind of key must fit the algorithm', 'RS256', 'ec', all, 0],
    ['R08: no key is symmetric', 'HS256', 'first', [{ kty: 'oct', k: 'AAAA', kid: 'first' }], 0],
    ['R08: none fits nothing', 'none', 'first', all, 0],
    ['its own algorithm counts', 'PS256', 'first', [{ ...first.publicJwk, alg: 'RS256' }], 0],
    ['for encryption', 'RS256', 'first', [{ ...first.publicJwk, use: 'enc' }], 0],
    ['for signing', 'RS256', 'first', [{ ...first.publicJwk, use: 'sig' }], 1],
    ['key_ops without verify', 'RS256', 'first', [{ ...first.publicJwk, key_ops: ['sign'] }], 0],
    ['key_ops with verify', 'RS256', 'first', [{ ...first.publicJwk, key_ops: ['verify'] }], 1],
    ['S16: an id is only compared', 'RS256', '../../etc/passwd', all, 0],
    ['S16: not even as a member name', 'RS256', '__proto__', all, 0],
    ['X10: RSA below 2,048 bits', 'RS256', 'small', [rsaKey('small', 1024).publicJwk], 0],
    [
      'a broken key beside a good one',
      'RS256',
      undefined,
      [{ kty: 'RSA', n: 1 }, { kty: 'RSA' }, first.publicJwk],
      1,
    ],
    ['things that are no keys', 'RS256', undefined, [[], 'x', null, first.publicJwk] as object[], 1],
    ['more of one id than are tried', 'RS256', 'first', Array(10).fill(first.publicJwk), 4],
  ])('%s', async (_what, alg, kid, keys, expected) => {
    expect(await published(...keys).count(alg, kid)).toBe(expected)
  })

  test.each([[{}], [{ keys: {} }], [{ keys: 'x' }], [{ keys: Array(101).fill(first.publicJwk) }]])(
    'a set that is none: %.30j',
    async (set) => {
      const keys = published()
      keys.publish(() => set)
      expect(await keys.outcome()).toBe('provider_error jwks_malformed')
    },
  )
})
