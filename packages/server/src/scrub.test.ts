import { describe, expect, it } from 'vitest'
import { scrubFields, scrubText } from './scrub.ts'

const canary = 'canary7f3a2b1c0d9e8f7a'
const jwt = `eyJhbGciOiJFUzI1NiJ9.${canary}.${canary}`

describe('X06 by name', () => {
  it.each([
    'code',
    'code_verifier',
    'codeVerifier',
    'access_token',
    'refreshToken',
    'id_token',
    'id_token_hint',
    'subject_token',
    'client_secret',
    'clientSecret',
    'secret',
    'secrets',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'DPoP',
    'proof',
    'client_assertion',
    'password',
    'privateKey',
    'private_jwk',
    'nonce',
    'tokens',
    'metrics_token',
    'request_uri',
  ])('%s', (name) => {
    for (const value of [canary, [canary], { a: canary }]) {
      expect(scrubFields({ [name]: value, deep: [{ [name]: value }] })).toEqual({
        [name]: '[redacted]',
        deep: [{ [name]: '[redacted]' }],
      })
    }
  })

  it.each([
    ['error_code', 'EADDRINUSE'],
    ['token_type', 'DPoP'],
    ['token_endpoint', 'https://a.example/token'],
    ['has_refresh_token', true],
    ['code_challenge_method', 'S256'],
    ['status', 401],
    ['state_known', false],
    ['scope', 'openid email'],
  ])('not %s', (name, value) => {
    expect(scrubFields({ [name]: value })).toEqual({ [name]: value })
  })
})

describe('X06 by shape', () => {
  it.each([
    [`a token ${jwt} in text`, 'a token [redacted] in text'],
    [`Authorization: Bearer ${canary}`, 'Authorization: Bearer [redacted]'],
    [`OAuth oauth_token="t", oauth_signature="${canary}"`, 'OAuth [redacted]'],
    [`/callback/x?oauth_verifier=${canary}&a=b`, '/callback/x?oauth_verifier=[redacted]&a=b'],
    [`dpop ${canary}`, 'dpop [redacted]'],
    [
      `https://a.example/cb?code=${canary}&state=${canary}#x`,
      'https://a.example/cb?code=[redacted]&state=[redacted]#x',
    ],
    [
      `https://a.example/#access_token=${canary}&token_type=DPoP`,
      'https://a.example/#access_token=[redacted]&token_type=DPoP',
    ],
    [`code_verifier=${canary}&grant_type=x`, 'code_verifier=[redacted]&grant_type=x'],
    [`__Host-latchkey-j-abc=${canary}; Path=/`, '__Host-latchkey-j-abc=[redacted]; Path=/'],
    [`postgres://user:${canary}@db/latchkey`, 'postgres://[redacted]@db/latchkey'],
  ])('%s', (text, clean) => {
    expect(scrubText(text)).toBe(clean)
    expect(JSON.stringify(scrubFields({ note: text, list: [text], error: new Error(text) }))).not.toContain(
      canary,
    )
  })

  it.each([
    'DPoP proof is missing',
    'Bearer is refused here',
    'error=invalid_grant&iss=https://a.example',
    'code is used',
  ])('not %s', (text) => {
    expect(scrubText(text)).toBe(text)
  })
})

describe('errors', () => {
  it('keep what tells, with their code under another name, and their cause', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', token: canary })
    const error = Object.assign(new TypeError(`fetch ?code=${canary}`, { cause }), { reason: 'dns' })
    expect(scrubFields({ error })).toMatchObject({
      error: {
        type: 'TypeError',
        reason: 'dns',
        message: 'fetch ?code=[redacted]',
        cause: { type: 'Error', error_code: 'ECONNREFUSED', message: 'connect', token: '[redacted]' },
      },
    })
  })
})

describe('bounds', () => {
  it('depth, length, and number of elements', () => {
    let deep: unknown = 'end'
    for (let level = 0; level < 100; level++) deep = { deep }
    const text = JSON.stringify(
      scrubFields({ deep, long: 'x'.repeat(1e6), many: Array.from({ length: 1e4 }) }),
    )
    expect(text.length).toBeLessThan(6000)
  })

  it('takes a long hostile text in bounded time', () => {
    const text = 'eyJ'.repeat(2000) + '?code='.repeat(2000) + 'a://'.repeat(2000)
    expect(scrubText(text).length).toBeLessThan(5000)
  })
})
