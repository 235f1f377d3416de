import type { WireRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { type Tokens, UpstreamError } from './contract.ts'
import { outcomeOf } from './upstream.fixture.ts'
import { type Answer, type Arrived, bearer, placeOf, type Spoken, secret, spoken } from './wire.fixture.ts'

/** The instant at which the fixture's clock stands, in seconds. */
const now = Date.UTC(2026, 10, 22) / 1000
const held = { refreshToken: 'rt-old', subject: 'u-1' }
const form = 'application/x-www-form-urlencoded'

const speaking = (how: Spoken, answer: Answer) => spoken({ ...how, answers: { '/token': answer } })

/** The tokens of a code, when the token endpoint answers so. */
async function tokensOf(how: Spoken, answer: Answer): Promise<Tokens> {
  const { tokens } = await (await speaking(how, answer)).connect()
  return tokens
}

const refreshedBy = async (how: Spoken, answer: Answer): Promise<Tokens> =>
  (await speaking(how, answer)).upstream.refresh(held)

const lenient = ['nonstandard-token-fields']
const plain = { accessToken: 'at', tokenType: 'Bearer' }

describe('the token response', () => {
  test.each<[string, Spoken, Answer, object]>([
    [
      'form-encoded-response',
      { quirks: ['form-encoded-response'] },
      { type: form, body: 'access_token=at&token_type=bearer&expires_in=60' },
      { expiresIn: 60 },
    ],
    [
      'nonstandard-token-fields',
      { quirks: lenient },
      { body: { access_token: 'at', token_type: 'user', expires_in: '60', refresh_token: null, scope: '' } },
      { expiresIn: 60 },
    ],
    [
      'nested-token-response',
      { wire: { tokenPath: 'body' } },
      { body: { status: 0, body: { ...bearer, refresh_token: 'rt' }, access_token: 'another' } },
      { refreshToken: 'rt' },
    ],
    [
      'nested-token-response: a list',
      { wire: { tokenPath: 'data.0' } },
      { body: { data: [{ ...bearer, expires_in: 5 }] } },
      { expiresIn: 5 },
    ],
    [
      'two-tokens-in-one-response',
      { quirks: lenient, wire: { tokenPath: 'authed_user' } },
      { body: { ok: true, access_token: 'xoxb', authed_user: { access_token: 'at', token_type: 'user' } } },
      {},
    ],
    [
      'renamed-token-fields',
      {
        wire: {
          tokenMembers: {
            ...{ access_token: 'accessToken', refresh_token: 'renew.token', expires_in: 'renew.ttl' },
            ...{ scope: 'rights', refresh_expires_in: 'renew.until' },
          },
        },
      },
      {
        body: {
          ...{ accessToken: 'at', token_type: 'Bearer', access_token: 'another', scope: 'x', rights: 'a b' },
          renew: { token: 'rt', ttl: 60, until: 600 },
        },
      },
      { refreshToken: 'rt', expiresIn: 60, refreshExpiresIn: 600, scope: 'a b' },
    ],
    [
      'scope-as-array',
      { quirks: ['scope-as-array'] },
      { body: { ...bearer, scope: ['a', 'b'] } },
      { scope: 'a b' },
    ],
    ['expires-in-zero', { quirks: ['expires-in-zero'] }, { body: { ...bearer, expires_in: 0 } }, {}],
    [
      'absolute-expiry: seconds since the epoch',
      { wire: { expiryForm: 'unix-time' } },
      { body: { ...bearer, expires_in: now + 90 } },
      { expiresIn: 90 },
    ],
    [
      'absolute-expiry: as text',
      { wire: { expiryForm: 'unix-time' } },
      { body: { ...bearer, expires_in: String(now + 90) } },
      { expiresIn: 90 },
    ],
    [
      'absolute-expiry: a date',
      { wire: { expiryForm: 'date', tokenMembers: { expires_in: 'expires_at' } } },
      { body: { ...bearer, expires_at: '2026-11-22T01:00:00.000+00:30' } },
      { expiresIn: 1800 },
    ],
    [
      'absolute-expiry: over already',
      { wire: { expiryForm: 'unix-time' } },
      { body: { ...bearer, expires_in: now - 90 } },
      { expiresIn: 0 },
    ],
    [
      'absolute-expiry: 0 for never',
      { wire: { expiryForm: 'unix-time' }, quirks: ['expires-in-zero'] },
      { body: { ...bearer, expires_in: 0 } },
      {},
    ],
    [
      'tenant-in-token-response',
      {
        wire: {
          keepFromToken: ['instance_url', 'team.id', 'live', 'list', 'absent', 'long'],
          tokenPath: 'body',
        },
      },
      {
        body: {
          ...{ body: bearer, instance_url: 'https://eu.example', team: { id: 7 }, live: true, list: [1] },
          long: 'x'.repeat(513),
        },
      },
      { providerData: { instance_url: 'https://eu.example', 'team.id': '7', live: 'true' } },
    ],
    [
      'tokenSuccess: as it should be',
      { wire: { tokenSuccess: { member: 'ok', good: true } } },
      { body: { ok: true, ...bearer } },
      {},
    ],
    [
      'tokenSuccess: absent',
      { wire: { tokenSuccess: { member: 'errcode', good: 0 } } },
      { body: bearer },
      {},
    ],
  ])('%s', async (_what, how, answer, expected) => {
    expect(await tokensOf(how, answer)).toEqual({ ...plain, ...expected })
  })

  test('keepFromToken: at most sixteen', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `m${index}`)
    const body = { ...bearer, ...Object.fromEntries(names.map((name) => [name, name])) }
    const { providerData = {} } = await tokensOf({ wire: { keepFromToken: names } }, { body })
    expect(Object.keys(providerData)).toEqual(names.slice(0, 16))
  })

  test('V12 keepFromToken: a token is not handed out beside the token', async () => {
    const names = ['refresh_token', 'id_token', 'data.renew', 'team']
    const body = { ...bearer, data: { renew: 'rt-2' }, refresh_token: 'rt', team: 't' }
    const { providerData } = await tokensOf({ wire: { keepFromToken: names } }, { body })
    expect(providerData).toEqual({ 'data.renew': 'rt-2', team: 't' })
    const tokenMembers = { refresh_token: 'data.renew' }
    const renamed = await tokensOf({ wire: { keepFromToken: names, tokenMembers } }, { body })
    expect(renamed).toMatchObject({ refreshToken: 'rt-2' })
    expect(renamed.providerData).toEqual({ team: 't' })
  })

  test('V12 keepFromCallback: nor is what the journey proves itself with', async () => {
    const wire = { keepFromCallback: ['code', 'state', 'realm'] }
    const provider = await speaking({ wire }, { body: bearer })
    expect((await provider.connect({ realm: 'r' })).tokens.providerData).toEqual({ realm: 'r' })
  })

  test('what callback and token response say is kept together', async () => {
    const wire = { keepFromCallback: ['realm'], keepFromToken: ['team'] }
    const provider = await speaking({ wire }, { body: { ...bearer, team: 't' } })
    expect((await provider.connect({ realm: 'r' })).tokens.providerData).toEqual({ realm: 'r', team: 't' })
  })
})

describe('an answer of another shape is refused, by a name that stays', () => {
  const path = { wire: { tokenPath: 'body' } }
  const ok = { wire: { tokenSuccess: { member: 'ok', good: true } } }
  const code = { wire: { tokenSuccess: { member: 'code', good: 0 } } }
  const date = { wire: { expiryForm: 'date' as const } }
  const unix = { wire: { expiryForm: 'unix-time' as const } }
  const expiring = (expires_in: unknown) => ({ body: { ...bearer, expires_in } })

  test.each<[string, Spoken, Answer, string]>([
    [
      'form-encoded-response: not told',
      {},
      { type: form, body: 'access_token=at&token_type=bearer' },
      'token_not_json',
    ],
    ['nonstandard-token-fields: not told', {}, { body: { access_token: 'at' } }, 'token_malformed'],
    ['nested-token-response: nothing there', path, { body: bearer }, 'token_path'],
    ['nested-token-response: null', path, { body: { body: null, ...bearer } }, 'token_path'],
    ['nested-token-response: a list', path, { body: { body: [bearer] } }, 'token_path'],
    ['nested-token-response: text', path, { body: { body: 'at' } }, 'token_path'],
    [
      'nested-token-response: inherited',
      { wire: { tokenPath: 'constructor' } },
      { body: bearer },
      'token_path',
    ],
    ['nested-token-response: empty', path, { body: { body: {} } }, 'token_malformed'],
    [
      'nested-token-response: an error inside',
      path,
      { body: { body: { error: 'invalid_grant' } } },
      'invalid_grant',
    ],
    [
      'renamed-token-fields: under the standard’s name',
      { wire: { tokenMembers: { access_token: 'token' } } },
      { body: bearer },
      'token_malformed',
    ],
    [
      'renamed-token-fields: an object',
      { wire: { tokenMembers: { access_token: 'data' } } },
      { body: { data: {}, token_type: 'Bearer' } },
      'token_malformed',
    ],
    ['error-with-http-200', {}, { body: { error: 'invalid_grant' } }, 'invalid_grant'],
    ['tokenSuccess: false', ok, { body: { ok: false, ...bearer } }, 'token_error'],
    ['tokenSuccess: text instead', ok, { body: { ok: 'true', ...bearer } }, 'token_error'],
    ['tokenSuccess: null', ok, { body: { ok: null, ...bearer } }, 'token_error'],
    ['tokenSuccess: another number', code, { body: { code: 40029, ...bearer } }, 'token_error'],
    ['tokenSuccess: beside an error', ok, { body: { ok: false, error: 'invalid_client' } }, 'invalid_client'],
    ['scope-as-array: not told', {}, { body: { ...bearer, scope: ['a'] } }, 'token_malformed'],
    ['absolute-expiry: a duration', unix, expiring(3600), 'token_malformed'],
    ['absolute-expiry: milliseconds', unix, expiring(now * 1000), 'token_malformed'],
    ['absolute-expiry: a date where none is', unix, expiring('2026-11-22T01:00:00Z'), 'token_malformed'],
    ['absolute-expiry: no date', date, expiring('tomorrow'), 'token_malformed'],
    ['absolute-expiry: no such date', date, expiring('2026-13-45T01:00:00Z'), 'token_malformed'],
    ['absolute-expiry: a date without a zone', date, expiring('2026-11-22T01:00:00'), 'token_malformed'],
    ['absolute-expiry: a number where a date is', date, expiring(now + 60), 'token_malformed'],
    ['absolute-expiry: not told', {}, expiring('2026-11-22T01:00:00Z'), 'token_malformed'],
  ])('%s', async (_what, how, answer, reason) => {
    const { connect, at } = await speaking(how, answer)
    expect(await outcomeOf(() => connect())).toBe(`provider_error ${reason}`)
    expect(at('/me')).toEqual([])
  })

  test('tokenSuccess: what the provider says of it goes to the log, without secrets', async () => {
    const provider = await speaking(code, { body: { code: 40029, errmsg: `code the-code is ${secret}` } })
    await expect(provider.connect()).rejects.toMatchObject({
      detail: 'code 40029: code [redacted] is [redacted]',
    })
  })
})

describe('X06: what a provider repeats in its error is not logged', () => {
  const repeating = (path: string, word: (request: Arrived) => string | undefined) => ({
    [path]: (request: Arrived) => ({ status: 400, body: { error: 'odd', error_description: word(request) } }),
  })
  const detailOf = async (how: Spoken): Promise<unknown> => {
    const provider = await spoken(how)
    const failure: unknown = await provider.connect().catch((error: unknown) => error)
    return failure instanceof UpstreamError ? failure.detail : failure
  }

  test('the query that a secret and a code came in, in the encoding of forms', async () => {
    const answers = repeating('/token', ({ query }) => new URLSearchParams(query).toString())
    const detail = await detailOf({ wire: { tokenMethod: 'GET' }, answers })
    expect(detail).toMatch(/client_secret=\[redacted\]/)
    expect(detail).not.toMatch(/s3cret|the-code|verifier-/)
  })

  test('the header of Basic', async () => {
    const answers = repeating('/token', ({ headers }) => headers.authorization)
    const provider = { tokenEndpointAuthMethod: 'client_secret_basic' } as const
    expect(await detailOf({ provider, answers })).toBe('odd: Basic [redacted]')
  })

  test('the query of an exchange', async () => {
    const exchange = { grantType: 'x', tokenParameter: 't', sends: ['client_secret'] } as const
    const answers = repeating('/exchange', ({ query }) => new URLSearchParams(query).toString())
    const { origin } = await placeOf({ ...answers, '/token': { body: bearer } })
    const provider = { exchangeEndpoint: `${origin}/exchange` }
    expect(await detailOf({ wire: { exchange }, provider })).toBe(
      'odd: client_secret=[redacted]&grant_type=x&t=[redacted]',
    )
  })

  test('a secret that begins like another', async () => {
    const body = { error: 'odd', error_description: `no ${secret}-and-more` }
    const provider = { clientSecret: `${secret}-and-more` }
    const how = { provider, answers: { '/token': { status: 400, body } } }
    const { upstream } = await spoken(how)
    const failure = upstream.refresh({ refreshToken: secret, subject: 'u-1' })
    await expect(failure).rejects.toMatchObject({ detail: 'odd: no [redacted]' })
  })
})

describe('the answer to a refresh', () => {
  test.each<[string, Partial<WireRules>, object, object]>([
    ['nested-token-response: as before', { tokenPath: 'body' }, { body: bearer }, {}],
    ['two-tokens-in-one-response: one, by itself', { tokenPath: 'authed_user' }, bearer, {}],
    ['absolute-expiry', { expiryForm: 'unix-time' }, { ...bearer, expires_in: now + 9 }, { expiresIn: 9 }],
    ['absolute-expiry: damaged', { expiryForm: 'date' }, { ...bearer, expires_in: 'soon' }, {}],
    [
      'tenant-in-token-response',
      { keepFromToken: ['host'] },
      { ...bearer, host: 'b' },
      { providerData: { host: 'b' } },
    ],
  ])('%s', async (_what, wire, body, expected) => {
    expect(await refreshedBy({ wire }, { body })).toEqual({ ...plain, ...expected })
  })

  test.each<[string, Partial<WireRules>, Answer, string]>([
    ['tokenRefusals: a word', { tokenRefusals: ['gone'] }, { body: { error: 'gone' } }, 'invalid_grant'],
    [
      'tokenRefusals: a number',
      { tokenRefusals: [40030], tokenSuccess: { member: 'errcode', good: 0 } },
      { body: { errcode: 40030 } },
      'invalid_grant',
    ],
    [
      'tokenRefusals: another number',
      { tokenRefusals: [40030], tokenSuccess: { member: 'errcode', good: 0 } },
      { body: { errcode: 45009 } },
      'token_error',
    ],
    [
      'nested-token-response: damaged',
      { tokenPath: 'body' },
      { body: { body: 'x', ...bearer } },
      'token_path',
    ],
  ])('%s', async (_what, wire, answer, reason) => {
    expect(await outcomeOf(() => refreshedBy({ wire }, answer))).toBe(`provider_error ${reason}`)
  })
})
