import { describe, expect, test } from 'vitest'
import { membersOf, post, quietProvider, signIn, standingClock } from './flow.fixture.ts'
import type { FakeProvider, FakeProviderOptions } from './index.ts'

const keeping = (options: FakeProviderOptions = {}) =>
  quietProvider({ ...options, refreshTokens: { issue: 'always', rotate: true, ...options.refreshTokens } })

const refresh = (provider: FakeProvider, token: unknown) =>
  post(provider, provider.endpoints.token, { grant_type: 'refresh_token', refresh_token: String(token) })

const call = (provider: FakeProvider, token: unknown, path = '/files?page=2') =>
  provider.fetch(`${provider.endpoints.api}${path}`, { headers: { authorization: `Bearer ${token}` } })

describe('a refresh token that a rotation has replaced', () => {
  test('revoke: its use ends the grant, whoever holds the newer one', async () => {
    const provider = await keeping({ refreshTokens: { reuse: 'revoke' } })
    const { refresh_token, access_token } = await signIn(provider)
    const next = await membersOf(await refresh(provider, refresh_token))
    expect((await refresh(provider, refresh_token)).status).toBe(400)
    expect((await refresh(provider, next.refresh_token)).status).toBe(400)
    for (const token of [access_token, next.access_token])
      expect((await call(provider, token)).status).toBe(401)
    expect(provider.grants()).toMatchObject([
      { revokedBy: 'refresh-token-reuse', refreshes: 1, reuses: 1, accessTokens: [], refreshTokens: [] },
    ])
  })

  test('grace: it works for a while, and ends the grant later', async () => {
    const clock = standingClock()
    const provider = await keeping({ clock, refreshTokens: { reuse: 'grace', graceMs: 10_000 } })
    const { refresh_token } = await signIn(provider)
    const lost = await membersOf(await refresh(provider, refresh_token))
    clock.turn(9)
    const found = await membersOf(await refresh(provider, refresh_token))
    expect(found.refresh_token).not.toBe(lost.refresh_token)
    expect((await refresh(provider, found.refresh_token)).status).toBe(200)
    expect(provider.grants()).toMatchObject([{ refreshes: 3, reuses: 1 }])
    clock.turn(1)
    expect((await refresh(provider, refresh_token)).status).toBe(400)
    expect(provider.grants()).toMatchObject([{ revokedBy: 'refresh-token-reuse', refreshTokens: [] }])
  })

  test('refuse: it is refused, and the newer one goes on', async () => {
    const provider = await keeping()
    const { refresh_token } = await signIn(provider)
    const next = await membersOf(await refresh(provider, refresh_token))
    expect((await refresh(provider, refresh_token)).status).toBe(400)
    expect((await refresh(provider, next.refresh_token)).status).toBe(200)
    expect(provider.grants()[0]).not.toHaveProperty('revokedBy')
  })

  test('50 at once: one is taken', async () => {
    const provider = await keeping()
    const { refresh_token } = await signIn(provider)
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(provider, refresh_token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(provider.grants()).toMatchObject([{ refreshes: 1, reuses: 49 }])
  })
})

describe('what has become of a grant', () => {
  test('its tokens that live, its refreshes, an answer that got lost', async () => {
    const provider = await keeping()
    const first = await signIn(provider)
    expect(provider.grants()).toEqual([
      {
        id: 'grant-1',
        protocol: 'oidc',
        clientId: 'test-client',
        persona: 'user',
        subject: 'fake-user-ada',
        scope: ['openid', 'profile', 'email'],
        refreshes: 0,
        reuses: 0,
        accessTokens: [first.access_token],
        refreshTokens: [first.refresh_token],
      },
    ])
    provider.faults.next('refresh', 'lost-answer')
    await expect(refresh(provider, first.refresh_token)).rejects.toThrow(TypeError)
    const [grant] = provider.grants()
    expect(grant).toMatchObject({ refreshes: 1 })
    expect(grant?.refreshTokens).toHaveLength(1)
    expect(grant?.refreshTokens).not.toContain(first.refresh_token)
    expect(provider.requests.to('refresh')).toHaveLength(1)
    expect(provider.requests.last('refresh')?.form.get('refresh_token')).toBe(first.refresh_token)
    expect(provider.requests.to('token')).toHaveLength(2)
  })

  test('tokens that are over do not count', async () => {
    const clock = standingClock()
    const provider = await keeping({ clock, lifetimes: { accessToken: 60, refreshToken: 120 } })
    const { access_token, refresh_token } = await signIn(provider)
    clock.turn(60)
    expect((await call(provider, access_token)).status).toBe(401)
    expect(provider.grants()).toMatchObject([{ accessTokens: [], refreshTokens: [refresh_token] }])
    clock.turn(60)
    expect(provider.grants()).toMatchObject([{ refreshTokens: [] }])
  })

  test('a client that revokes says so', async () => {
    const provider = await keeping()
    const { refresh_token } = await signIn(provider)
    await post(provider, provider.endpoints.revocation, { token: String(refresh_token) })
    expect(provider.grants()).toMatchObject([{ revokedBy: 'client' }])
  })
})

test('a person takes a grant back: every token of it is over', async () => {
  const provider = await keeping()
  const { access_token, refresh_token } = await signIn(provider)
  provider.autoApprove('admin')
  const other = await signIn(provider)
  expect(provider.revokeGrant({ persona: 'user' })).toBe(1)
  expect(provider.revokeGrant({ persona: 'user' })).toBe(0)
  expect((await call(provider, access_token)).status).toBe(401)
  expect((await refresh(provider, refresh_token)).status).toBe(400)
  expect((await call(provider, other.access_token)).status).toBe(200)
  expect(provider.grants({ persona: 'user' })).toMatchObject([{ revokedBy: 'person', reuses: 0 }])
  expect(provider.revokeGrant({ protocol: 'oauth2' })).toBe(0)
  expect(provider.revokeGrant()).toBe(1)
})

test('less is granted than was asked for, until all is again', async () => {
  const provider = await keeping({ grantScopes: (asked) => asked.filter((scope) => scope !== 'files') })
  const asking = { scope: 'openid files mail' }
  const given = await signIn(provider, asking)
  expect(given.scope).toBe('openid mail')
  expect((await membersOf(await refresh(provider, given.refresh_token))).scope).toBe('openid mail')
  provider.grantScopes(undefined)
  expect((await signIn(provider, asking)).scope).toBe('openid files mail')
})

test.each(['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in'] as const)(
  '%s tells how long the refresh token lives',
  async (tellsExpiry) => {
    const provider = await keeping({ refreshTokens: { tellsExpiry }, lifetimes: { refreshToken: 600 } })
    const first = await signIn(provider)
    expect(first[tellsExpiry]).toBe(600)
    expect((await membersOf(await refresh(provider, first.refresh_token)))[tellsExpiry]).toBe(600)
  },
)

test('the API takes tokens of both sides, at any path and by any method', async () => {
  const provider = await keeping()
  for (const protocol of ['oidc', 'oauth2'] as const) {
    const { access_token } = await signIn(provider, { scope: 'files' }, protocol)
    expect(await membersOf(await call(provider, access_token))).toEqual({
      method: 'GET',
      path: '/api/files',
      account: 'fake-user-ada',
      scope: 'files',
    })
    expect((await call(provider, access_token, '')).status).toBe(200)
  }
  const refused = await provider.fetch(`${provider.endpoints.api}/files`, { method: 'DELETE' })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  expect((await call(provider, 'made-up')).headers.get('www-authenticate')).toContain('invalid_token')
  expect(provider.requests.to('api')).toHaveLength(6)
})
