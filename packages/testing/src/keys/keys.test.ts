import { generateKeyPairSync } from 'node:crypto'
import { compactVerify, createLocalJWKSet, exportJWK, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'
import { type JwsKey, signCompact } from './sign.ts'
import { generateSigningKey, generateStrangersKey, importSigningKey } from './signing-key.ts'

const keys = { RS256: await generateSigningKey('RS256'), ES256: await generateSigningKey('ES256') }

describe.each(['RS256', 'ES256'] as const)('%s', (alg) => {
  const key = keys[alg]
  const sign = (jws: JwsKey, header: Record<string, unknown> = { alg }) =>
    signCompact(header, { sub: 'x' }, jws)

  test('what it signs verifies with jose, many times over (DER integers come in several lengths)', async () => {
    const publicKey = await importJWK(key.publicJwk, alg)
    for (let i = 0; i < 200; i++) {
      const { payload } = await compactVerify(
        signCompact({ alg }, { i }, { kind: 'private', key }),
        publicKey,
      )
      expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ i })
    }
  })

  test('X10: the public JWK has no private member, and its kid is its thumbprint', () => {
    expect(Object.keys(key.publicJwk).sort()).toEqual(
      alg === 'RS256'
        ? ['alg', 'e', 'kid', 'kty', 'n', 'use']
        : ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    )
    expect(key.kid).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  test('a corrupted signature and that of a stranger do not verify', async () => {
    const set = createLocalJWKSet({ keys: [key.publicJwk] })
    const strangers = generateStrangersKey(key)
    expect(strangers.kid).toBe(key.kid)
    for (const jws of [
      { kind: 'corrupted', key } as const,
      { kind: 'private', key: strangers } as const,
      { kind: 'none' } as const,
    ]) {
      await expect(compactVerify(sign(jws), set)).rejects.toMatchObject({
        code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      })
    }
    await compactVerify(sign({ kind: 'private', key: strangers }), await importJWK(strangers.publicJwk, alg))
  })

  test('imports a KeyObject, PEM and a JWK as the same key', async () => {
    const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    for (const input of [key.privateKey, pem, await exportJWK(key.privateKey)]) {
      expect(await importSigningKey(input)).toMatchObject({ kid: key.kid, alg })
    }
  })
})

test('PS256 under the RSA key verifies as PS256', async () => {
  const { publicJwk } = keys.RS256
  const token = signCompact({ alg: 'PS256' }, {}, { kind: 'other-algorithm', key: keys.RS256 })
  await compactVerify(token, await importJWK({ ...publicJwk, alg: 'PS256' }, 'PS256'))
})

test('other kinds of key are refused', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  await expect(importSigningKey(privateKey)).rejects.toThrow(TypeError)
})

test('rotation: a new key signs, the old one stays published unless dropped; the stranger follows the kid', async () => {
  const ring = createKeyRing(keys.ES256)
  const stranger = ring.stranger
  expect(ring.stranger).toBe(stranger)
  await ring.rotate()
  expect(ring.active.kid).not.toBe(keys.ES256.kid)
  expect(ring.published().keys.map(({ kid }) => kid)).toEqual([ring.active.kid, keys.ES256.kid])
  expect(ring.stranger.kid).toBe(ring.active.kid)
  await ring.rotate({ drop: true })
  expect(ring.published().keys.map(({ kid }) => kid)).toEqual([ring.active.kid])
})
