import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createUpstreamIdTokens } from './upstream-id-tokens.ts'

const secret = randomBytes(32)
const of = (...secrets: Buffer[]) =>
  createUpstreamIdTokens(createKeyring(secrets).sealer('upstream-id-token'))
const owner = { provider: 'acme', userId: 'usr_1' }

it('A40 opens for the user and the provider that it belongs to alone', () => {
  const sealed = of(secret).seal('eyJ.the.token', owner) ?? ''
  for (const shown of [sealed, Buffer.from(sealed, 'base64url').toString('latin1')])
    expect(shown).not.toContain('the.token')
  expect(of(secret).open(sealed, owner)).toBe('eyJ.the.token')
  expect(of(secret).open(sealed, { ...owner, userId: 'usr_2' })).toBeUndefined()
  expect(of(secret).open(sealed, { ...owner, provider: 'other' })).toBeUndefined()
})

it('A40 is done without when its secret is gone', () => {
  const sealed = of(secret).seal('eyJ.the.token', owner) ?? ''
  expect(of(randomBytes(32), secret).open(sealed, owner)).toBe('eyJ.the.token')
  expect(of(randomBytes(32)).open(sealed, owner)).toBeUndefined()
})

it('A40 is not kept when it is too long for a URL', () => {
  expect(of(secret).seal('x'.repeat(6_000), owner)).toBeDefined()
  expect(of(secret).seal('x'.repeat(6_001), owner)).toBeUndefined()
})
