import { describe, expect, test } from 'vitest'
import { readOptions, type VerifierOptions } from './options.ts'
import { createVerifier } from './verifier.ts'

const follows = { id: 'reports', secret: 'secret' }
const good: VerifierOptions = { issuer: 'https://auth.example.com', audience: 'https://api.example.com' }

describe('S15 a verifier that cannot keep what it was asked for does not come to be', () => {
  test.each<[string, { [option: string]: unknown }]>([
    ['no issuer', { issuer: undefined }],
    ['an empty issuer', { issuer: '' }],
    ['an issuer that is no URL', { issuer: 'auth.example.com' }],
    ['S13 an issuer on plain http', { issuer: 'http://auth.example.com' }],
    ['an issuer that only looks like loopback', { issuer: 'http://localhost.evil.test' }],
    ['an issuer that begins like loopback', { issuer: 'http://127.0.0.1.evil.test' }],
    ['an issuer that ends like loopback', { issuer: 'http://evil-localhost' }],
    ['an issuer with a query', { issuer: 'https://auth.example.com?x' }],
    ['an issuer with a fragment', { issuer: 'https://auth.example.com#x' }],
    ['an issuer with user information', { issuer: 'https://u:p@auth.example.com' }],
    ['another scheme', { issuer: 'file:///etc/passwd' }],
    ['no audience', { audience: undefined }],
    ['an empty audience', { audience: '' }],
    ['an empty list of audiences', { audience: [] }],
    ['a list with an empty audience', { audience: ['https://api.example.com', ''] }],
    ['an audience that is no text', { audience: 7 }],
    ['no way to tell the base URL', { audience: 'reports' }],
    [
      'two audiences on two hosts and no base URL',
      { audience: ['https://a.example.com', 'https://b.example.com'] },
    ],
    ['a base URL that is none', { baseUrl: 'api.example.com' }],
    ['a base URL on plain http', { baseUrl: 'http://api.example.com' }],
    ['an audience on plain http as the base URL', { audience: 'http://api.example.com' }],
    ['a base URL with a query', { baseUrl: 'https://api.example.com?x' }],
    ['dpop off', { dpop: 'off' }],
    ['dpop false', { dpop: false }],
    ['no algorithm', { algorithms: [] }],
    ['S01 the algorithm none', { algorithms: ['none'] }],
    ['S01 a symmetric algorithm', { algorithms: ['ES256', 'HS256'] }],
    ['an algorithm that is no list', { algorithms: 'ES256' }],
    ['a symmetric algorithm for proofs', { dpopAlgorithms: ['HS256'] }],
    ['S05 a tolerance of more than a minute', { clockToleranceSeconds: 61 }],
    ['a negative tolerance', { clockToleranceSeconds: -1 }],
    ['a tolerance that is NaN', { clockToleranceSeconds: Number.NaN }],
    ['a tolerance as text', { clockToleranceSeconds: '30' }],
    ['a proof window of an hour', { proofMaxAgeSeconds: 3600 }],
    ['no proof window', { proofMaxAgeSeconds: 0 }],
    ['a negative number of seen tokens', { seenTokens: -1 }],
    ['keys on plain http', { jwksUri: 'http://auth.example.com/jwks' }],
    ['no time to fetch', { timeoutSeconds: 0 }],
    ['endless time to fetch', { timeoutSeconds: Number.POSITIVE_INFINITY }],
    ['a clock that is a number', { clock: 0 }],
    ['a clock that cannot tell the time', { clock: {} }],
    ['a clock that is null', { clock: null }],
    ['a fetch that is none', { fetch: 'fetch' }],
    ['a deny-list that is a list', { isRevoked: ['token'] }],
    ['a deny-list that is null', { isRevoked: null }],
    ['a memory of proofs that is a map', { replay: new Map() }],
    ['a memory of proofs that is null', { replay: null }],
    ['revocations that are true', { revocations: true }],
    ['revocations that are null', { revocations: null }],
    ['revocations of nobody', { revocations: { secret: 's' } }],
    ['revocations without a proof', { revocations: { id: 'reports' } }],
    ['revocations with an empty secret', { revocations: { id: 'reports', secret: '' } }],
    ['revocations with two proofs', { revocations: { id: 'reports', secret: 's', privateKey: {} } }],
    ['revocations with a key that is none', { revocations: { id: 'reports', privateKey: { kty: 'EC' } } }],
    [
      'revocations on plain http',
      { revocations: { ...follows, uri: 'http://auth.example.com/revocations' } },
    ],
    ['revocations all the time', { revocations: { ...follows, everySeconds: 0 } }],
    ['revocations once a day', { revocations: { ...follows, everySeconds: 86_400 } }],
    ['revocations staler than they are asked for', { revocations: { ...follows, maxStaleSeconds: 5 } }],
    [
      'revocations that may be stale for ever',
      { revocations: { ...follows, maxStaleSeconds: Number.POSITIVE_INFINITY } },
    ],
    ['revocations without room', { revocations: { ...follows, maxSessions: 0 } }],
    ['revocations told to nobody', { revocations: { ...follows, onState: 'log' } }],
    ['a misspelt option of revocations', { revocations: { ...follows, every: 5 } }],
    ['a misspelt option', { audiences: 'https://api.example.com' }],
    ['an option of another library', { requiredScopes: ['x'] }],
  ])('%s', (_, change) => {
    expect(() => createVerifier({ ...good, ...change })).toThrow(TypeError)
  })
})

describe('what may be said', () => {
  test.each([
    ['https://auth.example.com', undefined, 'https://auth.example.com/revocations'],
    ['https://example.com/auth/', undefined, 'https://example.com/auth/revocations'],
    ['https://auth.example.com', 'http://127.0.0.1:4000/revocations', 'http://127.0.0.1:4000/revocations'],
  ])('S13 with the issuer %s the feed is followed at %s', (issuer, uri, expected) => {
    const revocations = { ...follows, ...(uri === undefined ? {} : { uri }) }
    expect(readOptions({ ...good, issuer, revocations }).revocations).toMatchObject({
      ...{ uri: expected, everyMs: 5_000, maxStaleMs: Number.POSITIVE_INFINITY, maxSessions: 100_000 },
    })
    expect(readOptions({ ...good, issuer }).revocations).toBeUndefined()
  })

  test.each([
    'https://auth.example.com',
    'https://auth.example.com/',
    'https://example.com/auth/v1',
    'http://localhost:4000',
    'http://auth.localhost:4000',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
  ])('issuer %s', (issuer) => {
    const options = readOptions({ ...good, issuer })
    expect(options.issuer).toBe(issuer)
    expect(options.jwksUri).toBe(`${issuer.replace(/\/$/, '')}/jwks`)
  })

  test.each<[VerifierOptions['audience'], string | undefined, string]>([
    ['https://api.example.com', undefined, 'https://api.example.com'],
    ['https://api.example.com/reports', undefined, 'https://api.example.com'],
    [['https://api.example.com/a', 'https://api.example.com/b'], undefined, 'https://api.example.com'],
    ['https://API.example.com:443/x', undefined, 'https://api.example.com'],
    ['http://127.0.0.1:5001', undefined, 'http://127.0.0.1:5001'],
    ['reports', 'https://api.example.com', 'https://api.example.com'],
    ['reports', 'https://api.example.com/reports/', 'https://api.example.com/reports'],
    ['https://a.example.com', 'https://b.example.com', 'https://b.example.com'],
  ])('S11 audience %s with base URL %s is reached at %s', (audience, baseUrl, expected) => {
    expect(readOptions({ ...good, audience, ...(baseUrl === undefined ? {} : { baseUrl }) }).baseUrl).toBe(
      expected,
    )
  })
})
