import { createHash, createHmac, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createIdTokenVerifier, type IdTokenExpectation, type IdTokenRules } from './id-token.ts'
import { createKeySource } from './jwks.ts'
import { goodClaims, handClock, issuer, outcomeOf, proof, rsaKey, unsigned } from './upstream.fixture.ts'

const key = rsaKey('k1')
const attacker = rsaKey('k1')
const clock = handClock()
const now = clock.now() / 1000
const accessToken = 'the-access-token'
const header = { alg: 'RS256', kid: 'k1' }

function verifier(more: Partial<IdTokenRules> = {}, jwks: object[] = [key.publicJwk]) {
  let fetches = 0
  const keys = createKeySource({
    clock,
    load: async () => {
      fetches++
      return { keys: jwks }
    },
  })
  const verify = createIdTokenVerifier({
    issuer,
    clientId: 'latchkey',
    algorithms: ['RS256', 'ES256'],
    keys,
    clock,
    ...more,
  })
  return {
    fetches: () => fetches,
    verify: (jwt: string, expected: Partial<IdTokenExpectation> = {}) =>
      verify(jwt, { nonce: proof.nonce, accessToken, ...expected }),
    outcome: (jwt: string, expected: Partial<IdTokenExpectation> = {}) =>
      outcomeOf(() => verify(jwt, { nonce: proof.nonce, accessToken, ...expected })),
  }
}

const signed = (claims: object = {}, head: object = header): string =>
  key.sign(head, goodClaims(clock, claims))
const half = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')

test('a good token yields its claims', async () => {
  expect(await verifier().verify(signed())).toEqual(goodClaims(clock))
})

describe('the signature', () => {
  const hmacToken = (secret: string): string => {
    const input = unsigned({ alg: 'HS256', kid: 'k1' }, goodClaims(clock))
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  const pem = String(key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const jwt = signed()
  const [head = '', body = '', signature = ''] = jwt.split('.')

  test.each<[string, string, string]>([
    [
      'R07: invalid-sig-rs256: one byte changed',
      `${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      'signature',
    ],
    ['R07: #28: no signature', `${head}.${body}.`, 'signature'],
    ['R07: of another token', `${head}.${body}.${signed({ sub: 'u-2' }).split('.')[2]}`, 'signature'],
    [
      'R07: claims changed',
      `${unsigned(header, goodClaims(clock, { sub: 'admin' }))}.${signature}`,
      'signature',
    ],
    [
      'R07: header changed',
      `${unsigned({ ...header, typ: 'JWT' }, goodClaims(clock))}.${signature}`,
      'signature',
    ],
    ['R08: idtoken-sig-none', `${unsigned({ alg: 'none' }, goodClaims(clock))}.`, 'algorithm'],
    ['R08: None', `${unsigned({ alg: 'None' }, goodClaims(clock))}.`, 'algorithm'],
    [
      'R08: invalid-sig-hs256, the public key as secret',
      hmacToken(JSON.stringify(key.publicJwk)),
      'algorithm',
    ],
    ['R08: HS256 with a PEM', hmacToken(pem), 'algorithm'],
    ['R08: invalid-alternate-alg, not on the list', signed({}, { ...header, alg: 'RS512' }), 'algorithm'],
    ['R08: on the list, but not of the key', signed({}, { ...header, alg: 'ES256' }), 'key'],
    ['R08: no alg', signed({}, { kid: 'k1' }), 'algorithm'],
    ['R08: alg as a list', signed({}, { alg: ['RS256'], kid: 'k1' }), 'algorithm'],
    ['R09: by the attacker, with our key id', attacker.sign(header, goodClaims(clock)), 'signature'],
    [
      'R09: by the attacker, key in the header',
      attacker.sign({ alg: 'RS256', jwk: attacker.publicJwk }, goodClaims(clock)),
      'signature',
    ],
    [
      'R09: by the attacker, key id and key',
      attacker.sign({ alg: 'RS256', kid: 'x', jwk: attacker.publicJwk }, goodClaims(clock)),
      'key',
    ],
    [
      'R09: by the attacker, jku',
      attacker.sign({ alg: 'RS256', kid: 'x', jku: 'https://evil.example/jwks' }, goodClaims(clock)),
      'key',
    ],
    [
      'R09: by the attacker, x5u',
      attacker.sign({ alg: 'RS256', x5u: 'https://evil.example/x' }, goodClaims(clock)),
      'signature',
    ],
    [
      'R09: by the attacker, x5c',
      attacker.sign({ alg: 'RS256', x5c: ['MIIB'] }, goodClaims(clock)),
      'signature',
    ],
    ['R09: crit that nobody knows', signed({}, { ...header, crit: ['b64'], b64: false }), 'critical'],
    ['R09: an empty crit', signed({}, { ...header, crit: [] }), 'critical'],
    ['a key id that is no text', signed({}, { ...header, kid: 1 }), 'key'],
    ['an access token in its place', signed({}, { ...header, typ: 'at+jwt' }), 'type'],
    ['a logout token in its place', signed({}, { ...header, typ: 'application/logout+JWT' }), 'type'],
    ['no token at all', 'not.a.token', 'malformed'],
    ['X14: padded', `${jwt}=`, 'malformed'],
    [
      'X14: stray bits',
      `${jwt.slice(0, -1)}${String.fromCharCode(jwt.charCodeAt(jwt.length - 1) + 1)}`,
      'malformed',
    ],
  ])('%s', async (_what, token, reason) => {
    expect(await verifier().outcome(token)).toBe(`provider_error id_token_${reason}`)
  })

  test.each([
    ['typ JWT', { ...header, typ: 'JWT' }],
    [
      'headers that are not needed',
      { ...header, jku: 'https://evil.example', jwk: attacker.publicJwk, x5t: 'x' },
    ],
    ['no key id, one key', { alg: 'RS256' }],
  ])('%s passes', async (_what, head) => {
    expect(await verifier().outcome(signed({}, head))).toBe('none')
  })

  test('no key id, several keys: each that fits is tried', async () => {
    expect(
      await verifier({}, [rsaKey('x').publicJwk, key.publicJwk]).outcome(signed({}, { alg: 'RS256' })),
    ).toBe('none')
  })

  test('R17: no key id, the key was changed: one fetch more', async () => {
    const old = verifier({}, [attacker.publicJwk])
    expect(await old.outcome(signed({}, { alg: 'RS256' }))).toBe('provider_error id_token_signature')
    expect(old.fetches()).toBe(2)
    const jwks = [attacker.publicJwk]
    const rotated = verifier({}, jwks)
    await rotated.outcome(attacker.sign({ alg: 'RS256' }, goodClaims(clock)))
    jwks[0] = key.publicJwk
    expect(await rotated.outcome(signed({}, { alg: 'RS256' }))).toBe('none')
    expect(rotated.fetches()).toBe(2)
  })

  test('R08: what the list allows but is not asymmetric is refused all the same', async () => {
    const lax = verifier({ algorithms: ['none', 'HS256'] })
    expect(await lax.outcome(`${unsigned({ alg: 'none' }, goodClaims(clock))}.`)).toBe(
      'provider_error id_token_algorithm',
    )
    expect(await lax.outcome(hmacToken('x'))).toBe('provider_error id_token_algorithm')
  })

  test('R07: the signature comes first: unsigned claims are not spoken of', async () => {
    expect(await verifier().outcome(attacker.sign(header, { iss: 'x' }))).toBe(
      'provider_error id_token_signature',
    )
  })
})

describe('the claims', () => {
  test.each<[string, object, string | undefined]>([
    ['R05: nonce-invalid', { nonce: 'another' }, 'nonce'],
    ['R05: invalid-missing-nonce', { nonce: undefined }, 'nonce'],
    ['R05: nonce as a list', { nonce: [proof.nonce] }, 'nonce'],
    ['R05: nonce null', { nonce: null }, 'nonce'],
    ['R05: nonce in another case', { nonce: proof.nonce.toUpperCase() }, 'nonce'],
    ['R07: at_hash right', { at_hash: half(accessToken) }, undefined],
    ['R07: invalid-athash', { at_hash: half('another token') }, 'access_token'],
    ['R07: at_hash not text', { at_hash: 1 }, 'access_token'],
    ['R10: invalid-iss', { iss: `${issuer}1` }, 'issuer'],
    ['R10: a trailing slash', { iss: `${issuer}/` }, 'issuer'],
    ['R10: upper-case host', { iss: 'https://OP.example' }, 'issuer'],
    ['R10: the default port', { iss: `${issuer}:443` }, 'issuer'],
    ['R10: without scheme', { iss: 'op.example' }, 'issuer'],
    ['R10: missing', { iss: undefined }, 'issuer'],
    ['R10: CVE-2026-31813: another valid issuer', { iss: 'https://attacker.example' }, 'issuer'],
    ['R10: #20: the tenant placeholder', { iss: 'https://login.example/{tenantid}/v2.0' }, 'issuer'],
    ['R11: invalid-aud', { aud: 'another' }, 'audience'],
    ['R11: missing-aud', { aud: undefined }, 'audience'],
    ['R11: an empty list', { aud: [] }, 'audience'],
    ['R11: valid-aud-as-array', { aud: ['latchkey'] }, undefined],
    ['R11: invalid-secondary-aud', { aud: ['latchkey', 'another'] }, 'audience'],
    ['R11: a further audience, even with azp', { aud: ['latchkey', 'another'], azp: 'latchkey' }, 'audience'],
    ['R11: a list within the list', { aud: [['latchkey']] }, 'audience'],
    ['R11: azp is us', { azp: 'latchkey' }, undefined],
    ['R11: azp is another', { azp: 'another' }, 'authorized_party'],
    ['R11: azp is no text', { azp: ['latchkey'] }, 'authorized_party'],
    ['R12: missing exp', { exp: undefined }, 'time'],
    ['R12: missing iat', { iat: undefined }, 'time'],
    ['R12: missing sub', { sub: undefined }, 'subject'],
    ['R12: empty sub', { sub: '' }, 'subject'],
    ['R12: sub a number', { sub: 1 }, 'subject'],
    ['R12: exp as text', { exp: String(now + 300) }, 'time'],
    ['R12: exp of a minute ago', { exp: now - 60 }, 'expired'],
    ['R12: exp of almost a minute ago', { exp: now - 59 }, undefined],
    ['R12: exp null', { exp: null }, 'time'],
    ['R12: iat in a minute', { iat: now + 60 }, undefined],
    ['R12: iat in more', { iat: now + 61 }, 'time'],
    ['R12: iat in more, though valid already', { iat: now + 61, nbf: now }, 'time'],
    ['R12: iat as text', { iat: 'now' }, 'time'],
    ['R12: nbf in a minute', { nbf: now + 60 }, undefined],
    ['R12: nbf in more', { nbf: now + 61 }, 'time'],
    ['R12: nbf as text', { nbf: 'now' }, 'time'],
    ['R12: negative', { exp: -1 }, 'time'],
    ['auth_time of no kind', { auth_time: 'x' }, 'auth_time'],
  ])('%s', async (_what, claims, reason) => {
    expect(await verifier().outcome(signed(claims))).toBe(
      reason === undefined ? 'none' : `provider_error id_token_${reason}`,
    )
  })

  test('R12: a number too large for JSON to mean a time', async () => {
    const jwt = signed().split('.')
    const payload = JSON.stringify(goodClaims(clock)).replace(/"exp":\d+/, '"exp":1e999')
    const input = `${jwt[0]}.${Buffer.from(payload).toString('base64url')}`
    const signature = sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')
    expect(await verifier().outcome(`${input}.${signature}`)).toBe('provider_error id_token_time')
  })

  test.each<[string, object, number, string | undefined]>([
    ['just now', { auth_time: now }, 0, undefined],
    ['within it and a minute', { auth_time: now - 160 }, 100, undefined],
    ['longer ago', { auth_time: now - 161 }, 100, 'auth_time'],
    ['not said', {}, 100, 'auth_time'],
    ['in the future', { auth_time: now + 61 }, 100, 'auth_time'],
    ['as text', { auth_time: String(now) }, 100, 'auth_time'],
  ])('R14: max_age asked, authenticated %s', async (_what, claims, maxAge, reason) => {
    expect(await verifier().outcome(signed(claims), { maxAge })).toBe(
      reason === undefined ? 'none' : `provider_error id_token_${reason}`,
    )
  })

  test('R05: a provider known to leave the nonce out may, but not change it', async () => {
    const lax = verifier({ unsafeAllowMissingNonce: true })
    expect(await lax.outcome(signed({ nonce: undefined }))).toBe('none')
    expect(await lax.outcome(signed({ nonce: 'another' }))).toBe('provider_error id_token_nonce')
  })

  test('R12: our clock decides, not the machine', async () => {
    const later = handClock(clock.now() + 3_600_000)
    expect(await verifier({ clock: later }).outcome(signed())).toBe('provider_error id_token_expired')
  })
})
