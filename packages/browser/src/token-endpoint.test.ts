import { expect, test } from 'vitest'
import { createClock } from './clock.ts'
import { readOptions } from './options.ts'
import { readGrant } from './token-endpoint.ts'

const issuer = 'https://auth.example.com'
const at = 1_700_000_000_000
const context = () => ({
  ...readOptions({ issuer, clientId: 'web' }, ''),
  clock: createClock(
    () => at,
    () => 0,
  ),
  nonces: new Map(),
})
const idToken = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
const claims = { iss: issuer, aud: 'web', sub: 'u', name: 'U' }
const answer = { access_token: 'at', token_type: 'DPoP', expires_in: 300, id_token: idToken(claims) }

test('an answer in full', () => {
  expect(
    readGrant(context(), { ...answer, refresh_token: 'rt', server_time: at + 86_400_000 }, 'redeem'),
  ).toEqual({
    token: { access_token: 'at', token_type: 'DPoP', expires_in: 300, expires: at + 86_400_000 + 300_000 },
    refresh_token: 'rt',
    user: claims,
  })
})

test('a Bearer token is one', () => {
  expect(readGrant(context(), { ...answer, token_type: 'Bearer' }, 'redeem').token.token_type).toBe('Bearer')
})

test.each([
  ['no access token', { access_token: undefined }],
  ['an access token that is no string', { access_token: {} }],
  ['no lifetime', { expires_in: undefined }],
  ['a lifetime that is no number', { expires_in: '300' }],
  ["another issuer's ID token", { id_token: idToken({ ...claims, iss: 'https://evil.example' }) }],
  ["another client's ID token", { id_token: idToken({ ...claims, aud: ['other'] }) }],
  ["nobody's ID token", { id_token: idToken({ ...claims, sub: undefined }) }],
])('refused: %s', (_, change) => {
  expect(() => readGrant(context(), { ...answer, ...change }, 'redeem')).toThrow(
    expect.objectContaining({ code: 'invalid_response', phase: 'redeem' }),
  )
})
