import * as fc from 'fast-check'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { createKeyPair, encode, type KeyPair, signInput } from '../verify.fixture.ts'
import { type Algorithm, importKey, isAlgorithm, toDer, verifySignature } from './algorithm.ts'
import { parsePublicJwk } from './jwk.ts'

const algorithms: Algorithm[] = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'RS256', 'PS256']

function ours({ alg, publicJwk }: KeyPair, input: string, signature: Buffer): boolean {
  const members = parsePublicJwk(publicJwk)
  const key = members && importKey(members)
  return key !== undefined && verifySignature(alg, key, input, signature)
}

async function reference({ alg, publicJwk }: KeyPair, input: string, signature: Buffer): Promise<boolean> {
  const key = await importJWK({ ...publicJwk }, alg)
  return compactVerify(`${input}.${signature.toString('base64url')}`, key, { algorithms: [alg] }).then(
    () => true,
    () => false,
  )
}

function inputFor(alg: Algorithm, payload: string) {
  return `${encode({ alg })}.${encode(payload)}`
}

/** The order of P-256's group. */
const n = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
const half = (fill: (bytes: Buffer) => unknown) => {
  const bytes = Buffer.alloc(32)
  fill(bytes)
  return bytes
}
const edges = [
  half(() => 0),
  half((bytes) => bytes.writeUInt8(1, 31)),
  half((bytes) => bytes.writeUInt8(0x80, 0)),
  half((bytes) => bytes.writeUInt8(0x80, 31)),
  half((bytes) => bytes.writeUInt8(0x7f, 1)),
  half((bytes) => bytes.fill(0xff)),
  n,
]

describe.each(algorithms)('differential: %s accepts and refuses as jose does', (alg) => {
  const key = createKeyPair(alg)
  const other = createKeyPair(alg)

  test('valid signatures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (payload) => {
        const input = inputFor(alg, payload)
        const signature = signInput(alg, key.privateKey, input)
        expect(ours(key, input, signature)).toBe(true)
        expect(await reference(key, input, signature)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('mutated signatures and inputs', async () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
      fc.record({
        kind: fc.constant('append' as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
      }),
      fc.record({
        kind: fc.constant('prepend' as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 2 }),
      }),
      fc.record({
        kind: fc.constant('random' as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      }),
      fc.record({ kind: fc.constant('input' as const) }),
      fc.record({ kind: fc.constant('key' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.string(), change, async (payload, mutation) => {
        let input = inputFor(alg, payload)
        let signature = signInput(alg, key.privateKey, input)
        let verifying = key
        if (mutation.kind === 'flip') {
          const at = mutation.at % signature.length
          signature[at] = signature.readUInt8(at) ^ (1 << mutation.bit)
        }
        if (mutation.kind === 'cut')
          signature = signature.subarray(0, 1 + (mutation.at % (signature.length - 1)))
        if (mutation.kind === 'append') signature = Buffer.concat([signature, mutation.bytes])
        if (mutation.kind === 'prepend') signature = Buffer.concat([mutation.bytes, signature])
        if (mutation.kind === 'random') signature = Buffer.from(mutation.bytes)
        if (mutation.kind === 'input') input = inputFor(alg, `${payload}.`)
        if (mutation.kind === 'key') verifying = other
        expect(ours(verifying, input, signature)).toBe(await reference(verifying, input, signature))
        expect(ours(verifying, input, signature)).toBe(false)
      }),
      { numRuns: 80 },
    )
  })
})

describe('differential: ES256 at the edges of r and s', () => {
  const key = createKeyPair('ES256')
  const input = inputFor('ES256', 'edge')
  const good = signInput('ES256', key.privateKey, input)

  test('zero, one, high bit, leading zeros, the order, all ones, on either side', async () => {
    for (const edge of edges) {
      for (const signature of [
        Buffer.concat([edge, good.subarray(32)]),
        Buffer.concat([good.subarray(0, 32), edge]),
        Buffer.concat([edge, edge]),
      ]) {
        expect(ours(key, input, signature)).toBe(false)
        expect(await reference(key, input, signature)).toBe(false)
      }
    }
  })

  test('valid signatures whose r or s begins with a zero byte or a high bit', async () => {
    const seen = { zero: 0, high: 0, low: 0 }
    for (let i = 0; seen.zero < 3 && i < 5000; i++) {
      const text = inputFor('ES256', `payload ${i}`)
      const signature = signInput('ES256', key.privateKey, text)
      const [r, s] = [signature.readUInt8(0), signature.readUInt8(32)]
      const kind = r === 0 || s === 0 ? 'zero' : r >= 0x80 || s >= 0x80 ? 'high' : 'low'
      if (seen[kind]++ >= 3) continue
      expect(ours(key, text, signature)).toBe(true)
      expect(await reference(key, text, signature)).toBe(true)
    }
    expect(Math.min(seen.zero, seen.high, seen.low)).toBeGreaterThan(0)
  })

  test('r and s each with zero bytes in front: the same numbers in another spelling', async () => {
    for (const zeros of [1, 2, 16]) {
      const pad = Buffer.alloc(zeros)
      const signature = Buffer.concat([pad, good.subarray(0, 32), pad, good.subarray(32)])
      expect(ours(key, input, signature)).toBe(false)
      expect(await reference(key, input, signature)).toBe(false)
    }
  })

  test('DER where JOSE has r and s', async () => {
    expect(ours(key, input, toDer(good))).toBe(false)
    expect(await reference(key, input, toDer(good))).toBe(false)
  })

  test('the signature of another curve', async () => {
    const p384 = createKeyPair('ES384')
    const signature = signInput('ES384', p384.privateKey, input)
    expect(ours(key, input, signature)).toBe(false)
    expect(await reference(key, input, signature)).toBe(false)
  })

  test('a key of another kind never throws', () => {
    for (const kind of algorithms) {
      const members = parsePublicJwk(createKeyPair(kind).publicJwk)
      const imported = members && importKey(members)
      if (!imported) throw new Error('no key')
      expect(algorithms.filter((alg) => verifySignature(alg, imported, input, good))).toEqual([])
    }
  })
})

test('toDer writes the shortest two integers', () => {
  const bytes = Buffer.alloc(64)
  bytes.writeUInt8(0x80, 30)
  bytes.writeUInt8(0x7f, 62)
  expect(toDer(bytes).toString('hex')).toBe('3009020300800002027f00')
  expect(toDer(Buffer.alloc(64)).toString('hex')).toBe('3006020100020100')
  expect(toDer(Buffer.alloc(96, 0xff))).toHaveLength(104)
})

test.each(['none', 'HS256', 'es256', 'constructor', '__proto__', '', 1, null, undefined])(
  'S01 %s is no algorithm',
  (alg) => {
    expect(isAlgorithm(alg)).toBe(false)
  },
)
