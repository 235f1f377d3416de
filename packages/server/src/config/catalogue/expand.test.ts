import type { Entry } from '@latchkey/providers'
import { expect, test } from 'vitest'
import { expandEntry } from './expand.ts'

const plain: Entry = {
  id: 'plain',
  name: 'Plain',
  protocol: 'oauth2',
  domains: ['plain.test'],
  endpoints: { authorization: 'https://plain.test/authorize', token: 'https://plain.test/token' },
  identity: { from: 'nothing', because: 'There is no endpoint that tells' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

test('the least that an entry says', () => {
  expect(expandEntry(plain)).toEqual({
    type: 'oauth2',
    name: 'Plain',
    authorization_endpoint: 'https://plain.test/authorize',
    token_endpoint: 'https://plain.test/token',
    token_endpoint_auth_method: 'client_secret_post',
    identity_from: 'nothing',
    sign_in: false,
    refresh: {},
    wire: {},
    quirks: [],
  })
})

test('an account that several people hold signs nobody in', () => {
  const because = 'The account is a company’s.'
  const entry: Entry = {
    ...plain,
    identity: { from: 'token-response', subject: 'company.id', shared: true, because },
  }
  expect(expandEntry(entry)).toMatchObject({
    ...{ identity_from: 'token-response', subject: 'company.id', shared_account: true, sign_in: false },
  })
})

test('all that one can say', () => {
  const entry: Entry = {
    ...plain,
    endpoints: {
      ...plain.endpoints,
      userinfo: 'https://plain.test/me',
      emails: 'https://plain.test/emails',
      refresh: 'https://plain.test/refresh',
      exchange: 'https://plain.test/exchange',
      revocation: 'https://plain.test/revoke',
      introspection: 'https://plain.test/introspect',
    },
    clientAuthentication: 'basic',
    pkce: 'none',
    scopes: { separator: ',', signIn: ['me'], connect: ['me', 'offline'] },
    authorizeParams: { a: '1' },
    connectAuthorizeParams: { b: '2' },
    responseMode: 'form_post',
    quirks: ['form-encoded-response', 'form-body-only'],
    wire: { tokenPath: 'data', exchange: { grantType: 'x', tokenParameter: 't', sends: ['client_secret'] } },
    identity: {
      from: 'userinfo',
      subject: ['team', 'id'],
      name: ['first', 'last'],
      login: 'login',
      email: 'mail',
      emailVerified: { known: 'always' },
      picture: 'image',
      emails: { email: 'address', primary: 'main' },
    },
    refresh: {
      issued: 'yes',
      accessTokenSeconds: 3600,
      endsAfterDays: 90,
      endsUnusedAfterDays: 30,
      revocationEndsAccount: true,
    },
    apiHosts: ['api.plain.test'],
  }
  expect(expandEntry(entry)).toEqual({
    type: 'oauth2',
    name: 'Plain',
    authorization_endpoint: 'https://plain.test/authorize',
    token_endpoint: 'https://plain.test/token',
    userinfo_endpoint: 'https://plain.test/me',
    emails_endpoint: 'https://plain.test/emails',
    refresh_endpoint: 'https://plain.test/refresh',
    exchange_endpoint: 'https://plain.test/exchange',
    revocation_endpoint: 'https://plain.test/revoke',
    introspection_endpoint: 'https://plain.test/introspect',
    revocation_ends_account: true,
    token_endpoint_auth_method: 'client_secret_basic',
    pkce: 'none',
    scopes: ['me'],
    connect_scopes: ['me', 'offline'],
    scope_separator: ',',
    authorize_params: { a: '1' },
    connect_authorize_params: { b: '2' },
    response_mode: 'form_post',
    identity_from: 'userinfo',
    subject: ['team', 'id'],
    profile: { name: ['first', 'last'], label: 'login', email: 'mail', picture: 'image' },
    emails: { email: 'address', primary: 'main' },
    refresh: { access_token_seconds: 3600, ends_after_days: 90, ends_unused_after_days: 30 },
    api_hosts: ['api.plain.test'],
    wire: {
      email_verified: 'always',
      token_path: 'data',
      exchange: { grant_type: 'x', token_parameter: 't', sends: ['client_secret'] },
    },
    // those that change the wire; a separator has a key of its own
    quirks: ['form-encoded-response'],
  })
})

test('R32: an address of which nothing is known is not believed', () => {
  const entry: Entry = { ...plain, identity: { from: 'userinfo', subject: 'id', email: 'mail' } }
  expect(expandEntry(entry)).toMatchObject({ quirks: ['email-not-verified'] })
})

test('OpenID Connect: the issuer, and discovery finds the rest', () => {
  const entry: Entry = {
    ...plain,
    protocol: 'oidc',
    issuer: 'https://plain.test',
    endpoints: {
      ...plain.endpoints,
      discovery: 'https://plain.test/discovery',
      revocation: 'https://plain.test/r',
    },
    identity: { from: 'id-token' },
    scopes: { separator: '+' },
  }
  expect(expandEntry(entry)).toEqual({
    type: 'oidc',
    name: 'Plain',
    issuer: 'https://plain.test',
    discovery_url: 'https://plain.test/discovery',
    revocation_endpoint: 'https://plain.test/r',
    token_endpoint_auth_method: 'client_secret_post',
    scope_separator: ' ',
    refresh: {},
    wire: {},
    quirks: [],
  })
})
