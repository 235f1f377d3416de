import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { testConfig, testSecret } from '../config/config.fixture.ts'

const fixture = fileURLToPath(new URL('./main.fixture.ts', import.meta.url))
let folder = ''
const children = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-cli-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true }))

interface Run {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** Resolves when standard error or output holds the words. */
  saw(words: string): Promise<void>
  ended: Promise<number | string>
}

function run(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['--conditions=@latchkey/source', fixture, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => (stdout += chunk))
  child.stderr?.on('data', (chunk) => (stderr += chunk))
  const ended = once(child, 'close').then(([code, signal]) => {
    children.delete(child)
    return code ?? signal
  })
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async saw(words) {
      while (!(stdout + stderr).includes(words)) {
        const more = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'data'))
        const end = await Promise.race([...more, ended.then(() => 'ended' as const)])
        if (end === 'ended' && !(stdout + stderr).includes(words))
          throw new Error(`ended without "${words}": ${stderr}`)
      }
    },
  }
}

async function configFile(changes: object, name = 'test.json'): Promise<string> {
  await writeFile(join(folder, name), JSON.stringify({ ...testConfig, ...changes }))
  return name
}

describe('latchkey serve', { timeout: 30_000 }, () => {
  it('prints one line when ready, answers, and drains on SIGTERM: what is under way ends well', async () => {
    const file = await configFile({ listen: '127.0.0.1:0', secrets: [`\${SECRET}`] })
    const server = run(['serve', '--config', file], { SECRET: testSecret })
    await server.saw('ready https://')
    const ready = server
      .stderr()
      .split('\n')
      .find((line) => line.includes('"ready"'))
    const { port } = JSON.parse(ready ?? '')
    const slow = once(get({ port, path: '/slow', agent: false }), 'response')
    await server.saw('slow has begun')
    server.child.kill('SIGTERM')
    const [response] = await slow
    expect((await response.toArray()).join('')).toBe('late')
    expect(await server.ended).toBe(0)
    expect(server.stdout()).toBe('ready https://auth.example.com\n')
    const logged = server
      .stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg)
    expect(logged).toEqual(['opened', 'ready', 'slow has begun', 'draining', 'database closed', 'closed'])
  })

  it('X13 goes on after an error that nobody caught', async () => {
    const server = run(['serve', '-c', await configFile({ listen: '127.0.0.1:0' }), '--no-migrate'])
    await server.saw('ready https://')
    const { port } = JSON.parse(
      server
        .stderr()
        .split('\n')
        .find((line) => line.includes('"ready"')) ?? '',
    )
    expect((await fetch(`http://127.0.0.1:${port}/stray`)).status).toBe(200)
    await server.saw('nor this')
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    expect(server.stderr()).toMatch(/nobody catches this/)
    expect(server.stderr()).toMatch(/"migrate":false/)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })

  it('ends with 1 and says so when the address is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const server = run(['serve', '-c', await configFile({ listen: `127.0.0.1:${port}` })])
    expect(await server.ended).toBe(1)
    expect(server.stdout()).toBe('')
    expect(server.stderr()).toMatch(new RegExp(`127\\.0\\.0\\.1:${port} is in use; .*\\blisten\\b`))
    expect(server.stderr()).toMatch(/database closed/)
    other.close()
    await once(other, 'close')
  })

  it('ends with 2 and every mistake when the configuration is wrong; nothing starts', async () => {
    const file = await configFile({ issuer: 'http://auth.example.com', secrets: ['canary'], lisen: 1 })
    const server = run(['serve', '--config', file])
    expect(await server.ended).toBe(2)
    expect(server.stdout()).toBe('')
    expect(server.stderr()).toMatch(
      /^latchkey: 3 mistakes in test\.json:\n {2}issuer: .*\n {2}secrets\[0\]: .*\n {2}lisen: .*\n$/,
    )
    expect(server.stderr()).not.toContain('canary')
  })
})

it('latchkey with a word that it does not know ends with 2', { timeout: 30_000 }, async () => {
  const ran = run(['serv'])
  expect(await ran.ended).toBe(2)
  expect(ran.stdout()).toBe('')
  expect(ran.stderr()).toMatch(/unknown command 'serv'/)
})
