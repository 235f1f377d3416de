import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify, exportJWK, type GenerateKeyPairResult, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeJws, verifyJws } from './jws.ts'

const payload = Buffer.from(JSON.stringify({ sub: 'u-1', text: 'ä€😀' }))

const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

describe.each(algorithms)('R07: %s, with jose as the reference', (alg) => {
  let pair: GenerateKeyPairResult
  let key: KeyObject
  beforeAll(async () => {
    pair = await generateKeyPair(alg, { extractable: true })
    const jwk: JsonWebKey = { ...(await exportJWK(pair.publicKey)) }
    key = createPublicKey({ key: jwk, format: 'jwk' })
  })

  test('both take what jose signed, and refuse what was changed', async () => {
    // Signatures of elliptic curves differ each time: leading zeros and high bits come up.
    for (let round = 0; round < (alg.startsWith('ES') ? 100 : 5); round++) {
      const compact = await new CompactSign(payload)
        .setProtectedHeader({ alg, kid: 'k' })
        .sign(pair.privateKey)
      const jws = decodeJws(compact)!
      expect(jws.payload).toEqual(JSON.parse(payload.toString()))
      expect(verifyJws(jws, alg, key)).toBe(true)

      const changed = Buffer.from(jws.signature)
      changed[round % changed.length]! ^= 1 << (round % 8)
      const forged = `${jws.signingInput}.${changed.toString('base64url')}`
      await expect(compactVerify(forged, pair.publicKey)).rejects.toThrow()
      expect(verifyJws(decodeJws(forged)!, alg, key)).toBe(false)
    }
  })

  test.each(['', 'AA', 'A'.repeat(86), 'A'.repeat(128), 'A'.repeat(342)])(
    'a signature of nothing much (%.5s) is refused',
    (signature) => {
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url')
      expect(verifyJws(decodeJws(`${header}.e30.${signature}`)!, alg, key)).toBe(false)
    },
  )
})

test.each(['ES256', 'ES384', 'ES512'])(
  '%s: a number with a zero before it is another spelling, refused',
  async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const jwk: JsonWebKey = { ...(await exportJWK(publicKey)) }
    const jws = decodeJws(await new CompactSign(payload).setProtectedHeader({ alg }).sign(privateKey))!
    const half = jws.signature.length / 2
    const spelled = Buffer.concat([
      jws.signature.subarray(0, half),
      Buffer.from([0]),
      jws.signature.subarray(half),
    ])
    expect(verifyJws({ ...jws, signature: spelled }, alg, createPublicKey({ key: jwk, format: 'jwk' }))).toBe(
      false,
    )
  },
)

test.each(['none', 'HS256', 'HS512', 'RS1', 'rs256', 'toString', ''])('R08: %s verifies nothing', (alg) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  expect(verifyJws(decodeJws('e30.e30.')!, alg, publicKey)).toBe(false)
})

const part = (text: string): string => Buffer.from(text, 'latin1').toString('base64url')

test.each([
  ['nothing', ''],
  ['one part', 'e30'],
  ['two parts', 'e30.e30'],
  ['four parts', 'e30.e30.AA.AA'],
  ['five parts, a JWE', 'e30.AA.AA.AA.AA'],
  ['an empty header', '.e30.AA'],
  ['an empty payload', 'e30..AA'],
  ['padding', 'e30=.e30.AA'],
  ['a foreign character', 'e30.e3 0.AA'],
  ['the other base64 alphabet', `e30.${Buffer.from('{"a":"??>"}').toString('base64')}.AA`],
  ['stray bits in the signature', 'e30.e30.AB'],
  ['a lone character', 'e30.e30.A'],
  ['an array as header', `${part('[]')}.e30.AA`],
  ['null as payload', `e30.${part('null')}.AA`],
  ['text that is no JSON', `e30.${part('{')}.AA`],
  ['bytes that are no UTF-8', `e30.${part('{"a":"\xff"}')}.AA`],
  ['JSON too deep', `e30.${part(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`)}.AA`],
  ['more than 32 KiB', `e30.${part(JSON.stringify({ a: 'a'.repeat(33_000) }))}.AA`],
  ['a header of more than 8 KiB', `${part(JSON.stringify({ kid: 'a'.repeat(9_000) }))}.e30.AA`],
])('X14, CVE-2025-61920: %s is not taken apart', (_what, compact) => {
  expect(decodeJws(compact)).toBeUndefined()
})
