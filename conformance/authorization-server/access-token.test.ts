// What Latchkey signs: RFC 9068 access tokens and ID tokens, and who may put what into them.
import { createHash } from 'node:crypto'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { calculateJwkThumbprint, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type TestClock, testClock } from '../support/clock.ts'
import { createDpopKey } from '../support/dpop.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import {
  answerIn,
  postToken,
  provedToken,
  redemptionOf,
  type Spa,
  start,
  startOf,
  travel,
} from '../support/spa.ts'

let clock: TestClock
let provider: FakeProvider
/** What the claims hook does in the test at hand. */
let claimsHook: (user: Record<string, unknown>, client: { id: string }) => unknown = () => ({})
let server: Running
let plain: Spa
const api = 'https://api.example.com'
const other = 'https://reports.example.com'

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin], resources: [api, other] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
      ],
      providers: { oidc: provider.oidc },
      // A hook of plain JavaScript may return anything.
      claims: (user, app) => claimsHook(user, app) as Record<string, unknown>,
    }),
    { clock },
  )
  plain = { ...server.spa, clientId: 'plain' }
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const trip = (spa: Spa, changes: Record<string, string | undefined> = {}) =>
  travel(spa, createBrowser(clock), { provider: 'oidc', ...changes })
const redeem = async (changes: Record<string, string | undefined> = {}) =>
  postToken(plain, redemptionOf(plain, await trip(plain, changes)))
const refreshOf = (body: Record<string, unknown>) => ({
  grant_type: 'refresh_token',
  client_id: 'plain',
  refresh_token: String(body.refresh_token),
})
const claimsOf = (body: Record<string, unknown>) => decodeJwt(String(body.access_token))
const namesOf = (value: object) => Object.keys(value).sort()

describe.each(['ES256', 'EdDSA', 'RS256'] as const)('A27 with tokens.algorithm %s', (algorithm) => {
  let signer: Running
  beforeAll(async () => {
    signer = await startLatchkey(() => ({ tokens: { algorithm }, providers: { oidc: provider.oidc } }), {
      clock,
    })
  })
  afterAll(() => signer?.close())

  it('A27 the access token says what RFC 9068 section 2 asks for, and jose verifies it', async () => {
    const key = await createDpopKey(clock.now)
    const one = await trip(signer.spa, { nonce: 'n-1', max_age: '3600' })
    const { body } = await provedToken(signer.spa, key, redemptionOf(signer.spa, one))
    const jwks = createRemoteJWKSet(new URL(`${signer.issuer}/jwks`))
    const options = { issuer: signer.issuer, currentDate: new Date(clock.now()) }

    const access = await jwtVerify(String(body.access_token), jwks, {
      ...options,
      audience: api,
      typ: 'at+jwt',
    })
    expect(access.protectedHeader).toEqual({ typ: 'at+jwt', alg: algorithm, kid: expect.any(String) })
    expect(namesOf(access.payload)).toEqual(
      [
        'iss',
        'sub',
        'aud',
        'client_id',
        'iat',
        'exp',
        'jti',
        'sid',
        'scope',
        'auth_time',
        'amr',
        'idp',
        'cnf',
      ].sort(),
    )
    const now = Math.floor(clock.now() / 1000)
    expect(access.payload).toMatchObject({
      aud: [signer.issuer, api],
      client_id: 'web',
      iat: now,
      exp: now + 300,
      scope: 'openid profile email',
      idp: 'oidc',
      sub: expect.stringMatching(/^usr_/),
      amr: expect.any(Array),
      auth_time: expect.any(Number),
      cnf: { jkt: key.jkt },
    })
    expect(body).toMatchObject({ expires_in: 300, token_type: 'DPoP', server_time: clock.now() })

    const id = await jwtVerify(String(body.id_token), jwks, { ...options, audience: 'web', typ: 'JWT' })
    expect(id.protectedHeader).toEqual({ typ: 'JWT', alg: algorithm, kid: access.protectedHeader.kid })
    const hash = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256')
      .update(String(body.access_token))
      .digest()
    expect(id.payload).toMatchObject({
      sub: access.payload.sub,
      sid: access.payload.sid,
      auth_time: access.payload.auth_time,
      nonce: 'n-1',
      at_hash: hash.subarray(0, hash.length / 2).toString('base64url'),
      email_verified: true,
    })
    expect(id.payload).not.toHaveProperty('scope')
    expect(id.payload).not.toHaveProperty('client_id')

    const kid = String(access.protectedHeader.kid)
    const published: { keys: Record<string, string>[] } = await (await fetch(`${signer.issuer}/jwks`)).json()
    const jwk = published.keys.find((candidate) => candidate.kid === kid)
    expect(jwk).toMatchObject({ alg: algorithm, use: 'sig' })
    expect(await calculateJwkThumbprint({ ...jwk }), 'X10 kid is the thumbprint').toBe(kid)
  })
})

describe('tokens of one session', () => {
  it('A27 no two access tokens have one jti, and all have one sid and sub', async () => {
    const first = await redeem()
    const bodies = [first.body]
    for (let round = 0; round < 3; round++) {
      bodies.push((await postToken(plain, refreshOf(bodies.at(-1) ?? {}))).body)
    }
    const claims = bodies.map(claimsOf)
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(4)
    expect(new Set(claims.map(({ sid }) => sid)).size).toBe(1)
    expect(new Set(claims.map(({ sub }) => sub)).size).toBe(1)
    expect(new Set(claims.map(({ auth_time }) => auth_time)).size).toBe(1)
  })

  it('13 A27 two sign-ins of one person are two sessions of one sub', async () => {
    const [one, two] = [claimsOf((await redeem()).body), claimsOf((await redeem()).body)]
    expect(one.sub).toBe(two.sub)
    expect(one.sid).not.toBe(two.sid)
  })

  it('A27 no nonce of an old request is in a renewed ID token', async () => {
    const first = await redeem({ nonce: 'n-once' })
    const renewed = await postToken(plain, refreshOf(first.body))
    expect(decodeJwt(String(first.body.id_token)).nonce).toBe('n-once')
    expect(decodeJwt(String(renewed.body.id_token))).not.toHaveProperty('nonce')
  })
})

describe('A28 35 audiences', () => {
  const audience = (body: Record<string, unknown>) => claimsOf(body).aud
  it('A28 are the client’s resources and the issuer, unless narrowed at the start', async () => {
    expect(audience((await redeem()).body)).toEqual([server.issuer, api, other])
    expect(audience((await redeem({ resource: api })).body)).toEqual([api])
  })

  it('A28 35 are taken from the grant: what the start narrowed, no later request widens', async () => {
    const one = await trip(plain, { resource: api })
    const widened = await postToken(plain, { ...redemptionOf(plain, one), resource: other })
    expect(widened).toMatchObject({ status: 400, body: { error: 'invalid_target' } })

    const { body } = await redeem({ resource: api })
    for (const resource of [other, server.issuer, `${api}/`, 'https://evil.example']) {
      expect(await postToken(plain, { ...refreshOf(body), resource })).toMatchObject({
        status: 400,
        body: { error: 'invalid_target' },
      })
    }
    expect(audience((await postToken(plain, refreshOf(body))).body)).toEqual([api])
  })

  it('A28 narrow for one answer and not for the session', async () => {
    const { body } = await redeem()
    const narrow = await postToken(plain, { ...refreshOf(body), resource: other })
    expect(audience(narrow.body)).toEqual([other])
    expect(audience((await postToken(plain, refreshOf(narrow.body))).body)).toEqual([
      server.issuer,
      api,
      other,
    ])
  })

  it('A28 may be named several times, and once each', async () => {
    const { body } = await redeem()
    const params = new URLSearchParams(refreshOf(body))
    for (const resource of [other, api, other]) params.append('resource', resource)
    expect(audience((await postToken(plain, params)).body)).toEqual([other, api])
  })

  it('A28 of nobody are refused at the start', async () => {
    const page = await start(
      plain,
      createBrowser(clock),
      startOf(plain, { resource: 'https://evil.example' }).params,
    )
    expect(answerIn(page.next).get('error')).toBe('invalid_target')
  })
})

describe('A29 the claims hook', () => {
  const own = [
    'iss',
    'sub',
    'aud',
    'exp',
    'iat',
    'jti',
    'client_id',
    'scope',
    'sid',
    'auth_time',
    'amr',
    'idp',
  ]
  const reserved = [
    ...own,
    'cnf',
    'acr',
    'nonce',
    'at_hash',
    'azp',
    'nbf',
    'act',
    'may_act',
    'events',
    '__proto__',
  ]

  it('A29 adds what it returns, and knows user and client', async () => {
    const asked: unknown[] = []
    claimsHook = (user, app) => {
      asked.push(user, app)
      return { roles: ['admin'], tenant: { id: 7 } }
    }
    const claims = claimsOf((await redeem()).body)
    expect(claims).toMatchObject({ roles: ['admin'], tenant: { id: 7 } })
    expect(asked).toMatchObject([{ id: claims.sub, email_verified: true }, { id: 'plain' }])
  })

  it('A29 overwrites nothing of ours', async () => {
    claimsHook = () => ({})
    const before = claimsOf((await redeem()).body)
    claimsHook = () => ({
      ...Object.fromEntries(reserved.map((name) => [name, 'forged'])),
      cnf: { jkt: 'forged' },
      exp: 9_999_999_999,
      aud: ['https://evil.example'],
    })
    const after = claimsOf((await redeem()).body)
    expect(namesOf(after)).toEqual(namesOf(before))
    expect(JSON.stringify(after)).not.toMatch(/forged|evil\.example|9999999999/)
    expect(after.sub).toBe(before.sub)
  })

  it('A29 gives nobody else’s claims when it is asked for two at once', async () => {
    claimsHook = async (user) => {
      await new Promise((resolve) => setImmediate(resolve))
      return { about: user.id }
    }
    for (const answer of await Promise.all([redeem(), redeem(), redeem()])) {
      const claims = claimsOf(answer.body)
      expect(claims.about).toBe(claims.sub)
    }
  })

  const failures: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('canary: select * from secrets')
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary'))],
    [
      'throws no error',
      () => {
        const canary: unknown = 'canary'
        throw canary
      },
    ],
    ['returns nothing', () => undefined],
    ['returns null', () => null],
    ['returns a text', () => 'canary'],
    ['returns a list', () => ['canary']],
    ['returns a bigint', () => ({ canary: 1n })],
    [
      'returns a circle',
      () => {
        const circle: Record<string, unknown> = {}
        circle.canary = circle
        return circle
      },
    ],
    [
      'returns what throws when it is written',
      () => ({
        canary: {
          toJSON() {
            throw new Error('canary')
          },
        },
      }),
    ],
  ]
  it.each(failures)(
    'A29 X08 one that %s is a 500 that tells nothing, and signs nobody out',
    async (_, hook) => {
      claimsHook = () => ({})
      const { body } = await redeem()
      claimsHook = hook
      const failed = await postToken(plain, refreshOf(body))
      expect(failed).toMatchObject({
        status: 500,
        body: { error: 'server_error', request_id: expect.any(String) },
      })
      expect(JSON.stringify(failed.body)).not.toContain('canary')
      // Longer than any grace for a lost answer: nothing has moved.
      clock.advance(120_000)
      expect((await postToken(plain, refreshOf(body))).status).toBe(500)
      clock.advance(120_000)
      claimsHook = () => ({})
      expect((await postToken(plain, refreshOf(body))).status).toBe(200)
    },
  )

  it('A29 A11 one that throws at the redemption leaves neither session nor code behind', async () => {
    const one = await trip(plain)
    const eventsBefore = server.events.filter(({ type }) => type === 'session.created').length
    claimsHook = () => {
      throw new Error('canary')
    }
    expect((await postToken(plain, redemptionOf(plain, one))).status).toBe(500)
    claimsHook = () => ({})
    expect(server.events.filter(({ type }) => type === 'session.created')).toHaveLength(eventsBefore)
    expect(await postToken(plain, redemptionOf(plain, one))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })
})

describe('A30 subjects', () => {
  it('A30 of users are never what a client or a service may be called', async () => {
    const { sub = '' } = claimsOf((await redeem()).body)
    const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
    const open = (changes: object) =>
      embedLatchkey('https://auth.example.com', { providers: { oidc: provider.oidc }, ...changes })
    await expect(open({ clients: [{ ...client, id: sub }] })).rejects.toMatchObject({
      code: 'invalid_config',
    })
    await expect(open({ services: [{ id: sub, secret: 'x'.repeat(43) }] })).rejects.toMatchObject({
      code: 'invalid_config',
    })
    await expect(
      open({ clients: [{ ...client, id: 'web' }], services: [{ id: 'web', secret: 'x'.repeat(43) }] }),
    ).rejects.toMatchObject({ code: 'invalid_config' })
  })

  it('A30 differ from every client id', async () => {
    const claims = claimsOf((await redeem()).body)
    expect(claims.sub).toMatch(/^usr_/)
    expect(claims.sub).not.toBe(claims.client_id)
    expect(decodeProtectedHeader(String((await redeem()).body.access_token)).typ).toBe('at+jwt')
  })
})
