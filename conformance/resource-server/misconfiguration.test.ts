// A mistake is told when the verifier or the route is made; what shows only later lets nobody in.
import { createServer } from 'node:http'
import { createVerifier, type Requirements, type Verifier, type VerifierOptions } from '@latchkey/verify'
import { protect as protectExpress } from '@latchkey/verify/express'
import { protect as protectFastify } from '@latchkey/verify/fastify'
import { protect as protectHono } from '@latchkey/verify/hono'
import { protect as protectNode } from '@latchkey/verify/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, call, outcome } from './call.ts'
import { audience } from './issuer.ts'
import { closeAll, openRoom, type Room, startReports } from './room.ts'
import { frameworks, type Service, startService } from './service.ts'
import { close, listening, portOf } from './sockets.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

describe('S15 a verifier that could not keep its word is not made', () => {
  const right: VerifierOptions = { issuer: 'https://auth.example.com', audience }

  it.each<[string, Record<string, unknown>]>([
    ['no issuer', { issuer: undefined }],
    ['an empty issuer', { issuer: '' }],
    ['an issuer that is no URL', { issuer: 'auth.example.com' }],
    ['an issuer that is a path', { issuer: '/auth' }],
    ['a list of issuers', { issuer: ['https://auth.example.com'] }],
    ['an issuer on plain http', { issuer: 'http://auth.example.com' }],
    ['an issuer that looks like loopback', { issuer: 'http://localhost.evil.example' }],
    ['an issuer that begins like loopback', { issuer: 'http://127.0.0.1.evil.example' }],
    ['an issuer with loopback as its user', { issuer: 'http://localhost@evil.example' }],
    ['an issuer with a query', { issuer: 'https://auth.example.com/?x=1' }],
    ['an issuer with a fragment', { issuer: 'https://auth.example.com/#x' }],
    ['an issuer that is a file', { issuer: 'file:///etc/passwd' }],
    ['an issuer that is data', { issuer: 'data:application/json,{}' }],
    ['no audience', { audience: undefined }],
    ['an empty audience', { audience: '' }],
    ['no audience in a list', { audience: [] }],
    ['an empty audience in a list', { audience: [audience, ''] }],
    ['an audience that is true', { audience: true }],
    ['an audience that is a pattern', { audience: /.*/ }],
    ['an audience that is no URL, and no base URL', { audience: 'reports' }],
    ['a base URL on plain http', { baseUrl: 'http://reports.example.com' }],
    ['a base URL that is none', { baseUrl: 'reports.example.com' }],
    ['a base URL with a query', { baseUrl: `${audience}?x` }],
    ['DPoP off', { dpop: 'off' }],
    ['DPoP false', { dpop: false }],
    ['the algorithm none', { algorithms: ['none'] }],
    ['the algorithm none among others', { algorithms: ['ES256', 'none'] }],
    ['a symmetric algorithm', { algorithms: ['HS256'] }],
    ['an algorithm in lower case', { algorithms: ['es256'] }],
    ['no algorithms', { algorithms: [] }],
    ['algorithms as a text', { algorithms: 'ES256' }],
    ['a symmetric algorithm for proofs', { dpopAlgorithms: ['HS256'] }],
    ['no algorithms for proofs', { dpopAlgorithms: [] }],
    ['a tolerance of two minutes', { clockToleranceSeconds: 120 }],
    ['a negative tolerance', { clockToleranceSeconds: -1 }],
    ['a tolerance that is NaN', { clockToleranceSeconds: Number.NaN }],
    ['a tolerance without end', { clockToleranceSeconds: Number.POSITIVE_INFINITY }],
    ['a tolerance as text', { clockToleranceSeconds: '30s' }],
    ['proofs that live for ever', { proofMaxAgeSeconds: Number.POSITIVE_INFINITY }],
    ['proofs that live for an hour', { proofMaxAgeSeconds: 3_600 }],
    ['a key set on plain http', { jwksUri: 'http://auth.example.com/jwks' }],
    ['a key set in a file', { jwksUri: 'file:///etc/passwd' }],
    ['a time-out without end', { timeoutSeconds: Number.POSITIVE_INFINITY }],
    ['no time to fetch', { timeoutSeconds: 0 }],
    ['a clock that is a number', { clock: 0 }],
    ['a clock that cannot tell the time', { clock: {} }],
    ['a fetch that is none', { fetch: 'fetch' }],
    ['a deny-list that is a list', { isRevoked: ['token'] }],
    ['a memory of proofs that is a map', { replay: new Map() }],
    ['a misspelt option', { audiences: [audience] }],
    ['an option that weakens elsewhere', { ignoreExpiration: true }],
    ['an option of another library', { requiredClaims: [], maxTokenAge: 60 }],
  ])('S15 %s', (_, changes) => {
    expect(() => createVerifier({ ...right, ...changes })).toThrow(TypeError)
  })

  it('S15 what is right is made, so that the rest means something', () => {
    expect(() => createVerifier(right)).not.toThrow()
  })
})

describe('S15 a route that could not be protected as written is not made', () => {
  const guards: [string, (verifier: Verifier, requirements: Requirements) => unknown][] = [
    ['Hono', protectHono],
    ['Express', protectExpress],
    ['Fastify', protectFastify],
    ['node:http', (verifier, requirements) => protectNode(verifier, () => undefined, requirements)],
  ]
  const mistakes: [string, object][] = [
    ['a misspelt requirement', { scope: ['reports:write'] }],
    ['no scopes', { scopes: [] }],
    ['scopes as a text', { scopes: 'reports:write' }],
    ['a scope with a blank', { scopes: ['reports:read reports:write'] }],
    ['a scope with a quote', { scopes: ['reports"'] }],
    ['a scope with a line end', { scopes: ['reports\r\nX-Injected: 1'] }],
    ['an empty scope', { scopes: [''] }],
    ['a scope that is nothing', { scopes: [undefined] }],
    ['an age as a text', { maxAgeSeconds: '300' }],
    ['a negative age', { maxAgeSeconds: -1 }],
    ['an age that is NaN', { maxAgeSeconds: Number.NaN }],
    ['no levels', { acrValues: [] }],
    ['levels as a text', { acrValues: 'mfa' }],
  ]

  describe.each(guards)('%s', (_, guard) => {
    it.each(mistakes)('S15 %s', (_name, requirements) => {
      const verifier = createVerifier({ issuer: room.issuer.issuer, audience })
      expect(() => guard(verifier, requirements)).toThrow(TypeError)
    })
  })
})

const token = (claims: Record<string, unknown> = {}): string => room.issuer.token({ claims })

/** A request that everybody would let in who is configured rightly. */
async function bound(path = '/reports'): Promise<Call> {
  const accessToken = token({ cnf: { jkt: room.device.jkt } })
  const proof = await room.device.proof({ htm: 'GET', htu: audience + path, accessToken })
  return {
    headers: [
      ['Authorization', `DPoP ${accessToken}`],
      ['DPoP', proof],
    ],
  }
}

const unavailable = '503 temporarily_unavailable'
const invalid = '401 invalid_token'
const badProof = '401 invalid_dpop_proof'
const fault = new Error('canary: a fault of the service’s own')
const fail = (): never => {
  throw fault
}

/** Some of them as a service in JavaScript could have them, against the types. */
type Mistake = [name: string, options: () => object, expected: string]

const mistakes: Mistake[] = [
  ['nothing wrong', () => ({}), '200'],
  ['an issuer that does not listen', () => ({ issuer: 'http://127.0.0.1:9' }), unavailable],
  ['an issuer with a slash too many', () => ({ issuer: `${room.issuer.issuer}/` }), invalid],
  [
    'an issuer by another name',
    () => ({ issuer: room.issuer.issuer.replace('127.0.0.1', 'localhost') }),
    invalid,
  ],
  ['another issuer', () => ({ issuer: room.partner.issuer }), invalid],
  ['another issuer’s keys', () => ({ jwksUri: `${room.partner.issuer}/jwks` }), invalid],
  ['another audience', () => ({ audience: 'https://billing.example.com' }), invalid],
  ['another base URL', () => ({ baseUrl: 'https://billing.example.com' }), badProof],
  ['the base URL with a path that clients do not call', () => ({ baseUrl: `${audience}/api` }), badProof],
  ['algorithms that the issuer does not use', () => ({ algorithms: ['RS256'] }), invalid],
  ['proof algorithms that browsers do not use', () => ({ dpopAlgorithms: ['PS256'] }), badProof],
  ['a fetch that throws', () => ({ fetch: fail }), unavailable],
  ['a fetch that rejects', () => ({ fetch: () => Promise.reject(undefined) }), unavailable],
  ['a fetch that answers nothing', () => ({ fetch: () => undefined }), unavailable],
  [
    '54 a fetch that answers an error',
    () => ({ fetch: () => ({ status: 200, message: 'no' }) }),
    unavailable,
  ],
  [
    '54 a key set that is an error',
    () => ({ fetch: async () => Response.json({ message: 'no' }) }),
    unavailable,
  ],
  ['a deny-list that throws', () => ({ isRevoked: fail }), unavailable],
  ['a deny-list that rejects', () => ({ isRevoked: () => Promise.reject(fault) }), unavailable],
  [
    'a deny-list that rejects with nothing',
    () => ({ isRevoked: () => Promise.reject(undefined) }),
    unavailable,
  ],
  ['a deny-list that says yes', () => ({ isRevoked: () => true }), invalid],
  ['a deny-list that says more than yes', () => ({ isRevoked: () => ({ since: 0 }) }), invalid],
  ['a memory that throws', () => ({ replay: { firstUse: fail } }), unavailable],
  ['a memory that rejects', () => ({ replay: { firstUse: () => Promise.reject(fault) } }), unavailable],
  ['a memory that says no', () => ({ replay: { firstUse: () => false } }), badProof],
  ['a memory that says nothing', () => ({ replay: { firstUse: () => undefined } }), badProof],
  ['a clock in 1970', () => ({ clock: { now: () => 0 } }), invalid],
  ['a clock that counts seconds', () => ({ clock: { now: () => room.clock.now() / 1000 } }), invalid],
  ['a clock an hour late', () => ({ clock: { now: () => room.clock.now() - 3_600_000 } }), invalid],
  ['a clock an hour early', () => ({ clock: { now: () => room.clock.now() + 3_600_000 } }), invalid],
  ['a clock without an end', () => ({ clock: { now: () => Number.POSITIVE_INFINITY } }), invalid],
  ['a clock that is no number', () => ({ clock: { now: () => Number.NaN } }), unavailable],
  ['a clock that tells nothing', () => ({ clock: { now: () => undefined } }), unavailable],
]

describe('S15 54 what shows only when requests come lets nobody in', () => {
  it.each(mistakes)('S15 %s', async (_, options, expected) => {
    const shared = createVerifier({ issuer: room.issuer.issuer, audience, clock: room.clock, ...options() })
    const services = await startReports(() => shared)
    const found: string[] = []
    for (const framework of frameworks) found.push(await outcome(services[framework], await bound()))
    await closeAll(services)
    expect(found).toEqual(frameworks.map(() => expected))
  })

  it.each<[string, () => Promise<never>]>([
    ['an error', () => Promise.reject(fault)],
    ['an error with a message for an answer', () => Promise.reject({ message: 'no', status: 200 })],
    ['nothing', () => Promise.reject(undefined)],
    ['null', () => Promise.reject(null)],
    ['the word route, by which Express skips', () => Promise.reject('route')],
    ['the word router', () => Promise.reject('router')],
  ])('S15 54 a fault that is thrown as %s is a 500', async (_, verify) => {
    const broken: Verifier = { verify, verifyToken: verify, require: fail, close: () => undefined }
    const services = await startReports(() => broken)
    for (const framework of frameworks) {
      const service = services[framework]
      const reply = await call(service, await bound())
      expect([framework, reply.status, service.handled()]).toEqual([framework, 500, 0])
      expect(reply.body).not.toContain('canary')
    }
    await closeAll(services)
  })

  it('S15 53 a handler’s own fault is not taken for a refusal, nor for an answer', async () => {
    const verifier = createVerifier({ issuer: room.issuer.issuer, audience, clock: room.clock })
    const services: Service[] = []
    // On node:http a handler's fault is the service's own matter, as without the adapter.
    for (const framework of frameworks.filter((each) => each !== 'node:http')) {
      services.push(
        await startService(framework, [{ method: 'GET', path: '/reports', verifier, handle: fail }]),
      )
    }
    for (const service of services) {
      const reply = await call(service, await bound())
      expect([service.framework, reply.status]).toEqual([service.framework, 500])
      expect(reply.headers['www-authenticate']).toBeUndefined()
      await service.close()
    }
  })

  it('S15 an issuer whose port somebody else has taken', async () => {
    const squatter = await listening(createServer((_, response) => void response.end('{"keys":[]}')))
    const issuer = `http://127.0.0.1:${portOf(squatter)}`
    const services = await startReports(() => createVerifier({ issuer, audience, clock: room.clock }))
    for (const framework of frameworks) {
      expect(await outcome(services[framework], await bound())).toBe(unavailable)
    }
    await closeAll(services)
    await close(squatter)
  })
})
