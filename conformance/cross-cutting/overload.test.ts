// More at once than can be done: what is turned away, how, and what is served all the same.
import type { Latchkey } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testClock } from '../support/clock.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { startOf } from '../support/spa.ts'

const issuer = 'https://auth.example.com'
const logs: string[] = []
let provider: FakeProvider
let latchkey: Latchkey
const clock = testClock()

beforeAll(async () => {
  provider = await createFakeProvider()
  latchkey = await embedLatchkey(
    issuer,
    {
      providers: { oidc: provider.oidc },
      allow_private_network_providers: true,
      operations: { listen: '127.0.0.1:4001' },
    },
    { clock, logs },
  )
  // So that discovery is known.
  await latchkey.fetch(begin())
})
afterAll(async () => {
  await latchkey?.close()
  await provider?.close()
})

const spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
const post = (path: string, params: Record<string, string>, headers: Record<string, string> = {}): Request =>
  new Request(issuer + path, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { Origin: spaOrigin, ...headers },
  })
const { params } = startOf(spa, { provider: 'oidc' })
const begin = (): Request => post('/authorize', params)
const redeem = (): Request => post('/token', { grant_type: 'authorization_code', client_id: 'web' })
const refresh = (headers = {}): Request =>
  post('/token', { grant_type: 'refresh_token', client_id: 'web' }, headers)
const get = (path: string, headers: Record<string, string> = {}): Request =>
  new Request(issuer + path, { headers })

/** Asks so many times at once, and then for the rest. */
async function flood(make: () => Request, count: number, rest: Request[]): Promise<[Response[], Response[]]> {
  const floods = Array.from({ length: count }, () => latchkey.fetch(make()))
  const others = rest.map((request) => latchkey.fetch(request))
  return [await Promise.all(floods), await Promise.all(others)]
}
const shedIn = (answers: Response[]) => answers.filter(({ status }) => status === 503)

describe('R8 too much at once', () => {
  it('R8 starts of sign-ins are turned away with a page; callbacks, tokens and keys are not', async () => {
    const rest = [
      get('/callback/oidc?state=x'),
      refresh(),
      get('/jwks'),
      get('/healthz'),
      get('/.well-known/openid-configuration'),
      get('/account'),
    ]
    const [answers, others] = await flood(begin, 1_100, rest)
    const shed = shedIn(answers)
    expect(shed).toHaveLength(76)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1_024)
    for (const { headers } of shed) expect(headers.get('retry-after')).toMatch(/^[1-4]$/)
    expect(new Set(shed.map(({ headers }) => headers.get('retry-after'))).size).toBeGreaterThan(1)
    const [first] = shed
    expect(await first?.text()).toContain('temporarily_unavailable')
    expect(first?.headers.get('content-type')).toMatch(/^text\/html/)
    expect(first?.headers.get('cache-control')).toBe('no-store')
    expect(first?.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(others.map(({ status }) => status)).toEqual([400, 400, 200, 200, 200, 401])
  })

  it('R8 all is served again once it is over', async () => {
    const [answers] = await flood(begin, 64, [])
    expect(shedIn(answers)).toHaveLength(0)
  })

  it('R8 the token endpoint says so to an app of ours, in JSON that it may read, and to a stranger without CORS', async () => {
    const [answers, others] = await flood(refresh, 2_048, [
      refresh(),
      refresh({ Origin: 'https://evil.example' }),
      get('/jwks'),
      new Request(`${issuer}/token`, { method: 'OPTIONS', headers: { Origin: spaOrigin } }),
    ])
    expect(shedIn(answers)).toHaveLength(0)
    const [ours, stranger, ...served] = others
    expect(served.map(({ status }) => status)).toEqual([200, 204])
    expect(ours?.status).toBe(503)
    expect(await ours?.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: expect.any(String),
      request_id: ours?.headers.get('x-request-id'),
    })
    expect(ours?.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(ours?.headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect(stranger?.status).toBe(503)
    expect(stranger?.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('R8 the metrics count what was turned away, and the log says it once for all', async () => {
    clock.advance(60_000)
    await latchkey.fetch(begin())
    const text = await (await latchkey.operations.fetch(get('/metrics'))).text()
    expect(text).toContain('latchkey_http_requests_shed_total{work="authorize"} 76')
    expect(text).toContain('latchkey_http_requests_shed_total{work="refresh"} 2')
    expect(text).toContain('latchkey_http_requests_in_progress{work="refresh"} 0')
    const told = logs.filter((line) => line.includes('turned away'))
    expect(told.map((line) => JSON.parse(line).requests)).toMatchObject([{ authorize: 76, refresh: 2 }])
    expect(logs.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  it('R8 codes are turned away before refreshes are, and none of them is burned or asked for', async () => {
    const [answers, [other]] = await flood(redeem, 1_030, [refresh()])
    // What is malformed is told so whatever else there is to do.
    expect(shedIn(answers)).toHaveLength(0)
    expect(other?.status).toBe(400)
  })
})
