import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { listen } from '../http/listen.ts'
import { openLatchkey } from '../latchkey.ts'
import { createLogger } from '../logging.ts'
import { openStorage } from '../storage/index.ts'
import { httpServer } from '../upstream/net/loopback.fixture.ts'
import type { Finding } from './doctor/finding.ts'
import { runCommand } from './run.fixture.ts'

let folder = ''
const closing: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-doctor-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

const oidc = { type: 'oidc', issuer: 'https://login.example.com', client_id: 'c', client_secret: 's' }

function configure(issuer: string, providers: Record<string, object> = { acme: oidc }): void {
  const config = {
    ...{ issuer, secrets: [randomBytes(32).toString('base64url')], providers },
    storage: 'sqlite:./latchkey.db',
    clients: [
      {
        ...{ id: 'web', origins: ['http://localhost:5173'] },
        redirect_uris: ['http://localhost:5173/callback'],
      },
    ],
  }
  writeFileSync(join(folder, 'latchkey.config.json'), JSON.stringify(config))
}

async function examined(...args: string[]): Promise<{ code: number; findings: Finding[] }> {
  const { code, stdout, stderr } = await runCommand(folder, ['doctor', '--json', ...args])
  expect(stderr).toBe('')
  const { ok, findings }: { ok: boolean; findings: Finding[] } = JSON.parse(stdout)
  expect(ok).toBe(code === 0)
  return { code, findings }
}
const seen = (findings: Finding[], check: string) =>
  findings
    .filter((finding) => finding.check === check)
    .map(({ verdict, evidence }) => `${verdict} ${evidence}`)

/** The server of the configuration, on a port of its own. */
async function serve(providers: (origin: string) => Record<string, object>): Promise<string> {
  let server: Awaited<ReturnType<typeof openLatchkey>> | undefined
  const listening = await listen(
    { fetch: (request) => server?.fetch(request) ?? new Response(null, { status: 503 }) },
    { host: '127.0.0.1', port: 0 },
  )
  const issuer = `http://127.0.0.1:${listening.port}`
  closing.push(() => listening.close(0))
  configure(issuer, providers(issuer))
  const config = await loadConfig({ env: {}, cwd: folder })
  server = await openLatchkey(config, { logger: createLogger({ level: 'silent' }) })
  closing.push(async () => server?.close())
  return issuer
}

async function fake(): Promise<FakeProvider> {
  const provider = await createFakeProvider({ host: 'localhost', autoApprove: 'user' })
  closing.push(() => provider.close())
  return provider
}

describe('latchkey doctor', () => {
  it('looks at what there is before the first start, and makes nothing', async () => {
    configure('http://127.0.0.1:4000')
    const { code, findings } = await examined()
    expect(code).toBe(0)
    expect(seen(findings, 'configuration')[0]).toBe('ok complete, for http://127.0.0.1:4000')
    expect(seen(findings, 'storage')).toEqual(['unverifiable there is none yet: the first start makes it'])
    expect((await examined()).findings).toEqual(findings)
  })

  it('says how it went with each provider, and what helps', async () => {
    await serve(() => ({ acme: oidc, other: { ...oidc, issuer: 'https://other.example.com' } }))
    const storage = await openStorage({
      engine: 'sqlite',
      file: join(folder, 'latchkey.db'),
      synchronous: 'full',
    })
    closing.push(() => storage.close())
    const at = Date.now()
    const row = (provider: string, outcome: string, lastAt: number) => ({
      ...{ provider, outcome, count: 3, firstAt: lastAt, lastAt },
    })
    await storage.providerOutcomes.add([
      row('acme', 'ok', at - 5_000),
      row('acme', 'invalid_grant', at - 1_000),
      row('acme', 'id_token_issuer', at - 10_000),
      row('other', 'ok', at - 20_000),
      row('other', 'subject_malformed', at - 10_000),
      row('other', 'timeout', at - 9_000),
      row('other', 'invalid_client', at - 30 * 24 * 3_600_000),
      row('gone', 'subject_malformed', at),
    ])
    const { code, findings } = await examined()
    expect(code).toBe(1)
    expect(seen(findings, 'provider answers')).toEqual([
      expect.stringMatching(/^ok 3 went well, the last /),
      expect.stringMatching(/^warn id_token_issuer, 3 times, .*; it has worked again since$/),
      expect.stringMatching(/^ok 3 went well, the last /),
      expect.stringMatching(/^warn timeout, 3 times, /),
      expect.stringMatching(/^fail subject_malformed, 3 times, .*; nothing has worked since$/),
    ])
    expect(findings.find(({ verdict }) => verdict === 'fail')?.remedy).toMatch(/"subject"/)
    expect((await examined('--provider', 'acme')).code).toBe(0)

    const { stdout } = await runCommand(folder, ['doctor', '--provider', 'other'])
    expect(stdout).toMatch(/^fail +provider answers other: subject_malformed/m)
    expect(stdout).toMatch(/^ +-> its answer no longer has "subject"/m)
  })

  it('--online finds a good installation good', async () => {
    const provider = await fake()
    const issuer = await serve(() => ({ both: provider.oidc, plain: provider.oauth2 }))
    const { code, findings } = await examined('--online')
    expect(code).toBe(0)
    expect(seen(findings, 'issuer')).toEqual([expect.stringContaining(`answers as ${issuer}`)])
    expect(seen(findings, 'CORS')).toEqual(['ok a preflight from there is let through'])
    expect(seen(findings, 'provider')).toHaveLength(2)
    for (const line of seen(findings, 'client secret')) expect(line).toMatch(/^ok it knows us/)
    expect(seen(findings, 'clock')).toEqual([expect.stringMatching(/^ok \d+ s (ahead of|behind) localhost:/)])
  })

  it('--online finds a wrong secret, a wrong redirect URI and a wrong issuer', async () => {
    const provider = await fake()
    const strict = await createFakeProvider({
      host: 'localhost',
      clients: [
        { client_id: 'strict', client_secret: 's', redirect_uris: ['https://elsewhere.example.com/'] },
      ],
    })
    closing.push(() => strict.close())
    await serve(() => ({
      wrong: { ...provider.oidc, client_secret: 'not this one' },
      elsewhere: { ...strict.oidc, client_id: 'strict', client_secret: 's' },
      moved: { ...provider.oidc, issuer: `${provider.issuer}/moved` },
    }))
    const { code, findings } = await examined('--online')
    expect(code).toBe(1)
    const of = (id: string) =>
      findings
        .filter(({ subject, verdict }) => subject === id && verdict === 'fail')
        .map(({ check }) => check)
    expect(of('wrong')).toEqual(['client secret'])
    expect(of('elsewhere')).toEqual(['redirect URI'])
    expect(of('moved')).toEqual(['provider'])
    expect(JSON.stringify(findings)).not.toContain('not this one')
  })

  it('X08 shows what a server says, and has the terminal obey none of it', async () => {
    const said = '\u001b]0;mine\u0007\u009b2J\u202etxt.exe\rok'
    const answers: RequestListener = (_request, response) => response.end(JSON.stringify({ issuer: said }))
    const { origin, close } = await httpServer(answers)
    closing.push(close)
    configure(origin, { acme: { ...oidc, issuer: 'http://127.0.0.1:9' } })
    const { stdout } = await runCommand(folder, ['doctor', '--online'])
    expect(stdout).toContain('as \ufffd]0;mine\ufffd\ufffd2J\ufffdtxt.exe\ufffdok')
    expect(stdout).not.toMatch(/[^\P{C}\n]/u)
  })

  it('--online says when nothing answers at the issuer', async () => {
    configure('http://127.0.0.1:9')
    const { code, findings } = await examined('--online')
    expect(code).toBe(1)
    expect(seen(findings, 'issuer')[0]).toMatch(/^fail http:\/\/127.0.0.1:9\/.* cannot be reached: /)
  })

  it('knows the providers of the configuration', async () => {
    configure('http://127.0.0.1:4000')
    const { code, stderr } = await runCommand(folder, ['doctor', '--provider', 'gogle'])
    expect([code, stderr]).toEqual([2, 'latchkey: there is no provider gogle; there are acme\n'])
  })

  it('says when the database is none of ours', async () => {
    configure('http://127.0.0.1:4000')
    writeFileSync(
      join(folder, 'latchkey.db'),
      'this is no database, and it is longer than a header of a hundred bytes, which is what SQLite looks at',
    )
    const { code, findings } = await examined()
    expect(code).toBe(1)
    expect(seen(findings, 'storage')[0]).toMatch(/^fail /)
  })
})
