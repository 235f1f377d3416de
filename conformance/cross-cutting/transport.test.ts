import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Latchkey } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embedLatchkey } from '../support/embedded.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { startOf } from '../support/spa.ts'

const issuer = 'https://auth.example.com/at/path'
const spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
const year = 31_536_000
let provider: FakeProvider
let latchkey: Latchkey

beforeAll(async () => {
  provider = await createFakeProvider()
  latchkey = await embedLatchkey(issuer, {
    providers: { oidc: provider.oidc },
    allow_private_network_providers: true,
  })
})
afterAll(async () => {
  await latchkey?.close()
  await provider?.close()
})

const form = (path: string, body: Record<string, string>): Request =>
  new Request(`${issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { Origin: spaOrigin },
  })

describe('X11 behind TLS', () => {
  it('X11 every answer of every route, right or wrong, asks for https for a year and more', async () => {
    const discovery: Record<string, unknown> = await (
      await latchkey.fetch(new Request(`${issuer}/.well-known/openid-configuration`))
    ).json()
    const named = Object.values(discovery).filter(
      (value): value is string => typeof value === 'string' && value.startsWith(`${issuer}/`),
    )
    const further = [
      '/authorize/choose',
      '/callback/oidc',
      '/callback/none',
      '/providers',
      '/healthz',
      '/readyz',
      '/nothing',
      '/',
    ]
    const urls = new Set([
      ...named,
      ...further.map((path) => `${issuer}${path}`),
      'https://auth.example.com/',
    ])
    expect(urls.size).toBeGreaterThan(10)
    for (const url of urls) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS', 'HEAD']) {
        const response = await latchkey.fetch(new Request(url, { method, headers: { Origin: spaOrigin } }))
        const [, seconds] =
          /^max-age=(\d+)/.exec(response.headers.get('strict-transport-security') ?? '') ?? []
        expect(Number(seconds), `${method} ${url}`).toBeGreaterThanOrEqual(year)
        expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      }
    }
    const { params } = startOf(spa, { provider: 'oidc' })
    for (const request of [
      form('/authorize', params),
      form('/authorize', { ...params, scope: 'nobody’s' }),
    ]) {
      const response = await latchkey.fetch(request)
      expect(response.status).toBe(200)
      expect(response.headers.has('refresh')).toBe(true)
      expect(response.headers.has('strict-transport-security')).toBe(true)
    }
  })

  it('X11 R02 the journey’s cookie is of this host alone, and only over https', async () => {
    const { params } = startOf(spa, { provider: 'oidc' })
    const [cookie, ...others] = (await latchkey.fetch(form('/authorize', params))).headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-latchkey-j-[\w-]{24}=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
    expect(others).toEqual([])
    expect(cookie?.length).toBeLessThan(500)
  })

  it('X11 a cookie without the prefix is not the journey’s, whoever set it', async () => {
    const { params } = startOf(spa, { provider: 'oidc' })
    const started = await latchkey.fetch(form('/authorize', params))
    const [cookie = ''] = started.headers.getSetCookie()
    const [pair = ''] = cookie.split(';')
    const [, state] = /^__Host-latchkey-j-([\w-]{24})=/.exec(pair) ?? []
    const url = `${issuer}/callback/oidc?code=x&state=${state}`
    const tossed = await latchkey.fetch(
      new Request(url, { headers: { Cookie: pair.replace('__Host-', '') } }),
    )
    expect([tossed.status, (await tossed.text()).includes('wrong_browser')]).toEqual([403, true])
  })

  it('says nothing of https on a loopback issuer, which has none', async () => {
    const plain = await embedLatchkey('http://127.0.0.1:1', { providers: { oidc: provider.oidc } })
    const response = await plain.fetch(new Request('http://127.0.0.1:1/jwks'))
    expect(response.headers.get('strict-transport-security')).toBeNull()
    await plain.close()
  })
})

interface Manifest {
  name?: string
  private?: boolean
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  allowScripts?: Record<string, boolean>
}

describe('X11 the supply chain', () => {
  const root = join(import.meta.dirname, '../..')
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))
  const lock = read('package-lock.json') as {
    packages: Record<
      string,
      { hasInstallScript?: boolean; resolved?: string; integrity?: string; link?: boolean }
    >
  }
  const manifests = globSync(
    ['package.json', '{packages,apps}/*/package.json', '{conformance,e2e,bench}/package.json'],
    {
      cwd: root,
    },
  ).map((file): [string, Manifest] => [file, read(file) as Manifest])

  it('X11 no dependency runs a script when it is installed, but for the listed ones', () => {
    const allowed = Object.keys((read('package.json') as Manifest).allowScripts ?? {})
    const running = Object.entries(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript === true)
      .map(([path]) => path.split('node_modules/').at(-1) ?? path)
    const listed = (name: string) =>
      allowed.some(
        (pattern) => name === pattern || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
      )
    expect(running.filter((name) => !listed(name))).toEqual([])
  })

  it('X11 the lock names no registry, and every file of a stranger by its hash', () => {
    const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
    expect(text).not.toMatch(/"resolved": "https?:/)
    for (const [path, entry] of Object.entries(lock.packages)) {
      if (!path.includes('node_modules/') || entry.link === true) continue
      expect(entry.integrity, path).toMatch(/^sha512-/)
    }
  })

  it('X11 every version is one version', () => {
    const loose = manifests.flatMap(([file, { dependencies, devDependencies, optionalDependencies }]) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${file}: ${name} ${version}`),
    )
    expect(loose).toEqual([])
  })

  it('X11 few run in production, and which is decided here', () => {
    const production = Object.fromEntries(
      manifests
        .filter(([file]) => file.startsWith('packages/'))
        .map(([, { name, dependencies }]) => [
          name,
          Object.keys(dependencies ?? {}).filter((one) => !one.startsWith('@latchkey/')),
        ]),
    )
    expect(production['@latchkey/browser']).toEqual([])
    expect(production['@latchkey/verify']?.length).toBeLessThanOrEqual(1)
    expect(production['@latchkey/server']).toEqual([
      ...['@hono/node-server', 'commander', 'hono', 'jose', 'kysely', 'oauth4webapi', 'pg', 'pino'],
      ...['prom-client', 'rate-limiter-flexible', 'zod'],
    ])
  })

  it('X11 no package runs anything when somebody installs it', () => {
    for (const [file, { scripts }] of manifests) {
      for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
        expect(scripts?.[name], `${file}: ${name}`).toBeUndefined()
      }
    }
  })
})
