import { rulesFor } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { type Tokens, UpstreamError } from './contract.ts'
import { readTokenResponse } from './token-response.ts'
import { outcomeOf } from './upstream.fixture.ts'

const good = { access_token: 'at', token_type: 'Bearer' }
const formType = 'application/x-www-form-urlencoded'

interface Given {
  status?: number
  type?: string
  text?: string
  body?: unknown
  quirks?: string[]
}

const read = ({ status = 200, type = 'application/json', body = good, text, quirks = [] }: Given): Tokens =>
  readTokenResponse({ status, type, text: text ?? JSON.stringify(body) }, { now: 0, rules: rulesFor(quirks) })

const member = (change: object, quirks: string[] = []): Given => ({ body: { ...good, ...change }, quirks })
const lenient = ['nonstandard-token-fields']

test('R27: everything there may be', () => {
  const body = {
    ...good,
    refresh_token: 'rt',
    expires_in: 3600.5,
    scope: 'a b',
    id_token: 'x.y.z',
    more: [1],
  }
  expect(read({ body })).toEqual({
    accessToken: 'at',
    tokenType: 'Bearer',
    refreshToken: 'rt',
    expiresIn: 3600,
    scope: 'a b',
    idToken: 'x.y.z',
  })
})

test.each<[string, Given, string]>([
  ['R27: the least there may be', {}, 'none'],
  ['R27: token_type in any case', member({ token_type: 'bEARER' }), 'none'],
  ['R27: another JSON type', { type: 'application/token+json' }, 'none'],
  ['R27: HTML', { type: 'text/html' }, 'provider_error token_not_json'],
  ['R27: no type', { type: '' }, 'provider_error token_not_json'],
  ['R27: JSON as text', { type: 'text/plain' }, 'provider_error token_not_json'],
  ['R27: HTML that says JSON', { text: '<html>' }, 'provider_error token_not_json'],
  ['R27: empty', { text: '' }, 'provider_error token_not_json'],
  ['R27: a list', { body: [good] }, 'provider_error token_not_json'],
  ['R27: null', { body: null }, 'provider_error token_not_json'],
  ['R27, #61: no access_token', { body: { token_type: 'Bearer' } }, 'provider_error token_malformed'],
  ['R27, #61: an empty object', { body: {} }, 'provider_error token_malformed'],
  ['R27: access_token empty', member({ access_token: '' }), 'provider_error token_malformed'],
  ['R27: access_token null', member({ access_token: null }), 'provider_error token_malformed'],
  ['R27: access_token a number', member({ access_token: 1 }), 'provider_error token_malformed'],
  [
    'R27: access_token with a line break',
    member({ access_token: 'a\r\nb: c' }),
    'provider_error token_malformed',
  ],
  ['R27: access_token beyond ASCII', member({ access_token: 'ä' }), 'provider_error token_malformed'],
  [
    'R27: access_token of 33 KiB',
    member({ access_token: 'a'.repeat(33_000) }),
    'provider_error token_malformed',
  ],
  ['R27: no token_type', { body: { access_token: 'at' } }, 'provider_error token_malformed'],
  ['R27: token_type unknown', member({ token_type: 'mac' }), 'provider_error token_type'],
  [
    'R27: token_type DPoP, which nobody asked for',
    member({ token_type: 'DPoP' }),
    'provider_error token_type',
  ],
  ['R27: token_type a list', member({ token_type: ['Bearer'] }), 'provider_error token_malformed'],
  ['R27: expires_in 0', member({ expires_in: 0 }), 'none'],
  ['R27: expires_in negative', member({ expires_in: -1 }), 'provider_error token_malformed'],
  ['R27: expires_in text', member({ expires_in: '3600' }), 'provider_error token_malformed'],
  ['R27: expires_in null', member({ expires_in: null }), 'provider_error token_malformed'],
  ['R27: expires_in beyond all time', member({ expires_in: 1e300 }), 'provider_error token_malformed'],
  ['R27: refresh_token empty', member({ refresh_token: '' }), 'provider_error token_malformed'],
  ['R27: refresh_token an object', member({ refresh_token: {} }), 'provider_error token_malformed'],
  ['R27: scope a list', member({ scope: ['a'] }), 'provider_error token_malformed'],
  ['R27: id_token a number', member({ id_token: 1 }), 'provider_error token_malformed'],
  ['R27: 201', { status: 201 }, 'provider_error token_status'],
  ['R28: 200 with an error', { body: { error: 'bad_verification_code' } }, 'provider_error token_error'],
  ['R28: 200 with an error and a token', member({ error: 'oops' }), 'provider_error token_error'],
  ['R28: an error that is an object', { body: { error: { code: 190 } } }, 'provider_error token_error'],
  ['R28: an error that is null', member({ error: null }), 'provider_error token_error'],
  ['400 invalid_grant', { status: 400, body: { error: 'invalid_grant' } }, 'provider_error invalid_grant'],
  ['401 invalid_client', { status: 401, body: { error: 'invalid_client' } }, 'provider_error invalid_client'],
  ['403 with HTML', { status: 403, type: 'text/html', text: '<html>' }, 'provider_error token_status'],
  ['429', { status: 429, text: '' }, 'temporarily_unavailable rate_limited'],
  ['500', { status: 500, body: { error: 'invalid_grant' } }, 'temporarily_unavailable provider_5xx'],
  ['503 with HTML', { status: 503, type: 'text/html', text: '' }, 'temporarily_unavailable provider_5xx'],
  [
    'its own server_error',
    { status: 400, body: { error: 'server_error' } },
    'temporarily_unavailable token_error',
  ],
])('%s', async (_what, given, expected) => {
  expect(await outcomeOf(() => read(given))).toBe(expected)
})

describe('quirks', () => {
  test.each<[string, Given, object]>([
    ['missing token_type', { body: { access_token: 'at' }, quirks: lenient }, {}],
    ['its own token_type', member({ token_type: 'bot' }, lenient), {}],
    [
      'null and empty members',
      member({ refresh_token: null, scope: '', expires_in: null, error: null }, lenient),
      {},
    ],
    ['expires_in as text', member({ expires_in: '3600' }, lenient), { expiresIn: 3600 }],
    ['scope as a list', member({ scope: ['a', 'b'] }, ['scope-as-array']), { scope: 'a b' }],
    ['expires_in 0 means never', member({ expires_in: 0 }, ['expires-in-zero']), {}],
    ['expires_in 1 does not', member({ expires_in: 1 }, ['expires-in-zero']), { expiresIn: 1 }],
    [
      'form-encoded',
      {
        type: formType,
        text: 'access_token=at&token_type=bearer&expires_in=60&scope=a+b',
        quirks: ['form-encoded-response'],
      },
      { expiresIn: 60, scope: 'a b' },
    ],
    [
      'form-encoded as text',
      { type: 'text/plain', text: 'access_token=at&token_type=bearer', quirks: ['form-encoded-response'] },
      {},
    ],
    ['JSON from one that is known for forms', { quirks: ['form-encoded-response'] }, {}],
  ])('%s', (_what, given, more) => {
    expect(read(given)).toEqual({ accessToken: 'at', tokenType: 'Bearer', ...more })
  })

  test.each<[string, Given, string]>([
    [
      'a form without the quirk',
      { type: formType, text: 'access_token=at&token_type=bearer' },
      'token_not_json',
    ],
    [
      'a form with an error',
      { type: formType, text: 'error=bad_verification_code', quirks: ['form-encoded-response'] },
      'token_error',
    ],
    [
      'a repeated member',
      { type: formType, text: 'access_token=a&access_token=b', quirks: ['form-encoded-response'] },
      'token_not_json',
    ],
    [
      'no form at all',
      { type: 'text/html', text: '<html>', quirks: ['form-encoded-response'] },
      'token_not_json',
    ],
    ['no token, leniently', { body: { token_type: 'bearer' }, quirks: lenient }, 'token_malformed'],
    ['an odd expiry, leniently', member({ expires_in: '1e3' }, lenient), 'token_malformed'],
    ['a list of other things', member({ scope: [1] }, ['scope-as-array']), 'token_malformed'],
  ])('still refused: %s', async (_what, given, reason) => {
    expect(await outcomeOf(() => read(given))).toBe(`provider_error ${reason}`)
  })
})

test('X06: what the provider says goes to logs without the secrets it repeats', () => {
  const text = JSON.stringify({
    error: 'invalid_grant',
    error_description: 'code canary-code of canary-secret\nis old',
  })
  const answer = { status: 400, type: 'application/json', text }
  let caught: unknown
  try {
    readTokenResponse(answer, {
      rules: rulesFor([]),
      now: 0,
      secrets: ['canary-code', undefined, 'canary-secret'],
    })
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(UpstreamError)
  expect(caught).toHaveProperty('detail', 'invalid_grant: code [redacted] of [redacted] is old')
})
