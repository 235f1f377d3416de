// The issuer's keys: an outage is survived, a flood costs nothing, a rotation is followed, and no answer is trusted.
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { createVerifier, type Verifier, type VerifierOptions } from '@latchkey/verify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestClock, testClock } from '../support/clock.ts'
import { bearer, outcome } from './call.ts'
import { audience, type HostileIssuer, startIssuer } from './issuer.ts'
import { closeAll, start, startReports } from './room.ts'
import { type Framework, frameworks, type Service } from './service.ts'
import { createKey, type SigningKey } from './signing.ts'

const unknown = '401 invalid_token'
const unavailable = '503 temporarily_unavailable'
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

let clock: TestClock
let issuer: HostileIssuer
/** Where nobody should ever come. It publishes the same key. */
let elsewhere: HostileIssuer
let services: Record<Framework, Service> | undefined

beforeEach(async () => {
  clock = testClock(start)
  issuer = await startIssuer(clock)
  elsewhere = await startIssuer(clock, issuer.key)
})
afterEach(async () => {
  if (services) await closeAll(services)
  services = undefined
  await Promise.all([issuer.close(), elsewhere.close()])
})

const verifier = (options: Partial<VerifierOptions> = {}): Verifier =>
  createVerifier({ issuer: issuer.issuer, audience, clock, ...options })

/** Four services that share one verifier, and so one set of keys. */
async function openServices(options: Partial<VerifierOptions> = {}): Promise<Record<Framework, Service>> {
  const shared = verifier(options)
  services = await startReports(() => shared)
  return services
}

const longLived = (key: SigningKey = issuer.key): string =>
  issuer.token({ key, claims: { exp: clock.now() / 1000 + 3 * (day / 1000) } })

/** The most requests that came in within any minute. */
function mostInAMinute({ requests }: HostileIssuer): number {
  return Math.max(
    0,
    ...requests.map(({ at }) => requests.filter((r) => r.at >= at && r.at < at + minute).length),
  )
}

async function outcomes(token: string): Promise<Set<string>> {
  const open = services
  if (!open) throw new Error('no services')
  const all = await Promise.all(frameworks.map((framework) => outcome(open[framework], bearer(token))))
  return new Set(all)
}

type Answer = (response: ServerResponse) => void

const json =
  (body: string, status = 200): Answer =>
  (response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
const good = () => JSON.stringify({ keys: [issuer.key.jwk] })
const strangers = (changes: object, kid = 'key-1'): Answer =>
  json(JSON.stringify({ keys: [{ ...createKey('ES256', kid).jwk, ...changes }] }))

/** Writes for ever, or until the other side has had enough. */
function flow(response: ServerResponse, chunk: Buffer, pauseMs: number): void {
  const timer = setInterval(() => response.write(chunk), pauseMs)
  response.on('close', () => clearInterval(timer))
}

/** Each would be fatal, or wrong, to somebody who reads it with trust. */
const answers: [name: string, answer: Answer][] = [
  ['a redirect to keys', (r) => void r.writeHead(302, { Location: `${elsewhere.issuer}/jwks` }).end()],
  ['a permanent redirect', (r) => void r.writeHead(308, { Location: `${elsewhere.issuer}/jwks` }).end()],
  ['a redirect to itself', (r) => void r.writeHead(307, { Location: '/jwks' }).end()],
  [
    'a page',
    (r) => void r.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>x</title>'),
  ],
  ['a page that says it is JSON', json('<html>')],
  ['nothing', json('')],
  ['half of it', (r) => json(good().slice(0, -20))(r)],
  ['54 an error with status 200', json('{"message":"There was a problem","error":"server_error"}')],
  ['null', json('null')],
  ['a list', (r) => json(JSON.stringify([issuer.key.jwk]))(r)],
  ['a text', json('"keys"')],
  ['keys that are no list', (r) => json(JSON.stringify({ keys: issuer.key.jwk }))(r)],
  ['keys that are an object', (r) => json(JSON.stringify({ keys: { 0: issuer.key.jwk, length: 1 } }))(r)],
  ['no keys', json('{"keys":[]}')],
  ['keys that are no objects', json('{"keys":[null,7,"x",[]]}')],
  ['keys in __proto__', (r) => json(`{"__proto__":${good()}}`)(r)],
  ['a key without kid', strangers({ kid: undefined })],
  ['a key for encryption', strangers({ use: 'enc' })],
  ['a key of an unknown kind', strangers({ kty: 'AKP' })],
  ['a key off the curve', strangers({ y: 'A'.repeat(43) })],
  ['a symmetric key', json('{"keys":[{"kty":"oct","k":"AAAA","kid":"key-1","alg":"HS256"}]}')],
  ['a weak RSA key', json(`{"keys":[{"kty":"RSA","n":"${'A'.repeat(170)}","e":"AQAB","kid":"key-1"}]}`)],
  ['a private key', (r) => json(JSON.stringify({ keys: [{ ...issuer.key.jwk, d: 'A'.repeat(43) }] }))(r)],
  ['status 404 with keys', (r) => json(good(), 404)(r)],
  ['status 500 with keys', (r) => json(good(), 500)(r)],
  ['status 203 with keys', (r) => json(good(), 203)(r)],
  ['status 204', (r) => void r.writeHead(204).end()],
  ['status 304', (r) => void r.writeHead(304).end()],
  ['status 429', (r) => void r.writeHead(429, { 'Retry-After': '1' }).end()],
  ['a hang-up at once', (r) => void r.socket?.destroy()],
  [
    'a hang-up on the way',
    (r) => void r.writeHead(200, { 'Content-Length': '9999' }).write(good(), () => r.destroy()),
  ],
  ['a line that is no HTTP', (r) => void r.socket?.end('garbage\r\n\r\n')],
  ['good keys and 2 MB', (r) => json(good() + ' '.repeat(2_000_000))(r)],
  ['2 MB of keys', (r) => json(JSON.stringify({ keys: Array(8_000).fill(issuer.key.jwk) }))(r)],
  ['a compressed bomb', (r) => void r.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)],
  ['100,000 lists in each other', json(`{"keys":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  ['without end, fast', (r) => flow(r.writeHead(200), Buffer.alloc(65_536, ' '), 0)],
]
const bomb = gzipSync(Buffer.alloc(20_000_000, ' '))

/** These end when the verifier has had enough, of which the real time is asked: it is made short. */
const slow: [name: string, answer: Answer][] = [
  ['nothing, and no hang-up', () => undefined],
  ['a header, and nothing more', (r) => r.writeHead(200).flushHeaders()],
  ['a blank every 20 ms', (r) => flow(r.writeHead(200), Buffer.from(' '), 20)],
]

describe('S13 54 what stands at /jwks is not trusted', () => {
  it.each(answers)('S13 cold: %s', async (_, answer) => {
    await openServices()
    issuer.answer = (_request, response) => answer(response)
    expect(await outcomes(longLived())).toEqual(new Set([unavailable]))
    expect(mostInAMinute(issuer)).toBe(1)
    issuer.answer = undefined
    clock.advance(1_000)
    expect(await outcomes(longLived()), 'and when it is over').toEqual(new Set(['200']))
    expect(elsewhere.requests).toEqual([])
  })

  it.each(answers)('S13 warm: %s', async (_, answer) => {
    await openServices()
    const [seen, fresh] = [longLived(), longLived()]
    expect(await outcomes(seen)).toEqual(new Set(['200']))
    issuer.answer = (_request, response) => answer(response)
    clock.advance(6 * minute)
    expect(await outcomes(seen)).toEqual(new Set(['200']))
    expect(await outcomes(fresh)).toEqual(new Set(['200']))
    expect(await outcomes(issuer.token({ header: { kid: 'other' } }))).toEqual(new Set([unknown]))
    expect(elsewhere.requests).toEqual([])
  })

  it.each(slow)('S13 slow: %s', async (_, answer) => {
    await openServices({ timeoutSeconds: 0.3 })
    issuer.answer = (_request, response) => answer(response)
    expect(await outcomes(longLived())).toEqual(new Set([unavailable]))
    expect(mostInAMinute(issuer)).toBeLessThanOrEqual(1)
  })

  it('S13 one key among many that are of no use', async () => {
    await openServices()
    const useless = [
      {},
      null,
      { kty: 'oct', k: 'AA', kid: 'key-1' },
      { kty: 'EC', crv: 'P-521', kid: 'key-1' },
    ]
    issuer.published = [...useless, { ...issuer.key.jwk, use: 'enc' }, issuer.key.jwk]
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
  })
})

describe('S13 an outage', () => {
  it('S13 the known keys serve for a day more, seen tokens and new ones, and no longer', async () => {
    await openServices()
    const [seen, fresh] = [longLived(), longLived()]
    expect(await outcomes(seen)).toEqual(new Set(['200']))
    await issuer.close()
    for (const passed of [6 * minute, hour, 11 * hour, 11 * hour]) {
      clock.advance(passed)
      expect(await outcomes(seen)).toEqual(new Set(['200']))
      expect(await outcomes(fresh)).toEqual(new Set(['200']))
    }
    clock.advance(hour)
    expect(await outcomes(seen), 'after 24 hours and 5 minutes').toEqual(new Set([unavailable]))
    expect(await outcomes(fresh)).toEqual(new Set([unavailable]))
  })

  it('S13 a service that starts during it lets nobody in, and recovers by itself', async () => {
    await openServices()
    issuer.answer = (_, response) => void response.socket?.destroy()
    for (let second = 0; second < 5; second++) {
      expect(await outcomes(longLived())).toEqual(new Set([unavailable]))
      clock.advance(999)
      expect(await outcomes(longLived())).toEqual(new Set([unavailable]))
      clock.advance(1)
    }
    expect(issuer.requests).toHaveLength(5)
    issuer.answer = undefined
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
  })

  it('S13 does not make bad tokens good', async () => {
    await openServices()
    const ending = issuer.token({ claims: { exp: clock.now() / 1000 + 600 } })
    expect(await outcomes(ending)).toEqual(new Set(['200']))
    issuer.answer = (_, response) => void response.socket?.destroy()
    clock.advance(11 * minute)
    expect(await outcomes(ending)).toEqual(new Set([unknown]))
    expect(await outcomes(issuer.token({ sign: createKey('ES256', 'key-1').sign }))).toEqual(
      new Set([unknown]),
    )
    expect(await outcomes(issuer.token({ claims: { aud: 'https://other.example.com' } }))).toEqual(
      new Set([unknown]),
    )
  })
})

describe('S13 a flood of unknown keys', () => {
  const forged = (kid: string) => issuer.token({ header: { kid }, sign: () => Buffer.alloc(64, 1) })

  it('S13 2,000 tokens within two minutes cost at most two fetches a minute', async () => {
    const open = await openServices()
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    for (let sent = 0; sent < 2_000; sent += 40) {
      const batch = Array.from({ length: 40 }, (_, at) => `kid-${sent + at}`)
      const all = await Promise.all(
        batch.map((kid, at) => {
          const service = open[frameworks[at % frameworks.length] ?? 'Hono']
          return outcome(service, bearer(forged(kid)))
        }),
      )
      expect(new Set(all)).toEqual(new Set([unknown]))
      clock.advance(2_400)
    }
    expect(await outcomes(longLived()), 'honest tokens pass').toEqual(new Set(['200']))
    expect(mostInAMinute(issuer)).toBe(2)
    expect(issuer.requests.length).toBeLessThanOrEqual(6)
  })

  it('S13 200 at once cost one', async () => {
    const open = await openServices()
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    clock.advance(minute)
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, at) => {
        const service = open[frameworks[at % frameworks.length] ?? 'Hono']
        return outcome({ ...service, handled: () => 0 }, bearer(forged(`kid-${at}`)))
      }),
    )
    expect(new Set(all)).toEqual(new Set([unknown]))
    expect(issuer.requests.length).toBeLessThanOrEqual(3)
    expect(mostInAMinute(issuer)).toBeLessThanOrEqual(2)
  })

  it('S13 delays a new key by a minute at most', async () => {
    const open = await openServices()
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    for (const kid of ['a', 'b', 'c']) await outcome(open.Hono, bearer(forged(kid)))
    const next = createKey('ES256', 'key-2')
    issuer.published.push(next.jwk)
    expect(await outcomes(longLived(next)), 'the budget is spent').toEqual(new Set([unknown]))
    clock.advance(minute)
    expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
  })

  it('S13 while the issuer hangs, does not hold up those whose key is known', async () => {
    const open = await openServices({ timeoutSeconds: 60 })
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    const asked = new Promise<ServerResponse>((resolve) => {
      issuer.answer = (_, response) => resolve(response)
    })
    const waiting = outcome({ ...open.Hono, handled: () => 0 }, bearer(forged('x')))
    const hanging = await asked
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    hanging.destroy()
    expect(await waiting).toBe(unknown)
  })
})

describe('S13 R17 a rotation', () => {
  it('S13 a new key is found at once', async () => {
    await openServices()
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    const next = createKey('ES256', 'key-2')
    issuer.published.push(next.jwk)
    expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
    expect(await outcomes(longLived()), 'and the old one still serves').toEqual(new Set(['200']))
    expect(issuer.requests).toHaveLength(2)
  })

  it.each([
    ['another algorithm', () => createKey('EdDSA', 'key-2')],
    ['another kind of key', () => createKey('RS256', 'key-2')],
  ])('S13 to %s', async (_, create) => {
    await openServices()
    expect(await outcomes(longLived())).toEqual(new Set(['200']))
    const next = create()
    issuer.published.push(next.jwk)
    expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
  })

  it('S13 a key that was withdrawn verifies nothing more, seen tokens included', async () => {
    await openServices()
    const [seen, fresh] = [longLived(), longLived()]
    expect(await outcomes(seen)).toEqual(new Set(['200']))
    const next = createKey('ES256', 'key-2')
    issuer.published = [next.jwk]
    expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
    expect(await outcomes(seen)).toEqual(new Set([unknown]))
    expect(await outcomes(fresh)).toEqual(new Set([unknown]))
  })

  it('S13 a key that was replaced under its kid verifies nothing more', async () => {
    await openServices()
    const seen = longLived()
    expect(await outcomes(seen)).toEqual(new Set(['200']))
    const next = createKey('ES256', 'key-1')
    issuer.published = [next.jwk]
    clock.advance(6 * minute)
    expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
    expect(await outcomes(seen)).toEqual(new Set([unknown]))
  })

  it('S13 100 rotations, each followed, none asked about more than twice a minute', async () => {
    await openServices()
    for (let round = 0; round < 100; round++) {
      const next = createKey('ES256', `round-${round}`)
      issuer.published = [...issuer.published.slice(-1), next.jwk]
      expect(await outcomes(longLived(next))).toEqual(new Set(['200']))
      clock.advance(30_000)
    }
    expect(mostInAMinute(issuer)).toBeLessThanOrEqual(2)
  })
})
