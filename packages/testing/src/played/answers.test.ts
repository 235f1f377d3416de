import { createHmac } from 'node:crypto'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { membersOf, redirectUri } from '../flow.fixture.ts'
import {
  ask,
  codeParams,
  consent,
  idOf,
  outcome,
  post,
  redeem,
  secretOf,
  stage,
  tokens,
} from './played.fixture.ts'

const own = (changes: Parameters<typeof stage>[0]) => stage(changes)
const id = 1001

describe('the callback', () => {
  test('has its own names, a suffix, and what services need', async () => {
    const on = await own({
      wire: { callbackNames: { code: 'auth_code' }, codeSuffix: '#_', keepFromCallback: ['realmId'] },
    })
    const answer = await consent(on)
    expect(answer.get('auth_code')).toMatch(/#_$/)
    expect(Object.fromEntries(answer)).toMatchObject({ state: 'a-state', realmId: 'kept-realmid' })
    const code = answer.get('auth_code')
    expect(await outcome(post(on, on.at('token_endpoint'), codeParams(on, code)))).toBe('invalid_grant')
    const bare = code?.replace('#_', '') ?? ''
    expect(await outcome(post(on, on.at('token_endpoint'), codeParams(on, bare)))).toBe('ok')
  })

  test('says no in its own words, and forgets the state where that is its way', async () => {
    const on = await own({
      quirks: ['state-unsupported'],
      wire: { callbackNames: { error: 'error_reason' }, callbackRefusals: ['user_denied'] },
    })
    on.provider.autoApprove('denies')
    const answer = await consent(on, { redirect_uri: `${redirectUri}?state=mine` })
    expect(Object.fromEntries(answer)).toEqual({
      ...{ state: 'mine', error_reason: 'user_denied', error_description: 'The person declined' },
    })
  })

  test('is signed and dated, and names the tenant and the host of the token endpoint', async () => {
    const on = await own({
      tenant: { shop: { kind: 'label', description: 'The shop', example: 'acme' } },
      quirks: ['signed-callback'],
      wire: {
        callbackTenant: { shop: '{shop}.made-up.example' },
        tokenHost: { parameter: 'location', hosts: ['eu.made-up.example'] },
      },
    })
    const { hmac, ...others } = Object.fromEntries(await consent(on))
    const text = new URLSearchParams(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))).toString()
    expect(hmac).toBe(createHmac('sha256', secretOf(on)).update(text).digest('hex'))
    expect(others).toMatchObject({
      shop: 'acme.made-up.example',
      timestamp: String(on.clock.now() / 1000),
      location: 'provider.test',
    })
    expect(on.played.settings).toMatchObject({
      shop: 'acme',
      wire: { token_host: { parameter: 'location', hosts: ['provider.test'] } },
    })
  })

  test('by form_post, with the name at the first consent alone', async () => {
    const on = await own({ responseMode: 'form_post', quirks: ['name-only-on-first-login'] })
    const page = async () => {
      const params = codeParams(on, null, {
        ...{ grant_type: undefined, code: undefined, code_verifier: undefined, client_secret: undefined },
        ...{ response_type: 'code', response_mode: 'form_post' },
      })
      return (await on.provider.fetch(`${on.at('authorization_endpoint')}?${params}`)).text()
    }
    expect(await page()).toContain('name="user"')
    const again = await page()
    expect(again).toContain('name="code"')
    expect(again).not.toContain('name="user"')
  })
})

describe('the token response', () => {
  test.each<[string, Parameters<typeof stage>[0], object]>([
    [
      'nested',
      { wire: { tokenPath: 'data.token' } },
      { data: { token: { token_type: 'Bearer', expires_in: 3600 } } },
    ],
    [
      'under other names',
      { wire: { tokenMembers: { access_token: 'accessToken', expires_in: 'life.ttl' } } },
      { accessToken: expect.any(String), life: { ttl: 3600 } },
    ],
    [
      'lenient',
      { quirks: ['nonstandard-token-fields'], refresh: { issued: 'no' } },
      { expires_in: '3600', refresh_token: null, id_token: '' },
    ],
    ['zero', { quirks: ['expires-in-zero'] }, { expires_in: 0 }],
    ['a date', { wire: { expiryForm: 'date' } }, { expires_in: '2026-11-01T13:00:00.000Z' }],
    ['a time', { wire: { expiryForm: 'unix-time' } }, { expires_in: 1_793_538_000 }],
    ['a list of scopes', { quirks: ['scope-as-array'] }, { scope: [] }],
    ['no scope', { quirks: ['scope-null'] }, { scope: null }],
    ['more scopes', { quirks: ['extra-scopes-returned'] }, { scope: 'extra.scope' }],
    ['kept members', { wire: { keepFromToken: ['team.id'] } }, { team: { id: 'kept-team.id' } }],
    ['repeated', { wire: { userinfoQuery: { uid: '{token.uid}' } } }, { uid: 'uid-of-user' }],
    [
      'who it is',
      { identity: { from: 'token-response', subject: ['team.id', 'user.id'], email: 'user.email' } },
      { team: { id }, user: { id: 'user.id-1001', email: 'ada@example.com' } },
    ],
    [
      'a good sign',
      { wire: { tokenSuccess: { member: 'status', good: 0 } } },
      { status: 0, token_type: 'Bearer' },
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await tokens(await own(changes))).toMatchObject(expected)
  })

  test('two tokens in one answer: the app’s own opens nothing', async () => {
    const on = await own({ wire: { tokenPath: 'authed_user' } })
    const { access_token, authed_user } = await tokens(on)
    expect((await ask(on, on.played.api, access_token)).status).toBe(401)
    expect((await ask(on, on.played.api, Object(authed_user).access_token)).status).toBe(200)
  })

  test('as a form, and refusals with 200', async () => {
    const on = await own({ quirks: ['form-encoded-response', 'error-with-http-200'] })
    const good = new URLSearchParams(await (await redeem(on)).text())
    expect((await ask(on, on.played.api, good.get('access_token'))).status).toBe(200)
    const bad = await redeem(on, { code: 'none' })
    expect([bad.status, new URLSearchParams(await bad.text()).get('error')]).toEqual([200, 'invalid_grant'])
  })

  test('refusals by a member of its own, or with a status of its own', async () => {
    const on = await own({ wire: { tokenSuccess: { member: 'ok', good: true } } })
    const bad = await redeem(on, { code: 'none' })
    expect([bad.status, await membersOf(bad)]).toEqual([200, { ok: false, message: 'no such code' }])
    const worded = await own({
      wire: { tokenSuccess: { member: 'ok', good: true }, tokenRefusals: ['invalid_refresh_token'] },
    })
    const said = await membersOf(await redeem(worded, { code: 'none' }))
    expect(said).toMatchObject({ ok: false, error: 'invalid_refresh_token' })
    const numbered = await own({
      wire: { tokenSuccess: { member: 'errcode', good: 0 }, tokenRefusals: [40030] },
    })
    expect(await membersOf(await redeem(numbered, { code: 'none' }))).toMatchObject({ errcode: 40030 })
    const other = await own({ quirks: ['invalid-grant-as-403'] })
    expect((await redeem(other, { code: 'none' })).status).toBe(403)
  })
})

describe('an OpenID provider', () => {
  const openid = {
    protocol: 'oidc',
    identity: { from: 'id-token' },
    issuer: 'https://made-up.example',
  } as const
  const idToken = async (changes: Parameters<typeof stage>[0]) => {
    const on = await own({ ...openid, ...changes })
    on.at = (key) => `https://provider.test/played/made-up/${key.replace('_endpoint', '')}`
    const code = (await consent(on, { scope: 'openid', nonce: 'n-1' })).get('code')
    const { id_token } = await membersOf(await post(on, on.at('token_endpoint'), codeParams(on, code)))
    return { on, claims: decodeJwt(String(id_token)) }
  }

  test('has an issuer and discovery of its own, and signs for it', async () => {
    const { on, claims } = await idToken({})
    const issuer = 'https://provider.test/played/made-up'
    expect(claims).toMatchObject({ iss: issuer, aud: idOf(on), nonce: 'n-1', sub: 'fake-user-ada' })
    const found = await membersOf(await on.provider.fetch(`${issuer}/.well-known/openid-configuration`))
    expect(found).toMatchObject({ issuer, token_endpoint: `${issuer}/token` })
    const keys = await membersOf(await on.provider.fetch(String(found.jwks_uri)))
    expect(keys.keys).toHaveLength(1)
  })

  test('elsewhere discovered, without nonce, and with the tenant in its issuer', async () => {
    const { on, claims } = await idToken({
      endpoints: { discovery: 'https://made-up.example/discovery' },
      wire: { unsafeNonceMayMiss: true, issuerTemplate: 'https://made-up.example/{tid}/v2.0' },
    })
    expect(claims).not.toHaveProperty('nonce')
    expect(claims.iss).toBe(`https://provider.test/played/made-up/${String(claims.tid)}/v2.0`)
    const { discovery_url: url, issuer } = on.played.settings
    expect((await on.provider.fetch(String(url))).status).toBe(200)
    expect((await on.provider.fetch(`${String(issuer)}/.well-known/openid-configuration`)).status).toBe(404)
  })
})
