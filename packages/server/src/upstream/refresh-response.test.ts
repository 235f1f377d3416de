import { rulesFor } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { type Tokens, UpstreamError } from './contract.ts'
import { readTokenResponse } from './token-response.ts'
import { outcomeOf } from './upstream.fixture.ts'

const good = { access_token: 'new', token_type: 'Bearer' }

interface Given {
  status?: number
  body?: unknown
  quirks?: string[]
  separator?: string
}

const read = ({ status = 200, body = good, quirks = [], separator }: Given): Tokens =>
  readTokenResponse(
    { status, type: 'application/json', text: JSON.stringify(body), retryAfterMs: 7_000 },
    {
      rules: rulesFor(quirks),
      refreshed: true,
      now: 0,
      secrets: ['canary'],
      ...(separator !== undefined && { scopeSeparator: separator }),
    },
  )

describe('R35: members of the answer to a refresh', () => {
  test.each<[string, object, object]>([
    ['nothing but the access token', {}, {}],
    ['a new refresh token', { refresh_token: 'rt' }, { refreshToken: 'rt' }],
    ['refresh_token null', { refresh_token: null }, {}],
    ['refresh_token empty', { refresh_token: '' }, {}],
    ['expires_in "abc"', { expires_in: 'abc' }, {}],
    ['expires_in -1', { expires_in: -1 }, {}],
    ['expires_in an object', { expires_in: {} }, {}],
    ['expires_in null', { expires_in: null }, {}],
    ['expires_in 1e300', { expires_in: 1e300 }, {}],
    ['expires_in as text', { expires_in: '3600' }, { expiresIn: 3600 }],
    ['scope 7', { scope: 7 }, {}],
    ['scope empty', { scope: '' }, {}],
    ['scope with a line break', { scope: 'a\nb' }, {}],
    ['scope of 9 KiB', { scope: 'a'.repeat(9_000) }, {}],
    ['scope a list', { scope: ['a', 'b'] }, { scope: 'a b' }],
    ['scope a list of other things', { scope: [1] }, {}],
    ['id_token a number', { id_token: 1 }, {}],
    ['refresh_expires_in', { refresh_expires_in: 1800 }, { refreshExpiresIn: 1800 }],
    ['refresh_expires_in 0, for never', { refresh_expires_in: 0 }, {}],
    ['refresh_token_expires_in', { refresh_token_expires_in: '1800' }, { refreshExpiresIn: 1800 }],
    [
      'x_refresh_token_expires_in',
      { x_refresh_token_expires_in: 8_726_400 },
      { refreshExpiresIn: 8_726_400 },
    ],
    [
      'a damaged one before a good one',
      { refresh_expires_in: 'soon', refresh_token_expires_in: 60 },
      { refreshExpiresIn: 60 },
    ],
  ])('%s', (_what, members, more) => {
    expect(read({ body: { ...good, ...members } })).toEqual({
      accessToken: 'new',
      tokenType: 'Bearer',
      ...more,
    })
  })

  test.each<[string, object, string]>([
    ['access_token missing', { access_token: undefined }, 'token_malformed'],
    ['access_token null', { access_token: null }, 'token_malformed'],
    ['access_token a number', { access_token: 1 }, 'token_malformed'],
    ['refresh_token a number', { refresh_token: 1 }, 'token_malformed'],
    ['refresh_token with a line break', { refresh_token: 'a\r\nb' }, 'token_malformed'],
    ['token_type missing', { token_type: undefined }, 'token_malformed'],
    ['token_type mac', { token_type: 'mac' }, 'token_type'],
  ])('refused: %s', async (_what, members, reason) => {
    expect(await outcomeOf(() => read({ body: { ...good, ...members } }))).toBe(`provider_error ${reason}`)
  })

  test('scopes come with spaces between them, whatever the provider puts there', () => {
    const body = { ...good, scope: 'channels:read,chat:write' }
    expect(read({ body, separator: ',' }).scope).toBe('channels:read chat:write')
  })
})

const failed = (error: unknown, status = 400): Given => ({ status, body: { error } })

test.each<[string, Given, string]>([
  ['invalid_grant', failed('invalid_grant'), 'provider_error invalid_grant'],
  ['invalid_grant with 200', failed('invalid_grant', 200), 'provider_error invalid_grant'],
  ["GitHub's word for it, with 200", failed('bad_refresh_token', 200), 'provider_error invalid_grant'],
  ["Slack's words for it, with 200", failed('token_revoked', 200), 'provider_error invalid_grant'],
  ["Spring's word for it", failed('invalid_token', 401), 'provider_error invalid_grant'],
  ['invalid_client', failed('invalid_client', 401), 'provider_error invalid_client'],
  ['invalid_scope', failed('invalid_scope'), 'provider_error invalid_scope'],
  ['unauthorized_client', failed('unauthorized_client'), 'provider_error unauthorized_client'],
  ['unsupported_grant_type', failed('unsupported_grant_type'), 'provider_error unsupported_grant_type'],
  ['an unknown error', failed('oops'), 'provider_error token_error'],
  ['slow_down', failed('slow_down'), 'temporarily_unavailable rate_limited'],
  ["Slack's ratelimited", failed('ratelimited', 200), 'temporarily_unavailable rate_limited'],
  ['rateLimitExceeded', failed('rateLimitExceeded', 403), 'temporarily_unavailable rate_limited'],
  ['429, whatever it says', failed('invalid_grant', 429), 'temporarily_unavailable rate_limited'],
  ['503, whatever it says', failed('invalid_grant', 503), 'temporarily_unavailable provider_5xx'],
  ['temporarily_unavailable', failed('temporarily_unavailable'), 'temporarily_unavailable token_error'],
])('a refresh that fails: %s', async (_what, given, expected) => {
  expect(await outcomeOf(() => read(given))).toBe(expected)
})

test.each([429, 503, 400])('Retry-After of a %i is handed on', (status) => {
  let caught: unknown
  try {
    read(failed('temporarily_unavailable', status))
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(UpstreamError)
  expect(caught).toHaveProperty('retryAfterMs', 7_000)
})
