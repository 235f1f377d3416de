import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import type { AuthOptions } from './types.ts'

const page = 'https://app.example.com'
const given: AuthOptions = { issuer: 'https://auth.example.com', clientId: 'web' }

test('the defaults', () => {
  expect(readOptions(given, page)).toMatchObject({
    redirectUri: 'https://app.example.com/callback',
    resources: [],
    origins: ['https://auth.example.com'],
    scope: 'openid profile email offline_access',
    persistence: 'device',
  })
})

test('B11 the origins of the resources and the issuer, without their paths', () => {
  const resources = ['https://api.example.com/v1', 'https://api.example.com:8443/']
  expect(
    readOptions({ ...given, issuer: 'https://auth.example.com/tenant', resources }, page).origins,
  ).toEqual(['https://auth.example.com', 'https://api.example.com', 'https://api.example.com:8443'])
})

test.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000', 'http://localhost'])(
  'B12 %s will do for development',
  (issuer) => {
    expect(readOptions({ ...given, issuer }, page).issuer).toBe(issuer)
  },
)

const bad: [string, Partial<AuthOptions>][] = [
  ['auth.example.com', { issuer: 'auth.example.com' }],
  ['http://auth.example.com', { issuer: 'http://auth.example.com' }],
  ['http://localhost.evil.example', { issuer: 'http://localhost.evil.example' }],
  ['http://127.0.0.1.evil.example', { issuer: 'http://127.0.0.1.evil.example' }],
  ['https://', { issuer: 'https://' }],
  ['javascript:1', { issuer: 'javascript:1' }],
  ['clientId', { clientId: '' }],
  ['openid', { scope: 'profile' }],
  ['http://api.example.com', { resources: ['http://api.example.com'] }],
  ['urn:api', { resources: ['urn:api'] }],
  ['redirectUri', { redirectUri: 'https://other.example.com/callback' }],
  ['/callback', { redirectUri: '/callback' }],
]
test.each(bad)('B12 a bad option is named: %s', (named, options) => {
  expect(() => readOptions({ ...given, ...options }, page)).toThrow(
    expect.objectContaining({
      code: 'invalid_options',
      phase: 'create',
      action: 'fix-setup',
      message: expect.stringContaining(named),
    }),
  )
})

test('on a server there is no page to compare with', () => {
  expect(readOptions(given, '').issuer).toBe(given.issuer)
})
