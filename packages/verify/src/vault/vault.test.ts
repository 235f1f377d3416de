import { describe, expect, test } from 'vitest'
import { createVault, VaultError } from './index.ts'
import { api, createFakeLatchkey, issuer } from './latchkey.fixture.ts'

const ada = { user: 'usr_ada', provider: 'slack' }
const list = 'GET /vault/connections'
const tokenOf = (id: string) => `POST /vault/connections/${id}/token`

function setUp() {
  const latchkey = createFakeLatchkey()
  latchkey.connections.push({
    id: 'con_1',
    ...ada,
    token: 'xoxp-1',
    expiresAt: latchkey.clock.time + 600_000,
  })
  return { latchkey, vault: latchkey.vault() }
}

const refusal = (code: string, more: object = {}) =>
  expect.objectContaining({ name: 'VaultError', code, ...more })

describe('A token', () => {
  test('of a user’s account at a provider', async () => {
    const { latchkey, vault } = setUp()
    expect(await vault.token(ada)).toEqual({
      ...{ accessToken: 'xoxp-1', tokenType: 'Bearer', scopes: ['read'], connectionId: 'con_1' },
      expiresAt: latchkey.clock.time + 600_000,
    })
    expect(latchkey.since()).toEqual(['POST /token', list, tokenOf('con_1')])
  })

  test('with what the provider said beside it', async () => {
    const { latchkey, vault } = setUp()
    const connection = latchkey.connections[0]
    if (connection === undefined) throw new Error('no connection')
    connection.providerData = { realmId: '42' }
    expect(await vault.token(ada)).toMatchObject({ providerData: { realmId: '42' } })
  })

  test.each([null, 'x', [], { realmId: 42 }])('with %j beside it is no answer', async (providerData) => {
    const { latchkey, vault } = setUp()
    latchkey.script(tokenOf('con_1'), () =>
      Response.json({
        ...{ access_token: 't', token_type: 'Bearer', scopes: [] },
        provider_data: providerData,
      }),
    )
    await expect(vault.token(ada)).rejects.toEqual(refusal('unexpected_answer'))
  })

  test('is kept for five minutes, and never to its last seconds', async () => {
    const { latchkey, vault } = setUp()
    await vault.token(ada)
    latchkey.since()
    latchkey.clock.time += 299_999
    await vault.token(ada)
    await vault.token({ connectionId: 'con_1' })
    expect(latchkey.since()).toEqual([])
    latchkey.clock.time += 1
    await vault.token({ connectionId: 'con_1' })
    expect(latchkey.since()).toEqual(['POST /token', tokenOf('con_1')])
    latchkey.clock.time = (latchkey.connections[0]?.expiresAt ?? 0) - 10_000
    await vault.token({ connectionId: 'con_1' })
    expect(latchkey.since()).toContain(tokenOf('con_1'))
  })

  test('is asked for once by any number of callers', async () => {
    const { latchkey, vault } = setUp()
    const tokens = await Promise.all(Array.from({ length: 100 }, () => vault.token(ada)))
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['xoxp-1']))
    expect(latchkey.since()).toEqual(['POST /token', list, tokenOf('con_1')])
  })

  test('that cannot be had is asked for again by the next caller', async () => {
    const { latchkey, vault } = setUp()
    latchkey.script(
      tokenOf('con_1'),
      () => new Response('', { status: 503, headers: { 'retry-after': '7' } }),
    )
    await expect(vault.token(ada)).rejects.toEqual(
      refusal('temporarily_unavailable', { retryable: true, retryAfterSeconds: 7, connectionId: 'con_1' }),
    )
    expect(await vault.token(ada)).toMatchObject({ accessToken: 'xoxp-1' })
  })

  test('of nobody, and of several', async () => {
    const { latchkey, vault } = setUp()
    await expect(vault.token({ ...ada, provider: 'google' })).rejects.toEqual(refusal('no_connection'))
    latchkey.connections.push({ id: 'con_2', ...ada, token: 'xoxp-2' })
    await expect(vault.token(ada)).rejects.toEqual(
      refusal('several_connections', { connectionIds: ['con_1', 'con_2'] }),
    )
    expect(await vault.token({ connectionId: 'con_2' })).toMatchObject({ accessToken: 'xoxp-2' })
  })

  test('of an account that was disconnected and connected anew', async () => {
    const { latchkey, vault } = setUp()
    await vault.token(ada)
    latchkey.connections.splice(0, 1, { id: 'con_9', ...ada, token: 'xoxp-9' })
    latchkey.clock.time += 290_000
    const fresh = latchkey.vault({ cacheSeconds: 0 })
    expect(await fresh.token(ada)).toMatchObject({ connectionId: 'con_9' })
    latchkey.clock.time += 10_000
    expect(await vault.token(ada)).toMatchObject({ connectionId: 'con_9' })
  })
})

describe('Refusals', () => {
  test.each<[number, object, string, object]>([
    [409, { error: 'needs_reconnect', reason: 'revoked' }, 'needs_reconnect', { reason: 'revoked' }],
    [403, { error: 'access_denied' }, 'access_denied', {}],
    [404, { error: 'not_found', request_id: 'r' }, 'no_connection', { requestId: 'r' }],
    [429, {}, 'temporarily_unavailable', { retryable: true }],
    [500, {}, 'temporarily_unavailable', { retryable: true }],
    [403, { error: 'blocked by a proxy' }, 'unexpected_answer', { retryable: false }],
    [302, {}, 'unexpected_answer', {}],
    [200, { access_token: 'a\nb', token_type: 'Bearer', scopes: [] }, 'unexpected_answer', {}],
    [200, { access_token: 'a', token_type: 'Bearer' }, 'unexpected_answer', {}],
    [
      200,
      { access_token: 'a', token_type: 'Bearer', scopes: [], expires_at: 'soon' },
      'unexpected_answer',
      {},
    ],
  ])('%i %j: %s', async (status, body, code, more) => {
    const { latchkey, vault } = setUp()
    latchkey.script(tokenOf('con_1'), () => Response.json(body, { status }))
    await expect(vault.token({ connectionId: 'con_1' })).rejects.toEqual(refusal(code, more))
  })

  test('Latchkey is not there', async () => {
    const vault = createVault({
      ...{ issuer, id: 'reports', secret: 's' },
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    })
    await expect(vault.token(ada)).rejects.toEqual(refusal('temporarily_unavailable'))
  })

  test('a wrong secret', async () => {
    const { latchkey, vault } = setUp()
    latchkey.script('POST /token', () => Response.json({ error: 'invalid_client' }, { status: 401 }))
    await expect(vault.token(ada)).rejects.toEqual(refusal('unauthenticated', { retryable: false }))
  })

  test('V12 an error holds neither secret nor token', async () => {
    const { latchkey, vault } = setUp()
    latchkey.script(tokenOf('con_1'), () => Response.json({ access_token: 'canary-token', scopes: 7 }))
    const error = await vault.token(ada).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(VaultError)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/canary|s3cret|service-/)
  })
})

describe('The service’s own token', () => {
  test('is kept until shortly before its end', async () => {
    const { latchkey, vault } = setUp()
    await vault.connections()
    latchkey.clock.time += 279_999
    await vault.connections()
    latchkey.clock.time += 1
    await vault.connections()
    expect(latchkey.since()).toEqual(['POST /token', list, list, 'POST /token', list])
  })

  test('is fetched anew when it is taken no more, once', async () => {
    const { latchkey, vault } = setUp()
    await vault.connections()
    latchkey.forgetServiceTokens()
    latchkey.since()
    await vault.connections()
    expect(latchkey.since()).toEqual([list, 'POST /token', list])
    latchkey.script(
      list,
      ...[1, 2].map(() => () => Response.json({ error: 'invalid_token' }, { status: 401 })),
    )
    await expect(vault.connections()).rejects.toEqual(refusal('unauthenticated'))
  })
})

describe('A provider that answers 401', () => {
  test('is told of, and asked again with the next token', async () => {
    const { latchkey, vault } = setUp()
    latchkey.refuse('xoxp-1')
    const response = await vault.fetch(ada, api, { method: 'POST', body: 'hello' })
    expect([response.status, await response.text()]).toEqual([200, 'hello'])
    expect(latchkey.since().filter((call) => !call.includes('/token') && call !== list)).toEqual([
      'api xoxp-1',
      'POST /vault/connections/con_1/report',
      'api xoxp-1+',
    ])
  })

  test('again is believed', async () => {
    const { latchkey, vault } = setUp()
    latchkey.refuse('xoxp-1', 'xoxp-1+')
    expect((await vault.fetch(ada, api)).status).toBe(401)
    expect(latchkey.since().filter((call) => call.startsWith('api'))).toHaveLength(2)
  })

  test('to a token that only its user can mend: its own answer comes back', async () => {
    const { latchkey, vault } = setUp()
    latchkey.refuse('xoxp-1')
    latchkey.script('POST /vault/connections/con_1/report', () =>
      Response.json({ status: 'needs_reconnect' }),
    )
    expect((await vault.fetch(ada, api)).status).toBe(401)
  })

  test.each(['http://api.provider.example/me', 'ftp://127.0.0.1/'])('%s gets no token', async (url) => {
    const { latchkey, vault } = setUp()
    await expect(vault.fetch(ada, url)).rejects.toThrow(TypeError)
    expect(latchkey.since()).toEqual([])
  })
})

describe('A call by way of Latchkey', () => {
  const url = 'https://api.provider.example/me?full=1'
  const call = (id: string) => `POST /vault/connections/${id}/proxy/api.provider.example/me`

  test('brings back what the provider answers, whatever it is, and no token', async () => {
    const { latchkey, vault } = setUp()
    const response = await vault.proxy(ada, url, { method: 'POST', body: 'hello', redirect: 'follow' })
    expect([response.status, await response.text()]).toEqual([302, '?full=1 hello'])
    await vault.proxy({ connectionId: 'con_1' }, url, { method: 'POST', body: 'hello' })
    expect(latchkey.since()).toEqual(['POST /token', list, call('con_1'), call('con_1')])
  })

  test('is made once more with another token of the service, where it can be', async () => {
    const { latchkey, vault } = setUp()
    await vault.proxy(ada, url, { method: 'POST', body: 'hello' })
    latchkey.forgetServiceTokens()
    expect((await vault.proxy(ada, url, { method: 'POST', body: 'hello' })).status).toBe(302)
    latchkey.forgetServiceTokens()
    const body = new Blob(['hello']).stream()
    const init = { method: 'POST', body, duplex: 'half' }
    await expect(vault.proxy(ada, url, init)).rejects.toEqual(refusal('unauthenticated'))
  })

  test('of an account that was connected anew', async () => {
    const { latchkey, vault } = setUp()
    await vault.proxy(ada, url)
    latchkey.connections.splice(0, 1, { id: 'con_2', ...ada, token: 'other' })
    expect((await vault.proxy(ada, url)).status).toBe(302)
    latchkey.connections.splice(0)
    await expect(vault.proxy(ada, url)).rejects.toEqual(refusal('no_connection'))
  })

  test.each([
    [409, { error: 'needs_reconnect', reason: 'revoked' }, 'needs_reconnect', 'revoked'],
    [403, { error: 'access_denied' }, 'access_denied', undefined],
    [504, { error: 'provider_unreachable', reason: 'timeout' }, 'temporarily_unavailable', 'timeout'],
    [401, { error: 'somebody else’s' }, 'unexpected_answer', undefined],
  ])('%i of Latchkey’s own', async (status, body, code, reason) => {
    const { latchkey, vault } = setUp()
    latchkey.script(call('con_1'), () => Response.json(body, { status }))
    await expect(vault.proxy(ada, url, { method: 'POST' })).rejects.toEqual(refusal(code, { reason }))
  })

  test('to nowhere in clear', async () => {
    const { latchkey, vault } = setUp()
    await expect(vault.proxy(ada, 'http://api.provider.example/me')).rejects.toThrow(TypeError)
    expect(latchkey.since()).toEqual([])
  })
})

test('The list is read to its end', async () => {
  const { latchkey, vault } = setUp()
  for (const id of ['con_2', 'con_3', 'con_4', 'con_5']) {
    latchkey.connections.push({ id, ...ada, token: id })
  }
  expect((await vault.connections({ user: ada.user })).map(({ id }) => id)).toEqual([
    ...['con_1', 'con_2', 'con_3', 'con_4', 'con_5'],
  ])
  expect((await vault.connections())[0]).toEqual({
    ...{ id: 'con_1', provider: 'slack', status: 'active', scopes: ['read'] },
    account: { subject: 's-con_1', label: 'ada' },
  })
})

test.each<[string, object]>([
  ['an unknown option', { retries: 3 }],
  ['a plain issuer', { issuer: 'http://auth.example.com' }],
  ['neither secret nor key', { secret: undefined }],
  ['no id', { id: '' }],
  ['a day of cache', { cacheSeconds: 86_400 }],
])('S15 %s is a mistake', (_, more) => {
  expect(() => createVault({ issuer, id: 'reports', secret: 's', ...more })).toThrow(TypeError)
})
