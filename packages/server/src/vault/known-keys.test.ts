import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { checkKnownKeys, createVaultContents } from './index.ts'

const contentsOf = (...secrets: Uint8Array[]) => createVaultContents(createKeyring(secrets).sealer('vault'))
const [one, another, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const stored = [one, another].map((secret) => contentsOf(secret).keyId)
const store = { keyIds: async () => stored }

describe('V11 a start finds out whether the tokens in the database can be opened', () => {
  it('with every secret that sealed some, whichever seals now', async () => {
    await checkKnownKeys(store, contentsOf(third, another, one))
    await checkKnownKeys({ keyIds: async () => [] }, contentsOf(third))
  })

  it.each([
    ['one secret is missing', [third, one], /a secret that is not configured/],
    ['two are', [third], /2 secrets that are not configured/],
  ])('and says so when %s', async (_, secrets, message) => {
    await expect(checkKnownKeys(store, contentsOf(...secrets))).rejects.toMatchObject({
      code: 'wrong_secret',
      message: expect.stringMatching(message),
    })
  })
})
