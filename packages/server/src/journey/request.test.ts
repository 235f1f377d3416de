import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ClientConfig } from '../config/types.ts'
import { PageError, RedirectError } from '../errors.ts'
import type { Intent } from './journey.ts'
import { identifyClient, readRequest, returnTarget } from './request.ts'

const client: ClientConfig = {
  id: 'web',
  redirectUris: ['https://app.example.com/cb', 'https://app.example.com/cb?x=1'],
  postLogoutRedirectUris: [],
  origins: ['https://app.example.com'],
  resources: ['https://auth.example.com', 'https://api.example.com'],
  scopes: ['openid', 'profile', 'email'],
  grantTypes: ['authorization_code'],
  dpop: 'required',
  responseModes: ['fragment', 'query'],
  sameSite: false,
  requirePushedAuthorizationRequests: false,
  allowGetAuthorize: false,
}
const clients = new Map([[client.id, client]])
const rules = {
  clients,
  providers: new Map([
    ['oidc', { provesAuthTime: true, signIn: true, connect: false }],
    ['plain', { provesAuthTime: false, signIn: true, connect: false }],
    ['calendar', { provesAuthTime: false, signIn: false, connect: true }],
  ]),
}
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const good = {
  client_id: 'web',
  redirect_uri: 'https://app.example.com/cb',
  response_type: 'code',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 's',
}

function read(
  changes: Record<string, string | undefined>,
  more: [string, string][] = [],
  kind: Intent['kind'] = 'sign_in',
) {
  const entries = Object.entries({ ...good, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const params = new URLSearchParams([...entries, ...more])
  const identified = identifyClient(params, clients)
  const target = returnTarget(params, identified.client, identified.redirectUri)
  try {
    return { target, request: readRequest(params, identified.client, target, rules, kind), error: undefined }
  } catch (error) {
    return { target, request: undefined, error: error instanceof RedirectError ? error.code : error }
  }
}

describe('identifyClient', () => {
  it.each([
    ['A02 unknown client', { client_id: 'nobody' }, [], 'invalid_client'],
    ['A02 no client', { client_id: undefined }, [], 'invalid_client'],
    ['A21 two clients', {}, [['client_id', 'web']], 'invalid_client'],
    ['A02 no redirect_uri', { redirect_uri: undefined }, [], 'invalid_redirect_uri'],
    ['A21 two redirect_uris', {}, [['redirect_uri', 'https://app.example.com/cb']], 'invalid_redirect_uri'],
    ['A01 case', { redirect_uri: 'https://app.example.com/CB' }, [], 'invalid_redirect_uri'],
    ['A01 slash', { redirect_uri: 'https://app.example.com/cb/' }, [], 'invalid_redirect_uri'],
    ['A01 prototype', { client_id: '__proto__' }, [], 'invalid_client'],
  ] as [string, Record<string, string | undefined>, [string, string][], string][])(
    '%s',
    (_, changes, more, code) => {
      expect(() => read(changes, more)).toThrowError(expect.objectContaining({ code }))
      expect(() => read(changes, more)).toThrowError(PageError)
    },
  )
})

describe('readRequest', () => {
  const cases: [string, Record<string, string | undefined>, string][] = [
    ['A04 response_type missing', { response_type: undefined }, 'invalid_request'],
    ['A04 token', { response_type: 'token' }, 'unsupported_response_type'],
    ['A04 code token', { response_type: 'code token' }, 'unsupported_response_type'],
    ['A07 no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['A07 no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['A07 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['A07 s256 in lower case', { code_challenge_method: 's256' }, 'invalid_request'],
    ['A07 challenge of 42', { code_challenge: challenge.slice(1) }, 'invalid_request'],
    [
      'A07 X14 challenge with other trailing bits',
      { code_challenge: `${challenge.slice(0, -1)}N` },
      'invalid_request',
    ],
    ['A07 challenge with +', { code_challenge: `+${challenge.slice(1)}` }, 'invalid_request'],
    ['dpop_jkt malformed', { dpop_jkt: 'x' }, 'invalid_request'],
    ['A17 response_mode', { response_mode: 'form_post' }, 'invalid_request'],
    ['A22 request', { request: 'eyJ' }, 'request_not_supported'],
    ['A22 request_uri', { request_uri: 'https://evil.example' }, 'request_uri_not_supported'],
    ['A31 unlisted scope', { scope: 'openid admin' }, 'invalid_scope'],
    ['scope too long', { scope: 'x'.repeat(1025) }, 'invalid_request'],
    ['nonce too long', { nonce: 'x'.repeat(513) }, 'invalid_request'],
    ['A28 foreign resource', { resource: 'https://other.example' }, 'invalid_target'],
    ['X04 invite too long', { invite: 'x'.repeat(129) }, 'invalid_request'],
    ['prompt=none', { prompt: 'none' }, 'login_required'],
    ['prompt=none login', { prompt: 'none login' }, 'invalid_request'],
    ['prompt unknown', { prompt: 'create' }, 'invalid_request'],
    ['max_age not a number', { max_age: '-1' }, 'invalid_request'],
    ['R14 max_age at a provider without auth_time', { max_age: '1', provider: 'plain' }, 'invalid_request'],
    ['unknown provider', { provider: 'nope' }, 'invalid_request'],
    ['X12 provider named like a prototype', { provider: '__proto__' }, 'invalid_request'],
  ]
  it.each(cases)('%s', (_, changes, code) => {
    expect(read(changes)).toMatchObject({ error: code, target: { state: 's' } })
  })

  it('V01 takes each provider for what it is there for', () => {
    const kinds = ['sign_in', 'link', 'connect'] as const
    const outcome = (provider: string) => kinds.map((kind) => read({ provider }, [], kind).error)
    expect(outcome('oidc')).toEqual([undefined, undefined, 'invalid_request'])
    expect(outcome('calendar')).toEqual(['invalid_request', 'invalid_request', undefined])
  })

  it('A21 refuses every repeated parameter but resource', () => {
    for (const name of ['response_type', 'code_challenge', 'scope', 'nonce', 'provider', 'x']) {
      expect(read({ [name]: 'openid' }, [[name, 'openid']]).error, name).toBe('invalid_request')
    }
    const repeated = read({ resource: 'https://api.example.com' }, [['resource', 'https://auth.example.com']])
    expect(repeated.request?.resources).toEqual(['https://api.example.com', 'https://auth.example.com'])
  })

  it('A16 echoes state up to 512 bytes and never a part of it', () => {
    const most = 'ü'.repeat(256)
    expect(read({ state: most })).toMatchObject({ error: undefined, target: { state: most } })
    for (const wrong of [read({ state: `${most}x` }), read({}, [['state', 't']])]) {
      expect(wrong.error).toBe('invalid_request')
      expect(wrong.target).not.toHaveProperty('state')
    }
  })

  it('A31 grants what was asked, without regard to order, and nothing when nothing was asked', () => {
    expect(read({ scope: 'email openid email' }).request?.scope).toBe('email openid')
    expect(read({}).request?.scope).toBe('')
  })

  it('X06 takes no more of an invitation along than its hash', () => {
    const { request } = read({ invite: 'the code' })
    expect(request?.inviteHash).toBe(createHash('sha256').update('the code').digest('base64url'))
    expect(JSON.stringify(request)).not.toContain('the code')
    expect(read({}).request).not.toHaveProperty('inviteHash')
  })

  it('A22 ignores what it does not know', () => {
    expect(read({ extra: 'foobar', 'extra[state]': 'x' }).request).toBeDefined()
  })

  it('answers in the mode that was asked for, or the first', () => {
    expect(read({ response_mode: 'query' }).target.responseMode).toBe('query')
    expect(read({ response_mode: 'nonsense' }).target.responseMode).toBe('fragment')
  })
})
