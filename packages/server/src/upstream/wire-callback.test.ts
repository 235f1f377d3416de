import { createHmac } from 'node:crypto'
import type { WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { outcomeOf, proof } from './upstream.fixture.ts'
import { authorizeQuery, bearer, placeOf, type Spoken, secret, spoken } from './wire.fixture.ts'

const { state } = proof

/** What becomes of a callback with these parameters, and of those alone. */
async function judged(how: Spoken, query: Record<string, string> | [string, string][]): Promise<string> {
  const { upstream } = await spoken(how)
  return outcomeOf(() => upstream.readCallback(new URLSearchParams(query), proof))
}

const withWire = (wire: Partial<WireRules>) => ({ wire })

describe('the authorization request', () => {
  test.each<[string, Spoken, object]>([
    ['comma-scopes', { quirks: ['comma-scopes'] }, { scope: 'read,write' }],
    ['semicolon-scopes', { quirks: ['semicolon-scopes'] }, { scope: 'read;write' }],
    ['plus-scopes', { quirks: ['plus-scopes'] }, { scope: 'read write' }],
    ['client-id-renamed', withWire({ authorizeNames: { client_id: 'appid' } }), { appid: 'app-1' }],
    [
      'redirect-uri-renamed',
      withWire({ authorizeNames: { redirect_uri: 'redirect_url' } }),
      { redirect_url: proof.redirectUri },
    ],
    [
      'scope-param-renamed',
      withWire({ authorizeNames: { scope: 'user_scope' } }),
      { user_scope: 'read write' },
    ],
    [
      'response-type-renamed',
      withWire({ authorizeNames: { response_type: 'type' }, responseType: 'web_server' }),
      { type: 'web_server' },
    ],
    ['authorizeNames: state', withWire({ authorizeNames: { state: 'st' } }), { st: state }],
    [
      'authorizeParams: the client id',
      { provider: { authorizeParams: { app: '{client_id}' } } },
      { app: 'app-1' },
    ],
  ])('%s', async (_what, how, expected) => {
    const query = await authorizeQuery((await spoken(how)).upstream)
    expect(query).toMatchObject(expected)
    for (const name of Object.keys(how.wire?.authorizeNames ?? {})) expect(query).not.toHaveProperty(name)
  })

  test('no-scope-parameter: none is sent', async () => {
    const { upstream } = await spoken({ quirks: ['no-scope-parameter'] })
    expect(await authorizeQuery(upstream)).not.toHaveProperty('scope')
  })

  test('authorizeNames: a configured parameter takes no name that a rule gave to ours', async () => {
    const { upstream } = await spoken({
      wire: { authorizeNames: { client_id: 'appid', scope: 'perm' }, sendScope: false },
      provider: { authorizeParams: { appid: 'evil', perm: 'all' } },
    })
    const query = await authorizeQuery(upstream)
    expect(query.appid).toBe('app-1')
    expect(query).not.toHaveProperty('perm')
  })
})

describe('state-unsupported: state travels in the redirect URI', () => {
  const quirks = ['state-unsupported']

  test('the same URI goes to both endpoints', async () => {
    const { upstream, connect, at } = await spoken({ quirks })
    const query = await authorizeQuery(upstream)
    expect(query).not.toHaveProperty('state')
    expect(query.redirect_uri).toBe(`${proof.redirectUri}?state=${state}`)
    await connect()
    expect(at('/token')[0]?.form.redirect_uri).toBe(query.redirect_uri)
  })

  test('what comes back is compared as ever', async () => {
    expect(await judged({ quirks }, { code: 'c', state })).toBe('none')
    expect(await judged({ quirks }, { code: 'c', state: 'other' })).toBe('provider_error callback_state')
    expect(await judged({ quirks }, { code: 'c' })).toBe('provider_error callback_state')
  })
})

describe('the callback', () => {
  const renamed = withWire({ callbackNames: { code: 'auth_code', error: 'error_code' } })
  test.each<[string, Spoken, Record<string, string>, string]>([
    ['code-param-renamed: there', renamed, { auth_code: 'c' }, 'none'],
    [
      'code-param-renamed: not under the other name',
      renamed,
      { code: 'c' },
      'provider_error callback_malformed',
    ],
    [
      'callback-error-nonstandard: another name',
      renamed,
      { error_code: 'access_denied' },
      'access_denied callback_error',
    ],
    [
      'callback-error-nonstandard: the standard’s, too',
      renamed,
      { error: 'access_denied' },
      'access_denied callback_error',
    ],
    [
      'callback-error-nonstandard: beside a code',
      renamed,
      { auth_code: 'c', error_code: '5' },
      'provider_error callback_error',
    ],
    [
      'callback-error-nonstandard: another word for no',
      withWire({ callbackRefusals: ['denied_by_owner'] }),
      { error: 'denied_by_owner' },
      'access_denied callback_error',
    ],
    [
      'callback-error-nonstandard: no such word',
      {},
      { error: 'denied_by_owner' },
      'provider_error callback_error',
    ],
    [
      'tenant-in-callback: ours',
      withWire({ callbackTenant: { shop: 'a.example' } }),
      { code: 'c', shop: 'a.example' },
      'none',
    ],
    [
      'tenant-in-callback: another',
      withWire({ callbackTenant: { shop: 'a.example' } }),
      { code: 'c', shop: 'b.example' },
      'provider_error callback_tenant',
    ],
    [
      'tenant-in-callback: none',
      withWire({ callbackTenant: { shop: 'a.example' } }),
      { code: 'c' },
      'provider_error callback_tenant',
    ],
  ])('%s', async (_what, how, query, expected) => {
    expect(await judged(how, { state, ...query })).toBe(expected)
  })

  test.each(['auth_code', 'error_code', 'shop', 'realm', 'device'])('%s twice is refused', async (name) => {
    const wire = {
      ...{ ...renamed.wire, callbackTenant: { shop: 'x' } },
      ...{ keepFromCallback: ['realm'], sendFromCallback: ['device'] },
    }
    const twice: [string, string][] = [
      ['state', state],
      [name, 'x'],
      [name, 'x'],
    ]
    expect(await judged({ wire }, twice)).toBe('provider_error callback_malformed')
  })

  test('code-suffix: it is not part of the code', async () => {
    const { connect, at } = await spoken(withWire({ codeSuffix: '#_' }))
    await connect({ code: 'abc#_' })
    await connect({ code: 'abc' })
    expect(at('/token').map(({ form }) => form.code)).toEqual(['abc', 'abc'])
    expect(await judged(withWire({ codeSuffix: '#_' }), { code: '#_', state })).toBe(
      'provider_error callback_malformed',
    )
  })

  test('tenant-in-callback: what services need is kept with the tokens', async () => {
    const { connect } = await spoken(withWire({ keepFromCallback: ['realmId', 'absent', 'long', 'line'] }))
    const { tokens } = await connect({ realmId: '42', long: 'x'.repeat(513), line: 'a\nb', other: 'x' })
    expect(tokens.providerData).toEqual({ realmId: '42' })
    expect((await (await spoken({})).connect({ realmId: '42' })).tokens).not.toHaveProperty('providerData')
  })
})

describe('tenant-in-callback: the code is redeemed at the host that is named', () => {
  async function twoPlaces() {
    const there = await placeOf({ '/token': { body: bearer }, '/me': { body: { id: 'u-1' } } })
    const wire = { tokenHost: { parameter: 'accounts-server', hosts: ['accounts.example', there.host] } }
    const here = await spoken({ wire })
    return { here, there, wire }
  }

  test('and so is what renews the tokens', async () => {
    const { here, there } = await twoPlaces()
    const { tokens } = await here.connect({ 'accounts-server': there.host })
    expect(tokens.providerData).toEqual({ 'accounts-server': there.host })
    await here.upstream.refresh({ refreshToken: 'rt', subject: 'u-1', ...tokens })
    expect(there.at('/token').map(({ form }) => form.grant_type)).toEqual([
      'authorization_code',
      'refresh_token',
    ])
    expect(here.at('/token')).toEqual([])
  })

  test('and that is where it is asked who they are for', async () => {
    const { here, there } = await twoPlaces()
    await here.connect({ 'accounts-server': there.host })
    expect([here.at('/me').length, there.at('/me').length]).toEqual([0, 1])
  })

  test('where none is named, at the configured one', async () => {
    const { here } = await twoPlaces()
    await here.connect()
    expect(here.at('/token')).toHaveLength(1)
  })

  test.each([
    'evil.example',
    'accounts.example.evil.example',
    'evil.example/accounts.example',
    'https://accounts.example@evil.example',
    'http://accounts.example',
    'https://accounts.example/x',
    'accounts.example:8443',
    'ACCOUNTS.example',
    '',
  ])('V08 %j is none of them', async (value) => {
    const { here, wire } = await twoPlaces()
    expect(await judged({ wire }, { code: 'c', state, 'accounts-server': value })).toBe(
      'provider_error callback_token_host',
    )
    const kept = { refreshToken: 'rt', subject: 'u-1', providerData: { 'accounts-server': value } }
    expect(await outcomeOf(() => here.upstream.refresh(kept))).toBe('provider_error callback_token_host')
  })

  test.each(['accounts.example', 'https://accounts.example', 'https://accounts.example/'])(
    '%j is one',
    async (value) => {
      const { wire } = await twoPlaces()
      expect(await judged({ wire }, { code: 'c', state, 'accounts-server': value })).toBe('none')
    },
  )
})

describe('signed-callback', () => {
  const quirks = ['signed-callback']
  const now = Date.UTC(2026, 10, 22) / 1000
  const fresh = { code: 'c', state, shop: 'acme.example', host: 'YWRtaW4=', timestamp: String(now) }

  /** As Shopify does it: everything else, sorted, form-encoded. */
  function signed(params: Record<string, string>, key = secret): Record<string, string> {
    const sorted = Object.keys(params).toSorted()
    const text = sorted.map((name) => `${name}=${encodeURIComponent(params[name] ?? '')}`).join('&')
    return { ...params, hmac: createHmac('sha256', key).update(text).digest('hex') }
  }
  const { hmac } = signed(fresh)

  test.each<[string, Record<string, string> | [string, string][], string]>([
    ['right', signed(fresh), 'none'],
    ['in another order', Object.fromEntries(Object.entries(signed(fresh)).toReversed()), 'none'],
    ['none', fresh, 'provider_error callback_signature_missing'],
    ['empty', { ...fresh, hmac: '' }, 'provider_error callback_signature'],
    ['in capitals', { ...fresh, hmac: hmac!.toUpperCase() }, 'provider_error callback_signature'],
    ['half of it', { ...fresh, hmac: hmac!.slice(32) }, 'provider_error callback_signature'],
    ['by another secret', signed(fresh, 'other'), 'provider_error callback_signature'],
    ['another code', { ...signed(fresh), code: 'd' }, 'provider_error callback_signature'],
    ['another shop', { ...signed(fresh), shop: 'evil.example' }, 'provider_error callback_signature'],
    ['a parameter more', { ...signed(fresh), more: '' }, 'provider_error callback_signature'],
    [
      'a parameter less',
      Object.entries(signed(fresh)).filter(([name]) => name !== 'host'),
      'provider_error callback_signature',
    ],
    [
      'a repeated one',
      [...Object.entries(signed(fresh)), ['host', 'x']],
      'provider_error callback_malformed',
    ],
    ['another journey', signed({ ...fresh, state: 'other' }), 'provider_error callback_state'],
    [
      'an error that nobody signed',
      { error: 'access_denied', state },
      'provider_error callback_signature_missing',
    ],
    ['as old as a journey', signed({ ...fresh, timestamp: String(now - 600) }), 'none'],
    ['older', signed({ ...fresh, timestamp: String(now - 661) }), 'provider_error callback_timestamp'],
    ['of a clock a little ahead', signed({ ...fresh, timestamp: String(now + 60) }), 'none'],
    ['of the future', signed({ ...fresh, timestamp: String(now + 61) }), 'provider_error callback_timestamp'],
    ['undated', signed({ code: 'c', state }), 'provider_error callback_timestamp'],
    ['badly dated', signed({ ...fresh, timestamp: '1e9' }), 'provider_error callback_timestamp'],
  ])('signed-callback: %s', async (_what, query, expected) => {
    expect(await judged({ quirks }, query)).toBe(expected)
  })

  test('signed-callback: without a client secret it cannot be', async () => {
    const provider: object = { clientSecret: undefined, tokenEndpointAuthMethod: 'none' }
    await expect(spoken({ quirks, provider })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    )
  })
})
