import { describe, expect, it } from 'vitest'
import type { ClientConfig } from '../config/types.ts'
import { corsFor, preflight } from './cors.ts'

const client = (id: string, origins: string[]): ClientConfig => ({
  ...{
    id,
    origins,
    dpop: 'required',
    redirectUris: [],
    postLogoutRedirectUris: [],
    resources: [],
    scopes: [],
  },
  ...{
    grantTypes: [],
    responseModes: [],
    sameSite: false,
    requirePushedAuthorizationRequests: false,
    allowGetAuthorize: false,
  },
})
const clients = new Map([
  ['a', client('a', ['https://a.test', 'https://beta.a.test'])],
  ['b', client('b', ['https://b.test'])],
])
const foreign = [
  undefined,
  '',
  'null',
  'https://A.test',
  'https://a.test/',
  'https://a.test.evil.test',
  'http://a.test',
  '*',
]

describe('32 corsFor', () => {
  it('names the origin that is one of the client’s, never a wildcard, never credentials', () => {
    expect(corsFor('https://beta.a.test', ['https://a.test', 'https://beta.a.test'])).toEqual({
      'Access-Control-Allow-Origin': 'https://beta.a.test',
      'Access-Control-Expose-Headers': expect.stringContaining('DPoP-Nonce'),
      Vary: 'Origin',
    })
  })

  it('allows credentials where it is told to, to the client’s own origins alone', () => {
    const origins = ['https://a.test']
    expect(corsFor('https://a.test', origins, true)['Access-Control-Allow-Credentials']).toBe('true')
    expect(corsFor('https://a.test', origins)).not.toHaveProperty('Access-Control-Allow-Credentials')
    expect(corsFor('https://evil.test', origins, true)).toEqual({ Vary: 'Origin' })
  })

  it.each(foreign)('gives %j nothing but Vary', (origin) => {
    expect(corsFor(origin, ['https://a.test'])).toEqual({ Vary: 'Origin' })
  })
})

describe('32 preflight', () => {
  it.each(['https://a.test', 'https://b.test'])('lets %s ask, of whichever client it is', (origin) => {
    const { status, headers } = preflight(origin, clients, 'POST')
    expect(status).toBe(204)
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': expect.stringMatching(/\bDPoP\b/),
    })
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials')
  })

  it('allows credentials to the origins of clients in same-site mode, where a cookie is looked at', () => {
    const mixed = new Map(clients)
    mixed.set('c', { ...client('c', ['https://c.test']), sameSite: true })
    const allowed = (origin: string, withCookie: boolean) =>
      preflight(origin, mixed, 'POST', withCookie).headers['Access-Control-Allow-Credentials']
    expect(allowed('https://c.test', true)).toBe('true')
    expect(allowed('https://c.test', false)).toBeUndefined()
    expect(allowed('https://a.test', true)).toBeUndefined()
    expect(allowed('https://evil.test', true)).toBeUndefined()
  })

  it.each(foreign)('lets %j ask nothing', (origin) => {
    expect(preflight(origin, clients, 'POST').headers).toEqual({ Vary: 'Origin' })
  })
})
