import { describe, expect, test } from 'vitest'
import { identityFromClaims, parseEmail } from './claims.ts'
import { outcomeOf } from './upstream.fixture.ts'

const from = (claims: object, userinfo?: Record<string, unknown>) =>
  identityFromClaims({ sub: 'u-1', ...claims }, userinfo)

test('a full set of claims', () => {
  const claims = {
    name: 'Ann Example',
    email: 'ann@example.com',
    email_verified: true,
    picture: 'https://op.example/ann.png',
    auth_time: 1_700_000_000,
    amr: ['pwd', 'otp'],
    acr: 'urn:loa:2',
    sid: 's-1',
  }
  expect(from(claims)).toEqual({
    subject: 'u-1',
    label: 'ann@example.com',
    name: 'Ann Example',
    email: 'ann@example.com',
    emailVerified: true,
    picture: 'https://op.example/ann.png',
    authTime: 1_700_000_000,
    amr: ['pwd', 'otp'],
    acr: 'urn:loa:2',
    sid: 's-1',
  })
})

test('only a subject', () => {
  expect(from({})).toEqual({ subject: 'u-1', emailVerified: false })
})

test.each([
  [true, true],
  [false, false],
  ['true', false],
  ['false', false],
  [1, false],
  [{}, false],
  [[true], false],
  [null, false],
  [undefined, false],
])('R32, #22: email_verified %j counts as %s', (email_verified, expected) => {
  expect(from({ email: 'ann@example.com', email_verified }).emailVerified).toBe(expected)
  expect(identityFromClaims({ sub: 'u' }, { email: 'ann@example.com', email_verified }).emailVerified).toBe(
    expected,
  )
})

describe('R32: the address and the word on it come from one source', () => {
  test.each([
    [{ email: 'a@x.example' }, { email: 'b@x.example', email_verified: true }, 'a@x.example', false],
    [{ email_verified: true }, { email: 'b@x.example' }, 'b@x.example', false],
    [{ email_verified: false }, { email: 'b@x.example', email_verified: true }, 'b@x.example', true],
    [{ email: 'a@x.example', email_verified: true }, { email_verified: false }, 'a@x.example', true],
    [{ email: null, email_verified: true }, { email: 'b@x.example', email_verified: true }, undefined, false],
  ])('%j, userinfo %j', (claims, userinfo, email, verified) => {
    const identity = from(claims, userinfo)
    expect(identity.email).toBe(email)
    expect(identity.emailVerified).toBe(verified)
  })

  test('R32: no address, no verified address', () => {
    expect(from({ email_verified: true }).emailVerified).toBe(false)
  })

  test('R32: where the provider is not trusted with it', () => {
    const claims = { sub: 'u', email: 'ann@example.com', email_verified: true }
    expect(identityFromClaims(claims, {}, 'never')).toMatchObject({
      email: 'ann@example.com',
      emailVerified: false,
    })
  })
})

test.each([
  ['plain', 'Ann@Example.com', 'Ann@Example.com'],
  ['#24: two at signs', 'a@evil.example@corp.example', undefined],
  ['#25: an at sign that looks like one', 'a＠evil.example@corp.example', undefined],
  ['#25: the only one', 'a＠corp.example', 'a@corp.example'],
  ['fullwidth letters', 'ａdmin@corp.example', 'admin@corp.example'],
  ['nothing before', '@corp.example', undefined],
  ['nothing after', 'a@', undefined],
  ['no at sign', 'corp.example', undefined],
  ['a space', 'a b@corp.example', undefined],
  ['a line break', 'a@corp.example\nbcc: x', undefined],
  ['a control character', 'a\u0000@corp.example', undefined],
  ['turned text', 'a\u202e@corp.example', undefined],
  ['half a character', 'a\ud800@corp.example', undefined],
  ['too long', `a@${'x'.repeat(260)}.example`, undefined],
  ['too long before the sign', `${'x'.repeat(65)}@corp.example`, undefined],
  ['too long once normalised', `a@${'ﷺ'.repeat(60)}`, undefined],
  ['a number', 1, undefined],
  ['a list', ['a@corp.example'], undefined],
])('R36: %s', (_what, value, expected) => {
  expect(parseEmail(value)?.address).toBe(expected)
})

test('R36: an address that normalising changed is not the one that was verified', () => {
  expect(from({ email: 'ａdmin@corp.example', email_verified: true })).toMatchObject({
    email: 'admin@corp.example',
    emailVerified: false,
  })
})

test.each([
  ['empty', ''],
  ['missing', undefined],
  ['null', null],
  ['an object', {}],
  ['too long', 'x'.repeat(256)],
  ['with a control character', 'a\u0000'],
  ['with a line break', 'a\nb'],
  ['half a character', '\ud800'],
])('R31: a subject that is %s is refused', async (_what, sub) => {
  expect(await outcomeOf(() => identityFromClaims({ sub }))).toBe('provider_error subject_malformed')
})

test('R31: a subject is kept as it is', () => {
  expect(from({ sub: ' Ａ@b ' }).subject).toBe(' Ａ@b ')
})

describe('what is shown', () => {
  test.each([
    [{ name: '  Ann\u0000\r\nExample\u202e ' }, 'Ann   Example'],
    [{ name: '' }, undefined],
    [{ name: '\u0007' }, undefined],
    [{ name: { given: 'Ann' } }, undefined],
    [{ name: '<script>' }, '<script>'],
    [{ name: '😀'.repeat(300) }, '😀'.repeat(200)],
    [{ name: 'a\ud800' }, 'a\ufffd'],
  ])('name %j', (claims, name) => {
    expect(from(claims).name).toBe(name)
  })

  test.each([
    [{ email: 'a@x.example', preferred_username: 'ann', name: 'Ann' }, 'a@x.example'],
    [{ preferred_username: 'ann', name: 'Ann' }, 'ann'],
    [{ name: 'Ann' }, 'Ann'],
    [{}, undefined],
  ])('label of %j', (claims, label) => {
    expect(from(claims).label).toBe(label)
  })

  test.each([
    ['https://op.example/a b.png', 'https://op.example/a%20b.png'],
    ['http://op.example/a.png', undefined],
    ['javascript:alert(1)', undefined],
    ['data:image/svg+xml,<svg/>', undefined],
    ['https://a:b@op.example/', undefined],
    ['//op.example/a.png', undefined],
    [`https://op.example/${'a'.repeat(2_048)}`, undefined],
    [{ data: { url: 'https://op.example' } }, undefined],
  ])('picture %j', (picture, expected) => {
    expect(from({ picture }).picture).toBe(expected)
  })

  test('how somebody signed in is bounded too', () => {
    const identity = from({
      amr: ['pwd', 1, '', 'x'.repeat(100), ...Array(50).fill('a')],
      acr: 1,
      sid: 'x'.repeat(256),
    })
    expect(identity.amr).toHaveLength(16)
    expect(identity.amr?.slice(0, 2)).toEqual(['pwd', 'x'.repeat(64)])
    expect(identity).not.toHaveProperty('acr')
    expect(identity).not.toHaveProperty('sid')
    expect(from({ amr: 'pwd' })).not.toHaveProperty('amr')
  })
})
