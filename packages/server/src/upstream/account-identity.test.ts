import { describe, expect, test } from 'vitest'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { account, tokenEndpoint, userinfoEndpoint } from './account.fixture.ts'
import { oauth2Provider, outcomeOf, proof } from './upstream.fixture.ts'

describe('subject-in-token-response', () => {
  const provider: Partial<OAuth2ProviderConfig> = {
    identityFrom: 'token-response',
    subject: ['authed_user.id', 'team.id'],
    profile: { name: ['user.first', 'user.last'], email: 'user.email' },
  }
  const said = {
    authed_user: { id: 'U1' },
    team: { id: 'T1' },
    user: { first: ' Ann', last: 'Example', email: 'ann@example.com' },
  }

  test('subject-in-token-response: the token answer says who it is, and userinfo is not asked', async () => {
    const op = account({ provider, token: said })
    expect(await op.identify()).toEqual({
      subject: 'U1/T1',
      label: 'ann@example.com',
      name: 'Ann Example',
      email: 'ann@example.com',
      emailVerified: false,
    })
    expect(op.calls.map(({ url }) => url)).toEqual([tokenEndpoint])
  })

  test.each<[string, object]>([
    ['a part that is missing', { authed_user: { id: 'U1' } }],
    ['a part that is empty', { ...said, team: { id: '' } }],
    ['a part that is null', { ...said, team: { id: null } }],
    ['a part with the separator', { ...said, team: { id: 'T1/x' } }],
    ['a part that is a list', { ...said, team: { id: ['T1'] } }],
    ['a part that is an object', { ...said, team: { id: { id: 'T1' } } }],
    ['a part that is true', { ...said, team: { id: true } }],
    ['a part that is no whole number', { ...said, team: { id: 1.5 } }],
    ['a part that is beyond exactness', { ...said, team: { id: 2 ** 53 } }],
    ['a part with a line break', { ...said, team: { id: 'T\n1' } }],
    ['a list where an object was', { ...said, team: [{ id: 'T1' }] }],
    ['too long together', { ...said, team: { id: 'T'.repeat(253) } }],
    ['nothing', {}],
  ])('subject-in-token-response: no identity from %s', async (_what, token) => {
    const op = account({ provider, token })
    expect(await op.outcome()).toBe('provider_error subject_malformed')
  })

  test('R36: subject-in-token-response: required claims are looked for there', async () => {
    const team = (id: string) => ({
      provider: { ...provider, requireClaims: { 'team.id': [id] } },
      token: said,
    })
    expect(await account(team('T1')).outcome()).toBe('none')
    expect(await account(team('T2')).outcome()).toBe('access_denied claim_not_allowed')
  })

  test('R36: subject-in-token-response: allowed domains need an address that is verified there', async () => {
    const verified = { ...said, email_verified: true }
    const domains = { ...provider, allowedEmailDomains: ['example.com'] }
    expect(await account({ provider: domains, token: verified }).outcome()).toBe('none')
    expect(await account({ provider: domains, token: said }).outcome()).toBe(
      'access_denied email_domain_not_allowed',
    )
  })
})

describe('no-userinfo', () => {
  const { userinfoEndpoint: _none, ...without } = oauth2Provider
  const provider: OAuth2ProviderConfig = {
    ...without,
    ...{ identityFrom: 'nothing', subject: [], connect: true, signIn: false },
  }

  test('no-userinfo: an account is connected without a name, and nobody is asked', async () => {
    const op = account({
      provider,
      connecting: true,
      token: { id: 'x', name: 'X' },
    })
    expect(await op.identify()).toEqual({ subject: 'unidentified', emailVerified: false })
    expect(op.asked(userinfoEndpoint)).toBe(0)
  })

  test('no-userinfo: it signs nobody in, whatever the configuration says', async () => {
    const op = account({ provider: { ...provider, signIn: true } })
    expect(await op.outcome()).toBe('access_denied nobody_identified')
    expect(await outcomeOf(() => op.upstream.authorizationUrl(proof))).toBe('access_denied nobody_identified')
    expect(op.calls).toEqual([])
  })

  test('R36: no-userinfo: nothing can be required of nobody', async () => {
    const strict = { ...provider, requireClaims: { hd: ['example.com'] } }
    expect(await account({ provider: strict, connecting: true }).outcome()).toBe(
      'access_denied claim_not_allowed',
    )
  })
})

describe('an account that several people hold', () => {
  const provider: Partial<OAuth2ProviderConfig> = {
    ...{ identityFrom: 'token-response', subject: ['store_id'], sharedAccount: true },
    ...{ connect: true, signIn: false },
  }
  const token = { store_id: 1003, email: 'owner@example.com' }

  test('R32: it is connected under its own id', async () => {
    const op = account({ provider, connecting: true, token })
    expect(await op.identify()).toMatchObject({ subject: '1003', emailVerified: false })
  })

  test('R32: it signs nobody in, whatever the configuration says, and nobody is asked', async () => {
    const op = account({ provider: { ...provider, signIn: true }, token })
    expect(await op.outcome()).toBe('access_denied nobody_identified')
    expect(await outcomeOf(() => op.upstream.authorizationUrl(proof))).toBe('access_denied nobody_identified')
    expect(op.calls).toEqual([])
  })
})

test.each<[OAuth2ProviderConfig['wire'], unknown, boolean]>([
  [{ emailVerified: 'always' }, undefined, true],
  [{ emailVerified: 'always' }, true, true],
  [{ emailVerified: 'always' }, 'true', true],
  [{ emailVerified: 'always' }, false, false],
  [{ emailVerified: 'always' }, 'false', false],
  [{ emailVerified: 'always' }, 0, false],
  [{ emailVerified: 'always' }, null, false],
  [{ emailVerified: 'always' }, 'unverified', false],
  [{ emailVerified: 'never' }, true, false],
  [{}, true, true],
  [{}, 'true', false],
  [{}, undefined, false],
])('R32, email-not-verified: %j and email_verified %j: %s', async (wire, email_verified, expected) => {
  const userinfo = { id: 1, email: 'ann@example.com', email_verified }
  expect((await account({ provider: { wire }, userinfo }).identify()).emailVerified).toBe(expected)
})

describe('profile-wrapped', () => {
  const provider = { subject: ['data.user.id'], profile: { name: ['data.user.name'] } }

  test('profile-wrapped: the paths lead in', async () => {
    const userinfo = { data: { user: { id: 7, name: 'Ann' } }, id: 'another' }
    expect(await account({ provider, userinfo }).identify()).toMatchObject({ subject: '7', name: 'Ann' })
  })

  test.each<[string, unknown]>([
    ['no longer wrapped', { user: { id: 7 } }],
    ['text where an object was', { data: 'none' }],
    ['a list where an object was', { data: { user: [{ id: 7 }] } }],
    ['null', { data: { user: null } }],
    ['an id that is an object', { data: { user: { id: { value: 7 } } } }],
    ['an id that is a list', { data: { user: { id: [7] } } }],
    ['an id of a prototype', JSON.parse('{"data":{"user":{"__proto__":{"id":7}}}}')],
    ['an id without an end', { data: { user: { id: '7'.repeat(100_000) } } }],
    ['an id beyond exactness', { data: { user: { id: 1e300 } } }],
    ['an empty id', { data: { user: { id: '' } } }],
  ])('profile-wrapped: no identity from %s', async (_what, userinfo) => {
    expect(await account({ provider, userinfo }).outcome()).toBe('provider_error subject_malformed')
  })

  test('profile-wrapped: what is shown is bounded, and what does not fit is left out', async () => {
    const name = ['first', 'last', 'missing', 'list']
    const fields = { id: 1, first: 'A'.repeat(1_000), last: '\u0000', list: ['x'], email: ['a@b.example'] }
    const op = account({ provider: { profile: { name } }, userinfo: { ...fields, picture: 7 } })
    expect(await op.identify()).toEqual({
      ...{ subject: '1', name: 'A'.repeat(200), label: 'A'.repeat(200), emailVerified: false },
    })
  })
})
