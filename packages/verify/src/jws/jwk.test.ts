import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKeyPair } from '../verify.fixture.ts'
import { importKey, isKeyFor } from './algorithm.ts'
import { parsePublicJwk } from './jwk.ts'

const ec = createKeyPair('ES256').publicJwk
const ed = createKeyPair('EdDSA').publicJwk
const rsa = createKeyPair('RS256').publicJwk

function rsaOf(bytes: number, first = 0x80) {
  return { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(bytes, 1).fill(first, 0, 1).toString('base64url') }
}

describe('parsePublicJwk', () => {
  test.each([ec, ed, rsa])('takes a public key and keeps its defining members only: $kty', (jwk) => {
    expect(parsePublicJwk({ ...jwk, kid: 'k', use: 'sig', x5c: [] })).toEqual(jwk)
  })

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])(
    'A41 refuses a key with the member %s',
    (member) => {
      expect(parsePublicJwk({ ...ec, [member]: 'AA' })).toBeUndefined()
      expect(parsePublicJwk({ ...rsa, [member]: null })).toBeUndefined()
    },
  )

  test.each<[string, unknown]>([
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['no object', 'ES256'],
    ['null', null],
    ['a list', [ec]],
    ['an unknown curve', { ...ec, crv: 'secp256k1' }],
    ['a curve named like a member of Object', { ...ec, crv: 'constructor' }],
    ['X25519', { ...ed, crv: 'X25519' }],
    ['a coordinate too short', { ...ec, x: 'AAAA' }],
    ['a coordinate with a leading zero byte too many', { ...ec, x: Buffer.alloc(33).toString('base64url') }],
    ['X14 a coordinate with trailing bits', { ...ec, x: `${String(ec.x).slice(0, 42)}B` }],
    ['a missing coordinate', { ...ec, y: undefined }],
    ['a coordinate that is a number', { ...ec, y: 1 }],
    ['RSA of 2040 bits', rsaOf(255)],
    ['RSA of 2047 bits', rsaOf(256, 0x7f)],
    ['RSA of 4104 bits', rsaOf(513)],
    ['an RSA modulus of a megabyte', rsaOf(1 << 20)],
    ['an RSA modulus with a leading zero', rsaOf(257, 0)],
    ['an even exponent', { ...rsa, e: 'AQAA' }],
    ['the exponent 1', { ...rsa, e: 'AQ' }],
    ['an exponent with a leading zero', { ...rsa, e: 'AAEAAQ' }],
    ['a huge exponent', { ...rsa, e: 'AQAAAAAAAAAB' }],
    ['no exponent', { ...rsa, e: '' }],
  ])('refuses %s', (_, jwk) => {
    expect(parsePublicJwk(jwk)).toBeUndefined()
  })

  test('a point off its curve is refused when it is imported', () => {
    const off = parsePublicJwk({ ...ec, y: ec.x })
    expect(off && importKey(off)).toBeUndefined()
  })
})

describe('S01 isKeyFor: a key serves its own algorithms', () => {
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' })

  test.each([
    ['ES256', ec, true],
    ['ES256', { ...ec, alg: 'ES256', use: 'sig', key_ops: ['verify'] }, true],
    ['ES384', p384, true],
    ['EdDSA', ed, true],
    ['Ed25519', ed, true],
    ['RS256', rsa, true],
    ['PS256', rsa, true],
    ['ES384', ec, false],
    ['ES256', p384, false],
    ['EdDSA', ec, false],
    ['RS256', ec, false],
    ['ES256', rsa, false],
    ['PS256', { ...rsa, alg: 'RS256' }, false],
    ['EdDSA', { ...ed, alg: 'Ed25519' }, false],
    ['ES256', { ...ec, use: 'enc' }, false],
    ['ES256', { ...ec, key_ops: ['sign'] }, false],
    ['ES256', { ...ec, key_ops: 'verify' }, false],
    ['ES256', { ...ec, alg: null }, false],
  ] as const)('%s with %o: %s', (alg, jwk, expected) => {
    const key = parsePublicJwk(jwk)
    expect(key && isKeyFor(alg, key, { ...jwk })).toBe(expected)
  })
})

test('importKey takes P-256 points as Node itself does, and none off the curve', () => {
  const point = (x: Buffer, y: Buffer) => ({
    kty: 'EC' as const,
    crv: 'P-256' as const,
    x: x.toString('base64url'),
    y: y.toString('base64url'),
  })
  for (let round = 0; round < 20; round++) {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const [x, y] = [Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]
    expect(importKey(point(x, y))?.export({ format: 'jwk' })).toMatchObject({ x: jwk.x, y: jwk.y })
    expect(importKey(point(y, x))).toBeUndefined()
    x.writeUInt8(x.readUInt8(31) ^ 1, 31)
    expect(importKey(point(x, y))).toBeUndefined()
  }
  const zero = Buffer.alloc(32)
  const ones = Buffer.alloc(32, 0xff)
  for (const [x, y] of [
    [zero, zero],
    [ones, ones],
    [zero, ones],
  ] as const)
    expect(importKey(point(x, y))).toBeUndefined()
})
