import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { base64url, jwtClaims, random, sha256 } from './encoding.ts'

test('base64url is what Node says it is', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
  }
})

test('sha256 is what Node says it is', async () => {
  expect(await sha256('é')).toBe(createHash('sha256').update('é').digest('base64url'))
})

test('32 random bytes make a verifier of 43 characters (RFC 7636 section 4.1)', () => {
  expect(random(32)).toMatch(/^[\w-]{43}$/)
  expect(random(32)).not.toBe(random(32))
})

test('claims are read whatever letters they hold', () => {
  const claims = { name: 'Ångström 👩‍🚀 ÿ??>>' }
  expect(jwtClaims(`e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`)).toEqual(claims)
  expect(() => jwtClaims('nonsense')).toThrow()
})
