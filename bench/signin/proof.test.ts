import { createPublicKey, verify } from 'node:crypto'
import * as jose from 'jose'
import { expect, it } from 'vitest'
import { createPkce, createProofKey, prove } from './proof.ts'

it('the proofs hold before an independent verifier', async () => {
  const key = createProofKey()
  const { payload, protectedHeader } = await jose.jwtVerify(
    prove(key, 'http://a.test/token', 'n-1'),
    jose.EmbeddedJWK,
    {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      maxTokenAge: 60,
    },
  )
  expect(payload).toMatchObject({ htm: 'POST', htu: 'http://a.test/token', nonce: 'n-1' })
  expect(await jose.calculateJwkThumbprint(protectedHeader.jwk ?? {})).toBe(key.thumbprint)
})

it('every signature has its two halves in place, short ones too', () => {
  // One in 128 has a half that is shorter than 32 bytes.
  const key = createProofKey()
  const publicKey = createPublicKey(key.privateKey)
  for (let turn = 0; turn < 600; turn++) {
    const [header, claims, signature = ''] = prove(key, 'http://a.test/token').split('.')
    const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
    expect(
      verify('sha256', Buffer.from(`${header}.${claims}`), options, Buffer.from(signature, 'base64url')),
    ).toBe(true)
  }
})

it('a PKCE pair has the lengths that RFC 7636 asks for', () => {
  const { verifier, challenge } = createPkce()
  expect(verifier).toMatch(/^[\w-]{43,128}$/)
  expect(challenge).toMatch(/^[\w-]{43}$/)
})
