import { describe, expect, test } from 'vitest'
import { accessToken, createScene, get, type Json, start } from '../verify.fixture.ts'
import { assertRequirements, type Requirements } from './requirements.ts'

async function outcome(claims: Json, requirements: Requirements): Promise<unknown> {
  const { key, verifier } = createScene()
  const request = get({ authorization: `Bearer ${accessToken(key, claims)}` })
  const verified = await verifier.verify(request)
  const later = (() => {
    try {
      verifier.require(verified, requirements)
      return 'accepted'
    } catch (error) {
      return error instanceof Error && 'reason' in error ? error.reason : error
    }
  })()
  const atOnce = await verifier.verify(request, requirements).then(
    () => 'accepted',
    (error) => error.reason,
  )
  expect(later).toBe(atOnce)
  return atOnce
}

describe('S07 scopes, age and level of the sign-in', () => {
  test.each<[string, Json, Requirements, string]>([
    ['nothing asked', {}, {}, 'accepted'],
    ['the scope is there', { scope: 'a b c' }, { scopes: ['b'] }, 'accepted'],
    ['all scopes are there', { scope: 'a b c' }, { scopes: ['c', 'a'] }, 'accepted'],
    ['one is not', { scope: 'a b' }, { scopes: ['a', 'c'] }, 'scope'],
    ['a longer one is', { scope: 'reports:readwrite' }, { scopes: ['reports:read'] }, 'scope'],
    ['in other case', { scope: 'Reports' }, { scopes: ['reports'] }, 'scope'],
    ['none at all', { scope: undefined }, { scopes: ['a'] }, 'scope'],
    ['an empty one', { scope: '' }, { scopes: ['a'] }, 'scope'],
    ['blanks in plenty', { scope: ' a  b ' }, { scopes: ['a', 'b'] }, 'accepted'],
    ['signed in just now', { auth_time: start }, { maxAgeSeconds: 0 }, 'accepted'],
    ['at the edge, with tolerance', { auth_time: start - 330 }, { maxAgeSeconds: 300 }, 'accepted'],
    ['beyond it', { auth_time: start - 331 }, { maxAgeSeconds: 300 }, 'authentication_age'],
    ['no auth_time', { auth_time: undefined }, { maxAgeSeconds: 1e9 }, 'authentication_age'],
    ['the level', { acr: 'mfa' }, { acrValues: ['mfa'] }, 'accepted'],
    ['one of the levels', { acr: 'mfa' }, { acrValues: ['hw', 'mfa'] }, 'accepted'],
    ['another level', { acr: 'pwd' }, { acrValues: ['mfa'] }, 'authentication_level'],
    ['no level', { acr: undefined }, { acrValues: ['mfa'] }, 'authentication_level'],
  ])('%s', async (_, claims, requirements, expected) => {
    expect(await outcome(claims, requirements)).toBe(expected)
  })
})

describe('S15 requirements that would not be enforced as written', () => {
  test.each<[string, { [name: string]: unknown }]>([
    ['a misspelt name', { scope: ['a'] }],
    ['scopes as text', { scopes: 'a' }],
    ['no scopes', { scopes: [] }],
    ['scopes in one text', { scopes: ['a b'] }],
    ['a quote, which would break the challenge', { scopes: ['a"'] }],
    ['a scope that is no text', { scopes: [undefined] }],
    ['no levels', { acrValues: [] }],
    ['a negative age', { maxAgeSeconds: -1 }],
    ['an age that is NaN', { maxAgeSeconds: Number.NaN }],
    ['an age as text', { maxAgeSeconds: '300' }],
  ])('%s', async (_, requirements) => {
    const { key, verifier } = createScene()
    expect(() => assertRequirements(requirements)).toThrow(TypeError)
    const request = get({ authorization: `Bearer ${accessToken(key, { scope: 'a b' })}` })
    await expect(verifier.verify(request, requirements)).rejects.toThrow(TypeError)
    const verified = await verifier.verify(request)
    expect(() => verifier.require(verified, requirements)).toThrow(TypeError)
  })
})
