import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKeySource } from './jwks.ts'
import { createLogoutTokenVerifier, type LogoutTokenRules } from './logout-token.ts'
import { goodClaims, handClock, issuer, outcomeOf, rsaKey, unsigned } from './upstream.fixture.ts'

const key = rsaKey('k1')
const attacker = rsaKey('k1')
const clock = handClock()
const now = clock.now() / 1000
const header = { alg: 'RS256', typ: 'logout+jwt', kid: 'k1' }
const event = 'http://schemas.openid.net/event/backchannel-logout'

const claimsOf = (changes: object = {}): Record<string, unknown> => ({
  iss: issuer,
  aud: 'latchkey',
  iat: now,
  exp: now + 120,
  jti: 'j-1',
  events: { [event]: {} },
  sub: 'u-1',
  sid: 's-1',
  ...changes,
})
const signed = (changes: object = {}, head: object = header) => key.sign(head, claimsOf(changes))

function verifier(more: Partial<LogoutTokenRules> = {}) {
  const keys = createKeySource({ clock, load: async () => ({ keys: [key.publicJwk] }) })
  return createLogoutTokenVerifier({
    ...{ issuer, clientId: 'latchkey', algorithms: ['RS256'], keys, clock },
    ...more,
  })
}
const outcome = (jwt: string, more?: Partial<LogoutTokenRules>) => outcomeOf(() => verifier(more)(jwt))

describe('a good logout token', () => {
  test.each<[string, object, object]>([
    ['both', {}, { subject: 'u-1', sid: 's-1' }],
    ['a subject', { sid: undefined }, { subject: 'u-1' }],
    ['a session', { sub: undefined }, { sid: 's-1' }],
  ])('R13 names whom it ends: %s', async (_, changes, named) => {
    const token = await verifier()(signed(changes))
    expect(token).toEqual({ jti: 'j-1', issuer, expiresAt: (now + 180) * 1000, ...named })
  })

  test.each([
    ['logout+jwt', 'logout+jwt'],
    ['the media type', 'application/logout+jwt'],
    ['in capitals', 'LOGOUT+JWT'],
    ['as older providers write it', 'JWT'],
    ['none', undefined],
  ])('R13 of the type: %s', async (_, typ) => {
    expect(await outcome(signed({}, { ...header, typ }))).toBe('none')
  })

  test.each<[string, object]>([
    ['a list of one audience', { aud: ['latchkey'] }],
    ['a further event', { events: { [event]: {}, 'https://example.com/other': {} } }],
    ['something in the event', { events: { [event]: { more: 1 } } }],
    ['a clock 60 seconds ahead', { iat: now + 60, exp: now + 180 }],
    ['59 seconds over', { iat: now - 200, exp: now - 59 }],
    ['nbf that has come', { nbf: now + 60 }],
    ['claims that we do not know', { trace: 'x', azp: 'somebody' }],
  ])('R13 with %s', async (_, changes) => {
    expect(await outcome(signed(changes))).toBe('none')
  })

  test('R13 is remembered for as long as it would be taken, and that is an hour at most', async () => {
    const { expiresAt } = await verifier()(signed({ exp: now + 30 * 86_400 }))
    expect(expiresAt).toBe((now + 3_600 + 60) * 1000)
    expect(await outcome(signed({ iat: now - 3_659, exp: now + 86_400 }))).toBe('none')
    expect(await outcome(signed({ iat: now - 3_660, exp: now + 86_400 }))).toMatch(/logout_token_expired$/)
    const fraction = await verifier()(signed({ exp: now + 0.5 }))
    expect(fraction.expiresAt).toBe((now + 61) * 1000)
  })
})

describe('R13 refused', () => {
  const hmac = (secret: string) => {
    const input = unsigned({ ...header, alg: 'HS256' }, claimsOf())
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
  const [head = '', body = '', signature = ''] = signed().split('.')

  test.each<[string, string, string]>([
    ['not a JWS', 'x', 'malformed'],
    ['a padded spelling', `${head}.${body}.${signature}=`, 'malformed'],
    ['alg none', `${unsigned({ ...header, alg: 'none' }, claimsOf())}.`, 'algorithm'],
    ['an HMAC by the client secret', hmac('a secret'), 'algorithm'],
    ['an algorithm that is not listed', signed({}, { ...header, alg: 'PS256' }), 'algorithm'],
    ['crit', signed({}, { ...header, crit: ['exp'] }), 'critical'],
    ['an access token', signed({}, { ...header, typ: 'at+jwt' }), 'type'],
    ['another security event', signed({}, { ...header, typ: 'secevent+jwt' }), 'type'],
    ['a typ that is no text', signed({}, { ...header, typ: 1 }), 'type'],
    ['a kid that is no text', signed({}, { ...header, kid: 1 }), 'key'],
    ['an unknown kid', signed({}, { ...header, kid: 'k2' }), 'key'],
    ['somebody else’s key', attacker.sign(header, claimsOf()), 'signature'],
    [
      'a changed claim',
      `${head}.${Buffer.from(JSON.stringify(claimsOf({ sub: 'u-2' }))).toString('base64url')}.${signature}`,
      'signature',
    ],
    ['another issuer', signed({ iss: `${issuer}/` }), 'issuer'],
    ['no issuer', signed({ iss: undefined }), 'issuer'],
    ['another audience', signed({ aud: 'somebody' }), 'audience'],
    ['a further audience', signed({ aud: ['latchkey', 'somebody'] }), 'audience'],
    ['no audience', signed({ aud: undefined }), 'audience'],
    ['an empty audience', signed({ aud: [] }), 'audience'],
    ['no iat', signed({ iat: undefined }), 'time'],
    ['an iat that is no number', signed({ iat: String(now) }), 'time'],
    ['iat in the future', signed({ iat: now + 61, exp: now + 300 }), 'time'],
    ['no exp', signed({ exp: undefined }), 'time'],
    ['an exp that is no number', signed({ exp: 'soon' }), 'time'],
    ['expired', signed({ iat: now - 200, exp: now - 60 }), 'expired'],
    ['not yet', signed({ nbf: now + 61 }), 'time'],
    ['nobody', signed({ sub: undefined, sid: undefined }), 'subject'],
    ['an empty subject', signed({ sub: '' }), 'subject'],
    ['a subject that is no text beside a session', signed({ sub: 7 }), 'subject'],
    ['a null session beside a subject', signed({ sid: null }), 'subject'],
    ['an endless session', signed({ sid: 's'.repeat(256) }), 'subject'],
    ['no events', signed({ events: undefined }), 'event'],
    ['an event of another kind', signed({ events: { 'https://example.com/other': {} } }), 'event'],
    ['the event as text', signed({ events: event }), 'event'],
    ['the event in a list', signed({ events: [event] }), 'event'],
    ['an event that is no object', signed({ events: { [event]: true } }), 'event'],
    ['an event that is a list', signed({ events: { [event]: [] } }), 'event'],
    ['a nonce', signed({ nonce: 'n' }), 'nonce'],
    ['a null nonce', signed({ nonce: null }), 'nonce'],
    ['no jti', signed({ jti: undefined }), 'jti'],
    ['an empty jti', signed({ jti: '' }), 'jti'],
    ['an endless jti', signed({ jti: 'j'.repeat(256) }), 'jti'],
    ['a jti that is no text', signed({ jti: 1 }), 'jti'],
    ['an ID token', key.sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock, { jti: 'j' })), 'event'],
    [
      'an ID token with an event in it',
      key.sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock, { jti: 'j', events: { [event]: {} } })),
      'nonce',
    ],
  ])('R13 %s', async (_, jwt, reason) => {
    expect(await outcome(jwt)).toBe(`provider_error logout_token_${reason}`)
  })

  test('R13 none and HMAC even when they are listed', async () => {
    const algorithms = ['none', 'HS256', 'RS256']
    expect(await outcome(`${unsigned({ ...header, alg: 'none' }, claimsOf())}.`, { algorithms })).toMatch(
      /algorithm$/,
    )
    expect(await outcome(hmac('x'), { algorithms })).toMatch(/algorithm$/)
  })
})
