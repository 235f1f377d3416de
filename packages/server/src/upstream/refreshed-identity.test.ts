import { expect, test } from 'vitest'
import { createRefreshedIdentityCheck } from './refreshed-identity.ts'
import { outcomeOf, unsigned } from './upstream.fixture.ts'

const check = createRefreshedIdentityCheck({ issuer: 'https://op.example', clientId: 'latchkey' })
const token = (claims: object) => `${unsigned({ alg: 'RS256' }, claims)}.c2ln`
const same = { iss: 'https://op.example', sub: 'u-1', aud: 'latchkey' }

test.each<[string, string, string]>([
  ['the same', token(same), 'none'],
  ['the same without a nonce, long over', token({ ...same, exp: 1 }), 'none'],
  ['aud in a list', token({ ...same, aud: ['latchkey'] }), 'none'],
  ['azp is us', token({ ...same, azp: 'latchkey' }), 'none'],
  ['another sub', token({ ...same, sub: 'u-2' }), 'refused'],
  ['no sub', token({ ...same, sub: undefined }), 'refused'],
  ['another iss', token({ ...same, iss: 'https://op.example/' }), 'refused'],
  ['another aud', token({ ...same, aud: 'other' }), 'refused'],
  ['a further aud', token({ ...same, aud: ['latchkey', 'other'] }), 'refused'],
  ['no aud', token({ ...same, aud: [] }), 'refused'],
  ['another azp', token({ ...same, azp: 'other' }), 'refused'],
  ['no JWT', 'nonsense', 'refused'],
  ['encrypted', 'a.b.c.d.e', 'refused'],
])('R35 refresh-token-invalid-sub: %s', async (_what, idToken, outcome) => {
  const expected = outcome === 'none' ? 'none' : 'provider_error refresh_identity'
  expect(await outcomeOf(() => check(idToken, 'u-1'))).toBe(expected)
})
