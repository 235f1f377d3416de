import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-main-'))
  await writeFile(join(cwd, 'good.json'), JSON.stringify({ ...testConfig, trusted_proxies: ['0.0.0.0/0'] }))
  await writeFile(join(cwd, 'bad.json'), JSON.stringify({ ...testConfig, listen: 'x' }))
})
afterAll(() => rm(cwd, { recursive: true }))

const run = (...args: string[]) => runCommand(cwd, args)

describe('ends with 2 and says why on standard error', () => {
  it.each<[string[], RegExp]>([
    [['serve', '--config', 'missing.json'], /missing\.json cannot be read/],
    [['serve'], /holds no latchkey\.config\.json.*--config/],
    [['serve', '--config', 'bad.json'], /1 mistake in bad\.json:\n {2}listen: /],
    [['check', '--config', 'bad.json'], /1 mistake in bad\.json:\n {2}listen: /],
    [['serv'], /unknown command 'serv'[\s\S]*Did you mean serve/],
    [['serve', '--port', '1'], /unknown option '--port'/],
    [['serve', 'now'], /too many arguments/],
    [['serve', '--log-level', 'loud'], /debug, info, warn, error, silent/],
    [['serve', '--config'], /argument missing/],
    [[], /Usage: latchkey/],
  ])('latchkey %j', async (args, words) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
    expect(stdout).toBe('')
  })
})

describe('ends with 0 and prints what was asked for', () => {
  it.each<[string[], RegExp]>([
    [['--help'], /serve[\s\S]*check[\s\S]*Exit codes/],
    [['serve', '--help'], /--config <file>[\s\S]*--no-migrate[\s\S]*--log-level/],
    [['check', '--help'], /--json/],
    [['help', 'check'], /--json/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('latchkey %j', async (args, words) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(0)
    expect(stdout).toMatch(words)
    expect(stderr).toBe('')
  })

  it('latchkey check, with warnings apart', async () => {
    expect(await run('check', '-c', 'good.json')).toEqual({
      code: 0,
      stdout: 'ok https://auth.example.com\n',
      stderr: 'warning: trusted_proxies[0]: everybody may say who they are\n',
    })
  })

  it('latchkey check --json', async () => {
    const { code, stdout } = await run('check', '--json', '-c', 'good.json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      issuer: 'https://auth.example.com',
      warnings: ['trusted_proxies[0]: everybody may say who they are'],
    })
  })
})

it('latchkey check --json names the mistakes on standard output, and ends with 2', async () => {
  const { code, stdout } = await run('check', '--json', '-c', 'bad.json')
  expect(code).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    mistakes: [{ path: 'listen', problem: '"x" is not host:port', remedy: expect.any(String) }],
  })
})

it("ends with 1 for what is nobody's configuration", async () => {
  const { code, stderr } = await run('serve', '-c', 'good.json')
  expect(code).toBe(1)
  expect(stderr).toBe('latchkey: the server was loaded\n')
})
