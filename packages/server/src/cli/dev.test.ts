import { EventEmitter } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testClient, testOAuth2Provider, testOidcProvider } from '../config/config.fixture.ts'
import type { Config } from '../config/index.ts'
import { openLatchkey } from '../latchkey.ts'
import { loadTesting } from './dev/testing.ts'
import { main } from './main.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-dev-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const configure = (config: object) => writeFile(join(cwd, 'latchkey.config.json'), JSON.stringify(config))

/** Runs `dev` without a socket of its own until it is ready, looks, and lets it end. */
async function dev(
  args: string[],
  look: (server: { config: Config; fetch: (request: Request) => Promise<Response> }) => Promise<void>,
) {
  const signals = new EventEmitter()
  let stdout = ''
  let stderr = ''
  let opened: Config | undefined
  let looked: Promise<void> | undefined
  const code = await main(
    ['dev', ...args],
    {
      out: (text) => {
        stdout += text
      },
      err: (text) => {
        stderr += text
      },
      ...{ env: {}, cwd, signals },
    },
    async () => ({
      openLatchkey: async (config, parts) => {
        opened = config
        return openLatchkey(config, parts)
      },
      listen: async (server) => {
        const fetch = (request: Request) => server.fetch(request, { remoteAddress: '127.0.0.1' })
        looked = Promise.resolve(opened).then((config) => (config ? look({ config, fetch }) : undefined))
        void looked.catch(() => undefined).then(() => setImmediate(() => signals.emit('SIGTERM')))
        return { port: 4000, close: async () => undefined }
      },
    }),
  )
  await looked
  return { code, stdout, stderr }
}

/** Where a sign-in leads. */
async function startOf(config: Config, fetch: (request: Request) => Promise<Response>, provider: string) {
  const [client] = config.clients
  const [origin = ''] = client?.origins ?? []
  const body = new URLSearchParams({
    ...{ response_type: 'code', client_id: client?.id ?? '', redirect_uri: client?.redirectUris[0] ?? '' },
    ...{ scope: 'openid', state: 's'.repeat(22), provider, dpop_jkt: 'A'.repeat(43) },
    ...{ code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' },
  })
  const response = await fetch(
    new Request(`${config.issuer}/authorize`, { method: 'POST', body, headers: { origin } }),
  )
  return `${response.status} ${response.headers.get('refresh') ?? response.headers.get('location') ?? (await response.text())}`
}

describe('latchkey dev', () => {
  it('without a configuration: an app on this machine, a fake provider, a database in memory', async () => {
    const { code, stdout } = await dev([], async ({ config, fetch }) => {
      expect(config).toMatchObject({
        issuer: 'http://127.0.0.1:4000',
        storage: { file: ':memory:' },
        clients: [{ id: 'web', origins: ['http://localhost:5173'] }],
        providers: [{ id: 'fake', connect: true }],
        warnings: [],
      })
      expect(await startOf(config, fetch, 'fake')).toMatch(/http:\/\/localhost:\d+\/authorize/)
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ready http:\/\/127\.0\.0\.1:4000\n/)
    expect(stdout).toMatch(/Ada Quinn/)
    expect(stdout).toMatch(/provider: 'fake'/)
    expect(await readdir(cwd)).toEqual([])
  })

  it('plays every provider of a configuration that is not finished, and leaves its installation alone', async () => {
    await configure({
      issuer: 'http://localhost:4000',
      secrets: [`\${LATCHKEY_SECRET}`],
      storage: 'sqlite:./precious.db',
      rate_limits: { storage: 'postgres' },
      operations: { metrics_token: `\${METRICS}` },
      webhooks: [{ url: `\${WEBHOOK}`, secret: `\${WEBHOOK_SECRET}` }],
      signup: 'invite',
      clients: [testClient],
      providers: {
        github: {
          client_id: `\${GITHUB_CLIENT_ID}`,
          client_secret: `\${GITHUB_CLIENT_SECRET}`,
          connect: true,
        },
        staff: { catalogue: 'google', client_id: `\${X}`, client_secret: `\${Y}` },
        acme: { ...testOidcProvider, client_secret: `\${Z}`, name: 'Acme' },
        legacy: testOAuth2Provider,
      },
    })
    const { code } = await dev([], async ({ config, fetch }) => {
      expect(config).toMatchObject({ storage: { file: ':memory:' }, signup: 'open', webhooks: [] })
      expect(config.providers).toMatchObject([
        { id: 'github', connect: true },
        { id: 'staff' },
        { id: 'acme', name: 'Acme' },
        { id: 'legacy' },
      ])
      for (const id of ['github', 'staff', 'acme', 'legacy'])
        expect(await startOf(config, fetch, id), id).toMatch(/http:\/\/localhost:\d+\//)
    })
    expect(code).toBe(0)
    expect(await readdir(cwd)).toEqual(['latchkey.config.json'])
  })

  it.each<[string, object, RegExp]>([
    ['an issuer elsewhere', { issuer: 'https://auth.example.com' }, /on this machine, not https:\/\/auth/],
    [
      'a listener for the network',
      { issuer: 'http://127.0.0.1:4000', listen: '0.0.0.0:4000' },
      /listens on this machine alone/,
    ],
    ['a mistake', { issuer: 'http://127.0.0.1:4000', lisen: 1 }, /lisen/],
  ])('%s ends with 2; nothing is served', async (_, changes, words) => {
    await configure({ secrets: [], clients: [testClient], providers: { acme: testOidcProvider }, ...changes })
    const { code, stdout, stderr } = await runCommand(cwd, ['dev'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
  })

  it.each([
    ['--origin', 'nonsense'],
    ['--origin', 'http://localhost:5173', '-c', 'x.json'],
    ['-c', 'missing.json'],
  ])('%j %j %j %j ends with 2', async (...args) => {
    expect(await runCommand(cwd, ['dev', ...args.filter(Boolean)])).toMatchObject({ code: 2, stdout: '' })
  })

  it('says which package it lacks, and nothing else of why', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadTesting(cwd, () => Promise.reject(missing))).rejects.toThrow(
      /needs the package @latchkey\/testing/,
    )
    await expect(loadTesting(cwd, () => Promise.resolve({}))).rejects.toThrow(/another version/)
    await expect(loadTesting(cwd, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})
