import { standardRules } from '@latchkey/providers'
import { describe, expect, test } from 'vitest'
import { judgeCallback } from './callback.ts'
import { UpstreamError } from './contract.ts'
import { handClock, issuer, outcomeOf, proof } from './upstream.fixture.ts'

const judge = (query: string, { known = true, issRequired = false } = {}) =>
  judgeCallback(new URLSearchParams(query), proof, {
    as: {
      issuer: known ? issuer : 'provider:x',
      authorization_response_iss_parameter_supported: issRequired,
    },
    client: { client_id: 'latchkey' },
    issuer: known ? issuer : undefined,
    issRequired,
    wire: standardRules,
    clientSecret: undefined,
    clock: handClock(),
  })

const iss = `iss=${encodeURIComponent(issuer)}`
const state = `state=${proof.state}`

test.each<[string, string, { known?: boolean; issRequired?: boolean }, string]>([
  ['a code', `code=c&${state}`, {}, 'none'],
  ['R19: iss right', `code=c&${state}&${iss}`, { issRequired: true }, 'none'],
  [
    'R19: invalid-authorization-response-iss',
    `code=c&${state}&iss=https://evil.example`,
    {},
    'provider_error callback_issuer',
  ],
  ['R19: a trailing slash', `code=c&${state}&${iss}%2F`, {}, 'provider_error callback_issuer'],
  ['R19: empty', `code=c&${state}&iss=`, {}, 'provider_error callback_issuer'],
  [
    'R19: remove-authorization-response-iss',
    `code=c&${state}`,
    { issRequired: true },
    'provider_error callback_issuer_missing',
  ],
  ['R19: an issuer nobody configured is not looked at', `code=c&${state}&${iss}`, { known: false }, 'none'],
  [
    'R21: an error of another server is not believed',
    `error=access_denied&${state}&iss=https://evil.example`,
    {},
    'provider_error callback_issuer',
  ],
  [
    'R21: nor one without the iss it owes',
    `error=access_denied&${state}`,
    { issRequired: true },
    'provider_error callback_issuer_missing',
  ],
  [
    'R21: nor one for another journey',
    'error=access_denied&state=other',
    {},
    'provider_error callback_state',
  ],
  ['#6: no state', 'code=c', {}, 'provider_error callback_state'],
  ['another state', 'code=c&state=other', {}, 'provider_error callback_state'],
  ['no code', state, {}, 'provider_error callback_malformed'],
  ['an empty code', `code=&${state}`, {}, 'provider_error callback_malformed'],
  ['a code beyond 8 KiB', `code=${'c'.repeat(8_193)}&${state}`, {}, 'provider_error callback_malformed'],
  ['R22: two codes', `code=a&code=b&${state}`, {}, 'provider_error callback_malformed'],
  ['R22: two states', `code=a&${state}&${state}`, {}, 'provider_error callback_malformed'],
  ['R22: two issuers', `code=a&${state}&${iss}&iss=x`, {}, 'provider_error callback_malformed'],
  ['R22: two errors', `error=a&error=b&${state}`, {}, 'provider_error callback_malformed'],
  ['both code and error', `code=c&error=access_denied&${state}`, {}, 'access_denied callback_error'],
])('%s', async (_what, query, rules, expected) => {
  expect(await outcomeOf(() => judge(query, rules))).toBe(expected)
})

test.each([
  ['access_denied', 'access_denied'],
  ['user_cancelled_login', 'access_denied'],
  ['user_cancelled_authorize', 'access_denied'],
  ['user_denied', 'access_denied'],
  ['consent_required', 'access_denied'],
  ['login_required', 'access_denied'],
  ['interaction_required', 'access_denied'],
  ['account_selection_required', 'access_denied'],
  ['server_error', 'temporarily_unavailable'],
  ['temporarily_unavailable', 'temporarily_unavailable'],
  ['invalid_request', 'provider_error'],
  ['unauthorized_client', 'provider_error'],
  ['invalid_scope', 'provider_error'],
  ['__proto__', 'provider_error'],
  ['', 'provider_error'],
])('the error %j is %s', async (error, failure) => {
  expect(await outcomeOf(() => judge(`error=${error}&${state}`))).toBe(`${failure} callback_error`)
})

describe('R21: what the provider said is for logs', () => {
  const said = (query: string): UpstreamError => {
    try {
      judge(query)
    } catch (error) {
      if (error instanceof UpstreamError) return error
    }
    throw new Error('no error')
  }

  test('short, on one line', () => {
    const description = encodeURIComponent(`line one\r\nline two\u001b[31m\u202e${'x'.repeat(10_000)}`)
    const { detail = '', message } = said(`error=invalid_scope&error_description=${description}&${state}`)
    expect(detail).toHaveLength(300)
    expect(detail).toMatch(/^invalid_scope: line one {2}line two \[31m x+$/)
    expect(message).toBe('provider_error: callback_error')
  })

  test('without the code', () => {
    expect(JSON.stringify(said(`error=x&code=canary-code&${state}`))).not.toContain('canary-code')
    expect(JSON.stringify(said('code=canary-code&state=other'))).not.toContain('canary-code')
  })
})

test('only the judged parameters go on', () => {
  const passed = judge(`code=c&${state}&${iss}&id_token=x&session_state=y&response=z`)
  expect(Object.fromEntries(passed)).toEqual({ code: 'c', state: proof.state, iss: issuer })
})
