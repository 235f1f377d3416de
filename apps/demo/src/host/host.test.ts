import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { banner } from './banner.ts'
import { freePort, listen } from './listen.ts'
import { keptSecret } from './secret.ts'
import { contentSecurityPolicy, site } from './site.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-demo-'))
  cleanUps.push(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('listen', () => {
  it('takes the next free port when the preferred one is taken, and says so', async () => {
    const first = await listen({ host: '127.0.0.1', port: 0 })
    cleanUps.push(first.close)
    const second = await listen({ host: 'localhost', port: first.port })
    cleanUps.push(second.close)
    expect(first.moved).toBe(false)
    expect(second.moved).toBe(true)
    expect(second.port).toBeGreaterThan(first.port)
    expect(second.url).toBe(`http://localhost:${second.port}`)
  })

  it('answers 503 until it is told how to answer', async () => {
    const origin = await listen({ host: '127.0.0.1', port: 0 })
    cleanUps.push(origin.close)
    expect((await fetch(origin.url)).status).toBe(503)
    origin.answer(() => new Response('here'))
    expect(await (await fetch(origin.url)).text()).toBe('here')
  })

  it('finds a port that somebody else may listen on', async () => {
    const port = await freePort({ host: 'localhost', port: 0 })
    const origin = await listen({ host: 'localhost', port })
    cleanUps.push(origin.close)
    expect(origin.moved).toBe(false)
  })
})

describe('keptSecret', () => {
  it('is made once, 32 bytes, readable by its owner alone', () => {
    const file = join(temporary(), 'kept', 'secret')
    const secret = keptSecret(file)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(keptSecret(file)).toBe(secret)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

const config = {
  issuer: 'http://127.0.0.1:1',
  clientId: 'web',
  page: 'http://localhost:2',
  provider: 'http://localhost:3',
  apps: 'http://localhost:6',
  broken: [],
  services: { notes: 'http://127.0.0.1:4', billing: 'http://127.0.0.1:5' },
}

const served = (over: Partial<typeof config> = {}, turned: boolean[] = [], played: string[] = []) => {
  const folder = temporary()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'x')
  writeFileSync(
    join(folder, 'index.html'),
    '<script type="application/json" id="demo-config">{}</script><p>page</p>',
  )
  const observer = {
    watch: (handler: (request: Request) => Response | Promise<Response>) => handler,
    ofSession: (sid: string) => (sid === 'ses_1' ? { provider: 'p', hops: [] } : undefined),
    since: () => undefined,
    ofConnection: (id: string) => (id === 'con_1' ? { provider: 'q', hops: [] } : undefined),
  }
  const plug = {
    down: false,
    async turn(down: boolean) {
      turned.push(down)
    },
  }
  const apps = {
    play: (play: string) => void played.push(play),
    view: () => ({ fewerScopes: false, waiting: [], grants: [] }),
  }
  const handler = site({ folder, config: { ...config, ...over }, observer, latchkey: plug, apps })
  return async (path: string, init?: RequestInit) => handler(new Request(`http://localhost:2${path}`, init))
}

describe('site', () => {
  it('B06: the page may talk to its own origin, Latchkey and the services, and keeps its Origin', async () => {
    const answer = await served()('/')
    expect(answer.headers.get('referrer-policy')).toBe('strict-origin')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toBe(contentSecurityPolicy(config))
    expect(policy).toContain(
      "connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:4 http://127.0.0.1:5; form-action http://127.0.0.1:1;",
    )
    expect(policy).toMatch(/^default-src 'none'; .*require-trusted-types-for 'script'; trusted-types 'none'$/)
    expect(policy).not.toMatch(/unsafe|\*|https:/)
  })

  it('turns Latchkey off and on for the page itself, and for nobody else’s', async () => {
    const turned: boolean[] = []
    const at = served({}, turned)
    const post = (down: boolean, origin?: string) =>
      at(`/demo/latchkey?down=${down}`, { method: 'POST', ...(origin && { headers: { origin } }) })
    for (const origin of [undefined, 'null', 'http://evil.example', config.issuer]) await post(true, origin)
    await at('/demo/latchkey?down=true')
    expect(turned).toEqual([])
    await post(true, config.page)
    await post(false, config.page)
    expect(turned).toEqual([true, false])
  })

  it('the apps’ provider does what the page itself tells it, if it can do that', async () => {
    const played: string[] = []
    const at = served({}, [], played)
    const post = (play: string, origin?: string) =>
      at(`/demo/apps?play=${play}`, { method: 'POST', ...(origin && { headers: { origin } }) })
    for (const origin of [undefined, 'null', 'http://evil.example', config.issuer]) await post('down', origin)
    await at('/demo/apps?play=down')
    await post('anything', config.page)
    expect(played).toEqual([])
    const seen = await post('lost-answer', config.page)
    expect(played).toEqual(['lost-answer'])
    expect(await seen.json()).toEqual({ fewerScopes: false, waiting: [], grants: [] })
  })

  it('puts the configuration into the page, and nothing out of it can end the element', async () => {
    const page = await (await served({ clientId: '</script><script>' })('/callback')).text()
    expect(page.match(/<script/g)).toHaveLength(1)
    const json = /id="demo-config">([^<]*)</.exec(page)?.[1] ?? ''
    expect(JSON.parse(json)).toEqual({ ...config, clientId: '</script><script>' })
  })

  it('B07: answers the callback itself, without a redirect; other paths are not found', async () => {
    const ask = served()
    expect((await ask('/callback')).status).toBe(200)
    expect((await ask('/callback/')).status).toBe(404)
    expect((await ask('/assets/..%2findex.html')).status).toBe(404)
    expect((await ask('/assets/index-1.js')).headers.get('content-type')).toMatch(/^text\/javascript/)
    expect((await ask('/', { method: 'POST' })).status).toBe(405)
  })

  it('tells a journey to who names its session', async () => {
    const ask = served()
    expect(await (await ask('/demo/journey?session=ses_1')).json()).toEqual({ provider: 'p', hops: [] })
    expect(await (await ask('/demo/journey?session=other')).json()).toBeNull()
    expect(await (await ask('/demo/journey?connection=con_1')).json()).toEqual({ provider: 'q', hops: [] })
    expect(await (await ask('/demo/journey')).json()).toBeNull()
  })
})

describe('banner', () => {
  it('names every origin, and those that moved', () => {
    const urls = {
      page: 'http://localhost:5174',
      latchkey: 'http://127.0.0.1:4000',
      provider: 'http://localhost:4400',
      apps: 'http://localhost:4410',
      notes: 'http://127.0.0.1:4501',
      billing: 'http://127.0.0.1:4502',
    }
    const text = banner({ urls, moved: ['page'] })
    for (const url of Object.values(urls)) expect(text).toContain(url)
    expect(text.match(/the usual port is taken/g)).toHaveLength(1)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90)
  })
})
