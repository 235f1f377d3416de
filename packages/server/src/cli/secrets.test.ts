import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { createKeyring } from '../sealing/index.ts'
import { openStorage } from '../storage/index.ts'
import { createVaultContents } from '../vault/index.ts'
import { runCommand } from './run.fixture.ts'

const [oldSecret, newSecret, third] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte))
const contentsOf = (...secrets: (Buffer | undefined)[]) =>
  createVaultContents(createKeyring(secrets.filter((secret) => secret !== undefined)).sealer('vault'))
const place = { id: 'qtn_1', userId: 'usr_gone', provider: 'slack' }

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'))
  await withStorage(async ({ quarantine }) => {
    const sealed = contentsOf(oldSecret).seal(place, { accessToken: 'canary', tokenType: 'Bearer' })
    await quarantine.put({ ...place, subject: 'u1', ...sealed, dueAt: Number.MAX_SAFE_INTEGER, attempts: 0 })
  })
})
afterEach(() => rm(cwd, { recursive: true }))

async function withStorage<T>(
  work: (storage: Awaited<ReturnType<typeof openStorage>>) => Promise<T>,
): Promise<T> {
  const file = join(cwd, 'latchkey.db')
  const storage = await openStorage({ engine: 'sqlite', file, synchronous: 'normal' })
  try {
    await storage.migrate()
    return await work(storage)
  } finally {
    await storage.close()
  }
}

async function rotate(secrets: (Buffer | undefined)[], ...args: string[]) {
  const config = {
    ...testConfig,
    storage: 'sqlite:./latchkey.db',
    secrets: secrets.map((secret) => secret?.toString('base64url')),
  }
  await writeFile(join(cwd, 'config.json'), JSON.stringify(config))
  return runCommand(cwd, ['secrets', 'rotate', '-c', 'config.json', ...args])
}

describe('V11 latchkey secrets rotate', () => {
  it('seals with the first secret, tells of it, and has nothing to do the next time', async () => {
    const { code, stdout, stderr } = await rotate([newSecret, oldSecret], '--json')
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { connections: 0, quarantined: 1, unreadable: [], busy: [] },
    ])
    expect(JSON.parse(stderr)).toMatchObject({ event: { type: 'secret.rotated', actor: 'operator' } })
    expect(stdout + stderr).not.toContain('canary')
    const [entry] = await withStorage(({ quarantine }) => quarantine.listSealedOtherwise('none', 10))
    expect(entry && (await contentsOf(newSecret).open(entry))).toMatchObject({ accessToken: 'canary' })
    expect(await rotate([newSecret])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/already/),
      stderr: '',
    })
  })

  it('fails, and changes nothing, where the old secret is missing', async () => {
    const { code, stdout } = await rotate([newSecret, third])
    expect(code).toBe(1)
    expect(stdout).toMatch(/qtn_1 was sealed with a secret that is not configured/)
    const [entry] = await withStorage(({ quarantine }) => quarantine.listSealedOtherwise('none', 10))
    expect(entry && (await contentsOf(oldSecret).open(entry))).toMatchObject({ accessToken: 'canary' })
  })
})
