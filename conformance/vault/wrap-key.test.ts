// A KMS above the vault's data keys: real servers in processes of their own, over one database.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLatchkey, silentLogger } from '@latchkey/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from '../support/fleet.ts'
import { type VaultCaller, vaultCaller } from './caller.ts'
import { type Database, newSecret, openDatabase } from './database.ts'
import { type SingleUseProvider, startSingleUseProvider } from './provider.ts'

const patient = { timeout: 120_000 }
const day = 86_400_000

let folder: string
let provider: SingleUseProvider
let fleet: Fleet
let database: Database
let reports: VaultCaller
const secret = newSecret()
const services = () => [{ id: reports.id, secret: reports.secret, vault: { p: ['*'] } }]

/** A KMS for all processes: its key and its mood are files, and it writes down what it is asked. */
const kms = (files: string): string => `
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { appendFileSync, existsSync } from 'node:fs'
const master = Buffer.from('${randomBytes(32).toString('hex')}', 'hex')
const iv = Buffer.alloc(8, 0xa6)
function asked(what, cipher, bytes) {
  if (existsSync(${JSON.stringify(join(files, 'out'))})) throw new Error('the KMS is out')
  const answer = Buffer.concat([cipher.update(bytes), cipher.final()])
  if (what === 'wrap') appendFileSync(${JSON.stringify(join(files, 'seen'))}, Buffer.from(bytes).toString('hex') + '\\n')
  return answer
}
export default {
  wrapKey: {
    wrap: async (key) => asked('wrap', createCipheriv('id-aes256-wrap', master, iv), key),
    unwrap: async (wrapped) => asked('unwrap', createDecipheriv('id-aes256-wrap', master, iv), wrapped),
  },
}
`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kms-'))
  provider = await startSingleUseProvider()
  reports = vaultCaller('reports', () => fleet.issuer)
  fleet = await startFleet(
    2,
    {
      secrets: [secret],
      tokens: { access_token_seconds: 3600 },
      services: services(),
      providers: { p: provider.entry },
    },
    kms(folder),
  )
  database = await openDatabase(fleet.storage, secret)
  await database.user('usr_ada')
  await reports.ownToken()
}, 120_000)
afterAll(async () => {
  await database?.close()
  await fleet?.close()
  await provider?.close()
  if (existsSync(folder)) rmSync(folder, { recursive: true })
})

/** Sealed with the secret alone, as before there was a KMS; fresh for so many seconds. */
async function connected(id: string, seconds = 1800) {
  const expiresAt = Date.now() + seconds * 1000
  const about = { userId: 'usr_ada', obtainedAt: expiresAt - 3_600_000, expiresAt }
  await database.connect(id, provider.grant(id), about)
}
const rotate = async () => {
  const { code, stdout } = await fleet.run('secrets', 'rotate', '--json')
  return { code, printed: JSON.parse(stdout) }
}
const statuses = (id: string) =>
  Promise.all(fleet.members.map(async ({ url }) => (await reports.token(id, url)).status))
const keys = () => database.storage.vaultKeys.list()

describe('V11 tokens under a KMS', () => {
  it('of two servers that started at once one made the data key', patient, async () => {
    expect(await keys()).toHaveLength(1)
  })

  it('what the secret has sealed before is handed out, renewed, and sealed anew', patient, async () => {
    await connected('con_old')
    await connected('con_over', -1)
    for (const id of ['con_old', 'con_over']) expect(await statuses(id)).toEqual([200, 200])
    const [old, renewed] = [await database.find('con_old'), await database.find('con_over')]
    expect(renewed.version).toBe(2)
    expect(renewed.keyId).not.toBe(old.keyId)
    expect(await rotate()).toMatchObject({
      code: 0,
      printed: { connections: 1, dataKeys: { made: false, dropped: 0 } },
    })
    expect((await database.find('con_old')).keyId).toBe(renewed.keyId)
    expect(await statuses('con_old')).toEqual([200, 200])
  })

  it('a new data key is met by running servers without a failed read', patient, async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `con_${index}`)
    for (const id of ids) await connected(id)
    await rotate()
    const stop = new AbortController()
    const answers: number[] = []
    const readers = fleet.members.map(async ({ url }) => {
      for (let turn = 0; !stop.signal.aborted; turn++)
        answers.push((await reports.token(ids[turn % 20] ?? '', url)).status)
    })
    const before = await keys()
    const { code, printed } = await rotate()
    stop.abort()
    await Promise.all(readers)
    expect({ code, printed }).toMatchObject({ code: 0, printed: { dataKeys: { made: true } } })
    expect(await keys()).toHaveLength(before.length + 1)
    expect(new Set(answers)).toEqual(new Set([200]))
    for (const id of ids) expect(await statuses(id)).toEqual([200, 200])
    expect(await database.storage.connections.keyIds()).toHaveLength(1)
    // What nothing needs goes a day later; nobody waits for that here.
    expect((await keys()).every(({ createdAt }) => Date.now() - createdAt < day)).toBe(true)
  })

  it('neither the secret nor what the KMS has seen is in the database', async () => {
    const seen = readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n')
    expect(seen.length).toBeGreaterThanOrEqual(2)
    const contents = await fleet.storage.contents()
    for (const text of [...seen, secret]) {
      const encoding = text === secret ? 'base64url' : 'hex'
      const raw = Buffer.from(text, encoding)
      for (const form of [raw.toString('latin1'), raw.toString('hex'), raw.toString('base64url')])
        expect(contents.includes(form)).toBe(false)
    }
  })

  it('while the KMS is out servers serve, and none starts', patient, async () => {
    writeFileSync(join(folder, 'out'), '')
    expect(await statuses('con_old')).toEqual([200, 200])
    const [, second] = fleet.members
    await second?.kill()
    await expect(second?.restart()).rejects.toThrow(/hook \\"wrapKey\\" failed|hook "wrapKey" failed/)
    rmSync(join(folder, 'out'))
    await second?.restart()
    expect(await statuses('con_old')).toEqual([200, 200])
  })

  it('a database copy and the secret start no server, and open nothing', async () => {
    const row = await database.find('con_old')
    const config = {
      ...{ issuer: fleet.issuer, secrets: [secret], storage: fleet.storage.url },
      ...{ services: services(), providers: { p: provider.entry } },
    }
    await expect(createLatchkey(config, { logger: silentLogger })).rejects.toMatchObject({
      code: 'wrong_secret',
      message: expect.stringMatching(/put the hook "wrapKey" back/),
    })
    expect(await database.find('con_old')).toEqual({ ...row, lastUsedAt: expect.any(Number) })
    expect(await statuses('con_old')).toEqual([200, 200])
  })
})
