import { describe, expect, test } from 'vitest'
import {
  callback,
  membersOf,
  post,
  quietProvider,
  redeem,
  redirectUri,
  signIn,
  standingClock,
  takeApart,
  verifier,
} from '../flow.fixture.ts'
import type { FakeProvider } from '../index.ts'

const errorOf = async (response: Response | Promise<Response>) => (await membersOf(await response)).error

const freshCode = async (provider: FakeProvider, params = {}) =>
  (await callback(provider, params)).get('code')

const userinfoStatus = async (provider: FakeProvider, token: unknown) =>
  (await provider.fetch(provider.endpoints.userinfo, { headers: { authorization: `Bearer ${token}` } }))
    .status

describe('codes', () => {
  test('a good one yields tokens that are not cached', async () => {
    const provider = await quietProvider()
    const response = await redeem(provider, await freshCode(provider))
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await membersOf(response)).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid profile email',
    })
  })

  test.each([
    ['no verifier', { code_verifier: undefined }],
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['a short verifier', { code_verifier: verifier.slice(1) }],
    ['a verifier of other characters', { code_verifier: `${verifier}!` }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['another redirect_uri', { redirect_uri: `${redirectUri}/` }],
    ['an unknown code', { code: 'never-issued' }],
  ])('%s: invalid_grant', async (_, params) => {
    const provider = await quietProvider()
    expect(await errorOf(redeem(provider, await freshCode(provider), params))).toBe('invalid_grant')
  })

  test('a verifier without a challenge before is a downgrade: invalid_grant', async () => {
    const provider = await quietProvider()
    const code = await freshCode(provider, { code_challenge: undefined, code_challenge_method: undefined })
    expect(await errorOf(redeem(provider, code))).toBe('invalid_grant')
    expect((await redeem(provider, code, { code_verifier: undefined })).status).toBe(200)
  })

  test('the second use is invalid_grant and ends what the first gave', async () => {
    const provider = await quietProvider()
    const code = await freshCode(provider)
    const { access_token } = await membersOf(await redeem(provider, code))
    expect(await userinfoStatus(provider, access_token)).toBe(200)
    expect(await errorOf(redeem(provider, code))).toBe('invalid_grant')
    expect(await userinfoStatus(provider, access_token)).toBe(401)
  })

  test('belong to one client and to one of the two protocols', async () => {
    const clients = [
      { client_id: 'test-client', client_secret: 's' },
      { client_id: 'other', client_secret: 's' },
    ]
    const provider = await quietProvider({ clients })
    const as = (client_id: string) => ({ client_id, client_secret: 's' })
    expect(await errorOf(redeem(provider, await freshCode(provider), as('other')))).toBe('invalid_grant')
    const code = await freshCode(provider)
    expect(await errorOf(redeem(provider, code, as('test-client'), 'oauth2'))).toBe('invalid_grant')
    expect((await redeem(provider, code, as('test-client'))).status).toBe(200)
  })

  test('live 60 seconds', async () => {
    const clock = standingClock()
    const provider = await quietProvider({ clock })
    const [early, late] = [await freshCode(provider), await freshCode(provider)]
    clock.turn(59)
    expect((await redeem(provider, early)).status).toBe(200)
    clock.turn(1)
    expect(await errorOf(redeem(provider, late))).toBe('invalid_grant')
  })
})

describe('the request itself', () => {
  test('repeated parameters, unknown grants, missing members', async () => {
    const provider = await quietProvider()
    const twice = 'grant_type=authorization_code&code=a&code=b&client_id=test-client'
    expect(
      await errorOf(
        provider.fetch(provider.endpoints.token, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: twice,
        }),
      ),
    ).toBe('invalid_request')
    expect(await errorOf(post(provider, provider.endpoints.token, { grant_type: 'password' }))).toBe(
      'unsupported_grant_type',
    )
    expect(await errorOf(post(provider, provider.endpoints.token, {}))).toBe('invalid_request')
    expect(await errorOf(redeem(provider, null))).toBe('invalid_request')
  })

  test('parameters in the URL or in JSON count for nothing; GET is refused', async () => {
    const provider = await quietProvider()
    const query = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'test-client' })
    expect((await provider.fetch(`${provider.endpoints.token}?${query}`)).status).toBe(405)
    const json = provider.fetch(provider.endpoints.token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(query)),
    })
    expect(await errorOf(json)).toBe('invalid_client')
  })

  test('a body beyond 1 MiB is refused', async () => {
    await using provider = await (await import('../index.ts')).createFakeProvider({ algorithm: 'ES256' })
    const response = await fetch(provider.endpoints.token, {
      method: 'POST',
      body: 'x'.repeat(1024 * 1024 + 1),
    })
    expect(response.status).toBe(413)
  })
})

describe('the ID token', () => {
  test('says who, for whom, when, and echoes the nonce; auth_time only for max_age', async () => {
    const clock = standingClock()
    const provider = await quietProvider({ clock })
    const now = clock.now() / 1000
    const { header, claims } = takeApart((await signIn(provider)).id_token)
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) })
    expect(claims).toEqual({
      iss: provider.issuer,
      sub: 'fake-user-ada',
      aud: 'test-client',
      iat: now,
      exp: now + 3600,
      nonce: 'a-nonce',
      at_hash: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      name: 'Ada Quinn',
      given_name: 'Ada',
      family_name: 'Quinn',
      preferred_username: 'ada',
      email: 'ada@example.com',
      email_verified: true,
    })
    expect(takeApart((await signIn(provider, { max_age: '0' })).id_token).claims.auth_time).toBe(now)
  })

  test('comes only with openid; personas without e-mail have none anywhere', async () => {
    const provider = await quietProvider({ autoApprove: 'no-email' })
    expect((await signIn(provider, { scope: 'profile' })).id_token).toBeUndefined()
    const { id_token, access_token } = await signIn(provider)
    expect(takeApart(id_token).claims).not.toHaveProperty('email')
    const userinfo = await provider.fetch(provider.endpoints.userinfo, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(Object.keys(await membersOf(userinfo)).sort()).toEqual([
      ...['family_name', 'given_name', 'name', 'preferred_username', 'sub'],
    ])
  })
})

describe('refresh tokens', () => {
  const scope = 'openid offline_access'
  const refresh = (provider: FakeProvider, refresh_token: unknown, params = {}) =>
    post(provider, provider.endpoints.token, {
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
      ...params,
    })

  test('are issued for offline_access, always, or never', async () => {
    const gives = async (issue: 'always' | 'offline_access' | 'never', asked: string) =>
      'refresh_token' in (await signIn(await quietProvider({ refreshTokens: { issue } }), { scope: asked }))
    expect(await gives('offline_access', scope)).toBe(true)
    expect(await gives('offline_access', 'openid')).toBe(false)
    expect(await gives('always', 'openid')).toBe(true)
    expect(await gives('never', scope)).toBe(false)
  })

  test('without rotation the answer has none and the old one goes on; the ID token has no nonce', async () => {
    const provider = await quietProvider()
    const { refresh_token } = await signIn(provider, { scope })
    for (let i = 0; i < 2; i++) {
      const answer = await membersOf(await refresh(provider, refresh_token))
      expect(answer).not.toHaveProperty('refresh_token')
      expect(takeApart(answer.id_token).claims).toMatchObject({ sub: 'fake-user-ada', aud: 'test-client' })
      expect(takeApart(answer.id_token).claims).not.toHaveProperty('nonce')
    }
  })

  test('with rotation each use gives a new one and ends the old one', async () => {
    const provider = await quietProvider({ refreshTokens: { rotate: true } })
    const first = (await signIn(provider, { scope })).refresh_token
    const second = (await membersOf(await refresh(provider, first))).refresh_token
    expect(second).not.toBe(first)
    expect(await errorOf(refresh(provider, first))).toBe('invalid_grant')
    expect((await refresh(provider, second)).status).toBe(200)
  })

  test('may be narrowed and not widened', async () => {
    const provider = await quietProvider()
    const { refresh_token } = await signIn(provider, { scope })
    expect(await membersOf(await refresh(provider, refresh_token, { scope: 'openid' }))).toMatchObject({
      scope: 'openid',
    })
    expect(await errorOf(refresh(provider, refresh_token, { scope: 'openid email' }))).toBe('invalid_scope')
  })

  test('belong to one client; unknown ones are invalid_grant', async () => {
    const clients = [
      { client_id: 'test-client', client_secret: 's' },
      { client_id: 'other', client_secret: 's' },
    ]
    const provider = await quietProvider({ clients })
    const code = await freshCode(provider, { scope })
    const { refresh_token } = await membersOf(await redeem(provider, code, { client_secret: 's' }))
    const as = { client_id: 'other', client_secret: 's' }
    expect(await errorOf(refresh(provider, refresh_token, as))).toBe('invalid_grant')
    expect(await errorOf(refresh(provider, 'unknown', as))).toBe('invalid_grant')
  })
})

describe('revocation and introspection', () => {
  test('a revoked refresh token takes everything with it; unknown tokens are fine', async () => {
    const provider = await quietProvider()
    const { access_token, refresh_token } = await signIn(provider, { scope: 'openid offline_access' })
    const inspect = async (token: unknown) =>
      membersOf(await post(provider, provider.endpoints.introspection, { token: String(token) }))
    expect(await inspect(access_token)).toMatchObject({
      active: true,
      sub: 'fake-user-ada',
      token_type: 'Bearer',
    })
    expect(await inspect(refresh_token)).toMatchObject({ active: true })
    expect((await post(provider, provider.endpoints.revocation, { token: 'unknown' })).status).toBe(200)
    expect(
      (await post(provider, provider.endpoints.revocation, { token: String(refresh_token) })).status,
    ).toBe(200)
    expect(await inspect(access_token)).toEqual({ active: false })
    expect(await inspect(refresh_token)).toEqual({ active: false })
  })

  test('a revoked access token is gone alone', async () => {
    const provider = await quietProvider()
    const { access_token, refresh_token } = await signIn(provider, { scope: 'openid offline_access' })
    await post(provider, provider.endpoints.revocation, { token: String(access_token) })
    expect(await userinfoStatus(provider, access_token)).toBe(401)
    const again = { grant_type: 'refresh_token', refresh_token: String(refresh_token) }
    expect((await post(provider, provider.endpoints.token, again)).status).toBe(200)
  })

  test('need a client', async () => {
    const provider = await quietProvider()
    for (const url of [provider.endpoints.revocation, provider.endpoints.introspection]) {
      expect((await post(provider, url, { token: 'x', client_secret: 'wrong' })).status).toBe(401)
      expect(await errorOf(post(provider, url, {}))).toBe('invalid_request')
    }
  })
})

describe('userinfo', () => {
  test('R16: takes the token from the header alone', async () => {
    const provider = await quietProvider()
    const { access_token } = await signIn(provider)
    const url = provider.endpoints.userinfo
    const token = String(access_token)
    expect((await provider.fetch(`${url}?access_token=${token}`)).status).toBe(401)
    expect((await post(provider, url, { access_token: token })).status).toBe(401)
    const header = { authorization: `bearer ${token}` }
    expect((await provider.fetch(url, { headers: header })).status).toBe(200)
    expect((await provider.fetch(url, { method: 'POST', headers: header })).status).toBe(200)
  })

  test('says in WWW-Authenticate what is wrong', async () => {
    const provider = await quietProvider()
    const challenge = async (authorization?: string) =>
      (
        await provider.fetch(
          provider.endpoints.userinfo,
          authorization === undefined ? {} : { headers: { authorization } },
        )
      ).headers.get('www-authenticate')
    expect(await challenge()).toBe('Bearer')
    expect(await challenge('Bearer nonsense')).toContain('invalid_token')
    const { access_token } = await signIn(provider, { scope: 'email' })
    expect(await challenge(`Bearer ${access_token}`)).toContain('insufficient_scope')
  })
})
