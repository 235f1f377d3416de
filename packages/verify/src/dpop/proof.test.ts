import { createHmac, type KeyObject } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { ath, audience, createKeyPair, dpopProof, encode, type Json, jws, start } from '../verify.fixture.ts'
import { DpopError } from './error.ts'
import { type DpopExpectation, verifyDpopProof } from './proof.ts'
import { createProofKeys, type ProofKey } from './proof-keys.ts'

const key = createKeyPair('ES256')
const other = createKeyPair('ES256')
const rsa = createKeyPair('RS256')
const ed = createKeyPair('EdDSA')
const p384 = createKeyPair('ES384')
const expected: DpopExpectation = { htm: 'GET', htu: `${audience}/reports`, now: start * 1000 }

async function outcome(proof: string, changes: Partial<DpopExpectation> = {}): Promise<string> {
  try {
    await verifyDpopProof(proof, { ...expected, ...changes })
    return 'accepted'
  } catch (error) {
    if (!(error instanceof DpopError)) throw error
    const code = error.reason === 'nonce' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
    return error.code === code ? error.reason : error.code
  }
}

describe('A41 S10 a good proof', () => {
  test('yields the key, the identifier and until when to remember it', async () => {
    const proof = dpopProof(key, { jti: 'one', nonce: 'n' })
    expect(await verifyDpopProof(proof, expected)).toEqual({
      jkt: key.jkt,
      jti: 'one',
      iat: start,
      expiresAt: (start + 60) * 1000 + 1,
      nonce: 'n',
      jwk: key.publicJwk,
    })
  })

  test('made by jose', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const proof = await new SignJWT({ jti: 'x', htm: 'GET', htu: expected.htu, iat: start })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(publicKey) })
      .sign(privateKey)
    expect(await outcome(proof)).toBe('accepted')
  })

  test.each(['ES256', 'EdDSA', 'Ed25519'] as const)('%s is allowed by default', async (alg) => {
    expect(await outcome(dpopProof(createKeyPair(alg)))).toBe('accepted')
  })

  test.each(['ES384', 'RS256', 'PS256'] as const)('%s is allowed when configured', async (alg) => {
    const proof = dpopProof(createKeyPair(alg))
    expect(await outcome(proof)).toBe('alg')
    expect(await outcome(proof, { algorithms: ['ES256', alg] })).toBe('accepted')
  })

  test('a bound access token, its hash and its key', async () => {
    const proof = dpopProof(key, { ath: ath('a.b.c') })
    expect(await outcome(proof, { accessToken: 'a.b.c', jkt: key.jkt })).toBe('accepted')
  })
})

const hmacProof = () => {
  const input = `${encode({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.publicJwk })}.${encode({
    jti: 'x',
    htm: 'GET',
    htu: expected.htu,
    iat: start,
  })}`
  return `${input}.${createHmac('sha256', JSON.stringify(key.publicJwk)).update(input).digest('base64url')}`
}
const cut = (proof: string) => proof.split('.').slice(0, 2).join('.')
const privateJwk = (privateKey: KeyObject) => privateKey.export({ format: 'jwk' })

describe('A41 S10 RFC 9449 section 4.3, check by check', () => {
  test.each<[string, string, string, Partial<DpopExpectation>?]>([
    ['1 two proofs joined', `${dpopProof(key)}, ${dpopProof(key)}`, 'malformed'],
    ['1 an empty header', '', 'malformed'],
    ['2 not a JWT', 'proof', 'malformed'],
    ['2 no signature', `${cut(dpopProof(key))}.`, 'malformed'],
    ['2 a signature padded', `${dpopProof(key)}==`, 'malformed'],
    ['2 X14 a character more', `${dpopProof(key)}1`, 'malformed'],
    ['2 5,000 characters', 'a'.repeat(5000), 'too_long'],
    ['3 no jti', dpopProof(key, { jti: undefined }), 'jti'],
    ['3 an empty jti', dpopProof(key, { jti: '' }), 'jti'],
    ['3 a jti that is a number', dpopProof(key, { jti: 7 }), 'jti'],
    ['3 a jti of 257 characters', dpopProof(key, { jti: 'j'.repeat(257) }), 'jti'],
    ['3 no htm', dpopProof(key, { htm: undefined }), 'htm'],
    ['3 no htu', dpopProof(key, { htu: undefined }), 'htu'],
    ['3 a list of htu', dpopProof(key, { htu: [expected.htu] }), 'htu'],
    ['3 no iat', dpopProof(key, { iat: undefined }), 'iat'],
    ['3 iat as text', dpopProof(key, { iat: String(start) }), 'iat'],
    ['4 no typ', dpopProof(key, {}, { typ: undefined }), 'typ'],
    ['4 typ JWT', dpopProof(key, {}, { typ: 'JWT' }), 'typ'],
    ['4 S02 an access token', dpopProof(key, {}, { typ: 'at+jwt' }), 'typ'],
    ['5 alg none', dpopProof(key, {}, { alg: 'none' }), 'alg'],
    ['5 alg HS256, keyed with the public key', hmacProof(), 'alg'],
    ['5 no alg', dpopProof(key, {}, { alg: undefined }), 'alg'],
    ['5 a list of algs', dpopProof(key, {}, { alg: ['ES256'] }), 'alg'],
    ['5 an alg not allowed', dpopProof(key), 'alg', { algorithms: ['EdDSA'] }],
    ['5 a crit header', dpopProof(key, {}, { crit: ['b64'], b64: false }), 'crit'],
    ['6 another key signed', jwsBy(other), 'signature'],
    ['6 a signature of zeros', `${cut(dpopProof(key))}.${encode('\0'.repeat(64))}`, 'signature'],
    ['6 a signature one byte short', dpopProof(key).slice(0, -2), 'signature'],
    ['6 the jwk of an Ed25519 key with ES256', dpopProof(key, {}, { jwk: ed.publicJwk }), 'jwk'],
    ['6 the jwk of a P-384 key with ES256', dpopProof(key, {}, { jwk: p384.publicJwk }), 'jwk'],
    ['6 the jwk of an RSA key with ES256', dpopProof(key, {}, { jwk: rsa.publicJwk }), 'jwk'],
    ['6 a jwk for another algorithm', dpopProof(key, {}, { jwk: { ...key.publicJwk, alg: 'ES384' } }), 'jwk'],
    ['6 a point off the curve', dpopProof(key, {}, { jwk: { ...key.publicJwk, y: key.publicJwk.x } }), 'jwk'],
    ['7 a private key', dpopProof(key, {}, { jwk: privateJwk(key.privateKey) }), 'jwk'],
    [
      '7 a private RSA key',
      dpopProof(rsa, {}, { jwk: privateJwk(rsa.privateKey) }),
      'jwk',
      { algorithms: ['RS256'] },
    ],
    ['7 a symmetric key', dpopProof(key, {}, { jwk: { kty: 'oct', k: 'AAAA' } }), 'jwk'],
    ['7 no jwk', dpopProof(key, {}, { jwk: undefined }), 'jwk'],
    ['7 a kid instead of a jwk', dpopProof(key, {}, { jwk: undefined, kid: key.kid }), 'jwk'],
    ['8 another method', dpopProof(key, { htm: 'POST' }), 'htm'],
    ['8 the method in lower case', dpopProof(key, { htm: 'get' }), 'htm'],
    ['9 another path', dpopProof(key, { htu: `${audience}/other` }), 'htu'],
    ['9 another host', dpopProof(key, { htu: 'https://evil.test/reports' }), 'htu'],
    ['9 user information', dpopProof(key, { htu: 'https://u@api.example.com/reports' }), 'htu'],
    ['9 nonsense', dpopProof(key, { htu: 'https://' }), 'htu'],
    [
      '9 a request whose own URL is nonsense',
      dpopProof(key, { htu: 'nonsense' }),
      'htu',
      { htu: 'nonsense' },
    ],
    ['10 no nonce', dpopProof(key), 'nonce', { nonce: (nonce) => nonce === 'fresh' }],
    ['10 an old nonce', dpopProof(key, { nonce: 'old' }), 'nonce', { nonce: (nonce) => nonce === 'fresh' }],
    ['10 a nonce that is no text', dpopProof(key, { nonce: 1 }), 'nonce'],
    ['12 no ath', dpopProof(key), 'ath', { accessToken: 'a.b.c' }],
    ['12 the hash of another token', dpopProof(key, { ath: ath('other') }), 'ath', { accessToken: 'a.b.c' }],
    ['12 the token itself', dpopProof(key, { ath: 'a.b.c' }), 'ath', { accessToken: 'a.b.c' }],
    ['12 the hash padded', dpopProof(key, { ath: `${ath('a')}=` }), 'ath', { accessToken: 'a' }],
    ['12 another key than the bound one', dpopProof(other), 'jkt', { jkt: key.jkt }],
  ])('%s', async (_, proof, reason, changes) => {
    expect(await outcome(proof, changes)).toBe(reason)
  })

  function jwsBy(signer: typeof key) {
    return dpopProof(signer, {}, { jwk: key.publicJwk })
  }

  test('9 the normal forms are compared, query and fragment left out', async () => {
    expect(await outcome(dpopProof(key, { htu: 'HTTPS://API.example.com:443/reports?x=1#y' }))).toBe(
      'accepted',
    )
    expect(await outcome(dpopProof(key), { htu: `${audience}/reports?page=2` })).toBe('accepted')
  })

  test('10 an accepted nonce, and one that nobody asked for', async () => {
    const proof = dpopProof(key, { nonce: 'fresh' })
    expect(await outcome(proof, { nonce: (nonce) => nonce === 'fresh' })).toBe('accepted')
    expect(await outcome(proof)).toBe('accepted')
  })

  test('B16 a client with a wrong clock learns the nonce before it is told about its clock', async () => {
    expect(await outcome(dpopProof(key, { iat: start - 86_400 }), { nonce: () => false })).toBe('nonce')
    const wide = { nonce: () => true, maxAgeSeconds: 86_400 }
    expect(await outcome(dpopProof(key, { iat: start - 86_400, nonce: 'n' }), wide)).toBe('accepted')
  })

  test.each<[number, number, number | undefined, string]>([
    [-60, 0, undefined, 'accepted'],
    [-60, 1, undefined, 'iat'],
    [-61, 0, undefined, 'iat'],
    [60, 0, undefined, 'accepted'],
    [60, -1, undefined, 'iat'],
    [61, 0, undefined, 'iat'],
    [-300, 0, 300, 'accepted'],
    [-5, 0, 4, 'iat'],
    [-3600, 0, undefined, 'iat'],
    [0, 0, 0, 'accepted'],
    [0, 0, Number.NaN, 'iat'],
  ])('11 iat %d s off and %d ms more, window %d: %s', async (seconds, ms, maxAgeSeconds, expectation) => {
    const proof = dpopProof(key, { iat: start + seconds })
    expect(await outcome(proof, { now: start * 1000 + ms, maxAgeSeconds })).toBe(expectation)
  })

  test('11 an accepted proof is refused at its expiresAt', async () => {
    const proof = dpopProof(key, { iat: start + 20 })
    const { expiresAt } = await verifyDpopProof(proof, expected)
    expect(await outcome(proof, { now: expiresAt - 1 })).toBe('accepted')
    expect(await outcome(proof, { now: expiresAt })).toBe('iat')
  })

  test.each(['1e400', '-1e400', 'null', '{}', '[1800000000]'])('11 iat %s', async (iat) => {
    const text = JSON.stringify({ jti: 'x', htm: 'GET', htu: expected.htu, iat: 0 }).replace(':0', `:${iat}`)
    expect(await outcome(jws({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk }, text, key))).toBe('iat')
  })
})

describe('A41 keys that were imported before', () => {
  test('are used again, and none is kept of a proof that failed', async () => {
    const keys = new Map<string, ProofKey>()
    expect(await outcome(dpopProof(other, {}, { jwk: key.publicJwk }), { keys })).toBe('signature')
    expect(keys.size).toBe(0)
    expect(await outcome(dpopProof(key), { keys })).toBe('accepted')
    expect([...keys.keys()]).toEqual([dpopProof(key).split('.')[0]])
    expect(await outcome(dpopProof(key), { keys })).toBe('accepted')
    expect(await outcome(dpopProof(other, {}, { jwk: key.publicJwk }), { keys })).toBe('signature')
  })

  test('say what they said the first time', async () => {
    const keys = createProofKeys(10)
    const seen = await verifyDpopProof(dpopProof(key, { jti: 'one' }), { ...expected, keys })
    expect(await verifyDpopProof(dpopProof(key, { jti: 'one' }), { ...expected, keys })).toEqual(seen)
  })

  test('spare no check of the claims, the key and the signature', async () => {
    const keys = createProofKeys(10)
    expect(await outcome(dpopProof(key), { keys })).toBe('accepted')
    const [header = '', payload = ''] = dpopProof(key).split('.')
    const bad: [proof: string, changes: Partial<DpopExpectation>, reason: string][] = [
      [dpopProof(key, { htm: 'POST' }), {}, 'htm'],
      [dpopProof(key, { iat: start - 61 }), {}, 'iat'],
      [dpopProof(key), { nonce: () => false }, 'nonce'],
      [dpopProof(key), { accessToken: 'a' }, 'ath'],
      [dpopProof(key), { jkt: other.jkt }, 'jkt'],
      [dpopProof(key), { algorithms: ['EdDSA'] }, 'alg'],
      [`${header}.${payload}.`, {}, 'malformed'],
      [`${header}.${encode('[]')}.${encode('x')}`, {}, 'malformed'],
      [`${header}.${payload}.${Buffer.alloc(64, 1).toString('base64url')}`, {}, 'signature'],
    ]
    for (const [proof, changes, reason] of bad) {
      expect(await outcome(proof, { ...changes, keys })).toBe(reason)
    }
  })

  test('are known by every letter of the header, and a long one is not kept', async () => {
    const keys = new Map<string, ProofKey>()
    expect(await outcome(dpopProof(key), { keys })).toBe('accepted')
    expect(await outcome(dpopProof(key, {}, { typ: 'JWT' }), { keys })).toBe('typ')
    expect(await outcome(dpopProof(key, {}, { crit: ['b64'] }), { keys })).toBe('crit')
    expect(await outcome(dpopProof(key, {}, { x: 'y'.repeat(1024) }), { keys })).toBe('accepted')
    expect(keys.size).toBe(1)
  })
})

test('X06 an error holds nothing that the sender wrote', async () => {
  const canary = 'canary-5309'
  const members: Json[] = [{ jti: canary, htm: canary }, { htu: canary }, { nonce: canary, ath: canary }]
  for (const claims of members) {
    const error = await verifyDpopProof(dpopProof(key, claims), { ...expected, accessToken: canary }).catch(
      (e) => e,
    )
    expect(error).toBeInstanceOf(DpopError)
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(canary)
  }
})
