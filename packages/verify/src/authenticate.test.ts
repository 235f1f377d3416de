import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { createAuthenticate } from './authenticate.ts'

const issuer = 'https://auth.example.com/path'
const now = 1_800_000_000_500

describe('by secret', () => {
  test('A25 Basic, form-encoded, the same each time', () => {
    const authenticate = createAuthenticate({ id: 'my service', secret: 'a:b%c+d' }, issuer)
    const { headers, params } = authenticate(now)
    expect(params).toEqual({})
    expect(Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString()).toBe(
      'my+service:a%3Ab%25c%2Bd',
    )
    expect(headers.authorization).toMatch(/^Basic /)
  })
})

const jwkOf = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe('by key', () => {
  test.each([
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {}],
    ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, {}],
    ['EdDSA', generateKeyPairSync('ed25519').privateKey, {}],
    ['PS256', rsa, {}],
    ['RS256', rsa, { alg: 'RS256' }],
  ])('A26 an assertion by %s that a stranger verifies', async (alg, key, more) => {
    const authenticate = createAuthenticate(
      { id: 'reports', privateKey: jwkOf(key, { kid: 'k1', ...more }) },
      issuer,
    )
    const { headers, params } = authenticate(now)
    expect(headers).toEqual({})
    expect(params.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const assertion = params.client_assertion ?? ''
    expect(decodeProtectedHeader(assertion)).toEqual({ typ: 'JWT', alg, kid: 'k1' })
    const { payload } = await jwtVerify(assertion, createPublicKey(key), { currentDate: new Date(now) })
    expect(payload).toEqual({
      ...{ iss: 'reports', sub: 'reports', aud: issuer, jti: expect.any(String) },
      ...{ iat: 1_800_000_000, exp: 1_800_000_030 },
    })
  })

  test('A26 no two are the same', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const authenticate = createAuthenticate({ id: 'reports', privateKey: jwkOf(privateKey) }, issuer)
    expect(authenticate(now).params.client_assertion).not.toBe(authenticate(now).params.client_assertion)
  })
})

describe('S15 neither half nor double nor broken', () => {
  const jwk = jwkOf(generateKeyPairSync('ed25519').privateKey)
  test.each<[string, object]>([
    ['neither', {}],
    ['both', { secret: 's', privateKey: jwk }],
    ['an empty secret', { secret: '' }],
    ['a secret that is no text', { secret: 7 }],
    ['a key that is text', { privateKey: 'PEM' }],
    ['a public key', { privateKey: { ...jwk, d: undefined } }],
    ['a key that is null', { privateKey: null }],
    ['a symmetric key', { privateKey: { kty: 'oct', k: 'AAAA' } }],
    [
      'a key on a curve that is not taken',
      { privateKey: jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey) },
    ],
    ['a key that cannot sign', { privateKey: jwkOf(generateKeyPairSync('x25519').privateKey) }],
  ])('%s', (_, options) => {
    expect(() => createAuthenticate({ id: 'reports', ...options }, issuer)).toThrow(TypeError)
  })

  test('X06 and what is wrong with a key is said without it', () => {
    const privateKey = { ...jwk, x: 'canary' }
    try {
      createAuthenticate({ id: 'reports', privateKey: { ...privateKey, kty: 'EC', crv: 'P-256' } }, issuer)
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary')
      expect(error).not.toHaveProperty('cause')
    }
  })
})
