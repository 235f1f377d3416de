import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { openStorage } from '../storage/index.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-keys-'))
  await configure('good.json', {})
  await configure('elsewhere.json', { storage: 'sqlite:./no/such/place.db' })
  await configure('empty.json', { storage: 'sqlite:./empty.db' })
  await configure('foreign.json', { secrets: [Buffer.alloc(32, 7).toString('base64url')] })
  const storage = await openStorage({
    engine: 'sqlite',
    file: join(cwd, 'latchkey.db'),
    synchronous: 'normal',
  })
  await storage.migrate()
  await storage.close()
})
afterAll(() => rm(cwd, { recursive: true }))

const configure = (file: string, changes: object) =>
  writeFile(join(cwd, file), JSON.stringify({ ...testConfig, storage: 'sqlite:./latchkey.db', ...changes }))

const run = (...args: string[]) => runCommand(cwd, ['keys', ...args])
const list = async () => {
  const { stdout } = await run('list', '--json', '-c', 'good.json')
  const { keys }: { keys: { kid: string; state: string }[] } = JSON.parse(stdout)
  return keys
}

describe('X10 latchkey keys', () => {
  it('lists and rotates beside whoever else has the database open', async () => {
    expect(await run('list', '-c', 'good.json')).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'KID  ALGORITHM  STATE  CREATED  ACTIVATED  RETIRED  LAST TOKEN EXPIRES\n',
    })
    expect(await list()).toEqual([])
    // Nobody has any key yet, so there is nothing to wait for.
    const first = await run('rotate', '--json', '-c', 'good.json')
    expect(first.code).toBe(0)
    const { kid, ...rest } = JSON.parse(first.stdout)
    expect(rest).toEqual({ rotated: true, begins_at: expect.stringMatching(/^\d{4}-.*Z$/), revoked: [] })
    expect(await list()).toMatchObject([
      { kid, state: 'active', activated_at: rest.begins_at },
      { state: 'next' },
    ])

    const planned = await run('rotate', '-c', 'good.json')
    expect(planned.stdout).toMatch(/signs from .* on/)
    const again = await run('rotate', '-c', 'good.json')
    expect([again.code, again.stderr]).toEqual([0, ''])
    expect(again.stdout).toMatch(/under way/)
    const [, next] = await list()
    expect(planned.stdout).toContain(next?.kid)

    await run('rotate', '--now', '-c', 'good.json')
    const revoked = JSON.parse((await run('rotate', '--revoke', '--json', '-c', 'good.json')).stdout)
    expect(revoked.revoked).toContain(kid)
    expect(await list()).toMatchObject([{ kid: revoked.kid, state: 'active' }, { state: 'next' }])
  })

  it('X07 tells of the rotation in its log', async () => {
    const { stderr } = await run('rotate', '--now', '-c', 'good.json')
    expect(JSON.parse(stderr)).toMatchObject({ event: { type: 'key.rotated', data: { reason: 'now' } } })
  })

  it.each<[string[], 1 | 2, RegExp]>([
    [['list', '-c', 'missing.json'], 2, /cannot be read/],
    [['rotate', '-c', 'missing.json'], 2, /cannot be read/],
    [['list', '-c', 'elsewhere.json'], 1, /directory of the database/],
    [['rotate', '-c', 'empty.json'], 1, /schema/],
    [['rotate', '--now', '-c', 'foreign.json'], 1, /sealed with a secret/],
    [['rotate', '--now', '--revoke', '-c', 'good.json'], 2, /cannot be used with/],
    [['rotat'], 2, /unknown command/],
    [[], 2, /Usage: latchkey keys/],
  ])('%j ends with %d and changes nothing', async (args, code, words) => {
    const before = await list()
    const ended = await run(...args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toMatch(words)
    expect(ended.stdout).toBe('')
    expect(await list()).toEqual(before)
  })

  it.each([['--help'], ['list', '--help'], ['rotate', '--help']])('%s %s', async (...args) => {
    expect(await run(...args)).toMatchObject({ code: 0, stderr: '' })
  })
})
