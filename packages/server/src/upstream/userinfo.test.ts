import { rulesFor } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { json, outcomeOf, scriptedFetch } from './upstream.fixture.ts'
import { askUserinfo, checkUserinfoSubject, userinfoNeeded } from './userinfo.ts'

const endpoint = 'https://op.example/userinfo'

test.each<[boolean, object, string]>([
  [false, {}, 'openid'],
  [true, {}, 'openid email'],
  [false, { email: 'a@x.example' }, 'openid email'],
  [false, { email: null }, 'openid email'],
  [true, {}, 'openid profile'],
  [false, { name: 'Ann' }, 'openid profile'],
  [false, { preferred_username: 'ann' }, 'openid profile'],
  [true, { picture: 'https://op.example/a.png' }, 'openid profile'],
  [true, { name: 'Ann' }, 'openid profile email'],
  [false, { name: 'Ann', email: 'a@x.example' }, 'openid profile email'],
])('needed: %s, with %j for %s', (needed, claims, scopes) => {
  expect(userinfoNeeded({ ...claims }, scopes.split(' '))).toBe(needed)
})

describe('asking', () => {
  const ask = async (answer: Response, quirks: string[] = []) => {
    const op = scriptedFetch({ [endpoint]: answer })
    const userinfo = await askUserinfo(endpoint, 'the-token', op.fetch, rulesFor(quirks))
    return { userinfo, call: op.calls[0]! }
  }

  test('R16: the token travels in the header only', async () => {
    const { userinfo, call } = await ask(json({ sub: 'u' }))
    expect(userinfo).toEqual({ sub: 'u' })
    expect(call).toMatchObject({
      url: endpoint,
      method: 'GET',
      headers: { authorization: 'Bearer the-token' },
    })
    expect(call.form.size).toBe(0)
  })

  test('quirks', async () => {
    const { call } = await ask(json({}), ['userinfo-post', 'oauth-auth-scheme'])
    expect(call).toMatchObject({
      url: endpoint,
      method: 'POST',
      headers: { authorization: 'OAuth the-token' },
    })
    const text = new Response('{"sub":"u"}', { headers: { 'content-type': 'text/javascript' } })
    expect((await ask(text, ['userinfo-wrong-content-type'])).userinfo).toEqual({ sub: 'u' })
  })

  test.each([
    ['401', json({}, 401), 'provider_error userinfo_status'],
    ['204', new Response(null, { status: 204 }), 'provider_error userinfo_status'],
    ['503', json({}, 503), 'temporarily_unavailable provider_5xx'],
    [
      'HTML',
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'provider_error userinfo_not_json',
    ],
    [
      'a signed answer, which nobody asked for',
      new Response('e30.e30.AA', { headers: { 'content-type': 'application/jwt' } }),
      'provider_error userinfo_not_json',
    ],
    ['JSON as text', new Response('{"sub":"u"}'), 'provider_error userinfo_not_json'],
    ['a list', json([]), 'provider_error userinfo_not_json'],
  ])('%s', async (_what, answer, expected) => {
    expect(await outcomeOf(() => ask(answer))).toBe(expected)
  })
})

test.each([
  ['another', { sub: 'u-2' }, 'provider_error userinfo_subject'],
  ['the same in another case', { sub: 'U-1' }, 'provider_error userinfo_subject'],
  ['none', {}, 'provider_error userinfo_subject'],
  ['a list', { sub: ['u-1'] }, 'provider_error userinfo_subject'],
  ['the same', { sub: 'u-1' }, 'none'],
])('R15: userinfo-invalid-sub: %s', async (_what, userinfo, expected) => {
  expect(await outcomeOf(() => checkUserinfoSubject(userinfo, 'u-1'))).toBe(expected)
})
