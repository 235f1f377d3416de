// Services and the real Latchkey, over sockets: what it signs is let in where it belongs, and nowhere else.
import { randomBytes } from 'node:crypto'
import { createLatchkey, type Latchkey, listen, silentLogger } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createVerifier } from '@latchkey/verify'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock, testTimers } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type Spa, start, startOf, travel } from '../support/spa.ts'
import { createStorage } from '../support/storage.ts'
import { bearer, type Call, outcome } from './call.ts'
import { audience } from './issuer.ts'
import { closeAll, startReports, startServices } from './room.ts'
import { type Framework, frameworks, type Service } from './service.ts'

const billing = 'https://billing.example.com'
const scope = 'openid reports:read reports:write'
const client = {
  ...{ redirect_uris: [spaRedirectUri], origins: [spaOrigin] },
  ...{ resources: [audience, billing], scopes: scope.split(' ') },
}
const clients = [
  { ...client, id: 'web' },
  { ...client, id: 'plain', dpop: 'off' as const },
]
const invalid = '401 invalid_token'

let clock: TestClock
let provider: FakeProvider
let server: Running
let stranger: Running
let reports: Record<Framework, Service>
let bills: Record<Framework, Service>
let device: DpopKey

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock, autoApprove: 'user' })
  device = await createDpopKey(clock.now)
  const configure = () => ({ clients, providers: { oidc: provider.oidc }, rate_limits: false as const })
  ;[server, stranger] = await Promise.all([
    startLatchkey(configure, { clock }),
    startLatchkey(configure, { clock }),
  ])
  reports = await startServices(() => {
    const verifier = createVerifier({ issuer: server.issuer, audience, clock })
    const route = {
      ...{ method: 'GET' as const, path: '/reports', verifier },
      handle: ({
        issuer,
        subject,
        scopes,
      }: {
        issuer: string
        subject: string
        scopes: readonly string[]
      }) => ({
        ...{ issuer, subject, scopes },
      }),
    }
    return [route, { ...route, path: '/write', requirements: { scopes: ['reports:write'] } }]
  })
  bills = await startReports(() => createVerifier({ issuer: server.issuer, audience: billing, clock }))
})
afterAll(async () => {
  await Promise.all([closeAll(reports), closeAll(bills)])
  await Promise.all([server.close(), stranger.close()])
  await provider.close()
})

interface SignedIn {
  accessToken: string
  idToken: string
  refreshToken: string
  code: string
}

async function signIn(spa: Spa, changes: Record<string, string> = {}): Promise<SignedIn> {
  const trip = await travel(spa, createBrowser(clock), { provider: 'oidc', scope, ...changes })
  const redemption = redemptionOf(spa, trip)
  const answer =
    spa.clientId === 'web' ? await provedToken(spa, device, redemption) : await postToken(spa, redemption)
  expect(answer.status).toBe(200)
  return {
    accessToken: String(answer.body.access_token),
    idToken: String(answer.body.id_token),
    refreshToken: String(answer.body.refresh_token),
    code: trip.answer.get('code') ?? '',
  }
}

async function proved(accessToken: string, path = '/reports', base = audience): Promise<Call> {
  const proof = await device.proof({ htm: 'GET', htu: base + path, accessToken })
  return {
    path,
    headers: [
      ['Authorization', `DPoP ${accessToken}`],
      ['DPoP', proof],
    ],
  }
}
const plainSpa = (of: Running): Spa => ({ ...of.spa, clientId: 'plain' })

describe.each(frameworks)('a service on %s', (framework) => {
  it('S09 S10 lets in who signed in, by token and proof, once', async () => {
    const { accessToken, idToken } = await signIn(server.spa)
    const once = await proved(accessToken)
    expect(await outcome(reports[framework], once)).toBe('200')
    expect(decodeJwt(accessToken).sub).toBe(decodeJwt(idToken).sub)
    expect(await outcome(reports[framework], once)).toBe('401 invalid_dpop_proof')
    expect(await outcome(reports[framework], bearer(accessToken))).toBe(invalid)
    const other = await createDpopKey(clock.now)
    const proof = await other.proof({ htm: 'GET', htu: `${audience}/reports`, accessToken })
    const stolen: Call = {
      headers: [
        ['Authorization', `DPoP ${accessToken}`],
        ['DPoP', proof],
      ],
    }
    expect(await outcome(reports[framework], stolen)).toBe(invalid)
  })

  it('S09 lets in a client without DPoP as Bearer', async () => {
    const { accessToken } = await signIn(plainSpa(server))
    expect(await outcome(reports[framework], bearer(accessToken))).toBe('200')
    expect(await outcome(reports[framework], await proved(accessToken))).toBe(invalid)
  })

  it('S02 48 takes nothing else that Latchkey makes', async () => {
    const { idToken, refreshToken, code } = await signIn(server.spa, { nonce: 'n' })
    const browser = createBrowser(clock)
    const { state, params } = startOf(server.spa, { provider: 'oidc', scope })
    await start(server.spa, browser, params)
    const cookies = browser.cookies().map(({ value }) => value)
    expect(cookies).toHaveLength(1)
    const made = [
      idToken,
      refreshToken,
      code,
      await device.proof({ htm: 'POST', htu: `${server.issuer}/token` }),
    ]
    for (const each of [...made, ...cookies, state]) {
      expect(await outcome(reports[framework], bearer(each))).toBe(invalid)
      expect(await outcome(reports[framework], { headers: [['Authorization', `DPoP ${each}`]] })).toBe(
        invalid,
      )
    }
  })

  it('S03 takes nothing of another Latchkey', async () => {
    const { accessToken } = await signIn(plainSpa(stranger))
    expect(decodeJwt(accessToken).aud).toContain(audience)
    expect(await outcome(reports[framework], bearer(accessToken))).toBe(invalid)
  })

  it('S04 takes tokens that are for it', async () => {
    const spa = plainSpa(server)
    const [both, one, other, own] = [
      await signIn(spa),
      await signIn(spa, { resource: audience }),
      await signIn(spa, { resource: billing }),
      await signIn(spa, { resource: server.issuer }),
    ].map(({ accessToken }) => bearer(accessToken))
    const at = async (services: Record<Framework, Service>, calls: (Call | undefined)[]) => {
      const found: string[] = []
      for (const each of calls) found.push(await outcome(services[framework], each ?? {}))
      return found
    }
    expect(await at(reports, [both, one, other, own])).toEqual(['200', '200', invalid, invalid])
    expect(await at(bills, [both, one, other, own])).toEqual(['200', invalid, '200', invalid])
  })

  it('S05 as long as they live', async () => {
    const { accessToken } = await signIn(plainSpa(server))
    expect(await outcome(reports[framework], bearer(accessToken))).toBe('200')
    clock.advance(decodeLifetime(accessToken) + 29_000)
    expect(await outcome(reports[framework], bearer(accessToken)), 'within the tolerance').toBe('200')
    clock.advance(1_000)
    expect(await outcome(reports[framework], bearer(accessToken))).toBe(invalid)
  })

  it('S07 and for what was granted', async () => {
    const { accessToken } = await signIn(server.spa)
    expect(await outcome(reports[framework], await proved(accessToken, '/write'))).toBe('200')
    const narrow = await signIn(server.spa, { scope: 'openid reports:read' })
    expect(await outcome(reports[framework], await proved(narrow.accessToken, '/write'))).toBe(
      '403 insufficient_scope',
    )
  })
})

function decodeLifetime(accessToken: string): number {
  const { exp = 0 } = decodeJwt(accessToken)
  return exp * 1000 - clock.now()
}

describe('S13 when Latchkey goes', () => {
  it('S13 services go on with the keys they have', async () => {
    const mortal = await startLatchkey(() => ({ clients, providers: { oidc: provider.oidc } }), { clock })
    const of = () => createVerifier({ issuer: mortal.issuer, audience, clock })
    const [warm, cold] = [await startReports(of), await startReports(of)]
    const [seen, fresh] = [await signIn(plainSpa(mortal)), await signIn(mortal.spa)]
    for (const framework of frameworks) {
      expect(await outcome(warm[framework], bearer(seen.accessToken))).toBe('200')
    }
    await mortal.close()
    for (const passed of [0, 240_000, 61_000]) {
      clock.advance(passed)
      for (const framework of frameworks) {
        expect(await outcome(warm[framework], bearer(seen.accessToken))).toBe('200')
        expect(await outcome(warm[framework], await proved(fresh.accessToken))).toBe('200')
        expect(await outcome(cold[framework], bearer(seen.accessToken))).toBe('503 temporarily_unavailable')
      }
    }
    clock.advance(30_000)
    for (const framework of frameworks) {
      expect(await outcome(warm[framework], bearer(seen.accessToken)), 'until the token ends').toBe(invalid)
    }
    await Promise.all([closeAll(warm), closeAll(cold)])
  })

  it('S13 X10 and follow it to a new key when it comes back', async () => {
    const house = await restartable()
    await house.start('ES256')
    const services = await startReports(() => createVerifier({ issuer: house.spa.issuer, audience, clock }))
    const { accessToken: first } = await signIn(house.spa)
    for (const framework of frameworks) expect(await outcome(services[framework], bearer(first))).toBe('200')
    await house.start('EdDSA')
    // Published before it signs: for six minutes.
    await house.timers.pass(5 * 60_000)
    const { accessToken: before } = await signIn(house.spa)
    await house.timers.pass(60_000)
    const { accessToken: after } = await signIn(house.spa)
    expect([before, after].map((token) => decodeProtectedHeader(token).alg)).toEqual(['ES256', 'EdDSA'])
    for (const framework of frameworks) {
      expect(await outcome(services[framework], bearer(after))).toBe('200')
      expect(await outcome(services[framework], bearer(before))).toBe('200')
    }
    await closeAll(services)
    await house.close()
  })
})

/** A Latchkey that comes back at its address, with its database and another algorithm. */
async function restartable() {
  const storage = await createStorage()
  const secrets = [randomBytes(32).toString('base64url')]
  let current: Latchkey | undefined
  const socket = await listen(
    { fetch: (request) => current?.fetch(request) ?? new Response(null, { status: 503 }) },
    { host: '127.0.0.1', port: 0 },
  )
  const issuer = `http://127.0.0.1:${socket.port}`
  const spa: Spa = { issuer, clientId: 'plain', redirectUri: spaRedirectUri, origin: spaOrigin }
  const timers = testTimers(clock)
  return {
    spa,
    timers,
    async start(algorithm: 'ES256' | 'EdDSA') {
      await current?.close()
      const config = {
        issuer,
        secrets,
        storage: storage.url,
        clients,
        providers: { oidc: provider.oidc },
        tokens: { algorithm },
      }
      current = await createLatchkey(config, { clock, timers, logger: silentLogger })
    },
    async close() {
      await socket.close(1_000)
      await current?.close()
      await storage.remove()
    },
  }
}
