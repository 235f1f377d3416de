import { describe, expect, test } from 'vitest'
import { atPath, identityFromProfile } from './profile.ts'
import { outcomeOf } from './upstream.fixture.ts'

const document = { id: 1, data: { user: { id: 'u' } }, emails: [{ value: 'a@x.example' }], 'a.b': 1 }

test.each([
  ['id', 1],
  ['data.user.id', 'u'],
  ['emails.0.value', 'a@x.example'],
  ['emails.1.value', undefined],
  ['data.user.id.length', undefined],
  ['missing', undefined],
  ['missing.more', undefined],
  ['', undefined],
  ['__proto__', undefined],
  ['constructor.name', undefined],
  ['data.__proto__.toString', undefined],
  ['toString', undefined],
])('X12: %s', (path, expected) => {
  expect(atPath(document, path)).toBe(expected)
})

describe('the subject', () => {
  const subject = (value: unknown) =>
    identityFromProfile({ user: { id: value } }, { subject: ['user.id'], profile: {} }).subject

  test.each([
    ['abc', 'abc'],
    [42, '42'],
    [0, '0'],
    [-7, '-7'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('R31: %j', (value, expected) => {
    expect(subject(value)).toBe(expected)
  })

  test.each([
    ['a number beyond exactness', 2 ** 53],
    ['a fraction', 1.5],
    ['empty', ''],
    ['null', null],
    ['missing', undefined],
    ['true', true],
    ['an object', { id: 1 }],
    ['a list', ['u']],
    ['too long', 'x'.repeat(256)],
    ['with a line break', 'a\nb'],
  ])('R31: refused: %s', async (_what, value) => {
    expect(await outcomeOf(() => subject(value))).toBe('provider_error subject_malformed')
  })
})

test('fields are called as in OIDC', () => {
  const profile = {
    id: 1,
    name: 'Ann',
    email: 'ann@example.com',
    email_verified: true,
    preferred_username: 'ann',
  }
  expect(identityFromProfile(profile, { subject: ['id'], profile: {} })).toEqual({
    subject: '1',
    label: 'ann@example.com',
    name: 'Ann',
    email: 'ann@example.com',
    emailVerified: true,
  })
})

test('unless the configuration calls them otherwise', () => {
  const profile = {
    user: { id: 'u', full: 'Ann', mail: 'ann@example.com', login: 'ann-1', face: 'https://op.example/a.png' },
    confirmed: true,
    email_verified: false,
  }
  const paths = {
    name: ['user.full'],
    email: 'user.mail',
    emailVerified: 'confirmed',
    picture: 'user.face',
    label: 'user.login',
  }
  expect(identityFromProfile(profile, { subject: ['user.id'], profile: paths })).toEqual({
    subject: 'u',
    label: 'ann-1',
    name: 'Ann',
    email: 'ann@example.com',
    emailVerified: true,
    picture: 'https://op.example/a.png',
  })
})

test.each([['true'], ['2026-01-01'], [1]])('R32, #21: verified by %j is not verified', (confirmed) => {
  const profile = { id: 1, email: 'ann@example.com', confirmed }
  expect(
    identityFromProfile(profile, { subject: ['id'], profile: { emailVerified: 'confirmed' } }).emailVerified,
  ).toBe(false)
})
