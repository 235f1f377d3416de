import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createVaultContents, type HeldTokens, VaultError } from './index.ts'

const secret = randomBytes(32)
const older = randomBytes(32)
const contentsOf = (...secrets: Uint8Array[]) => createVaultContents(createKeyring(secrets).sealer('vault'))
const contents = contentsOf(secret)

const tokens: HeldTokens = { accessToken: 'at-value', tokenType: 'Bearer', refreshToken: 'rt-value' }
const place = { id: 'con_1', userId: 'usr_1', provider: 'slack', version: 3 }
const row = { ...place, ...contents.seal(place, tokens) }
const { version: _, ...unversioned } = place
const sealedOtherwise = expect.objectContaining({ name: 'VaultError', code: 'sealed_otherwise' })

/** What `open` throws, or gives. */
async function opened(changed: Parameters<typeof contents.open>[0], by = contents): Promise<unknown> {
  try {
    return await by.open(changed)
  } catch (error) {
    if (error instanceof VaultError) return error
    throw error
  }
}

describe('V11 the contents of the vault', () => {
  it('come back as they were put in, and show nothing', async () => {
    const texts = fc.string({ maxLength: 40 })
    const held = fc.record(
      {
        ...{ accessToken: texts, tokenType: texts, refreshToken: texts },
        providerData: fc.dictionary(texts, texts, { noNullPrototype: true }),
      },
      { requiredKeys: ['accessToken', 'tokenType'] },
    )
    await fc.assert(
      fc.asyncProperty(held, fc.nat(), async (one, version) => {
        const at = { ...place, version }
        expect(await contents.open({ ...at, ...contents.seal(at, one) })).toEqual(one)
      }),
    )
    expect(Buffer.from(row.sealed, 'base64url').toString('latin1')).not.toMatch(/[ar]t-value|slack|usr_1/)
  })

  it.each([
    ['swapped with another row', { id: 'con_2' }],
    ['copied to another user', { userId: 'usr_2' }],
    ['copied to another provider', { provider: 'google' }],
    ['put back from an older version', { version: 4 }],
    ['put forward from a newer one', { version: 2 }],
  ])('do not open %s', async (_name, changed) => {
    expect(await opened({ ...row, ...changed })).toEqual(sealedOtherwise)
  })

  it('do not open in quarantine when they are a connection’s, nor the other way round', async () => {
    const quarantined = { ...unversioned, ...contents.seal(unversioned, tokens) }
    expect(await contents.open(quarantined)).toEqual(tokens)
    expect(await opened({ ...quarantined, version: 0 })).toEqual(sealedOtherwise)
    expect(await opened({ ...unversioned, sealed: row.sealed })).toEqual(sealedOtherwise)
  })

  it('do not open changed in any byte', async () => {
    const bytes = Buffer.from(row.sealed, 'base64url')
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
      expect(await opened({ ...row, sealed: changed.toString('base64url') })).toEqual(sealedOtherwise)
    }
  })

  it('48 open under every configured secret, and not under one that is missing', async () => {
    const before = { ...place, ...contentsOf(older).seal(place, tokens) }
    const both = contentsOf(secret, older)
    expect(await both.open(before)).toEqual(tokens)
    expect(both.knows(before.keyId)).toBe(true)
    expect(both.seal(place, tokens).keyId).toBe(contents.keyId)
    expect(await opened(before)).toEqual(sealedOtherwise)
    expect(contents.knows(before.keyId)).toBe(false)
  })

  it('are sealed for this purpose alone', async () => {
    const journeys = createVaultContents(createKeyring([secret]).sealer('journey'))
    expect(await opened(row, journeys)).toEqual(sealedOtherwise)
  })

  it('never stand in the error', async () => {
    const error = await opened({ ...row, version: 9 })
    expect(String(error)).not.toContain(row.sealed)
  })
})
