import { createHmac, createPublicKey } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { VerifyError } from '../error.ts'
import { createVerifier, type Verifier } from '../verifier.ts'
import {
  accessToken,
  audience,
  createJwksEndpoint,
  createKeyPair,
  createScene,
  dpopProof,
  encode,
  issuer,
  type Json,
  jws,
  start,
} from '../verify.fixture.ts'

async function outcome(verifier: Verifier, token: string): Promise<string> {
  try {
    await verifier.verifyToken(token)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error
    return error.status === 401 ? error.reason : `${error.status} ${error.reason}`
  }
}

describe('an access token of the issuer', () => {
  test.each(['ES256', 'EdDSA', 'Ed25519', 'RS256'] as const)('%s is accepted, by jose too', async (alg) => {
    const { key, verifier, endpoint } = createScene({}, alg)
    const token = accessToken(key)
    expect(await outcome(verifier, token)).toBe('accepted')
    const keys = createLocalJWKSet({ keys: endpoint.keys.map((jwk) => ({ kty: '', ...jwk })) })
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: 'at+jwt',
      currentDate: new Date(start * 1000),
    })
    expect((await verifier.verifyToken(token)).claims).toEqual(payload)
  })

  test('yields who calls, unchangeable', async () => {
    const { key, verifier } = createScene()
    const verified = await verifier.verifyToken(accessToken(key, { cnf: { jkt: key.jkt }, org: { id: 7 } }))
    expect(verified).toMatchObject({
      issuer,
      subject: 'user-1',
      clientId: 'web',
      scopes: ['openid', 'reports:read'],
      sessionId: 'session-1',
      expiresAt: (start + 300) * 1000,
      jkt: key.jkt,
      claims: { idp: 'google', org: { id: 7 } },
    })
    expect(Object.isFrozen(verified)).toBe(true)
    expect(Object.isFrozen(verified.scopes)).toBe(true)
    expect(Object.isFrozen(verified.claims.org)).toBe(true)
  })

  test('without the optional claims', async () => {
    const { key, verifier } = createScene()
    const bare = { sid: undefined, scope: undefined, auth_time: undefined, amr: undefined, idp: undefined }
    const verified = await verifier.verifyToken(accessToken(key, bare))
    expect(verified).toMatchObject({ scopes: [] })
    expect('sessionId' in verified || 'jkt' in verified).toBe(false)
  })

  test('an issuer with a path has its keys under that path', async () => {
    const { key, endpoint, clock } = createScene()
    const options = { issuer: 'https://example.com/auth/', audience, clock, fetch: endpoint.fetch }
    expect(
      await outcome(createVerifier(options), accessToken(key, { iss: 'https://example.com/auth/' })),
    ).toBe('accepted')
    expect(endpoint.calls).toEqual(['https://example.com/auth/jwks'])
  })
})

function swap(token: string, other: string) {
  return `${token.split('.').slice(0, 2).join('.')}.${other.split('.')[2]}`
}

describe('S01 algorithm confusion', () => {
  const key = createKeyPair('ES256')
  const rsa = createKeyPair('RS256')
  const attacker = createKeyPair('ES256')
  const hmac = (secret: string, alg = 'HS256', kid = key.kid) => {
    const payload = accessToken(key).split('.')[1]
    const input = `${encode({ typ: 'at+jwt', alg, kid })}.${payload}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  const pem = String(createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }))

  test.each<[string, string, string]>([
    ['none, unsigned', accessToken(key, {}, { alg: 'none' }).replace(/[^.]*$/, ''), 'malformed'],
    ['none, signed', accessToken(key, {}, { alg: 'none' }), 'alg'],
    ['None', accessToken(key, {}, { alg: 'None' }), 'alg'],
    ['HS256 keyed with the JWK (CVE-2026-22817)', hmac(JSON.stringify(key.publicJwk)), 'alg'],
    ['HS256 keyed with the PEM', hmac(pem), 'alg'],
    ['HS256 keyed with nothing', hmac(''), 'alg'],
    ['an HMAC that calls itself ES256', hmac(JSON.stringify(key.publicJwk), 'ES256'), 'signature'],
    ['es256 in lower case', accessToken(key, {}, { alg: 'es256' }), 'alg'],
    ['no alg', accessToken(key, {}, { alg: undefined }), 'alg'],
    ['a list of algs', accessToken(key, {}, { alg: ['ES256'] }), 'alg'],
    ['PS256, which nobody configured', accessToken({ ...rsa, alg: 'PS256' }), 'alg'],
    ['ES384, which nobody configured', accessToken(key, {}, { alg: 'ES384' }), 'alg'],
    ['RS256 with the kid of an EC key', accessToken(rsa, {}, { kid: key.kid }), 'key_unknown'],
    ['EdDSA with the kid of an EC key', accessToken(key, {}, { alg: 'EdDSA' }), 'key_unknown'],
    ['another key under the same kid', accessToken(attacker, {}, { kid: key.kid }), 'signature'],
    ['a signature one byte short', accessToken(key).slice(0, -2), 'signature'],
    ['the signature of another token', swap(accessToken(key), accessToken(key)), 'signature'],
    ['a critical extension', accessToken(key, {}, { crit: ['b64'], b64: true }), 'crit'],
  ])('%s', async (_, token, reason) => {
    const { verifier } = sceneWith(key, rsa)
    expect(await outcome(verifier, token)).toBe(reason)
  })

  test.each<[string, Json]>([
    ['jwk', { jwk: attacker.publicJwk }],
    ['jku', { jku: 'https://evil.test/jwks' }],
    ['x5u', { x5u: 'https://evil.test/cert' }],
    ['x5c', { x5c: ['AAAA'] }],
  ])('a key offered in the header (%s) is not looked at', async (_, header) => {
    const { verifier, endpoint } = sceneWith(key)
    expect(await outcome(verifier, accessToken(attacker, {}, header))).toBe('key_unknown')
    expect(await outcome(verifier, accessToken(attacker, {}, { ...header, kid: key.kid }))).toBe('signature')
    expect(new Set(endpoint.calls)).toEqual(new Set([`${issuer}/jwks`]))
  })

  test('a JWK without alg does not let the token choose (CVE-2026-22817/22818)', async () => {
    const { verifier, endpoint } = sceneWith(key)
    endpoint.keys = [
      { ...key.publicJwk, kid: key.kid },
      { kty: 'oct', k: encode('secret'), kid: 'oct' },
    ]
    expect(await outcome(verifier, hmac(JSON.stringify(key.publicJwk)))).toBe('alg')
    expect(await outcome(verifier, hmac('secret', 'HS256', 'oct'))).toBe('alg')
    expect(await outcome(verifier, accessToken(key))).toBe('accepted')
  })

  test('the allowlist is the configuration’s', async () => {
    const { verifier } = sceneWith(rsa)
    expect(await outcome(verifier, accessToken(rsa))).toBe('accepted')
    const strict = createScene({ algorithms: ['ES256'] })
    strict.endpoint.publish(rsa)
    expect(await outcome(strict.verifier, accessToken(rsa))).toBe('alg')
  })

  function sceneWith(...keys: (typeof key)[]) {
    const endpoint = createJwksEndpoint(...keys)
    const { clock } = createScene()
    return { endpoint, verifier: createVerifier({ issuer, audience, clock, fetch: endpoint.fetch }) }
  }
})

describe('S02 typ (CVE-2023-48309: a token for one purpose is none for another)', () => {
  const { key, verifier } = createScene()

  test.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt'])('%s', async (typ) => {
    expect(await outcome(verifier, accessToken(key, {}, { typ }))).toBe('accepted')
  })

  test.each([
    undefined,
    null,
    '',
    'JWT',
    'jwt',
    'logout+jwt',
    'dpop+jwt',
    'at+jwt ',
    'xat+jwt',
    'at+jwtx',
    ['at+jwt'],
  ])('%o is refused', async (typ) => {
    expect(await outcome(verifier, accessToken(key, {}, { typ }))).toBe('typ')
  })

  test('an ID token, and a DPoP proof, are no access tokens', async () => {
    const idToken = jws(
      { alg: 'ES256', kid: key.kid, typ: 'JWT' },
      { iss: issuer, sub: 'user-1', aud: audience, iat: start, exp: start + 300, nonce: 'n' },
      key,
    )
    expect(await outcome(verifier, idToken)).toBe('typ')
    expect(await outcome(verifier, dpopProof(key))).toBe('typ')
  })
})

describe('S03 issuer', () => {
  test.each([
    'https://auth.example.com/',
    'https://auth.example.com1',
    'https://AUTH.example.com',
    'http://auth.example.com',
    'https://auth.example.com:443',
    'https://evil.test',
    '',
    undefined,
    [issuer],
  ])('%o is refused', async (iss) => {
    const { key, verifier } = createScene()
    expect(await outcome(verifier, accessToken(key, { iss }))).toBe('issuer')
  })

  test('a token of another issuer with the same kid', async () => {
    const { verifier, endpoint } = createScene()
    const own = createKeyPair('ES256', 'shared')
    const foreign = createKeyPair('ES256', 'shared')
    endpoint.publish(own)
    expect(await outcome(verifier, accessToken(own))).toBe('accepted')
    expect(await outcome(verifier, accessToken(foreign, { iss: 'https://evil.test' }))).toBe('signature')
    expect(await outcome(verifier, accessToken(foreign))).toBe('signature')
  })

  test('S06 the same subject of two issuers is two principals', async () => {
    const second = 'https://auth.other.example'
    const { key, verifier, clock, endpoint } = createScene()
    const other = createVerifier({ issuer: second, audience, clock, fetch: endpoint.fetch })
    const [a, b] = [
      await verifier.verifyToken(accessToken(key)),
      await other.verifyToken(accessToken(key, { iss: second })),
    ]
    expect(a.subject).toBe(b.subject)
    expect([a.issuer, a.subject]).not.toEqual([b.issuer, b.subject])
  })
})

describe('S04 audience', () => {
  test.each<[string, unknown, string]>([
    ['this service alone, as text', audience, 'accepted'],
    ['this service among others', ['https://other.example.com', audience], 'accepted'],
    ['another service', 'https://other.example.com', 'audience'],
    ['other services', ['https://other.example.com', issuer], 'audience'],
    ['a trailing slash', `${audience}/`, 'audience'],
    ['a longer name', `${audience}.evil.test`, 'audience'],
    ['other case', audience.toUpperCase(), 'audience'],
    ['a list in a text', `${audience} https://other.example.com`, 'audience'],
    ['nobody', [], 'claims'],
    ['nothing', undefined, 'claims'],
    ['an empty text', '', 'claims'],
    ['an object', { [audience]: true }, 'claims'],
    ['a list that holds no text', [audience, 7], 'claims'],
  ])('%s: %s', async (_, aud, expected) => {
    const { key, verifier } = createScene()
    expect(await outcome(verifier, accessToken(key, { aud }))).toBe(expected)
  })

  test('two services with two audiences: a token for one is refused by the other', async () => {
    const { key, clock, endpoint, verifier: reports } = createScene()
    const billing = createVerifier({
      issuer,
      audience: 'https://billing.example.com',
      clock,
      fetch: endpoint.fetch,
    })
    const token = accessToken(key, { aud: [audience, issuer] })
    expect(await outcome(reports, token)).toBe('accepted')
    expect(await outcome(billing, token)).toBe('audience')
    const both = accessToken(key, { aud: [audience, 'https://billing.example.com'] })
    expect(await outcome(reports, both)).toBe('accepted')
    expect(await outcome(billing, both)).toBe('accepted')
  })
})

describe('S05 times and required claims', () => {
  test.each<[number, number, string]>([
    // exp, seen at (both in seconds from the start), with a tolerance of 30
    [300, 0, 'accepted'],
    [300, 299.999, 'accepted'],
    [300, 300, 'accepted'],
    [300, 329.999, 'accepted'],
    [300, 330, 'expired'],
    [300, 360, 'expired'],
    [0, 29.999, 'accepted'],
    [0, 30, 'expired'],
    [-60, 0, 'expired'],
  ])('exp %d s, seen at %d s: %s, for the first time or again', async (exp, at, expected) => {
    const { key, verifier, clock } = createScene()
    const token = accessToken(key, { iat: start - 600, exp: start + exp })
    clock.set(start + at)
    expect(await outcome(verifier, token)).toBe(expected)
    expect(await outcome(verifier, token)).toBe(expected)
    const again = createScene()
    again.endpoint.publish(key)
    // So long that the keys are not what has the token looked at anew.
    again.endpoint.cacheControl = 'max-age=3600'
    again.clock.set(start - 300)
    expect(await outcome(again.verifier, token)).toBe('accepted')
    again.clock.set(start + at)
    expect(await outcome(again.verifier, token)).toBe(expected)
  })

  test.each<[number, number, string]>([
    [60, 30, 'accepted'],
    [60, 29.999, 'not_yet_valid'],
    [60, 0, 'not_yet_valid'],
    [0, 0, 'accepted'],
  ])('nbf %d s, seen at %d s: %s', async (nbf, at, expected) => {
    const { key, verifier, clock } = createScene()
    clock.set(start + at)
    expect(await outcome(verifier, accessToken(key, { nbf: start + nbf }))).toBe(expected)
  })

  test.each<[number, number, string]>([
    [60, 30, 'accepted'],
    [60, 29.999, 'not_yet_valid'],
    [31, 0, 'not_yet_valid'],
    [30, 0, 'accepted'],
  ])('iat %d s, seen at %d s: %s', async (iat, at, expected) => {
    const { key, verifier, clock } = createScene()
    clock.set(start + at)
    expect(await outcome(verifier, accessToken(key, { iat: start + iat }))).toBe(expected)
    expect(await outcome(verifier, accessToken(key, { iat: start + iat, nbf: 0 }))).toBe(expected)
  })

  test.each<[string, number]>([
    ['in 1970', 0],
    ['that counts seconds', start / 1000],
    ['a day late', start - 86_400],
    ['that is broken', Number.NaN],
  ])('S15 a clock %s lets no token pass, seen before or not', async (_, seconds) => {
    const { key, verifier, clock } = createScene()
    const [seen, fresh] = [accessToken(key), accessToken(key)]
    expect(await outcome(verifier, seen)).toBe('accepted')
    clock.set(seconds)
    for (const token of [seen, fresh]) {
      expect(['not_yet_valid', 'expired', 'keys_unavailable']).toContain(await outcome(verifier, token))
    }
  })

  test.each<[number, number, string]>([
    [0, 299.999, 'accepted'],
    [0, 300, 'expired'],
    [60, 359.999, 'accepted'],
    [60, 360, 'expired'],
  ])('tolerance %d s, seen at %d s: %s', async (clockToleranceSeconds, at, expected) => {
    const { key, verifier, clock } = createScene({ clockToleranceSeconds })
    clock.set(start + at)
    expect(await outcome(verifier, accessToken(key))).toBe(expected)
  })

  test.each(['sub', 'client_id', 'jti', 'iat', 'exp', 'aud'])('without %s', async (claim) => {
    const { key, verifier } = createScene()
    for (const value of [undefined, null, '', {}, []]) {
      expect(await outcome(verifier, accessToken(key, { [claim]: value }))).toBe('claims')
    }
  })

  test.each<[string, unknown]>([
    ['exp', '1900000000'],
    ['iat', 'now'],
    ['nbf', '0'],
    ['nbf', null],
    ['auth_time', '0'],
    ['sub', 7],
    ['client_id', ['web']],
    ['scope', ['openid']],
    ['sid', 7],
    ['acr', 1],
    ['amr', 'pwd'],
    ['amr', [1]],
    ['idp', {}],
  ])('X12 %s that is %o', async (claim, value) => {
    const { key, verifier } = createScene()
    expect(await outcome(verifier, accessToken(key, { [claim]: value }))).toBe('claims')
  })

  test('an exp beyond all numbers', async () => {
    const { key, verifier } = createScene()
    const payload = JSON.stringify({
      iss: issuer,
      sub: 's',
      aud: audience,
      client_id: 'c',
      jti: 'j',
      iat: start,
      exp: 0,
    })
    const token = jws(
      { typ: 'at+jwt', alg: 'ES256', kid: key.kid },
      payload.replace('"exp":0', '"exp":1e999'),
      key,
    )
    expect(await outcome(verifier, token)).toBe('claims')
  })
})

describe('S09 a binding that cannot be checked is not passed over', () => {
  test.each<[string, unknown]>([
    ['a certificate (RFC 8705)', { 'x5t#S256': 'A'.repeat(43) }],
    ['a key and a certificate', { jkt: 'A'.repeat(43), 'x5t#S256': 'A'.repeat(43) }],
    ['an empty one', {}],
    ['null', null],
    ['a text', 'jkt'],
    ['a jkt that is no text', { jkt: 7 }],
    ['a jkt that is no thumbprint', { jkt: '' }],
    ['a list', [{ jkt: 'A'.repeat(43) }]],
  ])('%s', async (_, cnf) => {
    const { key, verifier } = createScene()
    expect(await outcome(verifier, accessToken(key, { cnf }))).toBe('confirmation')
  })
})

// The last of 86 characters carries two bits only; the next letter has the same two.
function nextCharacter(character: string) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet[alphabet.indexOf(character) + 1] ?? 'A'
}

describe('S14 bounds', () => {
  test('a token of 8,192 characters is read, one more is not (CVE-2025-61920)', async () => {
    const { key, verifier } = createScene()
    const shorter = accessToken(key, { jti: 'j'.repeat(5_000) }).length
    const sized = (length: number) =>
      accessToken(key, { jti: 'j'.repeat(5_000 + Math.floor(((length - shorter) * 3) / 4)) })
    expect(await outcome(verifier, sized(8_190))).toBe('accepted')
    expect(await outcome(verifier, sized(8_200))).toBe('too_long')
    expect(await outcome(verifier, '.'.repeat(100_000))).toBe('too_long')
  })

  test('a JWE is not opened (CVE-2024-28176)', async () => {
    const { verifier } = createScene()
    const header = encode({
      alg: 'PBES2-HS256+A128KW',
      enc: 'A128GCM',
      p2c: 2 ** 31,
      p2s: 'AAAA',
      zip: 'DEF',
    })
    expect(await outcome(verifier, `${header}.AA.AA.AA.AA`)).toBe('malformed')
  })

  test('X14 another spelling of a token that was seen is refused', async () => {
    const { key, verifier } = createScene()
    const token = accessToken(key)
    expect(await outcome(verifier, token)).toBe('accepted')
    const [header = '', payload = '', signature = ''] = token.split('.')
    for (const other of [
      `${token}=`,
      `${token}A`,
      `${header}=.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -1)}${nextCharacter(signature.slice(-1))}`,
      ` ${token}`,
    ]) {
      expect(await outcome(verifier, other)).not.toBe('accepted')
    }
  })
})

describe('S16 a kid is compared, and nothing else', () => {
  test.each<[string, unknown]>([
    ['a path', '../../../../etc/passwd'],
    ['a URL', 'https://evil.test/jwks'],
    ['SQL', "' OR 1=1 --"],
    ['10 KB', 'k'.repeat(5_000)],
    ['257 characters', 'k'.repeat(257)],
    ['a member of Object', '__proto__'],
    ['another', 'constructor'],
    ['nothing', undefined],
    ['an empty text', ''],
    ['a number', 0],
    ['a list', ['k']],
    ['NUL', 'k\0'],
  ])('%s', async (_, kid) => {
    const { key, verifier, endpoint } = createScene()
    expect(await outcome(verifier, accessToken(key, {}, { kid }))).toBe('key_unknown')
    expect(new Set([...endpoint.calls, `${issuer}/jwks`])).toEqual(new Set([`${issuer}/jwks`]))
    expect(endpoint.calls.length).toBeLessThanOrEqual(2)
  })

  test('one that no key could have is not asked after', async () => {
    const { key, verifier, endpoint } = createScene()
    for (const kid of ['k'.repeat(257), 0, undefined]) {
      expect(await outcome(verifier, accessToken(key, {}, { kid }))).toBe('key_unknown')
    }
    expect(endpoint.calls).toHaveLength(0)
  })
})
