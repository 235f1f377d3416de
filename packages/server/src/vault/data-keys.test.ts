import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../logging.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { checkKnownKeys, dropUnusedDataKeys, openVault, resealVault, rotateDataKey } from './index.ts'
import { type TestKms, testKms } from './kms.fixture.ts'
import type { OpenVault } from './open-vault.ts'

const [secret, older] = [randomBytes(32), randomBytes(32)]
const day = 86_400_000
const clock = { time: 1_800_000_000_000, now: () => clock.time }
const tokens = { accessToken: 'at', tokenType: 'Bearer', refreshToken: 'rt' }
const sealedOtherwise = { code: 'sealed_otherwise' }

let storage: Storage
let kms: TestKms
beforeEach(async () => {
  kms = testKms()
  storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
})
afterEach(() => storage.close())

/** A process that starts. */
function start(about: { secrets?: Buffer[]; wrapKey?: TestKms | undefined; sealBy?: 'secrets' } = {}) {
  const { secrets = [secret], wrapKey = kms, sealBy } = about
  const hooks = 'wrapKey' in about && about.wrapKey === undefined ? {} : { wrapKey }
  return openVault({
    ...{ config: { secrets, hooks }, vaultKeys: storage.vaultKeys, clock, logger: silentLogger },
    ...(sealBy === undefined ? {} : { sealBy }),
  })
}
/** Tokens in quarantine: a row of the vault as any other. */
async function put({ contents }: OpenVault, id = 'qtn_1') {
  const place = { id, userId: 'usr_1', provider: 'p' }
  const row = { ...place, ...contents.seal(place, tokens) }
  await storage.quarantine.put({ ...row, subject: 's', dueAt: clock.time + 90 * day, attempts: 0 })
  return row
}
const stored = async (id = 'qtn_1') => {
  const row = await storage.quarantine.find(id)
  if (row === undefined) throw new Error(`no row ${id}`)
  const { userId, provider, sealed } = row
  return { id, userId, provider, sealed }
}
const keys = () => storage.vaultKeys.list()
const check = (vault: OpenVault) => checkKnownKeys(storage, vault)
const drop = (vault: OpenVault) => dropUnusedDataKeys(vault, { ...storage, clock })
/** `secrets rotate`. */
async function rotate(vault: OpenVault) {
  const { connections, quarantine } = storage
  const made = await rotateDataKey(vault, { connections, clock })
  const pause = async () => undefined
  const { quarantined } = await resealVault({
    connections,
    quarantine,
    contents: vault.contents,
    clock,
    pause,
  })
  return { made, quarantined }
}

describe('V11 tokens under a data key', () => {
  it('open with the KMS and the secret, not with one of them', async () => {
    const row = await put(await start())
    expect(await (await start()).contents.open(row)).toEqual(tokens)
    const [withoutKms, withoutSecret] = [
      await start({ wrapKey: undefined }),
      await start({ secrets: [older] }),
    ]
    for (const { contents } of [withoutKms, withoutSecret]) {
      await expect(contents.open(row)).rejects.toMatchObject(sealedOtherwise)
      expect(contents.knows(row.keyId)).toBe(false)
    }
  })

  it('who finds the first key made since it looked makes no second', async () => {
    const { vaultKeys } = storage
    const { list } = vaultKeys
    vaultKeys.list = async () => {
      const found = await list()
      // The other process looks for itself, and makes the key before this one goes on.
      vaultKeys.list = list
      await start()
      return found
    }
    await start()
    expect(await keys()).toHaveLength(1)
  })

  it('of processes that start at once one makes the key, and all have it', async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, () => start()))
    expect(await keys()).toHaveLength(1)
    const row = await put(vaults[0] ?? (await start()))
    for (const { contents } of vaults) expect(await contents.open(row)).toEqual(tokens)
    expect(new Set(vaults.map(({ contents }) => contents.keyId)).size).toBe(1)
  })

  it('what the secrets alone have sealed opens still', async () => {
    const before = await put(await start({ wrapKey: undefined, secrets: [older] }))
    const vault = await start({ secrets: [secret, older] })
    await check(vault)
    expect(await vault.contents.open(before)).toEqual(tokens)
    expect(await rotate(vault)).toEqual({ made: false, quarantined: 1 })
    await expect((await start({ wrapKey: undefined })).contents.open(await stored())).rejects.toMatchObject(
      sealedOtherwise,
    )
  })

  it('with the KMS out a process lives on, and unwraps nothing twice', async () => {
    const vault = await start()
    const row = await put(vault)
    const { unwraps } = kms
    kms.mood = 'out'
    for (let count = 0; count < 3; count++) expect(await vault.contents.open(row)).toEqual(tokens)
    await vault.dataKeys?.look()
    expect(await vault.contents.open(await put(vault, 'qtn_2'))).toEqual(tokens)
    expect(kms.unwraps).toBe(unwraps)
  })
})

describe('V11 a start stops, and changes nothing,', () => {
  it.each([
    ['when the KMS is out', 'out', { code: 'key_unavailable' }],
    ['when it unwraps another key', 'another key', { code: 'wrong_secret' }],
  ] as const)('%s', async (_, mood, refusal) => {
    await put(await start())
    const before = [await keys(), await stored()]
    kms.mood = mood
    await expect(start()).rejects.toMatchObject({ ...refusal, message: expect.stringMatching(/wrapKey/) })
    kms.mood = 'well'
    expect([await keys(), await stored()]).toEqual(before)
    expect(await (await start()).contents.open(await stored())).toEqual(tokens)
  })

  it('when another KMS is asked', async () => {
    await put(await start())
    await expect(start({ wrapKey: testKms() })).rejects.toMatchObject({ code: 'key_unavailable' })
  })

  it('when it has no key yet and the KMS wraps what it cannot unwrap', async () => {
    kms.mood = 'another key'
    await expect(start()).rejects.toMatchObject({ code: 'wrong_secret' })
    expect(await keys()).toEqual([])
  })

  it.each([
    ['the hook was taken out', [secret], /put the hook "wrapKey" back/],
    ['the hook is there and the secret is not', [older], /a secret that is not configured/],
  ])('when %s', async (name, secrets, message) => {
    await put(await start())
    const vault = await start({ secrets, wrapKey: name.includes('taken') ? undefined : kms })
    await expect(check(vault)).rejects.toMatchObject({
      code: 'wrong_secret',
      message: expect.stringMatching(message),
    })
  })

  it('when an older key is in use that cannot be unwrapped; not for one that nothing needs', async () => {
    await put(await start())
    const next = await start()
    await next.dataKeys?.next()
    const [first] = await keys()
    const wrapKey = { ...kms, unwrap: (wrapped: Uint8Array) => partly(first?.wrapped, wrapped) }
    await expect(check(await start({ wrapKey }))).rejects.toMatchObject({ code: 'key_unavailable' })
    await storage.quarantine.drop('qtn_1')
    await check(await start({ wrapKey }))
  })

  const partly = (without: string | undefined, wrapped: Uint8Array) =>
    Buffer.from(wrapped).toString('base64url') === without
      ? Promise.reject(new Error('destroyed'))
      : kms.unwrap(wrapped)

  it('not once everything is sealed with the secrets alone', async () => {
    await put(await start())
    expect(await resealedBySecrets()).toMatchObject({ quarantined: 1 })
    const without = await start({ wrapKey: undefined })
    await check(without)
    expect(await without.contents.open(await stored())).toEqual(tokens)
  })

  async function resealedBySecrets() {
    const { contents } = await start({ sealBy: 'secrets' })
    return resealVault({ ...storage, contents, clock, pause: async () => undefined })
  }
})

describe('V11 data keys are rotated', () => {
  it('and a process that runs unwraps the new one when it first meets it', async () => {
    const [running, command] = [await start(), await start()]
    await put(running)
    clock.time += 2 * day
    expect(await rotate(command)).toEqual({ made: true, quarantined: 1 })
    const { unwraps } = kms
    const rows = await Promise.all(
      Array.from({ length: 5 }, async () => running.contents.open(await stored())),
    )
    expect(rows).toEqual(Array.from({ length: 5 }, () => tokens))
    expect(kms.unwraps).toBe(unwraps + 1)
    expect(running.contents.keyId).toBe(command.contents.keyId)
  })

  it('and while it cannot be unwrapped a read is told to come again', async () => {
    const [running, command] = [await start(), await start()]
    await put(running)
    clock.time += 2 * day
    await rotate(command)
    kms.mood = 'out'
    const open = async () => running.contents.open(await stored())
    await expect(open()).rejects.toMatchObject({ code: 'temporarily_unavailable', status: 503 })
    const { unwraps } = kms
    await expect(open()).rejects.toMatchObject({ status: 503 })
    expect(kms.unwraps).toBe(unwraps)
    kms.mood = 'well'
    clock.time += 5_000
    expect(await open()).toEqual(tokens)
  })

  it('once: a rotation of the last day that is not done is gone on with', async () => {
    const vault = await start()
    await put(vault)
    expect(await rotateDataKey(vault, { ...storage, clock })).toBe(true)
    expect(await rotate(await start())).toEqual({ made: false, quarantined: 1 })
    expect(await rotate(await start())).toEqual({ made: true, quarantined: 1 })
  })

  it('by one of two commands at once', async () => {
    const both = await Promise.all([start(), start()])
    await Promise.all(both.map(async ({ dataKeys }) => dataKeys?.next()))
    expect(await keys()).toHaveLength(2)
    expect(both[0].contents.keyId).toBe(both[1].contents.keyId)
  })
})

describe('V11 data keys are forgotten', () => {
  it('a day after the next one came, when nothing is sealed with them', async () => {
    const [running, command] = [await start(), await start()]
    await put(running)
    await command.dataKeys?.next()
    clock.time += day - 1
    await put(running, 'qtn_2')
    expect(await drop(command)).toBe(0)
    clock.time += 1
    expect(await drop(command)).toBe(0)
    await rotate(command)
    expect(await drop(command)).toBe(1)
    await check(await start())
    expect(await (await start()).contents.open(await stored('qtn_2'))).toEqual(tokens)
  })

  it('none while something is sealed with what is not known here', async () => {
    const command = await start()
    await command.dataKeys?.next()
    await put(await start({ secrets: [older] }))
    clock.time += 2 * day
    expect(await drop(command)).toBe(0)
  })

  it('and put back by a process that was stopped for so long and has sealed with one', async () => {
    const [stopped, command] = [await start(), await start()]
    await command.dataKeys?.next()
    clock.time += 2 * day
    expect(await drop(command)).toBe(1)
    const row = await put(stopped)
    await expect((await start()).contents.open(row)).rejects.toMatchObject(sealedOtherwise)
    await stopped.dataKeys?.look()
    expect(stopped.contents.keyId).toBe(command.contents.keyId)
    const restarted = await start()
    await check(restarted)
    expect(await restarted.contents.open(row)).toEqual(tokens)
  })
})
