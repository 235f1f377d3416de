// What a route asks beyond a valid token, and how every refusal is worded: RFC 6750 section 3, RFC 9449 section 7.1,
// RFC 9470 section 3.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertRefusal, bearer, type Call, call, outcome } from './call.ts'
import { audience } from './issuer.ts'
import { openRoom, type Room } from './room.ts'
import { frameworks } from './service.ts'
import type { Json } from './signing.ts'

const lacking = '403 insufficient_scope'
const stale = '401 insufficient_user_authentication'
const invalid = '401 invalid_token'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const token = (claims: Json = {}) => room.issuer.token({ claims })
const bound = (claims: Json = {}) => token({ cnf: { jkt: room.device.jkt }, ...claims })
const proof = (accessToken: string, path = '/reports') =>
  room.device.proof({ htm: 'GET', htu: audience + path, accessToken })
const seconds = () => Math.floor(room.clock.now() / 1000)

describe('S07 scopes', () => {
  const cases: [path: string, scope: unknown, expected: string][] = [
    ['/write', 'reports:write', '200'],
    ['/write', 'openid reports:write profile', '200'],
    ['/write', '  reports:write ', '200'],
    ['/write', undefined, lacking],
    ['/write', '', lacking],
    ['/write', ' ', lacking],
    ['/write', 'openid reports:read', lacking],
    ['/write', 'REPORTS:WRITE', lacking],
    ['/write', 'reports:writer', lacking],
    ['/write', 'xreports:write', lacking],
    ['/write', 'reports:*', lacking],
    ['/write', '*', lacking],
    ['/write', 'reports:write,openid', lacking],
    ['/write', 'openid\treports:write', lacking],
    ['/write', 'openid\nreports:write', lacking],
    ['/write', 'openid\u00a0reports:write', lacking],
    ['/write', '"reports:write"', lacking],
    ['/write', ['reports:write'], invalid],
    ['/write', { 'reports:write': true }, invalid],
    ['/export', 'reports:read reports:export', '200'],
    ['/export', 'reports:export reports:read', '200'],
    ['/export', 'reports:export', lacking],
    ['/export', 'reports:read', lacking],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(cases)('S07 %s with scope %j: %s', async (path, scope, expected) => {
      expect(await outcome(room.services[framework], { ...bearer(token({ scope })), path })).toBe(expected)
    })

    it.each<[string, Json]>([
      ['scp', { scp: ['reports:write'] }],
      ['scopes', { scopes: ['reports:write'] }],
      ['roles', { roles: ['admin'], groups: ['reports:write'], permissions: ['reports:write'] }],
      ['the client’s name', { client_id: 'reports:write' }],
    ])('S07 is not taken from %s', async (_, claims) => {
      const one = bearer(token({ scope: undefined, ...claims }))
      expect(await outcome(room.services[framework], { ...one, path: '/write' })).toBe(lacking)
    })

    it('S07 each route asks anew, for a token that another let in', async () => {
      const one = bearer(token())
      expect(await outcome(room.services[framework], one)).toBe('200')
      expect(await outcome(room.services[framework], { ...one, path: '/write' })).toBe(lacking)
      expect(await outcome(room.services[framework], one)).toBe('200')
    })
  })
})

describe('S07 step-up', () => {
  // In seconds from now; the route allows 300, the tolerance is 30.
  const ages: [authTime: (now: number) => unknown, expected: string][] = [
    [(now) => now, '200'],
    [(now) => now - 300, '200'],
    [(now) => now - 330, '200'],
    [(now) => now - 330.001, stale],
    [(now) => now - 331, stale],
    [(now) => now - 86_400, stale],
    [() => 0, stale],
    [() => undefined, stale],
    [() => null, invalid],
    [(now) => String(now), invalid],
    [() => [], invalid],
  ]
  const levels: [acr: unknown, expected: string][] = [
    ['mfa', '200'],
    ['phr', '200'],
    ['pwd', stale],
    ['MFA', stale],
    ['mfa phr', stale],
    ['', stale],
    [undefined, stale],
    [['mfa'], invalid],
    [{ mfa: true }, invalid],
  ]

  describe.each(frameworks)('on %s', (framework) => {
    it.each(ages)('S07 auth_time %s: %s', async (authTime, expected) => {
      const one = bearer(token({ auth_time: authTime(seconds()) }))
      expect(await outcome(room.services[framework], { ...one, path: '/recent' })).toBe(expected)
    })

    it.each(levels)('S07 acr %j: %s', async (acr, expected) => {
      const one = bearer(token({ acr, amr: ['mfa'] }))
      expect(await outcome(room.services[framework], { ...one, path: '/strong' })).toBe(expected)
    })

    it('S07 an authentication grows old while its token lives', async () => {
      const one = { ...bearer(token({ auth_time: seconds() - 200 })), path: '/recent' }
      expect(await outcome(room.services[framework], one)).toBe('200')
      room.clock.advance(131_000)
      expect(await outcome(room.services[framework], one)).toBe(stale)
    })
  })
})

describe('S12 the header of every refusal', () => {
  const algs = 'algs="ES256 EdDSA Ed25519"'
  const of = (scheme: string, error: string, text: string, more = '') =>
    `${scheme} error="${error}", error_description="${text}"${more}${scheme === 'DPoP' ? `, ${algs}` : ''}`

  type Row = [name: string, make: () => Call | Promise<Call>, status: number, header: string]
  const rows: Row[] = [
    ['no token', () => ({}), 401, `DPoP ${algs}, Bearer`],
    ['no token, DPoP required', () => ({ path: '/strict' }), 401, `DPoP ${algs}`],
    ['another scheme', () => authorized('Basic dXNlcjpwYXNzd29yZA=='), 401, `DPoP ${algs}, Bearer`],
    ['an empty header', () => authorized(''), 401, `DPoP ${algs}, Bearer`],
    ['garbage', () => bearer('garbage'), 401, of('Bearer', 'invalid_token', 'The access token is malformed')],
    [
      'garbage, as DPoP',
      () => authorized('DPoP garbage'),
      401,
      of('DPoP', 'invalid_token', 'The access token is malformed'),
    ],
    [
      'too long',
      () => bearer('x'.repeat(8193)),
      401,
      of('Bearer', 'invalid_token', 'The access token is malformed'),
    ],
    [
      'an ID token',
      () => bearer(room.issuer.token({ header: { typ: 'JWT' } })),
      401,
      of('Bearer', 'invalid_token', 'The token is not an access token'),
    ],
    [
      'an algorithm',
      () => bearer(room.issuer.token({ header: { alg: 'HS256' } })),
      401,
      of('Bearer', 'invalid_token', 'The access token is signed with an algorithm that is not allowed'),
    ],
    [
      'an extension',
      () => bearer(room.issuer.token({ header: { crit: ['canary'], canary: 'canary' } })),
      401,
      of('Bearer', 'invalid_token', 'The access token demands an extension that is not understood'),
    ],
    [
      'a key',
      () => bearer(room.issuer.token({ header: { kid: 'canary' } })),
      401,
      of('Bearer', 'invalid_token', 'The access token is signed with an unknown key'),
    ],
    [
      'a signature',
      () => bearer(room.issuer.token({ sign: () => Buffer.alloc(64) })),
      401,
      of('Bearer', 'invalid_token', 'The signature of the access token does not verify'),
    ],
    [
      'an issuer',
      () => bearer(token({ iss: 'https://canary.example' })),
      401,
      of('Bearer', 'invalid_token', 'The access token is of another issuer'),
    ],
    [
      'an audience',
      () => bearer(token({ aud: 'https://canary.example' })),
      401,
      of('Bearer', 'invalid_token', 'The access token is for another audience'),
    ],
    [
      'a claim',
      () => bearer(token({ client_id: undefined })),
      401,
      of('Bearer', 'invalid_token', 'The access token lacks a claim or has a malformed one'),
    ],
    [
      'too late',
      () => bearer(token({ exp: seconds() - 60 })),
      401,
      of('Bearer', 'invalid_token', 'The access token has expired'),
    ],
    [
      'too early',
      () => bearer(token({ nbf: seconds() + 60 })),
      401,
      of('Bearer', 'invalid_token', 'The access token is not valid yet'),
    ],
    [
      'an odd binding',
      () => bearer(token({ cnf: { 'x5t#S256': 'canary' } })),
      401,
      of('Bearer', 'invalid_token', 'The access token is bound in a way that is not supported'),
    ],
    [
      'bound, as Bearer',
      () => bearer(bound()),
      401,
      of('DPoP', 'invalid_token', 'A DPoP-bound access token needs the DPoP scheme and a proof'),
    ],
    [
      'not bound, as DPoP',
      () => authorized(`DPoP ${token()}`),
      401,
      of('DPoP', 'invalid_token', 'The access token is not bound to a DPoP key'),
    ],
    [
      'not bound, where it must be',
      () => ({ ...bearer(token()), path: '/strict' }),
      401,
      of('Bearer', 'invalid_token', 'The access token is not bound to a DPoP key'),
    ],
    [
      'bound to another key',
      async () => {
        const one = bound({ cnf: { jkt: 'A'.repeat(43) } })
        return authorized(`DPoP ${one}`, await proof(one))
      },
      401,
      of('DPoP', 'invalid_token', 'The access token is bound to another DPoP key'),
    ],
    [
      'no proof',
      () => authorized(`DPoP ${bound()}`),
      401,
      of('DPoP', 'invalid_dpop_proof', 'Exactly one DPoP proof is required'),
    ],
    [
      'a bad proof',
      () => authorized(`DPoP ${bound()}`, 'canary'),
      401,
      of('DPoP', 'invalid_dpop_proof', 'The DPoP proof is invalid'),
    ],
    [
      'a used proof',
      async () => {
        const one = bound()
        const used = authorized(`DPoP ${one}`, await proof(one))
        for (const framework of frameworks) await call(room.services[framework], used)
        return used
      },
      401,
      of('DPoP', 'invalid_dpop_proof', 'The DPoP proof was used before'),
    ],
    [
      'two tokens',
      () => bearer(token(), ['Authorization', `Bearer ${token()}`]),
      400,
      ['DPoP', 'Bearer']
        .map((scheme) => of(scheme, 'invalid_request', 'The request carries more than one access token'))
        .join(', '),
    ],
    [
      'a scope',
      () => ({ ...bearer(token()), path: '/write' }),
      403,
      of(
        'Bearer',
        'insufficient_scope',
        'The access token lacks a required scope',
        ', scope="reports:write"',
      ),
    ],
    [
      'scopes',
      () => ({ ...bearer(token()), path: '/export' }),
      403,
      of(
        ...(['Bearer', 'insufficient_scope', 'The access token lacks a required scope'] as const),
        ', scope="reports:read reports:export"',
      ),
    ],
    [
      'a scope, as DPoP',
      async () => {
        const one = bound()
        return { ...authorized(`DPoP ${one}`, await proof(one, '/write')), path: '/write' }
      },
      403,
      of('DPoP', 'insufficient_scope', 'The access token lacks a required scope', ', scope="reports:write"'),
    ],
    [
      'a recent sign-in',
      () => ({ ...bearer(token({ auth_time: 0 })), path: '/recent' }),
      401,
      of(
        ...(['Bearer', 'insufficient_user_authentication', 'A more recent sign-in is required'] as const),
        ', max_age="300"',
      ),
    ],
    [
      'a stronger sign-in',
      () => ({ ...bearer(token({ acr: 'canary' })), path: '/strong' }),
      401,
      of(
        ...(['Bearer', 'insufficient_user_authentication', 'A stronger sign-in is required'] as const),
        ', acr_values="mfa phr"',
      ),
    ],
    [
      'everything at once',
      () => ({ ...bearer(token({ auth_time: 0 })), path: '/careful' }),
      401,
      of(
        ...(['Bearer', 'insufficient_user_authentication', 'A more recent sign-in is required'] as const),
        ', max_age="0", acr_values="phr"',
      ),
    ],
  ]

  const authorized = (value: string, dpop?: string): Call => ({
    headers: [
      ['Authorization', value],
      ...(dpop === undefined ? [] : [['DPoP', dpop] satisfies [string, string]]),
    ],
  })

  describe.each(frameworks)('on %s', (framework) => {
    it.each(rows)('S12 %s', async (_, make, status, header) => {
      const request = await make()
      const service = room.services[framework]
      const before = service.handled()
      const reply = await call(service, request)
      expect([reply.status, reply.headers['www-authenticate']]).toEqual([status, header])
      expect(service.handled()).toBe(before)
      // What the body says is the same, and nothing more: for whoever reads only one of the two.
      const body: { error: string; error_description: string } = JSON.parse(reply.body)
      expect(Object.keys(body)).toEqual(['error', 'error_description'])
      if (/ error=/.test(header)) expect(header).toContain(`error="${body.error}"`)
      else expect(body.error).toBe('missing_token')
      assertRefusal(reply, request)
    })

    it('S12 HEAD is refused as GET is', async () => {
      const reply = await call(room.services[framework], { ...bearer('garbage'), method: 'HEAD' })
      expect(reply).toMatchObject({ status: 401, body: '' })
    })
  })
})
