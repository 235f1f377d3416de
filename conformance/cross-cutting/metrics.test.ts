// What Prometheus is told, by either way to it, and that nobody else is told anything.
import { randomBytes } from 'node:crypto'
import { listen } from '@latchkey/server'
import { createFakeProvider } from '@latchkey/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, openRoom, type Room, type SignedIn, signIn } from '../connect/support.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { provedToken } from '../support/spa.ts'
import { vaultCaller } from '../vault/caller.ts'

const token = randomBytes(32).toString('base64url')
const hook = 'canary-hook'
let room: Room
let operations: { url: string; close(): Promise<void> }
const service = vaultCaller('reports', () => room.server.issuer)

beforeAll(async () => {
  room = await openRoom(() => ({
    operations: { listen: '127.0.0.1:4001', metrics_token: token },
    services: [{ id: service.id, secret: service.secret, vault: { calendar: ['*'] } }],
    webhooks: [{ url: `http://127.0.0.1:1/${hook}`, secret: `whsec_${randomBytes(32).toString('base64')}` }],
  }))
  const listening = await listen(room.server.latchkey.operations, { host: '127.0.0.1', port: 0 })
  operations = { url: `http://127.0.0.1:${listening.port}`, close: () => listening.close(0) }
})
afterAll(async () => {
  await operations?.close()
  await room?.close()
})

const bearer = { Authorization: `Bearer ${token}` }
const scrape = async (): Promise<string> => (await fetch(`${operations.url}/metrics`)).text()
/** The value of one series; 0 where there is none. */
function countIn(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`latchkey_${series} `))
  return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')))
}

describe('the ways to the metrics', () => {
  it('are the port for operations, without more, and the public one with the token', async () => {
    for (const [url, headers] of [
      [`${operations.url}/metrics`, {}],
      [`${room.server.issuer}/metrics`, bearer],
      [`${room.server.issuer}/metrics`, { Authorization: `bearer ${token}` }],
    ] as const) {
      const response = await fetch(url, { headers })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.text()).toContain('# TYPE latchkey_http_request_duration_seconds histogram')
    }
  })

  it.each([
    ['nothing', {}],
    ['another token', { Authorization: `Bearer ${token.slice(1)}` }],
    ['a longer one', { Authorization: `Bearer ${token}0` }],
    ['the token as Basic', { Authorization: `Basic ${token}` }],
    ['no token', { Authorization: 'Bearer ' }],
    ['a browser', { Accept: 'text/html' }],
  ])('with %s there is nothing at that address, by any method, as at any other', async (_what, headers) => {
    const shape = async (path: string, method: string) => {
      const response = await fetch(`${room.server.issuer}${path}`, { method, headers })
      const text = await response.text()
      const id = response.headers.get('x-request-id') ?? ''
      const named = [...response.headers.keys()].filter((name) => name !== 'content-length')
      return [response.status, named, text.replaceAll(id, 'id')]
    }
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
      const there = await shape('/metrics', method)
      expect(there[0], method).toBe(404)
      expect(there, method).toEqual(await shape('/nothing-here', method))
    }
  })

  it('are not there where nobody configured them, and a token alone opens no port', async () => {
    const provider = await createFakeProvider()
    const issuer = 'https://auth.example.com'
    const at = (path: string, headers = {}) => new Request(`${issuer}${path}`, { headers })
    const providers = { oidc: provider.oidc }
    const private_ = { providers, allow_private_network_providers: true }
    const [off, tokened, apart] = await Promise.all([
      embedLatchkey(issuer, private_),
      embedLatchkey(issuer, { ...private_, operations: { metrics_token: token } }),
      embedLatchkey(issuer, { ...private_, operations: { listen: '127.0.0.1:4001' } }),
    ])
    const statuses = await Promise.all([
      ...[off, tokened, apart].map((one) => one.fetch(at('/metrics', bearer))),
      ...[off, tokened, apart].map((one) => one.operations.fetch(at('/metrics'))),
      apart.fetch(at('/metrics', { Authorization: 'Bearer' })),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([404, 200, 404, 404, 200, 200, 404])
    expect([off, tokened, apart].map((one) => one.matches('/metrics'))).toEqual([false, true, false])
    await Promise.all([off, tokened, apart].map((one) => one.close()))
    await provider.close()
  })
})

describe('the port for operations', () => {
  it('says whether it is alive and ready, and serves nothing else', async () => {
    const read = async (path: string) => {
      const response = await fetch(`${operations.url}${path}`)
      return [response.status, await response.json()]
    }
    expect(await read('/healthz')).toEqual([200, { status: 'ok' }])
    expect(await read('/readyz')).toEqual([200, { status: 'ready' }])
    for (const path of [
      '/',
      '/jwks',
      '/token',
      '/providers?client_id=web',
      '/.well-known/openid-configuration',
    ])
      expect((await fetch(`${operations.url}${path}`)).status, path).toBe(404)
  })

  it('is not ready once the process is to end, and everything else goes on', async () => {
    const provider = await createFakeProvider()
    const issuer = 'https://auth.example.com'
    const latchkey = await embedLatchkey(issuer, {
      ...{ providers: { oidc: provider.oidc }, allow_private_network_providers: true },
      operations: { listen: '127.0.0.1:4001' },
    })
    const status = async (side: { fetch(request: Request): Promise<Response> }, path: string) =>
      (await side.fetch(new Request(issuer + path))).status
    latchkey.drain()
    expect(await status(latchkey.operations, '/readyz')).toBe(503)
    expect(await status(latchkey, '/readyz')).toBe(503)
    expect(await status(latchkey.operations, '/healthz')).toBe(200)
    expect(await status(latchkey, '/jwks')).toBe(200)
    await latchkey.close()
    // The database is gone, and of all times now somebody wants to know.
    const last = await latchkey.operations.fetch(new Request(`${issuer}/metrics`))
    expect(await last.text()).toContain('code="unavailable"')
    await provider.close()
  })
})

describe('the metrics of a journey', () => {
  let ada: SignedIn
  let before: string
  let after: string
  const secrets = new Set<string>()
  const note = (...values: unknown[]) => {
    for (const value of values) secrets.add(String(value))
  }
  const refresh = (refreshToken: string) =>
    provedToken(room.server.spa, ada.key, {
      ...{ grant_type: 'refresh_token', client_id: 'web', refresh_token: refreshToken },
    })

  beforeAll(async () => {
    before = await scrape()
    ada = await signIn(room.server, { provider: 'oidc', login_hint: 'canary-hint' })
    const renewed = await refresh(ada.refreshToken)
    note(
      ada.accessToken,
      ada.refreshToken,
      ada.idToken,
      renewed.body.access_token,
      renewed.body.refresh_token,
    )
    const { sub, sid } = decodeJwt(ada.accessToken)
    note(sub, sid, token, service.secret, hook)
    const connection = await connect(room.server, ada)
    note(connection.id, connection.account.subject, connection.account.label)
    note((await service.token(connection.id)).body.access_token, await service.ownToken())
    room.server.clock.advance(3_600_000)
    const ownAgain = vaultCaller('reports', () => room.server.issuer)
    note((await ownAgain.token(connection.id)).body.access_token)
    room.provider.faults.next('token', 'http-503')
    await signIn(room.server, { provider: 'both' })
    await refresh(String(renewed.body.refresh_token))
    expect((await refresh(ada.refreshToken)).body.error).toBe('invalid_grant')
    for (const path of [
      '/canary-path',
      '/callback/canary-provider?state=canary',
      '/account/sessions/canary-id',
    ])
      await fetch(room.server.issuer + path, { headers: { 'User-Agent': 'canary-agent' } })
    await room.timers.pass(2_000)
    after = await scrape()
  })

  it.each([
    ['sign_ins_total{provider="oidc",outcome="ok"}', 1],
    ['sign_ins_total{provider="both",outcome="temporarily_unavailable"}', 1],
    ['sessions_created_total{provider="oidc"}', 1],
    ['token_requests_total{grant="authorization_code",outcome="ok"}', 1],
    ['token_requests_total{grant="refresh_token",outcome="ok"}', 2],
    ['token_requests_total{grant="refresh_token",outcome="invalid_grant"}', 1],
    ['token_requests_total{grant="client_credentials",outcome="ok"}', 2],
    ['refresh_token_reuse_total', 1],
    ['sessions_ended_total{reason="refresh_token_reused"}', 1],
    ['events_total{type="connection.created"}', 1],
    ['vault_hand_outs_total{provider="calendar",outcome="ok"}', 2],
    ['vault_renewals_total{provider="calendar",outcome="ok"}', 1],
    ['provider_outcomes_total{provider="oidc",outcome="ok"}', 1],
    ['provider_request_duration_seconds_count{provider="both",outcome="5xx"}', 1],
    ['storage_operation_duration_seconds_count{operation="sessions.create"}', 1],
    ['http_errors_total{route="none",code="not_found"}', 1],
    ['http_request_duration_seconds_count{route="/callback/:provider",method="GET",status="4xx"}', 1],
    [
      'http_request_duration_seconds_count{route="/vault/connections/:id/token",method="POST",status="2xx"}',
      2,
    ],
  ])('%s goes up by %i', (series, by) => {
    expect(countIn(after, series) - countIn(before, series)).toBe(by)
  })

  it('tell what waits, and which key signs', () => {
    expect(countIn(after, 'webhook_messages_waiting')).toBeGreaterThan(3)
    expect(countIn(after, 'webhook_oldest_message_timestamp_seconds')).toBeGreaterThan(1.7e9)
    expect(countIn(after, 'signing_key_activation_timestamp_seconds{algorithm="ES256"}')).toBeGreaterThan(
      1.7e9,
    )
    expect(countIn(after, 'signing_keys_published')).toBeGreaterThan(0)
    expect(countIn(after, 'provider_breaker_open{provider="oidc"}')).toBe(0)
  })

  it('X06 hold nothing secret, no user and nothing that somebody sent', () => {
    expect(secrets.size).toBeGreaterThan(12)
    expect([...secrets].filter((secret) => secret === 'undefined' || after.includes(secret))).toEqual([])
    expect(after).not.toMatch(/canary|usr_|ses_|con_|@|eyJ/)
    const labels = [...after.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value)
    expect(labels.filter((label) => /[\w-]{20,}/.test(label) && !/^[a-z_.]+$/.test(label))).toEqual([])
  })
})
