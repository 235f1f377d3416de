import { entryOf, rulesFor, type WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { createApiCredentials } from './api-credentials.ts'
import { spoken } from './wire.fixture.ts'

const app = { clientId: 'app-1', clientSecret: 'the s3cret' }
const token = { accessToken: 'at' }
const shown = (wire: Partial<WireRules>, quirks: string[] = [], provider: object = app) =>
  createApiCredentials({ ...app, ...provider }, rulesFor(quirks, wire))

const bearer = { authorization: 'Bearer at' }
const nothing = { offered: {}, demanded: {}, query: {}, secrets: ['at'] }

describe('V12 where the token goes at the API', () => {
  test.each<[string, Partial<WireRules>, object]>([
    ['by the standard: a Bearer', {}, { demanded: bearer }],
    ['OAuth', { authorizationScheme: 'OAuth' }, { demanded: { authorization: 'OAuth at' } }],
    ['OAuth2', { authorizationScheme: 'OAuth2' }, { demanded: { authorization: 'OAuth2 at' } }],
    [
      'a header of its own alone',
      { authorizationScheme: 'none', headers: { 'X-Token': '{access_token}' } },
      { demanded: { 'x-token': 'at' } },
    ],
    [
      'a header of its own beside the other',
      { headers: { 'X-Token': 't={access_token}' } },
      { demanded: { 'x-token': 't=at', ...bearer } },
    ],
    [
      'the query, and of userinfo’s own what carries it',
      {
        authorizationScheme: 'none',
        userinfoQuery: { key: '{access_token}', fields: 'id', app: '{client_id}' },
      },
      { query: { key: 'at' } },
    ],
    [
      'a header before the query',
      {
        ...{ authorizationScheme: 'none', headers: { 'X-Token': '{access_token}' } },
        userinfoQuery: { key: '{access_token}' },
      },
      { demanded: { 'x-token': 'at' } },
    ],
    ['userinfo has it in the query, too', { userinfoQuery: { key: '{access_token}' } }, { demanded: bearer }],
    [
      'userinfo has it in the body: that says nothing of the API',
      { authorizationScheme: 'none', userinfoBody: { access_token: '{access_token}' } },
      { demanded: bearer },
    ],
  ])('%s', (_what, wire, expected) => {
    expect(shown(wire)(token)).toEqual({ ...nothing, ...expected })
  })

  test('introspection-as-userinfo: nor does that', () => {
    expect(shown({}, ['introspection-as-userinfo'])(token)).toEqual({ ...nothing, demanded: bearer })
  })
})

describe('what goes with it', () => {
  test('a version or an app’s id may be chosen otherwise', () => {
    const headers = { 'Notion-Version': '2022-06-28', 'Client-Id': '{client_id}' }
    const offered = { 'notion-version': '2022-06-28', 'client-id': 'app-1' }
    expect(shown({ headers })(token)).toEqual({ ...nothing, offered, demanded: bearer })
  })

  test('the client secret may not, and is nobody’s', () => {
    const headers = { 'x-api-key': '{client_id}:{client_secret}' }
    expect(shown({ headers })(token)).toEqual({
      ...{ ...nothing, secrets: ['at', 'the s3cret'] },
      demanded: { 'x-api-key': 'app-1:the s3cret', ...bearer },
    })
    expect(shown({ headers }, [], { clientSecret: undefined })(token)).toEqual({
      ...nothing,
      demanded: bearer,
    })
  })

  test('who calls is the app, whatever library does', () => {
    expect(shown({ headers: { 'User-Agent': 'web:{client_id}:v1' } })(token)).toEqual({
      ...{ ...nothing, demanded: { 'user-agent': 'web:app-1:v1', ...bearer } },
    })
  })

  test('a member of the token answer, where it was kept', () => {
    const say = shown({ headers: { 'X-Team': '{token.team.id}' } })
    expect(say({ ...token, providerData: { 'team.id': 't1' } }).offered).toEqual({ 'x-team': 't1' })
    expect(say(token).offered).toEqual({})
    expect(say({ ...token, providerData: { 'team.id': 't\u00e9' } }).offered).toEqual({})
  })

  test('nothing that is ours to say', () => {
    const { offered } = shown({ headers: { Host: 'x', Cookie: 'a=b', 'Content-Length': '1' } })(token)
    expect(offered).toEqual({})
  })
})

test('a provider is asked for it by whoever holds its tokens', async () => {
  const { upstream } = await spoken({ wire: { authorizationScheme: 'OAuth' } })
  expect(upstream.apiCredentials?.(token).demanded).toEqual({ authorization: 'OAuth at' })
})

test.each<[string, object]>([
  ['shopify', { demanded: { 'x-shopify-access-token': 'at' } }],
  ['etsy', { demanded: { 'x-api-key': 'app-1:the s3cret', ...bearer }, secrets: ['at', 'the s3cret'] }],
  ['twitch', { demanded: bearer, offered: { 'client-id': 'app-1' } }],
  ['podio', { demanded: { authorization: 'OAuth2 at' } }],
  ['vk', { demanded: bearer }],
  ['weibo', { query: { access_token: 'at' } }],
])('as the catalogue has it: %s', (id, expected) => {
  const { quirks = [], wire = {} } = entryOf(id) ?? {}
  expect(shown(wire, [...quirks])(token)).toEqual({ ...nothing, ...expected })
})
