import { createHash, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { dpopProof } from './dpop.ts'
import { createDpopKey } from './dpop-key.ts'

test('a proof is what RFC 9449 section 4.2 asks for, and its signature holds', async () => {
  const key = await createDpopKey()
  const claims = { htm: 'POST', htu: 'https://auth.example.com/token', iat: 1, nonce: 'n', ath: 'a' }
  const proof = await dpopProof(key, claims)
  const [head = '', body = '', signature = ''] = proof.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString())
  expect(header).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk })
  expect(Object.keys(header.jwk)).toEqual(['crv', 'kty', 'x', 'y'])
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString())
  expect(payload).toEqual({ ...claims, jti: expect.stringMatching(/^[\w-]{22}$/) })

  const publicKey = createPublicKey({ key: header.jwk, format: 'jwk' })
  const signed = Buffer.from(`${head}.${body}`)
  const raw = Buffer.from(signature, 'base64url')
  expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true)
  expect(key.jkt).toBe(createHash('sha256').update(JSON.stringify(header.jwk)).digest('base64url'))
})

test('no two proofs share a jti, and what is absent is not there', async () => {
  const key = await createDpopKey()
  const read = async () => {
    const proof = await dpopProof(key, {
      htm: 'GET',
      htu: 'https://a.test/',
      iat: 1,
      nonce: undefined,
      ath: undefined,
    })
    return JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString())
  }
  const [one, two] = [await read(), await read()]
  expect(one.jti).not.toBe(two.jti)
  expect(Object.keys(one)).toEqual(['jti', 'htm', 'htu', 'iat'])
})

test('B08 each key is fresh, and its private half stays where it is', async () => {
  const [one, two] = [await createDpopKey(), await createDpopKey()]
  expect(one.jkt).not.toBe(two.jkt)
  expect(one.privateKey.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('jwk', one.privateKey)).rejects.toThrow()
})
