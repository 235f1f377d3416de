import { describe, expect, test } from 'vitest'
import { membersOf } from '../flow.fixture.ts'
import { createFakeProvider } from '../index.ts'
import {
  ask,
  codeParams,
  consent,
  entryWith,
  idOf,
  outcome,
  paramsOf,
  post,
  refreshed,
  type Stage,
  secretOf,
  stage,
  stageOf,
  tokens,
} from './played.fixture.ts'

const endpoints = entryWith().endpoints
const api = (on: Stage, token: unknown) => ask(on, on.played.api, token).then(({ status }) => status)

describe('refresh', () => {
  test('rotates, with a time of grace', async () => {
    const on = await stage({ refresh: { issued: 'yes', rotates: true, graceSeconds: 30 } })
    const first = (await tokens(on)).refresh_token
    const second = (await membersOf(await refreshed(on, first))).refresh_token
    expect(second).not.toBe(first)
    on.clock.turn(29)
    expect(await outcome(refreshed(on, first))).toBe('ok')
    on.clock.turn(1)
    expect(await outcome(refreshed(on, first))).toBe('invalid_grant')
    expect(await outcome(refreshed(on, second))).toBe('ok')
  })

  test('gives none, the same, or ends with the consent', async () => {
    const omitted = await stage({ refresh: { issued: 'yes', omitted: true } })
    const { refresh_token } = await tokens(omitted)
    expect(await membersOf(await refreshed(omitted, refresh_token))).not.toHaveProperty('refresh_token')
    const same = await stage({ refresh: { issued: 'yes', endsAfterDays: 2 } })
    const kept = (await tokens(same)).refresh_token
    expect(await membersOf(await refreshed(same, kept))).toMatchObject({ refresh_token: kept })
    same.clock.turn(2 * 86_400)
    expect(await outcome(refreshed(same, kept))).toBe('invalid_grant')
  })

  test('comes only for what it takes to get it', async () => {
    const none = await stage({ refresh: { issued: 'no' } })
    expect(await tokens(none)).not.toHaveProperty('refresh_token')
    const on = await stage({
      connectAuthorizeParams: { access_type: 'offline' },
      scopes: { connect: ['offline_access'] },
    })
    const gets = async (changes: Record<string, string>) => {
      const code = (await consent(on, changes)).get('code')
      return (
        'refresh_token' in (await membersOf(await post(on, on.at('token_endpoint'), codeParams(on, code))))
      )
    }
    expect(await gets({})).toBe(false)
    expect(await gets({ access_type: 'offline' })).toBe(false)
    expect(await gets({ access_type: 'offline', scope: 'offline_access' })).toBe(true)
  })

  test('at an endpoint of its own, with an extra and the redirect URI', async () => {
    const on = await stage({
      endpoints: { ...endpoints, refresh: 'https://made-up.example/refresh' },
      wire: { refreshExtra: { type: 'refresh' }, refreshRedirectUri: true },
    })
    const { refresh_token } = await tokens(on)
    const extra = { type: 'refresh', redirect_uri: 'http://localhost:9999/callback' }
    expect(await outcome(refreshed(on, refresh_token, extra))).toBe('invalid_request')
    on.at = (key) => String(on.played.settings[key === 'token_endpoint' ? 'refresh_endpoint' : key])
    expect(await outcome(refreshed(on, refresh_token))).toBe('invalid_request')
    expect(await outcome(refreshed(on, refresh_token, { type: 'refresh' }))).toBe('invalid_request')
    expect(await outcome(refreshed(on, refresh_token, extra))).toBe('ok')
  })

  test('by exchange: short for long, and long for longer while it lives', async () => {
    const on = await stage({
      endpoints: {
        ...endpoints,
        exchange: 'https://made-up.example/exchange',
        refresh: 'https://made-up.example/renew?v=1',
      },
      refresh: { issued: 'no', accessTokenSeconds: 5_184_000 },
      wire: {
        exchange: { grantType: 'swap', tokenParameter: 'token', sends: ['client_secret'] },
        refreshExchange: { grantType: 'renew', tokenParameter: 'token', sends: [] },
      },
    })
    const short = await tokens(on)
    expect(short).toMatchObject({ expires_in: 3600 })
    const get = (key: string, params: Record<string, string>) => {
      const url = new URL(on.at(key))
      for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
      return on.provider.fetch(url)
    }
    const secret = { client_secret: secretOf(on) }
    const swap = { grant_type: 'swap', token: String(short.access_token) }
    expect(await outcome(get('exchange_endpoint', swap))).toBe('invalid_client')
    const long = await membersOf(await get('exchange_endpoint', { ...swap, ...secret }))
    expect(long).toMatchObject({ expires_in: 5_184_000 })
    const renew = { grant_type: 'renew', token: String(long.access_token) }
    on.clock.turn(5_000_000)
    expect(await api(on, short.access_token)).toBe(401)
    expect(await outcome(get('refresh_endpoint', { ...renew, ...secret }))).toBe('invalid_client')
    const newer = await membersOf(await get('refresh_endpoint', renew))
    on.clock.turn(5_000_000)
    expect(await api(on, newer.access_token)).toBe(200)
    expect(await outcome(get('refresh_endpoint', renew))).toBe('invalid_grant')
  })
})

describe('revocation', () => {
  const revocation = 'https://made-up.example/apps/{client_id}/revoke'
  const revoking = (way: 'standard' | 'bearer-post' | 'bearer-delete' | 'basic-json-delete') =>
    stage({ endpoints: { ...endpoints, revocation }, wire: { revocation: way } })
  const urlOf = (on: Stage) => on.at('revocation_endpoint').replace('{client_id}', idOf(on))

  test('by RFC 7009', async () => {
    const on = await revoking('standard')
    const { access_token, refresh_token } = await tokens(on)
    const params = { token: String(refresh_token), client_id: idOf(on), client_secret: secretOf(on) }
    expect(await outcome(post(on, urlOf(on), paramsOf(params, { client_secret: 'x' })))).toBe(
      'invalid_client',
    )
    expect(await outcome(post(on, urlOf(on), paramsOf(params, {})))).toBe('ok')
    expect(await api(on, access_token)).toBe(401)
  })

  test.each([
    ['bearer-post', 'POST'],
    ['bearer-delete', 'DELETE'],
  ] as const)('%s', async (way, method) => {
    const on = await revoking(way)
    const { access_token } = await tokens(on)
    const headers = { authorization: `Bearer ${String(access_token)}` }
    expect((await on.provider.fetch(urlOf(on), { method })).status).toBe(401)
    expect((await on.provider.fetch(urlOf(on), { method, headers })).status).toBe(200)
    expect(await api(on, access_token)).toBe(401)
  })

  test('basic-json-delete', async () => {
    const on = await revoking('basic-json-delete')
    const { access_token } = await tokens(on)
    const encoded = encodeURIComponent(secretOf(on))
    const pair = Buffer.from(`${idOf(on)}:${encoded}`).toString('base64')
    const init = {
      method: 'DELETE',
      headers: { authorization: `Basic ${pair}`, 'content-type': 'application/json' },
      body: JSON.stringify({ access_token }),
    }
    expect((await on.provider.fetch(urlOf(on), init)).status).toBe(200)
    expect(await api(on, access_token)).toBe(401)
  })

  test('ends all grants of the account, and nobody else’s, where that is its way', async () => {
    const on = await stage({
      endpoints: { ...endpoints, revocation: 'https://made-up.example/revoke' },
      refresh: { issued: 'yes', revocationEndsAccount: true },
    })
    const [first, second] = [await tokens(on), await tokens(on)]
    on.provider.autoApprove('admin')
    const other = await tokens(on)
    const params = { token: String(first.access_token), client_id: idOf(on), client_secret: secretOf(on) }
    await post(on, on.at('revocation_endpoint'), paramsOf(params, {}))
    expect(await api(on, second.access_token)).toBe(401)
    expect(await api(on, other.access_token)).toBe(200)
    expect(on.played.revokeGrant({ persona: 'admin' })).toBe(1)
    expect(await api(on, other.access_token)).toBe(401)
  })
})

describe('userinfo', () => {
  const get = (on: Stage, url: string, init = {}) => on.provider.fetch(url, init)

  test('has members at the entry’s paths, lists among them', async () => {
    const on = await stage({
      identity: {
        ...{ from: 'userinfo', subject: ['items.0.id', 'org'], name: ['first', 'last'], email: 'mail.to' },
        emailVerified: 'mail.good',
      },
    })
    const { access_token } = await tokens(on)
    expect(await (await ask(on, on.at('userinfo_endpoint'), access_token)).json()).toEqual({
      ...{ items: [{ id: 1001 }], org: 'org-1001', first: 'Ada', last: 'Quinn' },
      mail: { to: 'ada@example.com', good: true },
    })
    expect(on.played.subjectOf('user')).toBe('1001/org-1001')
    expect(() => on.played.subjectOf('nobody')).toThrow(TypeError)
  })

  test('wants the token in query, path, header or under another scheme, and nowhere else', async () => {
    const on = await stage({
      endpoints: { ...endpoints, userinfo: 'https://made-up.example/me/{access_token}?fields=id' },
      quirks: ['userinfo-wrong-content-type'],
      wire: {
        authorizationScheme: 'none',
        userinfoQuery: { access_token: '{access_token}', openid: '{token.openid}' },
      },
    })
    const { access_token, openid } = await tokens(on)
    const url = on.at('userinfo_endpoint').replace('{access_token}', String(access_token))
    const query = paramsOf({ access_token: String(access_token), openid: String(openid) }, {})
    const answer = await get(on, `${url}&${query}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await get(on, `${url}&access_token=${String(access_token)}`)).status).toBe(400)
    expect((await get(on, `${url.replace('fields=id', '')}&${query}`)).status).toBe(400)
    const headers = { authorization: `Bearer ${String(access_token)}` }
    expect((await get(on, `${url}&${query}`, { headers })).status).toBe(400)
    const oauth = await stage({ quirks: ['oauth-auth-scheme'] })
    const token = (await tokens(oauth)).access_token
    expect((await ask(oauth, oauth.at('userinfo_endpoint'), token)).status).toBe(401)
    expect((await ask(oauth, oauth.at('userinfo_endpoint'), token, 'OAuth')).status).toBe(200)
  })

  test('by POST: GraphQL, exactly the query, or a form', async () => {
    const query = '{ viewer { id } }'
    const wire = { userinfoBody: { query } }
    const on = await stage({
      quirks: ['userinfo-post'],
      wire,
      identity: { from: 'userinfo', subject: 'data.viewer.id' },
    })
    const { access_token } = await tokens(on)
    const headers = { authorization: `Bearer ${String(access_token)}`, 'content-type': 'application/json' }
    const asked = (body: object) =>
      get(on, on.at('userinfo_endpoint'), { method: 'POST', headers, body: JSON.stringify(body) })
    expect(await (await asked({ query })).json()).toEqual({ data: { viewer: { id: 1001 } } })
    expect((await asked({ query: '{ me { id } }' })).status).toBe(400)
    expect((await ask(on, on.at('userinfo_endpoint'), access_token)).status).toBe(405)
    const form = await stage({
      quirks: ['userinfo-post', 'jsonp-userinfo'],
      wire: { userinfoBody: { key: '{client_id}' }, userinfoBodyForm: 'form' },
    })
    const bearer = { authorization: `Bearer ${String((await tokens(form)).access_token)}` }
    const answer = await post(form, form.at('userinfo_endpoint'), paramsOf({ key: idOf(form) }, {}), bearer)
    expect(await answer.text()).toMatch(/^callback\( \{.*\} \);\n$/)
  })

  test('addresses in a second call: the good one is the last', async () => {
    const on = await stage({
      endpoints: { ...endpoints, emails: 'https://made-up.example/emails' },
      identity: {
        ...{ from: 'userinfo', subject: 'id' },
        emails: { email: 'email', verified: 'verified', primary: 'primary' },
      },
    })
    const { access_token } = await tokens(on)
    const list: unknown = await (await ask(on, on.at('emails_endpoint'), access_token)).json()
    expect(list).toEqual([
      { email: 'unchecked-user@example.net', verified: false, primary: false },
      { email: 'second-user@example.net', verified: true, primary: false },
      { email: 'ada@example.com', verified: true, primary: true },
    ])
  })
})

test('what cannot be played is refused at once', async () => {
  await expect(stage({ protocol: 'oauth1' })).rejects.toThrow(TypeError)
  const host = { host: { kind: 'host', description: 'Yours', example: 'not a host' } } as const
  await expect(stage({ tenant: host })).rejects.toThrow(TypeError)
  const entry = entryWith()
  await expect(stageOf(entry, { plays: [entry, entry] })).rejects.toThrow(TypeError)
  await expect(createFakeProvider({ listen: false, plays: ['nobody'] })).rejects.toThrow(TypeError)
  const { provider } = await stage(undefined, { plays: ['github', entry] })
  expect(provider.played('github').entry.name).toBe('GitHub')
  expect(() => provider.played('else')).toThrow(TypeError)
})
