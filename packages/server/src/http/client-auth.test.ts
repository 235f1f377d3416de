import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ClientConfig } from '../config/types.ts'
import { authenticateClient } from './client-auth.ts'

const secret = 'a:b%c+d e'
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const base = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  origins: [],
  resources: [],
  scopes: [],
  grantTypes: [],
  responseModes: [],
  sameSite: false,
  requirePushedAuthorizationRequests: false,
  allowGetAuthorize: true,
} satisfies Partial<ClientConfig>
const clients = new Map<string, ClientConfig>([
  ['web', { ...base, id: 'web', dpop: 'required' }],
  [
    'my app',
    { ...base, id: 'my app', dpop: 'optional', secretHash: createHash('sha256').update(secret).digest() },
  ],
])
const basic = (id: string, password: string) => {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
  return `Basic ${Buffer.from(`${encode(id)}:${encode(password)}`).toString('base64')}`
}
const authenticate = (body: Record<string, string>, authorization?: string) => {
  try {
    return authenticateClient(new URLSearchParams(body), authorization, clients).id
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('authenticateClient', () => {
  it.each([
    ['a public client by its id', { client_id: 'web' }, undefined, 'web'],
    ['A25 a confidential one by Basic, form-encoded', {}, basic('my app', secret), 'my app'],
    ['A25 or in the body', { client_id: 'my app', client_secret: secret }, undefined, 'my app'],
    ['A25 not without its secret', { client_id: 'my app' }, undefined, 'invalid_client'],
    ['A25 not with another', {}, basic('my app', 'wrong'), 'invalid_client'],
    ['not in two ways', { client_secret: secret }, basic('my app', secret), 'invalid_request'],
    ['not as two clients', { client_id: 'web' }, basic('my app', secret), 'invalid_request'],
    ['a public client has no secret', { client_id: 'web', client_secret: 'x' }, undefined, 'invalid_client'],
    [
      'A26 no client has keys, a public one neither',
      { client_id: 'web', client_assertion_type: jwtBearer, client_assertion: 'x' },
      undefined,
      'invalid_client',
    ],
    [
      'not in a third way',
      { client_assertion_type: jwtBearer, client_assertion: 'x' },
      basic('my app', secret),
      'invalid_request',
    ],
    ['nobody', {}, undefined, 'invalid_request'],
    ['a stranger', { client_id: '__proto__' }, undefined, 'invalid_client'],
    ['S14 malformed Basic', { client_id: 'web' }, 'Basic %', 'invalid_client'],
    [
      'S14 malformed percent-encoding',
      {},
      `Basic ${Buffer.from('%:%').toString('base64')}`,
      'invalid_client',
    ],
    ['Bearer is no client authentication', { client_id: 'web' }, 'Bearer x', 'invalid_client'],
  ] as [string, Record<string, string>, string | undefined, string][])(
    '%s',
    (_, body, authorization, expected) => {
      expect(authenticate(body, authorization)).toBe(expected)
    },
  )
})
