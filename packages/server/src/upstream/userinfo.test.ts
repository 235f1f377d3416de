import { rulesFor, type WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { type Call, json, outcomeOf, scriptedFetch } from './upstream.fixture.ts'
import { askUserinfo, checkUserinfoSubject, userinfoNeeded } from './userinfo.ts'

const endpoint = 'https://op.example/userinfo'
const token = {
  clientId: 'latchkey',
  accessToken: 'the+token/=',
  clientSecret: 'the secret',
  code: 'the code',
  answer: {
    user: { id: 'u/1"' },
    ...{ dot: '.', dots: '..', empty: '', yes: true, half: 'a\ud800', lines: 'a\nb' },
    ...{ long: 'x'.repeat(2_049), umlaut: 'ä' },
  },
}

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

const text = (body: string, type = 'text/plain') => new Response(body, { headers: { 'content-type': type } })

async function ask(answer: Response, rules: Partial<WireRules> & { quirks?: string[] } = {}, at = endpoint) {
  const { quirks = [], ...own } = rules
  const asked: Call[] = []
  const fetch: GuardedFetch = async (url, init) => {
    const script = scriptedFetch({ [String(url).split('?')[0] ?? '']: answer })
    const response = await script.fetch(url, init)
    asked.push(...script.calls)
    return response
  }
  const userinfo = await askUserinfo(at, token, fetch, rulesFor(quirks, own))
  return { userinfo, call: asked[0]! }
}

const failure = (...args: Parameters<typeof ask>) => outcomeOf(() => ask(...args))

describe('asking', () => {
  test('R16: the token travels in the header only', async () => {
    const { userinfo, call } = await ask(json({ sub: 'u' }))
    expect(userinfo).toEqual({ sub: 'u' })
    expect(call).toEqual({
      url: endpoint,
      method: 'GET',
      headers: { accept: 'application/json', authorization: 'Bearer the+token/=' },
      form: new URLSearchParams(),
      body: '',
    })
  })

  test('userinfo-post: a POST without a body', async () => {
    const { call } = await ask(json({}), { quirks: ['userinfo-post'] })
    expect(call).toMatchObject({ url: endpoint, method: 'POST', body: '' })
  })

  test('oauth-auth-scheme: Authorization: OAuth', async () => {
    const { call } = await ask(json({}), { quirks: ['oauth-auth-scheme'] })
    expect(call.headers.authorization).toBe('OAuth the+token/=')
  })

  test('graphql-userinfo: the query is posted as JSON, and its braces stay', async () => {
    const query = '{ viewer { id name } node(id: "{token.user.id}") {id} }'
    const { call, userinfo } = await ask(json({ data: { viewer: { id: 1 } }, errors: [] }), {
      quirks: ['userinfo-post'],
      userinfoBody: { query, token: '{access_token}' },
    })
    expect(call.headers['content-type']).toBe('application/json')
    expect(JSON.parse(call.body)).toEqual({
      query: '{ viewer { id name } node(id: "u%2F1%22") {id} }',
      token: 'the+token/=',
    })
    expect(userinfo).toEqual({ data: { viewer: { id: 1 } }, errors: [] })
  })

  test('userinfo-post: a form', async () => {
    const { call } = await ask(json({}), {
      quirks: ['userinfo-post'],
      userinfoBodyForm: 'form',
      userinfoBody: { access_token: '{access_token}', v: '5' },
    })
    expect(call.body).toBe('access_token=the%2Btoken%2F%3D&v=5')
    expect(Object.fromEntries(call.form)).toEqual({ access_token: 'the+token/=', v: '5' })
  })

  test('introspection-as-userinfo: token and client in the form alone', async () => {
    const { call } = await ask(json({ active: true }), { quirks: ['introspection-as-userinfo'] })
    expect([call.method, call.url, call.headers.authorization]).toEqual(['POST', endpoint, undefined])
    expect(Object.fromEntries(call.form)).toEqual({
      ...{ token: 'the+token/=', token_type_hint: 'access_token' },
      ...{ client_id: 'latchkey', client_secret: 'the secret' },
    })
  })

  test('token-in-query-userinfo: the code has its place in the query, the secret in a header, and neither another', async () => {
    const rules = {
      userinfoQuery: { code: '{code}' },
      headers: { 'x-api-key': '{client_id}:{client_secret}' },
    }
    const { call } = await ask(json({}), rules)
    expect(call.url).toBe(`${endpoint}?code=the+code`)
    expect(call.headers['x-api-key']).toBe('latchkey:the secret')
    const post = { quirks: ['userinfo-post'] }
    for (const refused of [
      failure(json({}), { userinfoQuery: { secret: '{client_secret}' } }),
      failure(json({}), { headers: { 'x-code': '{code}' } }),
      failure(json({}), { ...post, userinfoBody: { code: '{code}' } }),
      failure(json({}), { ...post, userinfoBodyForm: 'form', userinfoBody: { secret: '{client_secret}' } }),
      failure(json({}), {}, `${endpoint}/{client_secret}`),
      failure(json({}), {}, `${endpoint}/{code}`),
    ]) {
      expect(await refused).toBe('provider_error placeholder_unfilled')
    }
  })

  test.each([
    ['errors beside no data', { data: null, errors: [{ message: 'no' }] }],
    ['errors beside data', { data: { viewer: { id: 1 } }, errors: [{ message: 'in part' }] }],
    ['errors of another shape', { data: { viewer: { id: 1 } }, errors: 'no' }],
  ])('graphql-userinfo: refused: %s', async (_what, body) => {
    const rules = { quirks: ['userinfo-post'], userinfoBody: { query: '{ viewer { id } }' } }
    expect(await failure(json(body), rules)).toBe('provider_error userinfo_error')
    expect(await failure(json(body))).toBe('none')
  })

  test('token-in-query-userinfo: it is encoded, beside what the endpoint has, and nowhere else', async () => {
    const rules = {
      authorizationScheme: 'none',
      userinfoQuery: {
        access_token: '{access_token}',
        openid: '{token.user.id}',
        app: '{client_id}',
        v: '5',
      },
    } as const
    const { call } = await ask(json({}), rules, `${endpoint}?lang=a%20b`)
    expect(call.url).toBe(
      `${endpoint}?lang=a%20b&access_token=the%2Btoken%2F%3D&openid=u%2F1%22&app=latchkey&v=5`,
    )
    expect(call.headers).toEqual({ accept: 'application/json' })
  })

  test('token-in-path-userinfo: it is encoded, and leads to no other path', async () => {
    const rules = { authorizationScheme: 'none' } as const
    const { call } = await ask(
      json({}),
      rules,
      'https://op.example/tokens/{access_token}/{token.user.id}?a=b',
    )
    expect(call.url).toBe('https://op.example/tokens/the%2Btoken%2F%3D/u%2F1%22?a=b')
    expect(call.headers).toEqual({ accept: 'application/json' })
  })

  test.each([
    ['one dot', 'dot'],
    ['two dots', 'dots'],
    ['empty', 'empty'],
    ['missing', 'missing'],
    ['an object', 'user'],
    ['true', 'yes'],
    ['of a prototype', 'constructor.name'],
    ['half a character', 'half'],
    ['a line break', 'lines'],
    ['too long', 'long'],
  ])('token-in-path-userinfo: refused: a member that is %s', async (_what, name) => {
    expect(await failure(json({}), {}, `https://op.example/users/{token.${name}}/me`)).toBe(
      'provider_error placeholder_unfilled',
    )
  })

  test('token-in-path-userinfo: no value names the host', async () => {
    const outcome = await failure(json({}), {}, 'https://{token.user.id}.example/me')
    expect(outcome).toBe('provider_error placeholder_unfilled')
  })

  test('version-header, client-id-header, extra-headers: sent along, ours stay ours', async () => {
    const headers = {
      Accept: 'application/vnd.example+json; version=3',
      Cookie: 'a=b',
      'API-Version': '2026-01',
      'Client-Id': '{client_id}',
      'X-Token': '{access_token}',
      Authorization: 'Basic forged',
    }
    const { call } = await ask(json({}), { headers })
    expect(call.headers).toEqual({
      'api-version': '2026-01',
      'client-id': 'latchkey',
      'x-token': 'the+token/=',
      accept: 'application/vnd.example+json; version=3',
      authorization: 'Bearer the+token/=',
    })
    const twoLines = { headers: { 'X-User': '{token.umlaut}' } }
    expect(await failure(json({}), twoLines)).toBe('provider_error placeholder_unfilled')
  })
})

describe('the answer', () => {
  test.each([
    ['401', json({}, 401), 'provider_error userinfo_status'],
    ['204', new Response(null, { status: 204 }), 'provider_error userinfo_status'],
    ['503', json({}, 503), 'temporarily_unavailable provider_5xx'],
    ['HTML', text('<html>', 'text/html'), 'provider_error userinfo_not_json'],
    [
      'a signed answer, which nobody asked for',
      text('e30.e30.AA', 'application/jwt'),
      'provider_error userinfo_not_json',
    ],
    ['JSON as text', text('{"sub":"u"}'), 'provider_error userinfo_not_json'],
    ['a list', json([]), 'provider_error userinfo_not_json'],
    ['null', json(null), 'provider_error userinfo_not_json'],
    ['half of it', text('{"sub":', 'application/json'), 'provider_error userinfo_not_json'],
  ])('%s', async (_what, answer, expected) => {
    expect(await failure(answer)).toBe(expected)
  })

  test.each<[string, unknown, string]>([
    ['a code', 'invalid_token', 'provider_error userinfo_error'],
    ['an object', { code: 'expired', message: 'no' }, 'provider_error userinfo_error'],
    ['an object that says nothing', {}, 'provider_error userinfo_error'],
    ['true', true, 'provider_error userinfo_error'],
    ['a number', 190, 'provider_error userinfo_error'],
    ['a list', ['no'], 'provider_error userinfo_error'],
    ['null', null, 'none'],
    ['false', false, 'none'],
    ['nothing', '', 'none'],
    ['ok', { code: 'ok', message: '' }, 'none'],
    ['0', { code: 0 }, 'none'],
  ])('error-with-http-200: error is %s', async (_what, error, expected) => {
    expect(await failure(json({ id: 1, error }))).toBe(expected)
  })

  test('error-with-http-200: what it says is for the log, without the token', async () => {
    const error = 'the+token/= of the secret for the code is over, see /tokens/the%2Btoken%2F%3D'
    const caught = await ask(json({ error })).catch((thrown: unknown) => thrown)
    expect(caught).toMatchObject({
      detail: '[redacted] of [redacted] for [redacted] is over, see /tokens/[redacted]',
    })
  })

  test.each<[unknown, string]>([
    [40_003, 'provider_error userinfo_error'],
    ['0', 'provider_error userinfo_error'],
    [null, 'provider_error userinfo_error'],
    [{ toString: 1, valueOf: 1 }, 'provider_error userinfo_error'],
    [0, 'none'],
    [undefined, 'none'],
  ])(
    'error-with-http-200: the member that tells of the token answer tells here, too: %j',
    async (errcode, expected) => {
      const rules = { tokenSuccess: { member: 'errcode', good: 0 } }
      expect(await failure(json({ openid: 'o', errcode }), rules)).toBe(expected)
      expect(await failure(json({ openid: 'o', errcode }))).toBe('none')
    },
  )

  test('userinfo-wrong-content-type: JSON of whatever type', async () => {
    const rules = { quirks: ['userinfo-wrong-content-type'] }
    expect((await ask(text('{"sub":"u"}', 'text/javascript'), rules)).userinfo).toEqual({ sub: 'u' })
    expect(await failure(text('{"sub":"u"}', 'text/javascript'))).toBe('provider_error userinfo_not_json')
  })

  test.each([
    'callback( {"client_id":"c","openid":"o)"} );\n',
    'callback({"client_id":"c","openid":"o)"})',
    ' _a.$b ({"client_id":"c","openid":"o)"}) ; ',
  ])('jsonp-userinfo: %j', async (body) => {
    const { userinfo } = await ask(text(body, 'text/html'), { quirks: ['jsonp-userinfo'] })
    expect(userinfo).toEqual({ client_id: 'c', openid: 'o)' })
    expect(await failure(text(body, 'application/json'))).toBe('provider_error userinfo_not_json')
  })

  test.each([
    ['no call', '{"openid":"o"}'],
    ['no end', 'callback({"openid":"o"}'],
    ['two calls', 'callback({"openid":"o"});callback({"openid":"p"});'],
    ['a list', 'callback([1])'],
    ['more code', 'callback({"openid":"o"}); alert(1)'],
    ['code in it', 'callback({"openid":"o"+1})'],
    ['brackets alone', '({"openid":"o"})'],
    ['nothing', ''],
    ['the wrong way round', ')callback('],
  ])('jsonp-userinfo: refused: %s', async (_what, body) => {
    expect(await failure(text(body), { quirks: ['jsonp-userinfo'] })).toBe('provider_error userinfo_not_json')
  })

  test('R26 jsonp-userinfo: a great many spaces cost no more than to read them', async () => {
    const spaces = ' '.repeat(200_000)
    const quirks = ['jsonp-userinfo']
    expect(await failure(text(`callback({})${spaces}x`), { quirks })).toBe('provider_error userinfo_not_json')
    expect(await failure(text(`callback${spaces}x`), { quirks })).toBe('provider_error userinfo_not_json')
    expect((await ask(text(`callback({"a":1})${spaces};${spaces}`), { quirks })).userinfo).toEqual({ a: 1 })
  })

  test('jsonp-userinfo: an error in it is one', async () => {
    const body = 'callback( {"error":100016,"error_description":"access token check failed"} );'
    expect(await failure(text(body), { quirks: ['jsonp-userinfo'] })).toBe('provider_error userinfo_error')
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
