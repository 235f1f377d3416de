// What a token says of itself, signed by the right key: its kind, who issued it, for whom, and when.
import { randomUUID } from 'node:crypto'
import { createVerifier } from '@latchkey/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawJws } from '../support/dpop.ts'
import { bearer, call, outcome } from './call.ts'
import { audience, subject } from './issuer.ts'
import { closeAll, openRoom, type Room, startReports } from './room.ts'
import { type Framework, frameworks, type Service } from './service.ts'
import type { Json } from './signing.ts'

const refused = '401 invalid_token'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const token = (claims: Json = {}, header: Json = {}) => room.issuer.token({ claims, header })
const seconds = () => Math.floor(room.clock.now() / 1000)

describe('S02 48 the kind of a token', () => {
  const kinds: [typ: unknown, expected: string][] = [
    ['at+jwt', '200'],
    ['AT+JWT', '200'],
    ['At+Jwt', '200'],
    ['application/at+jwt', '200'],
    ['Application/AT+JWT', '200'],
    [undefined, refused],
    [null, refused],
    ['', refused],
    ['JWT', refused],
    ['jwt', refused],
    ['at', refused],
    ['at-jwt', refused],
    ['at jwt', refused],
    ['at+jwt ', refused],
    [' at+jwt', refused],
    ['at+jwt\n', refused],
    ['xat+jwt', refused],
    ['at+jwt+x', refused],
    ['at+jwt; x=1', refused],
    ['text/at+jwt', refused],
    ['application/application/at+jwt', refused],
    ['application/', refused],
    ['application/jwt', refused],
    ['dpop+jwt', refused],
    ['logout+jwt', refused],
    ['id+jwt', refused],
    ['oauth-authz-req+jwt', refused],
    ['token-introspection+jwt', refused],
    ['AT+JWT'.replace('J', 'Ĵ'), refused],
    ['at+jwt'.replace('t+', 'ｔ+'), refused],
    [['at+jwt'], refused],
    [{ 'at+jwt': true }, refused],
    [7, refused],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(kinds)('S02 48 typ %j: %s', async (typ, expected) => {
      expect(await outcome(room.services[framework], bearer(token({}, { typ })))).toBe(expected)
    })

    it.each<[string, () => string]>([
      ['an ID token', () => token({ aud: 'web', nonce: 'n', at_hash: 'x' }, { typ: 'JWT' })],
      ['an ID token made out to this service', () => token({ nonce: 'n' }, { typ: 'JWT' })],
      ['an ID token without typ, as most issuers make them', () => token({ nonce: 'n' }, { typ: undefined })],
      ['a logout token', () => token({ events: { [logoutEvent]: {} } }, { typ: 'logout+jwt' })],
      ['a DPoP proof signed by the issuer', () => proof(room.issuer.key.jwk, room.issuer.key.privateKey)],
      ['a DPoP proof signed by a browser', () => proof(room.device.jwk, room.device.privateKey)],
      [
        'the state of a sign-in that was not finished',
        () => token({ state: 's', code_verifier: 'v' }, { typ: 'state+jwt' }),
      ],
      ['a client’s assertion', () => token({ iss: 'web', sub: 'web' }, { typ: 'client-authentication+jwt' })],
    ])('S02 48 %s', async (_, make) => {
      const one = make()
      expect(await outcome(room.services[framework], bearer(one))).toBe(refused)
      expect(await outcome(room.services[framework], { headers: [['Authorization', `DPoP ${one}`]] })).toBe(
        refused,
      )
    })
  })

  const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
  const proof = (jwk: Json, key: Parameters<typeof rawJws>[2]) =>
    rawJws(
      { typ: 'dpop+jwt', alg: 'ES256', kid: 'key-1', jwk },
      { jti: randomUUID(), htm: 'GET', htu: `${audience}/reports`, iat: seconds() },
      key,
    )
})

describe('S03 the issuer', () => {
  const names: [name: string, iss: (own: string) => unknown, expected: string][] = [
    ['exact', (own) => own, '200'],
    ['with a slash more', (own) => `${own}/`, refused],
    ['with a path', (own) => `${own}/auth`, refused],
    ['by another name of the host', (own) => own.replace('127.0.0.1', 'localhost'), refused],
    ['in capitals', (own) => own.toUpperCase(), refused],
    ['with another scheme', (own) => own.replace('http:', 'https:'), refused],
    ['with another port', (own) => own.replace(/\d+$/, '1'), refused],
    ['with user information', (own) => own.replace('//', '//user@'), refused],
    ['as user information', (own) => `${own}@evil.example`, refused],
    ['with a query', (own) => `${own}?`, refused],
    ['with a fragment', (own) => `${own}#`, refused],
    ['with a blank', (own) => `${own} `, refused],
    ['with a NUL', (own) => `${own}\0`, refused],
    ['in a list', (own) => [own], refused],
    ['in an object', (own) => ({ [own]: true }), refused],
    ['of nobody', () => 'https://evil.example', refused],
    ['empty', () => '', refused],
    ['null', () => null, refused],
    ['not there', () => undefined, refused],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(names)('S03 iss %s', async (_, iss, expected) => {
      const claims = { iss: iss(room.issuer.issuer) }
      expect(await outcome(room.services[framework], bearer(token(claims)))).toBe(expected)
    })

    it('S03 another issuer’s token under the same kid', async () => {
      expect(room.partner.key.kid).toBe(room.issuer.key.kid)
      const [service, partner] = [room.services[framework], room.partner]
      const theirs = { aud: [audience] }
      expect(await outcome(service, bearer(partner.token({ claims: theirs })))).toBe(refused)
      const posing = { ...theirs, iss: room.issuer.issuer }
      expect(await outcome(service, bearer(partner.token({ claims: posing })))).toBe(refused)
      const ours = token({ iss: partner.issuer })
      expect(await outcome(service, { ...bearer(ours), path: '/partner/visits' })).toBe(refused)
    })

    it('S03 the keys of one issuer verify nothing for another, once both are known', async () => {
      const service = room.services[framework]
      const path = '/partner/visits'
      const both = { sub: subject, aud: audience }
      expect(await outcome(service, bearer(token(both)))).toBe('200')
      expect(await outcome(service, { ...bearer(room.partner.token({ claims: both })), path })).toBe('200')
      expect(await outcome(service, bearer(room.partner.token({ claims: both })))).toBe(refused)
      expect(await outcome(service, { ...bearer(token(both)), path })).toBe(refused)
    })
  })
})

describe('S04 the audience', () => {
  const billing = 'https://billing.example.com'
  let others: Record<Framework, Service>
  beforeAll(async () => {
    const { issuer, clock } = room
    others = await startReports(() => createVerifier({ issuer: issuer.issuer, audience: billing, clock }))
  })
  afterAll(() => closeAll(others))

  const audiences: [aud: unknown, atReports: string, atBilling: string][] = [
    [audience, '200', refused],
    [[audience], '200', refused],
    [billing, refused, '200'],
    [[billing], refused, '200'],
    [[audience, billing], '200', '200'],
    [['https://other.example.com', billing, audience], '200', '200'],
    ['https://other.example.com', refused, refused],
    [[], refused, refused],
    ['', refused, refused],
    [undefined, refused, refused],
    [null, refused, refused],
    ['*', refused, refused],
    [['*'], refused, refused],
    [`${audience}/`, refused, refused],
    [`${audience}/reports`, refused, refused],
    [`${audience}.evil.example`, refused, refused],
    [`${audience} ${billing}`, refused, refused],
    [`${audience},${billing}`, refused, refused],
    [audience.replace('https:', 'http:'), refused, refused],
    [audience.toUpperCase(), refused, refused],
    [`${audience}:443`, refused, refused],
    ['reports.example.com', refused, refused],
    [audience.slice(0, -1), refused, refused],
    [` ${audience}`, refused, refused],
    [[[audience]], refused, refused],
    [[audience, 7], refused, refused],
    [[audience, ''], refused, refused],
    [{ 0: audience, length: 1 }, refused, refused],
    [{ [audience]: true }, refused, refused],
    ['web', refused, refused],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(audiences)('S04 aud %j: %s there, %s here', async (aud, atReports, atBilling) => {
      const one = bearer(token({ aud }))
      expect(await outcome(room.services[framework], one)).toBe(atReports)
      expect(await outcome(others[framework], one)).toBe(atBilling)
    })

    it('S04 a client that is named like the service makes no difference', async () => {
      const one = token({ aud: 'web', client_id: audience, azp: audience, resource: audience })
      expect(await outcome(room.services[framework], bearer(one))).toBe(refused)
    })

    it('S04 a token for the issuer alone is not for its services', async () => {
      expect(await outcome(room.services[framework], bearer(token({ aud: room.issuer.issuer })))).toBe(
        refused,
      )
    })
  })
})

describe('S05 times', () => {
  // In seconds from now; the tolerance is 30.
  const matrix: [claim: string, value: (now: number) => unknown, expected: string][] = [
    ['exp', (now) => now + 300, '200'],
    ['exp', (now) => now + 1, '200'],
    ['exp', (now) => now, '200'],
    ['exp', (now) => now - 29, '200'],
    ['exp', (now) => now - 29.999, '200'],
    ['exp', (now) => now - 30, refused],
    ['exp', (now) => now - 31, refused],
    ['exp', (now) => now - 3600, refused],
    ['exp', () => 0, refused],
    ['exp', () => -1, refused],
    ['exp', (now) => -now, refused],
    ['nbf', (now) => now - 300, '200'],
    ['nbf', (now) => now, '200'],
    ['nbf', (now) => now + 29, '200'],
    ['nbf', (now) => now + 30, '200'],
    ['nbf', (now) => now + 30.001, refused],
    ['nbf', (now) => now + 31, refused],
    ['nbf', (now) => now * 1000, refused],
    ['nbf', () => 0, '200'],
    ['iat', (now) => now - 3600, '200'],
    ['iat', (now) => now, '200'],
    ['iat', (now) => now + 30, '200'],
    ['iat', (now) => now + 30.001, refused],
    ['iat', (now) => now + 31, refused],
    ['iat', (now) => now * 1000, refused],
    ['iat', () => 0, '200'],
  ]
  const shapes: [claim: string, value: unknown][] = [
    ...['exp', 'iat'].flatMap((claim): [string, unknown][] =>
      [undefined, null, '', 'soon', '1900000000', true, [1_900_000_000], {}, { $gt: 0 }].map((value) => [
        claim,
        value,
      ]),
    ),
    ...[null, '', '0', '1700000000', false, [0], {}].map((value): [string, unknown] => ['nbf', value]),
    ...['iss', 'sub', 'client_id', 'jti'].flatMap((claim): [string, unknown][] =>
      [undefined, null, '', 0, 7, true, [], ['x'], {}].map((value) => [claim, value]),
    ),
    ...[7, null, ['openid'], {}, true].map((value): [string, unknown] => ['scope', value]),
    ...['0', null, {}].map((value): [string, unknown] => ['auth_time', value]),
    ...[7, null, ['x']].map((value): [string, unknown] => ['sid', value]),
    ...[7, null, ['mfa']].map((value): [string, unknown] => ['acr', value]),
    ...['pwd', [7], null, {}].map((value): [string, unknown] => ['amr', value]),
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(matrix)('S05 %s %s: %s', async (claim, value, expected) => {
      const one = bearer(token({ [claim]: value(seconds()) }))
      expect(await outcome(room.services[framework], one), 'first seen').toBe(expected)
      expect(await outcome(room.services[framework], one), 'seen again').toBe(expected)
    })

    it.each(shapes)('S05 X12 %s that is %j', async (claim, value) => {
      expect(await outcome(room.services[framework], bearer(token({ [claim]: value })))).toBe(refused)
    })

    it('S05 a token ends at its time to the millisecond, seen before or not', async () => {
      const [seen, fresh] = [token({ exp: seconds() + 60 }), token({ exp: seconds() + 60 })]
      const service = room.services[framework]
      expect(await outcome(service, bearer(seen))).toBe('200')
      room.clock.advance(89_999)
      expect(await outcome(service, bearer(seen))).toBe('200')
      room.clock.advance(1)
      expect(await outcome(service, bearer(seen))).toBe(refused)
      expect(await outcome(service, bearer(fresh))).toBe(refused)
      // Back to a whole second for the others.
      room.clock.advance(10_000)
    })

    it('S05 a token begins at its time to the millisecond', async () => {
      const service = room.services[framework]
      const early = token({ nbf: seconds() + 60 })
      room.clock.advance(29_999)
      expect(await outcome(service, bearer(early))).toBe(refused)
      room.clock.advance(1)
      expect(await outcome(service, bearer(early))).toBe('200')
    })
  })
})

describe('S06 a user is issuer and subject', () => {
  const visit = async (service: Service, path: string, one: string): Promise<unknown> =>
    JSON.parse((await call(service, { ...bearer(one), path })).body)

  it.each(frameworks)('S06 the same subject of two issuers is two people (%s)', async (framework) => {
    const service = room.services[framework]
    const sub = `user-${randomUUID()}`
    const here = () => visit(service, '/visits', token({ sub, email: 'a@example.com' }))
    const there = () =>
      visit(service, '/partner/visits', room.partner.token({ claims: { sub, email: 'a@example.com' } }))
    const { issuer } = room.issuer
    expect(await here()).toMatchObject({ issuer, subject: sub, times: 1 })
    expect(await there()).toMatchObject({ issuer: room.partner.issuer, subject: sub, times: 1 })
    expect(await here()).toMatchObject({ issuer, subject: sub, times: 2 })
    expect(await there()).toMatchObject({ issuer: room.partner.issuer, subject: sub, times: 2 })
  })

  it.each(frameworks)(
    'S06 17 20 two subjects with one e-mail address are two people (%s)',
    async (framework) => {
      const service = room.services[framework]
      const shared = { email: 'a@example.com', email_verified: true, preferred_username: 'a', sid: 'shared' }
      const people = [
        `user-${randomUUID()}`,
        `User-${randomUUID()}`,
        `${randomUUID()} `,
        'ｕser',
        '__proto__',
      ]
      for (const sub of people) {
        expect(await visit(service, '/visits', token({ ...shared, sub }))).toMatchObject({
          subject: sub,
          times: 1,
        })
      }
    },
  )

  it.each(frameworks)(
    'S06 X12 a claim named like a member of Object is no one’s identity (%s)',
    async (framework) => {
      const claims = JSON.parse(`{"__proto__":{"sub":"admin","scope":"reports:write"},"constructor":"x"}`)
      const one = token(claims)
      expect(await visit(room.services[framework], '/visits', one)).toMatchObject({ subject })
      const { status } = await call(room.services[framework], { ...bearer(one), path: '/write' })
      expect(status).toBe(403)
    },
  )
})
