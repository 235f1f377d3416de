import { describe, expect, it } from 'vitest'
import { accessEnd, hardEndAfterRenewal, hardEndOfGrant } from './lifetime.ts'

const obtainedAt = 1_000_000_000_000
const hour = 3_600_000
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`
const inSeconds = (ms: number) => Math.floor((obtainedAt + ms) / 1000)
const opaque = { accessToken: 'opaque' }
const rules = { narrowsScopes: false }
const configured = { narrowsScopes: false, accessTokenSeconds: 600 }
const base = { obtainedAt, renewable: true, rules }

describe('how an access token’s end is learned', () => {
  it.each<[string, Parameters<typeof accessEnd>[0], number | undefined, string]>([
    ['as told', { ...base, tokens: { ...opaque, expiresIn: 60 } }, 60_000, 'expires_in'],
    [
      'as told, before all else',
      {
        ...base,
        rules: configured,
        introspected: obtainedAt + 5,
        tokens: { accessToken: jwt({ exp: inSeconds(hour) }), expiresIn: 60 },
      },
      60_000,
      'expires_in',
    ],
    [
      '0 is told for "it has none" and for damage',
      { ...base, tokens: { ...opaque, expiresIn: 0 } },
      hour,
      'assumption',
    ],
    [
      'a thousand years are damage',
      { ...base, tokens: { ...opaque, expiresIn: 31_536_000_000 } },
      hour,
      'assumption',
    ],
    ['a JWT’s exp', { ...base, tokens: { accessToken: jwt({ exp: inSeconds(7 * hour) }) } }, 7 * hour, 'jwt'],
    [
      'a JWT’s exp that is over',
      { ...base, tokens: { accessToken: jwt({ exp: inSeconds(-hour) }) } },
      hour,
      'assumption',
    ],
    [
      'a JWT’s exp that is no number',
      { ...base, tokens: { accessToken: jwt({ exp: 'soon' }) } },
      hour,
      'assumption',
    ],
    ['a JWT without exp', { ...base, tokens: { accessToken: jwt({}) } }, hour, 'assumption'],
    ['three parts, no JWT', { ...base, tokens: { accessToken: 'a.b.c' } }, hour, 'assumption'],
    [
      'introspection',
      { ...base, introspected: obtainedAt + 2 * hour, rules: configured, tokens: opaque },
      2 * hour,
      'introspection',
    ],
    ['the configuration', { ...base, rules: configured, tokens: opaque }, 600_000, 'configuration'],
    [
      'the configuration, without a refresh token',
      { ...base, renewable: false, rules: configured, tokens: opaque },
      600_000,
      'configuration',
    ],
    ['an hour, where it can be renewed', { ...base, tokens: opaque }, hour, 'assumption'],
    ['none, where it cannot', { ...base, renewable: false, tokens: opaque }, undefined, 'never'],
  ])('%s', (_, known, expected, by) => {
    const learned = accessEnd(known)
    expect(learned.by).toBe(by)
    expect(learned.expiresAt).toBe(expected === undefined ? undefined : obtainedAt + expected)
  })
})

describe('when a grant ends whatever one does', () => {
  const day = 86_400_000
  it.each<[string, Parameters<typeof hardEndOfGrant>, number | undefined]>([
    ['as told', [{ refreshExpiresIn: 86_400 }, 0, { narrowsScopes: false, endsAfterDays: 7 }], day],
    ['as configured', [{}, 0, { narrowsScopes: false, endsAfterDays: 7 }], 7 * day],
    ['never', [{}, 0, rules], undefined],
  ])('at first: %s', (_, given, expected) => {
    expect(hardEndOfGrant(...given)).toBe(expected)
  })

  it.each<[string, Parameters<typeof hardEndAfterRenewal>, number | undefined]>([
    ['as told anew', [{ refreshExpiresIn: 86_400 }, day, day + 5], 2 * day],
    ['as it was', [{}, day, 2 * day], 2 * day],
    ['as it was: never', [{}, day, undefined], undefined],
    ['not at a time that has passed: the renewal shows that it was wrong', [{}, day, day], undefined],
  ])('after a renewal: %s', (_, given, expected) => {
    expect(hardEndAfterRenewal(...given)).toBe(expected)
  })
})
