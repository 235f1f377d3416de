// Who asks too often has to wait; nobody else does.
import { once } from 'node:events'
import { request } from 'node:http'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken, redemptionOf, start, startOf, travel } from '../support/spa.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

interface Ask {
  form?: Record<string, string>
  headers?: Record<string, string | string[]>
  /** The address on loopback that it is sent from. Default: 127.0.0.1. */
  from?: string
}

const app = serviceWithSecret('app')
const reports = serviceWithSecret('reports')
const keyed = serviceWithKey(
  'keyed',
  () => server.issuer,
  () => server.clock.now(),
)
let provider: FakeProvider
/** Nobody stands before it. */
let server: Running
/** Behind 127.0.0.1, which is trusted. */
let proxied: Running

const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
const configured = () => ({
  clients: [
    { ...client, id: 'web' },
    { ...client, id: 'plain', dpop: 'off' as const },
    { ...client, id: app.id, secret: app.secret },
  ],
  services: [
    { id: reports.id, secret: reports.secret },
    { id: keyed.id, jwks: keyed.jwks },
  ],
  providers: { oidc: provider.oidc, posting: { ...provider.oidc, response_mode: 'form_post' as const } },
  rate_limits: {
    authorize_per_minute: 3,
    callback_per_minute: 3,
    token_per_minute: 5,
    account_per_minute: 4,
  },
})

beforeAll(async () => {
  provider = await createFakeProvider({ autoApprove: 'user' })
  server = await startLatchkey(configured)
  proxied = await startLatchkey(() => ({ ...configured(), trusted_proxies: ['127.0.0.1/32'] }))
})
afterAll(async () => {
  await server?.close()
  await proxied?.close()
  await provider?.close()
})

/** Each test has minutes of its own. */
function nextMinute(): void {
  for (const each of [server, proxied]) each.clock.advance(60_000)
}

async function ask(
  url: string,
  { form, headers = {}, from: localAddress = '127.0.0.1' }: Ask = {},
): Promise<Answer> {
  const call = request(url, {
    method: form === undefined ? 'GET' : 'POST',
    localAddress,
    headers: {
      ...(form === undefined
        ? {}
        : { 'Content-Type': 'application/x-www-form-urlencoded', Origin: spaOrigin }),
      ...headers,
    },
  })
  call.end(form === undefined ? undefined : new URLSearchParams(form).toString())
  const [response] = await once(call, 'response')
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode, headers: response.headers, body }
}

async function statuses(count: number, url: string, how: (index: number) => Ask = () => ({})) {
  const seen: number[] = []
  for (let index = 0; index < count; index++) seen.push((await ask(url, how(index))).status)
  return seen
}

const nobodysCode = (clientId: string) => ({
  ...{ grant_type: 'authorization_code', client_id: clientId },
  ...{ code: 'c'.repeat(43), code_verifier: 'v'.repeat(43) },
})
const starting = (clientId = 'web') => ({
  ...startOf({ ...server.spa, clientId }, { provider: 'oidc' }).params,
})
const forwarded = (value: string | string[]) => ({ headers: { 'X-Forwarded-For': value } })

describe('X03 a burst is answered by 429 and Retry-After', () => {
  it('X03 at /token in JSON, which the app may read', async () => {
    nextMinute()
    const burst = { form: nobodysCode('plain') }
    expect(await statuses(5, `${server.issuer}/token`, () => burst)).toEqual([400, 400, 400, 400, 400])
    server.clock.advance(20_500)
    const refused = await ask(`${server.issuer}/token`, burst)
    expect(refused).toMatchObject({
      status: 429,
      headers: {
        'retry-after': '40',
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'access-control-allow-origin': spaOrigin,
      },
    })
    expect(refused.headers['access-control-expose-headers']).toContain('Retry-After')
    const { error, request_id } = JSON.parse(refused.body)
    expect([error, request_id]).toEqual(['rate_limited', refused.headers['x-request-id']])
    server.clock.advance(39_500)
    expect((await ask(`${server.issuer}/token`, burst)).status).toBe(400)
  })

  it('X03 at /authorize as a page, and nothing is sent to the app or the provider', async () => {
    nextMinute()
    const url = `${server.issuer}/authorize`
    expect(await statuses(3, url, () => ({ form: starting() }))).toEqual([200, 200, 200])
    const refused = await ask(url, { form: starting() })
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    expect(refused.headers['content-type']).toContain('text/html')
    expect(refused.body).toContain('rate_limited')
    for (const name of ['location', 'refresh', 'set-cookie'])
      expect(refused.headers[name], name).toBeUndefined()
  })

  it('X03 at the callback as a page, and whoever comes back a minute later is signed in', async () => {
    nextMinute()
    const browser = createBrowser(server.clock)
    const toCallback = async () => {
      const first = await start(server.spa, browser, starting())
      return (await browser.follow(first, (url) => url.pathname.startsWith('/callback/'))).next ?? ''
    }
    const held = [await toCallback(), await toCallback(), await toCallback()]
    nextMinute()
    held.push(await toCallback())
    const pages = []
    for (const url of held) pages.push(await browser.visit(url))
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303, 429])
    expect(pages.at(-1)?.body).toContain('rate_limited')
    server.clock.advance(60_000)
    expect((await browser.visit(held.at(-1) ?? '')).next?.href).toContain('code=')
  })

  it('X03 at the callback for whoever has no journey', async () => {
    nextMinute()
    const from = `${server.issuer}/callback/oidc?code=x&state=`
    const states = ['', 'x', 'a'.repeat(24), 'b'.repeat(24)]
    const seen = []
    for (const state of states) seen.push((await ask(from + state)).status)
    expect(seen).toEqual([400, 400, 403, 429])
    // Nor does that cost anybody who has one.
    const trip = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc' })
    expect(trip.answer.has('code')).toBe(true)
  })

  it('X03 at the callback of a provider that posts', async () => {
    nextMinute()
    const form = { code: 'x', state: 'a'.repeat(24) }
    const url = `${server.issuer}/callback/posting`
    expect(await statuses(4, url, () => ({ form }))).toEqual([200, 200, 200, 429])
  })

  it('X03 at the choice of a provider', async () => {
    nextMinute()
    const chosen = { form: { provider: 'oidc', journey: 'x' }, headers: { Origin: server.issuer } }
    const seen = await statuses(4, `${server.issuer}/authorize/choose`, () => chosen)
    expect(seen).toEqual([400, 400, 400, 429])
  })

  it('X03 at /par and /revoke, each counted by itself', async () => {
    nextMinute()
    const par = await statuses(4, `${server.issuer}/par`, () => ({ form: starting() }))
    expect(par).toEqual([201, 201, 201, 429])
    const form = { client_id: 'web', token: 'nobody’s' }
    const revoke = await statuses(6, `${server.issuer}/revoke`, () => ({ form }))
    expect(revoke).toEqual([200, 200, 200, 200, 200, 429])
    expect((await ask(`${server.issuer}/authorize`, { form: starting() })).status).toBe(200)
  })

  it('X03 never at what everybody needs', async () => {
    nextMinute()
    for (const path of [
      'jwks',
      '.well-known/openid-configuration',
      'providers?client_id=web',
      'healthz',
      'readyz',
    ]) {
      expect(new Set(await statuses(8, `${server.issuer}/${path}`)), path).toEqual(new Set([200]))
    }
  })
})

describe('X03 others are not affected', () => {
  it('X03 neither another client of the same address nor another address', async () => {
    nextMinute()
    const url = `${server.issuer}/token`
    await statuses(6, url, () => ({ form: nobodysCode('plain') }))
    expect((await ask(url, { form: nobodysCode('plain') })).status).toBe(429)
    expect((await ask(url, { form: nobodysCode('web') })).status).toBe(400)
    expect((await ask(url, { form: nobodysCode('plain'), from: '127.0.0.2' })).status).toBe(400)
  })

  it('X03 clients that nobody knows are one client, and its flood costs the others nothing', async () => {
    nextMinute()
    const url = `${server.issuer}/token`
    const invented = (index: number) => ({ form: nobodysCode(`invented-${index}`) })
    expect(await statuses(6, url, invented)).toEqual([401, 401, 401, 401, 401, 429])
    expect((await ask(url, { form: nobodysCode('plain') })).status).toBe(400)
  })

  it('X03 a request that had to wait has used up nothing', async () => {
    nextMinute()
    const spa = { ...server.spa, clientId: 'plain' }
    const trip = await travel(spa, createBrowser(server.clock), { provider: 'oidc' })
    await statuses(5, `${server.issuer}/token`, () => ({ form: nobodysCode('plain') }))
    expect((await postToken(spa, redemptionOf(spa, trip))).status).toBe(429)
    server.clock.advance(59_000)
    // Another address, since the code lives no longer than the minute.
    const late = await ask(`${server.issuer}/token`, { form: redemptionOf(spa, trip), from: '127.0.0.2' })
    expect(late.status).toBe(200)
  })
})

describe('X02 the client’s address', () => {
  const url = () => `${proxied.issuer}/token`
  const burst = (how: (index: number) => Ask) =>
    statuses(6, url(), (index) => ({ form: nobodysCode('plain'), ...how(index) }))

  it('X02 is nobody’s to choose without a trusted proxy', async () => {
    nextMinute()
    const spoofed = await statuses(6, `${server.issuer}/token`, (index) => ({
      form: nobodysCode('plain'),
      headers: {
        'X-Forwarded-For': `198.51.100.${index}`,
        Forwarded: `for=198.51.100.${index}`,
        'X-Real-IP': `198.51.100.${index}`,
        'X-Client-IP': `198.51.100.${index}`,
      },
    }))
    expect(spoofed.at(-1)).toBe(429)
    const told = server.logs.filter((line) => line.includes('trusted_proxies'))
    expect(told).toHaveLength(1)
  })

  it('X02 is what a trusted proxy says, so that those behind it do not wait for each other', async () => {
    nextMinute()
    expect((await burst(() => forwarded('198.51.100.1'))).at(-1)).toBe(429)
    expect((await burst(() => forwarded('198.51.100.2'))).slice(0, 5)).toEqual([400, 400, 400, 400, 400])
    const each = await burst((index) => forwarded(`203.0.113.${index}`))
    expect(each).toEqual([400, 400, 400, 400, 400, 400])
  })

  it('X02 is not what the client put there before, in one header or in several', async () => {
    nextMinute()
    expect((await burst((index) => forwarded(`192.0.2.${index}, 198.51.100.1`))).at(-1)).toBe(429)
    expect((await burst((index) => forwarded([`192.0.2.${index}`, '198.51.100.2']))).at(-1)).toBe(429)
    // A second proxy that nobody trusts is a client like any other.
    expect((await burst((index) => ({ ...forwarded(`192.0.2.${index}`), from: '127.0.0.2' }))).at(-1)).toBe(
      429,
    )
  })

  it('CVE-2026-45364 is the same for all of a /64 of IPv6, however it is written', async () => {
    nextMinute()
    const written = [
      '2001:db8:0:1::1',
      '2001:DB8:0:1::2',
      '2001:0db8:0000:0001:0000:0000:0000:0003',
      '[2001:db8:0:1:ffff::4]:4711',
      '2001:db8:0:1::198.51.100.5',
      '2001:db8::1:6:6:6:6',
    ]
    expect((await burst((index) => forwarded(written[index] ?? ''))).at(-1)).toBe(429)
    expect((await burst(() => forwarded('2001:db8:0:2::1')))[0]).toBe(400)
    const mapped = ['198.51.100.9', '::ffff:198.51.100.9', '::ffff:c633:6409']
    expect((await burst((index) => forwarded(mapped[index % 3] ?? ''))).at(-1)).toBe(429)
  })
})

describe('X03 whoever has a secret or a key', () => {
  const asService = { grant_type: 'client_credentials' }

  it('X03 may come as often as it likes, a fleet behind one address included', async () => {
    nextMinute()
    const how = () => ({ form: { ...asService, ...reports.inBody } })
    expect(new Set(await statuses(12, `${server.issuer}/token`, how))).toEqual(new Set([200]))
    const signed = () => ({ form: { ...asService, ...keyed.signed() } })
    expect(new Set(await statuses(10, `${server.issuer}/token`, signed))).toEqual(new Set([200]))
    const introspecting = () => ({ form: { token: 'x' }, headers: reports.basic })
    expect(new Set(await statuses(12, `${server.issuer}/introspect`, introspecting))).toEqual(new Set([200]))
    const ofTheApp = () => ({ form: { ...nobodysCode(app.id), ...app.inBody } })
    expect(new Set(await statuses(12, `${server.issuer}/token`, ofTheApp))).toEqual(new Set([400]))
  })

  it.each([
    ['a service by Basic', 'token', (): Ask => ({ form: asService, headers: wrong(reports.id) })],
    [
      'a service in the body',
      'introspect',
      (): Ask => ({ form: { token: 'x', client_id: reports.id, client_secret: 'no' } }),
    ],
    [
      'a service by its key',
      'token',
      (): Ask => ({ form: { ...asService, ...keyed.signed(keyed.assertion({ aud: 'x' })) } }),
    ],
    ['a server-side app', 'token', (): Ask => ({ form: { ...nobodysCode(app.id), client_secret: 'no' } })],
    ['a server-side app at /par', 'par', (): Ask => ({ form: starting(app.id), headers: wrong(app.id) })],
  ])('X03 guesses no more than the limit says: %s', async (_, path, how) => {
    nextMinute()
    const seen = await statuses(8, `${server.issuer}/${path}`, how)
    expect(seen).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
  })

  it('X03 is not heard, right or wrong, where too many guesses came from; elsewhere it is', async () => {
    nextMinute()
    const url = `${server.issuer}/token`
    await statuses(6, url, () => ({ form: asService, headers: wrong(reports.id) }))
    const right = { form: asService, headers: reports.basic }
    const refused = await ask(url, right)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60'])
    expect((await ask(url, { ...right, from: '127.0.0.2' })).status).toBe(200)
    expect((await ask(url, { form: { ...asService, ...keyed.signed() } })).status).toBe(200)
    server.clock.advance(60_000)
    expect((await ask(url, right)).status).toBe(200)
  })

  function wrong(id: string): Record<string, string> {
    return { Authorization: `Basic ${Buffer.from(`${id}:a guess`).toString('base64')}` }
  }
})

describe('X03 an account', () => {
  async function accessToken(persona: string) {
    provider.autoApprove(persona)
    const spa = { ...server.spa, clientId: 'plain' }
    const trip = await travel(spa, createBrowser(server.clock), { provider: 'oidc' })
    const { body } = await postToken(spa, redemptionOf(spa, trip))
    return { Authorization: `Bearer ${String(body.access_token)}`, Origin: spaOrigin }
  }

  it('X03 has a limit of its own, wherever its requests come from', async () => {
    nextMinute()
    const headers = await accessToken('user')
    nextMinute()
    const other = await accessToken('admin')
    const paths = ['account', 'account/sessions', 'userinfo', 'account', 'account']
    const seen = []
    for (const [index, path] of paths.entries()) {
      seen.push((await ask(`${server.issuer}/${path}`, { headers, from: `127.0.0.${index + 1}` })).status)
    }
    expect(seen).toEqual([200, 200, 200, 200, 429])
    const refused = await ask(`${server.issuer}/account/identities`, { headers })
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60', 'access-control-allow-origin': spaOrigin },
    })
    expect(JSON.parse(refused.body)).toMatchObject({ error: 'rate_limited' })
    expect((await ask(`${server.issuer}/account`, { headers: other })).status).toBe(200)
  })

  it('X03 is not used up by whoever has no good token of it', async () => {
    nextMinute()
    const headers = await accessToken('user')
    const [, token = ''] = headers.Authorization.split(' ')
    const forged = token.replace(/\.[^.]*$/, `.${'A'.repeat(86)}`)
    const seen = await statuses(6, `${server.issuer}/account`, () => ({
      headers: { Authorization: `Bearer ${forged}` },
    }))
    expect(new Set(seen)).toEqual(new Set([401]))
    expect((await ask(`${server.issuer}/account`, { headers })).status).toBe(200)
  })
})

it('X03 X06 a burst is one line in the log, with its request and without secrets', async () => {
  nextMinute()
  const before = server.logs.length
  const form = { ...nobodysCode('plain'), code: 'canary'.repeat(8) }
  const seen = []
  for (let index = 0; index < 20; index++) seen.push(await ask(`${server.issuer}/token`, { form }))
  const lines = server.logs.slice(before).map((line): Record<string, unknown> => JSON.parse(line))
  const told = lines.filter(({ level, error_code }) => error_code === 'rate_limited' && level !== 'debug')
  expect(told).toMatchObject([
    {
      ...{ level: 'warn', limit: 'token', client_id: 'plain', address: '127.0.0.1' },
      request_id: seen[5]?.headers['x-request-id'],
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('canary')
})
