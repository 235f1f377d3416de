import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey, rawJws } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask, serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken, provedToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

const api = 'https://api.example.com'
const billing = 'https://billing.example.com'
let clock: TestClock
let provider: FakeProvider
let server: Running
let stranger: Running
let device: DpopKey
const reports = serviceWithSecret('reports')
const bills = serviceWithSecret('bills')
const gateway = serviceWithKey(
  'gateway',
  () => server.issuer,
  () => clock.now(),
)

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  device = await createDpopKey(clock.now)
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [api, billing] }
  const configure = () => ({
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'plain', dpop: 'off' as const },
    ],
    services: [
      { id: reports.id, secret: reports.secret, resource: api },
      { id: bills.id, secret: bills.secret, resource: billing },
      { id: gateway.id, jwks: gateway.jwks },
    ],
    providers: { oidc: provider.oidc },
    hooks: { claims: () => ({ roles: ['editor'], active: false, token_type: 'none' }) },
  })
  ;[server, stranger] = await Promise.all([
    startLatchkey(configure, { clock }),
    startLatchkey(configure, { clock }),
  ])
})
afterAll(async () => {
  await Promise.all([server?.close(), stranger?.close()])
  await provider?.close()
})

interface SignedIn {
  accessToken: string
  refreshToken: string
  idToken: string
}

async function signIn(
  of: Running = server,
  clientId = 'plain',
  more: Record<string, string> = {},
): Promise<SignedIn> {
  const spa: Spa = { ...of.spa, clientId }
  const trip = await travel(spa, createBrowser(clock), { provider: 'oidc' })
  const redemption = { ...redemptionOf(spa, trip), ...more }
  const { status, body } =
    clientId === 'web' ? await provedToken(spa, device, redemption) : await postToken(spa, redemption)
  expect(status).toBe(200)
  return {
    accessToken: String(body.access_token),
    refreshToken: String(body.refresh_token),
    idToken: String(body.id_token),
  }
}

const introspect = (token: string, headers: Record<string, string> = reports.basic, of = server) =>
  ask(`${of.issuer}/introspect`, { token }, headers)
/** The answer's text: `active`, or all of it. */
async function judged(token: string, headers?: Record<string, string>, of?: Running): Promise<string> {
  const { status, body, text } = await introspect(token, headers, of)
  expect(status).toBe(200)
  return body.active === true ? 'active' : text
}
const inactive = '{"active":false}'
const signOut = (token: string, client_id = 'plain') => ask(`${server.issuer}/revoke`, { token, client_id })

describe('A38 /introspect', () => {
  it('A38 says what a token says, with how it is presented', async () => {
    const { accessToken } = await signIn()
    const { status, headers, body } = await introspect(accessToken)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    const claims = decodeJwt(accessToken)
    expect(body).toEqual({ ...claims, active: true, token_type: 'Bearer' })
    for (const name of ['scope', 'client_id', 'exp', 'iat', 'sub', 'aud', 'iss', 'jti', 'sid', 'roles']) {
      expect(body, name).toHaveProperty(name)
    }
  })

  it('A38 says of a bound token by which key', async () => {
    const { accessToken } = await signIn(server, 'web')
    const { body } = await introspect(accessToken)
    expect(body).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: device.jkt } })
  })

  it('A38 takes every way of a service to authenticate, and a hint of any kind', async () => {
    const { accessToken: token } = await signIn()
    const url = `${server.issuer}/introspect`
    const ask3 = [
      ask(url, { token, ...reports.inBody, token_type_hint: 'refresh_token' }),
      ask(url, { token, ...gateway.signed(), token_type_hint: 'x' }),
      ask(url, { token }, reports.basic),
    ]
    for (const { body } of await Promise.all(ask3)) expect(body.active).toBe(true)
  })

  it('A38 of another service’s tokens it says nothing', async () => {
    const { accessToken } = await signIn()
    const { accessToken: narrowed } = await signIn(server, 'plain', { resource: billing })
    expect(await judged(accessToken, bills.basic)).toBe('active')
    expect(await judged(narrowed, bills.basic)).toBe('active')
    expect(await judged(narrowed, reports.basic)).toBe(inactive)
    // Without `resource` it is told about all.
    const { body } = await ask(`${server.issuer}/introspect`, { token: narrowed, ...gateway.signed() })
    expect(body.active).toBe(true)
  })

  it('A38 A30 a service’s own token is active while it is one', async () => {
    const { body } = await ask(`${server.issuer}/token`, {
      grant_type: 'client_credentials',
      ...gateway.signed(),
    })
    const own = String(body.access_token)
    const url = `${server.issuer}/introspect`
    expect((await ask(url, { token: own, ...gateway.signed() })).body).toEqual({
      ...decodeJwt(own),
      ...{ active: true, token_type: 'Bearer' },
    })
    expect(await judged(own, reports.basic)).toBe(inactive)
  })

  it('A38 everything else is inactive, and no more is said', async () => {
    const { accessToken, refreshToken, idToken } = await signIn()
    const { accessToken: foreign } = await signIn(stranger)
    const [header = '', payload = '', signature = ''] = accessToken.split('.')
    const forged = rawJws(
      JSON.parse(Buffer.from(header, 'base64url').toString()),
      decodeJwt(accessToken),
      device.privateKey,
    )
    const claims = Buffer.from(JSON.stringify({ ...decodeJwt(accessToken), sub: 'usr_x' })).toString(
      'base64url',
    )
    for (const token of [
      ...['x', 'e30.e30.e30', refreshToken, idToken, foreign, forged, `${accessToken}=`, ` ${accessToken}`],
      ...[`${header}.${claims}.${signature}`, `${header}.${payload}.`, accessToken.toUpperCase()],
    ]) {
      expect(await judged(token), token).toBe(inactive)
      const { text } = await ask(`${server.issuer}/introspect`, { token, ...gateway.signed() })
      expect(text, token).toBe(inactive)
    }
    expect(await judged(accessToken)).toBe('active')
  })

  it('A38 an expired token is inactive, to the second', async () => {
    const { accessToken } = await signIn()
    clock.advance(299_000)
    expect(await judged(accessToken)).toBe('active')
    clock.advance(1_000)
    expect(await judged(accessToken)).toBe(inactive)
  })

  it('A37 A39 inactive is what has been signed out, at once', async () => {
    const { accessToken, refreshToken } = await signIn()
    expect(await judged(accessToken)).toBe('active')
    expect((await signOut(refreshToken)).status).toBe(200)
    expect(await judged(accessToken)).toBe(inactive)
  })

  it('A39 and what belongs to a user who was erased or disabled', async () => {
    const disabled = await signIn()
    const { sub = '' } = decodeJwt(disabled.accessToken)
    await server.storage.query('update users set disabled_at = ? where id = ?', clock.now(), sub)
    expect(await judged(disabled.accessToken)).toBe(inactive)
    await server.storage.query('update users set disabled_at = null')
    expect(await judged(disabled.accessToken)).toBe('active')
    const Authorization = `Bearer ${disabled.accessToken}`
    await fetch(`${server.issuer}/account`, { method: 'DELETE', headers: { Authorization } })
    expect(await judged(disabled.accessToken)).toBe(inactive)
  })

  it('A12 a code that comes again kills what it yielded: refresh token and access token', async () => {
    const spa: Spa = { ...server.spa, clientId: 'plain' }
    const redemption = redemptionOf(spa, await travel(spa, createBrowser(clock), { provider: 'oidc' }))
    const { body } = await postToken(spa, redemption)
    expect(await judged(String(body.access_token))).toBe('active')
    expect((await postToken(spa, redemption)).body.error).toBe('invalid_grant')
    expect(await judged(String(body.access_token))).toBe(inactive)
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'plain',
      refresh_token: String(body.refresh_token),
    }
    expect((await postToken(spa, refresh)).body.error).toBe('invalid_grant')
  })

  it.each([
    ['nobody', {}, {}, 401, 'invalid_client'],
    ['a browser’s client', { client_id: 'web' }, {}, 401, 'invalid_client'],
    ['another secret', { ...reports.inBody, client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['no token', reports.inBody, {}, 400, 'invalid_request'],
  ] as [string, Record<string, string>, Record<string, string>, number, string][])(
    'A38 refuses %s',
    async (name, params, headers, status, error) => {
      const { accessToken } = await signIn()
      const token: Record<string, string> = name === 'no token' ? {} : { token: accessToken }
      const answer = await ask(`${server.issuer}/introspect`, { ...token, ...params }, headers)
      expect([answer.status, answer.body.error]).toEqual([status, error])
    },
  )

  it('A21 A38 takes a form POST alone, each parameter once, and no browser’s', async () => {
    const url = `${server.issuer}/introspect`
    expect((await fetch(`${url}?token=x`, { headers: reports.basic })).status).toBe(405)
    expect((await ask(`${url}?token=x`, { token: 'x' }, reports.basic)).status).toBe(400)
    const twice: [string, string][] = [
      ['token', 'x'],
      ['token', 'y'],
    ]
    expect((await ask(url, twice, reports.basic)).status).toBe(400)
    const json = {
      method: 'POST',
      body: '{"token":"x"}',
      headers: { ...reports.basic, 'Content-Type': 'application/json' },
    }
    expect((await fetch(url, json)).status).toBe(400)
    for (const path of ['introspect', 'revocations']) {
      const from = { Origin: spaOrigin }
      const asked = await ask(`${server.issuer}/${path}`, { token: 'x', client_id: 'web' }, from)
      expect(asked.headers.get('access-control-allow-origin')).toBeNull()
      const preflight = await fetch(`${server.issuer}/${path}`, {
        method: 'OPTIONS',
        headers: { ...from, 'Access-Control-Request-Method': 'POST' },
      })
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null])
    }
  })

  it('A38 X04 without a database it says neither active nor inactive', async () => {
    const { accessToken } = await signIn(stranger)
    expect(await judged(accessToken, reports.basic, stranger)).toBe('active')
    await stranger.latchkey.close()
    for (const [path, params] of [
      ['introspect', { token: accessToken, ...reports.inBody }],
      ['revocations', reports.inBody],
    ] as [string, Record<string, string>][]) {
      const { status, headers, body } = await ask(`${stranger.issuer}/${path}`, params)
      expect([status, body.error, body.active], path).toEqual([503, 'temporarily_unavailable', undefined])
      expect(Number(headers.get('retry-after')), path).toBeGreaterThan(0)
    }
    // Nor of a token whose key may have come since.
    const header = { typ: 'at+jwt', alg: 'ES256', kid: 'not known yet' }
    const newer = rawJws(header, decodeJwt(accessToken), device.privateKey)
    expect((await introspect(newer, reports.basic, stranger)).status).toBe(503)
    // What is no token of ours is that without a database too.
    expect(await judged('x', reports.basic, stranger)).toBe(inactive)
  })
})
