import { createHash } from 'node:crypto'
import { rulesFor } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import type { ProviderConfig } from '../config/types.ts'
import { authorizationUrl, reservedAuthorizeParams } from './authorization-url.ts'
import type { UpstreamRequest } from './contract.ts'
import { oauth2Provider, oidcProvider, outcomeOf, proof } from './upstream.fixture.ts'

const endpoint = 'https://op.example/authorize'

const params = (
  provider: ProviderConfig,
  request: Partial<UpstreamRequest> = {},
  at = endpoint,
): Record<string, string> => {
  const url = authorizationUrl(at, provider, rulesFor(provider.quirks), { ...proof, ...request }, false)
  expect(new Set(url.searchParams.keys()).size).toBe(url.searchParams.size)
  return Object.fromEntries(url.searchParams)
}
const challenge = createHash('sha256').update(proof.codeVerifier).digest('base64url')

test('R04, R05: OIDC: state, nonce, PKCE S256, scopes', () => {
  expect(params(oidcProvider)).toEqual({
    response_type: 'code',
    client_id: 'latchkey',
    redirect_uri: proof.redirectUri,
    state: proof.state,
    nonce: proof.nonce,
    scope: 'openid profile email',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  expect(challenge).toHaveLength(43)
})

test('R04: PKCE is left out only where the configuration says so', () => {
  const without = params({ ...oidcProvider, pkce: 'none' })
  expect(without).not.toHaveProperty('code_challenge')
  expect(without).not.toHaveProperty('code_challenge_method')
  expect(without.nonce).toBe(proof.nonce)
})

test('R04: the method plain is used only with the quirk', () => {
  const sent = params({ ...oauth2Provider, quirks: ['pkce-plain'] })
  expect(sent.code_challenge).toBe(proof.codeVerifier)
  expect(sent.code_challenge_method).toBe('plain')
})

test('plain OAuth 2.0 gets neither nonce nor max_age', () => {
  const sent = params(oauth2Provider, { maxAge: 10 })
  expect(sent.scope).toBe('read write')
  expect(sent).not.toHaveProperty('nonce')
  expect(sent).not.toHaveProperty('max_age')
})

test('R36: a required hd goes along as a hint, before what is configured', () => {
  const required = (...hd: string[]) => ({ ...oidcProvider, requireClaims: { hd } })
  expect(params(required('corp.example')).hd).toBe('corp.example')
  expect(params(required('a.example', 'b.example')).hd).toBe('*')
  expect(params({ ...required('corp.example'), authorizeParams: { hd: 'x.example' } }).hd).toBe('x.example')
  expect(params(oidcProvider)).not.toHaveProperty('hd')
})

test('connecting: other scopes, and parameters that come before the usual ones', () => {
  const provider = {
    ...oidcProvider,
    authorizeParams: { access_type: 'online', hd: 'a' },
    connectAuthorizeParams: { access_type: 'offline', state: 'mine' },
  }
  expect(params(provider, { scopes: ['files'], connecting: true })).toMatchObject({
    scope: 'openid files',
    access_type: 'offline',
    hd: 'a',
    state: proof.state,
  })
  expect(params(provider)).toMatchObject({ scope: 'openid profile email', access_type: 'online' })
  expect(params(oauth2Provider, { scopes: ['files'] }).scope).toBe('files')
})

test('what the SPA asked for goes along, before what is configured', () => {
  const provider = { ...oidcProvider, authorizeParams: { prompt: 'consent', hd: 'corp.example' } }
  expect(params(provider)).toMatchObject({ prompt: 'consent', hd: 'corp.example' })
  const asked = { prompt: 'login', loginHint: 'ann@example.com', uiLocales: 'de', maxAge: 0 }
  expect(params(provider, asked)).toMatchObject({
    prompt: 'login',
    login_hint: 'ann@example.com',
    ui_locales: 'de',
    max_age: '0',
  })
})

test('form_post is asked for', () => {
  expect(params({ ...oidcProvider, responseMode: 'form_post' }).response_mode).toBe('form_post')
})

test.each([...reservedAuthorizeParams])('R34, #16: authorize_params cannot set %s', (name) => {
  const attacked = params({ ...oidcProvider, authorizeParams: { [name]: 'evil' } })
  expect(attacked).toEqual(params(oidcProvider))
})

test.each([...reservedAuthorizeParams])('R34: nor can the endpoint bring its own %s', (name) => {
  expect(params(oidcProvider, {}, `${endpoint}?${name}=evil&${name}=worse`)).toEqual(params(oidcProvider))
})

test('what else the endpoint has in its query is kept (RFC 6749 section 3.1)', () => {
  expect(params(oidcProvider, {}, `${endpoint}?tenant=a%20b`).tenant).toBe('a b')
})

describe('scopes', () => {
  const scopeOf = (change: Partial<typeof oauth2Provider>): string | undefined =>
    params({ ...oauth2Provider, ...change }).scope

  test.each([
    [{ scopeSeparator: ',' }, 'read,write'],
    [{ quirks: ['comma-scopes'] }, 'read,write'],
    [{ quirks: ['semicolon-scopes'] }, 'read;write'],
    [{ quirks: ['plus-scopes'] }, 'read write'],
    [{ quirks: ['no-scope-parameter'] }, undefined],
    [{ scopes: [] }, undefined],
  ])('%j: %s', (change, expected) => {
    expect(scopeOf(change)).toBe(expected)
  })

  test('OIDC always asks for openid', () => {
    expect(params({ ...oidcProvider, scopes: ['email'] }).scope).toBe('openid email')
  })
})

test.each([
  ['http://op.example/authorize', 'insecure_url'],
  ['javascript:alert(1)', 'insecure_url'],
  ['https://a:b@op.example/', 'credentials_in_url'],
])('X05: the browser is not sent to %s', async (at, reason) => {
  expect(await outcomeOf(() => params(oidcProvider, {}, at))).toBe(`provider_error ${reason}`)
})
