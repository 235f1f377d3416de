import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import {
  callback,
  challenge,
  membersOf,
  quietProvider,
  redeem,
  redirectUri,
  signIn,
  verifier,
} from '../flow.fixture.ts'
import type { FakeProvider, OAuth2Options } from '../index.ts'

const user = async (provider: FakeProvider, token: unknown): Promise<unknown> =>
  (
    await provider.fetch(provider.oauth2.userinfo_endpoint, { headers: { authorization: `Bearer ${token}` } })
  ).json()

const sideOf = (oauth2: OAuth2Options = {}, persona = 'user') =>
  quietProvider({ oauth2, autoApprove: persona })

test('a stranger client (oauth4webapi) signs in from the configuration entry alone', async () => {
  const provider = await sideOf()
  const { oauth2: entry } = provider
  const as: oauth.AuthorizationServer = { issuer: 'https://provider.test', ...entry }
  const client: oauth.Client = { client_id: entry.client_id }
  const through = { [oauth.customFetch]: provider.fetch }
  const url = new URL(entry.authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: entry.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'read:user',
    state: 'xyz',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString()
  const answer = new URL((await provider.fetch(url)).headers.get('location') ?? '')
  const params = oauth.validateAuthResponse(as, client, answer, 'xyz')
  const authentication = oauth.ClientSecretBasic(entry.client_secret ?? '')
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    authentication,
    params,
    redirectUri,
    verifier,
    through,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response)
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'read:user' })
  expect(tokens).not.toHaveProperty('id_token')
  const record = await oauth.protectedResourceRequest(
    tokens.access_token,
    'GET',
    new URL(entry.userinfo_endpoint),
    new Headers(),
    null,
    through,
  )
  expect(await record.json()).toEqual({
    id: 1001,
    login: 'ada',
    name: 'Ada Quinn',
    email: 'ada@example.com',
    email_verified: true,
  })
})

describe('the user record', () => {
  test('no e-mail is null; a persona without an account id goes by its subject', async () => {
    const provider = await sideOf({}, 'no-email')
    expect(await user(provider, (await signIn(provider, {}, 'oauth2')).access_token)).toMatchObject({
      id: 1003,
      email: null,
    })
    const mine = await quietProvider({
      personas: [{ id: 'mine', subject: 'my-subject', shows: '', claims: {} }],
      autoApprove: 'mine',
    })
    expect(await user(mine, (await signIn(mine, {}, 'oauth2')).access_token)).toEqual({
      id: 'my-subject',
      login: 'mine',
      email: null,
    })
  })

  test('can be wrapped and shaped; the entry says where the account id is', async () => {
    const provider = await sideOf({
      wrap: 'data.user',
      subject: 'uid',
      user: (persona) => ({ uid: persona.subject, handle: persona.id }),
    })
    expect(provider.oauth2.subject).toBe('data.user.uid')
    expect(await user(provider, (await signIn(provider, {}, 'oauth2')).access_token)).toEqual({
      data: { user: { uid: 'fake-user-ada', handle: 'user' } },
    })
    expect(await user(provider, 'nonsense')).toMatchObject({ error: 'invalid_token' })
  })

  test("the other protocol's tokens do not open it", async () => {
    const provider = await sideOf()
    expect(await user(provider, (await signIn(provider)).access_token)).toMatchObject({
      error: 'invalid_token',
    })
  })
})

describe('habits', () => {
  test('pkce none: challenge and verifier are ignored, and the entry says so', async () => {
    const provider = await sideOf({ pkce: 'none' })
    expect(provider.oauth2.pkce).toBe('none')
    const code = (await callback(provider, {}, 'oauth2')).get('code')
    expect((await redeem(provider, code, { code_verifier: 'wrong' }, 'oauth2')).status).toBe(200)
    const strict = await sideOf()
    expect(strict.oauth2).not.toHaveProperty('pkce')
    const other = (await callback(strict, {}, 'oauth2')).get('code')
    expect((await redeem(strict, other, { code_verifier: 'wrong' }, 'oauth2')).status).toBe(400)
  })

  test('form-encoded-response', async () => {
    const provider = await sideOf({ quirks: ['form-encoded-response'] })
    expect(provider.oauth2.quirks).toEqual(['form-encoded-response'])
    const response = await redeem(
      provider,
      (await callback(provider, {}, 'oauth2')).get('code'),
      {},
      'oauth2',
    )
    expect(response.headers.get('content-type')).toContain('application/x-www-form-urlencoded')
    const fields = new URLSearchParams(await response.text())
    expect(fields.get('token_type')).toBe('Bearer')
    expect(await user(provider, fields.get('access_token'))).toMatchObject({ id: 1001 })
  })

  test('error-with-http-200: errors of the token endpoint alone', async () => {
    const provider = await sideOf({ quirks: ['error-with-http-200'] })
    const response = await redeem(provider, 'unknown', {}, 'oauth2')
    expect(response.status).toBe(200)
    expect(await membersOf(response)).toMatchObject({ error: 'invalid_grant' })
    expect((await provider.fetch(provider.oauth2.userinfo_endpoint)).status).toBe(401)
    expect((await redeem(provider, 'unknown')).status).toBe(400)
  })

  test.each([
    ['nonstandard-token-fields', { token_type: undefined, expires_in: '3600' }, true],
    ['scope-as-array', { scope: ['openid', 'profile', 'email'] }, true],
    ['expires-in-zero', { expires_in: 0 }, true],
    ['no-expires-in', { expires_in: undefined }, false],
    ['scope-not-echoed', { scope: undefined }, false],
  ] as const)('%s: %j; the entry names what a client has to be told', async (quirk, changed, told) => {
    const provider = await sideOf({ quirks: [quirk] })
    const plain = { token_type: 'Bearer', expires_in: 3600, scope: 'openid profile email' }
    const { access_token, ...answer } = await signIn(provider, {}, 'oauth2')
    expect(access_token).toHaveLength(43)
    expect(answer).toEqual({ ...plain, ...changed })
    expect(await signIn(provider)).toMatchObject(plain)
    expect(provider.oauth2.quirks).toEqual(told ? [quirk] : undefined)
  })

  test('rotating-refresh-token: here, and not at the OpenID side', async () => {
    const provider = await sideOf({ quirks: ['rotating-refresh-token'] })
    const refreshed = async (protocol: 'oidc' | 'oauth2') => {
      const { refresh_token } = await signIn(provider, { scope: 'openid offline_access' }, protocol)
      const grant = {
        grant_type: 'refresh_token',
        code: undefined,
        code_verifier: undefined,
        redirect_uri: undefined,
      }
      return membersOf(
        await redeem(provider, '', { ...grant, refresh_token: String(refresh_token) }, protocol),
      )
    }
    expect(await refreshed('oauth2')).toHaveProperty('refresh_token')
    expect(await refreshed('oidc')).not.toHaveProperty('refresh_token')
  })
})
