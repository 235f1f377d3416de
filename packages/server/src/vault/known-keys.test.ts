import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { checkKnownKeys, createVaultContents } from './index.ts'

const contentsOf = (...secrets: Uint8Array[]) => createVaultContents(createKeyring(secrets).sealer('vault'))
const vaultOf = (...secrets: Uint8Array[]) => ({ contents: contentsOf(...secrets) })
const [one, another, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const stored = [one, another].map((secret) => contentsOf(secret).keyId)
const storeOf = (keyIds: string[]) => ({
  connections: { keyIds: async () => keyIds },
  vaultKeys: { list: async () => [] },
})
const store = storeOf(stored)

describe('V11 a start finds out whether the tokens in the database can be opened', () => {
  it('with every secret that sealed some, whichever seals now', async () => {
    await checkKnownKeys(store, vaultOf(third, another, one))
    await checkKnownKeys(storeOf([]), vaultOf(third))
  })

  it.each([
    ['one secret is missing', [third, one], /a secret that is not configured/],
    ['two are', [third], /2 secrets that are not configured/],
  ])('and says so when %s', async (_, secrets, message) => {
    await expect(checkKnownKeys(store, vaultOf(...secrets))).rejects.toMatchObject({
      code: 'wrong_secret',
      message: expect.stringMatching(message),
    })
  })
})
