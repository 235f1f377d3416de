import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, provedToken, redemptionOf, type Spa, startOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
let bearer: Spa
let key: DpopKey

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = {
    redirect_uris: [spaRedirectUri],
    origins: [spaOrigin],
    resources: ['https://api.example.com'],
  }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'other', dpop: 'optional' },
        { ...client, id: 'bearer', dpop: 'off' },
        { ...client, id: 'brief', dpop: 'off', grant_types: ['authorization_code'] },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
  bearer = { ...server.spa, clientId: 'bearer' }
  key = await createDpopKey(server.clock.now)
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const trip = (spa: Spa = server.spa, changes: Record<string, string> = {}) =>
  travel(spa, createBrowser(server.clock), { provider: 'oidc', ...changes })
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }

/** Whether the access token still opens the user's own data. */
async function opens(accessToken: unknown): Promise<boolean> {
  const response = await fetch(`${server.issuer}/userinfo`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  })
  return response.status === 200
}

describe('a code', () => {
  it('A09 is 256 bits and stands nowhere in the database', async () => {
    const { answer } = await trip()
    const code = answer.get('code') ?? ''
    expect(Buffer.from(code, 'base64url')).toHaveLength(32)
    expect((await server.storage.contents()).includes(code)).toBe(false)
  })

  it('A10 lives 60 seconds, to the second', async () => {
    const [kept, late] = [await trip(bearer), await trip(bearer)]
    server.clock.advance(59_999)
    expect((await postToken(bearer, redemptionOf(bearer, kept))).status).toBe(200)
    server.clock.advance(1)
    expect(await postToken(bearer, redemptionOf(bearer, late))).toMatchObject(invalidGrant)
  })

  it.each([
    ['wrong verifier', { code_verifier: 'x'.repeat(43) }],
    ['A13 38 another client', { client_id: 'other' }],
    ['A13 another redirect URI', { redirect_uri: `${spaRedirectUri}2` }],
  ])('A11 A08 a well-formed attempt with %s burns it', async (_, changes) => {
    const one = await trip(bearer)
    expect(await postToken(bearer, { ...redemptionOf(bearer, one), ...changes })).toMatchObject(invalidGrant)
    expect(await postToken(bearer, redemptionOf(bearer, one))).toMatchObject(invalidGrant)
  })

  it('A13 one that names a key (dpop_jkt) is for that key, and another burns it', async () => {
    const other = await createDpopKey(server.clock.now)
    const one = await trip(server.spa, { dpop_jkt: key.jkt })
    expect(await provedToken(server.spa, other, redemptionOf(server.spa, one))).toMatchObject(invalidGrant)
    expect(await provedToken(server.spa, key, redemptionOf(server.spa, one))).toMatchObject(invalidGrant)
    const two = await trip(server.spa, { dpop_jkt: key.jkt })
    expect((await provedToken(server.spa, key, redemptionOf(server.spa, two))).status).toBe(200)
  })

  it.each([
    ['no verifier', { code_verifier: undefined }],
    ['a verifier of 42', { code_verifier: 'x'.repeat(42) }],
    ['a verifier of 129', { code_verifier: 'x'.repeat(129) }],
    ['a verifier of other characters', { code_verifier: `${'x'.repeat(43)}+` }],
    ['no grant_type', { grant_type: undefined }],
    ['no client_id', { client_id: undefined }],
  ] as [string, Record<string, string | undefined>][])(
    'A08 A11 a malformed request with %s does not burn it',
    async (_, changes) => {
      const one = await trip(bearer)
      const params = new URLSearchParams()
      for (const [name, value] of Object.entries({ ...redemptionOf(bearer, one), ...changes }))
        if (value !== undefined) params.set(name, value)
      expect(await postToken(bearer, params)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
      expect((await postToken(bearer, redemptionOf(bearer, one))).status).toBe(200)
    },
  )

  it('A41 A42 a missing or wrong proof, or one without nonce, does not burn it', async () => {
    const one = await trip(server.spa, { dpop_jkt: key.jkt })
    const redemption = redemptionOf(server.spa, one)
    const htu = `${server.issuer}/token`
    expect(await postToken(server.spa, redemption)).toMatchObject({ body: { error: 'invalid_dpop_proof' } })
    const wrong = await key.proof({ htm: 'GET', htu })
    expect(await postToken(server.spa, redemption, { DPoP: wrong })).toMatchObject({
      body: { error: 'invalid_dpop_proof' },
    })
    const early = await key.proof({ htm: 'POST', htu })
    expect(await postToken(server.spa, redemption, { DPoP: early })).toMatchObject({
      body: { error: 'use_dpop_nonce' },
    })
    expect((await provedToken(server.spa, key, redemption)).status).toBe(200)
  })

  it('A12 49 a second use is refused and ends what the first yielded, when no key bound that', async () => {
    const one = await trip(bearer)
    const first = await postToken(bearer, redemptionOf(bearer, one))
    expect(await opens(first.body.access_token)).toBe(true)
    expect(await postToken(bearer, redemptionOf(bearer, one))).toMatchObject(invalidGrant)
    expect(await opens(first.body.access_token)).toBe(false)
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'bearer',
      refresh_token: String(first.body.refresh_token),
    }
    expect(await postToken(bearer, refresh)).toMatchObject(invalidGrant)
  })

  it('A12 a second use without the key ends nothing: a used code is no sign-out button', async () => {
    const one = await trip(server.spa)
    const first = await provedToken(server.spa, key, redemptionOf(server.spa, one))
    const finder = await createDpopKey(server.clock.now)
    expect(await provedToken(server.spa, finder, redemptionOf(server.spa, one))).toMatchObject(invalidGrant)
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: String(first.body.refresh_token),
    }
    expect((await provedToken(server.spa, key, refresh)).status).toBe(200)
  })

  it('A11 29 30 of 50 redemptions at once exactly one is answered, 20 times over', async () => {
    for (let round = 0; round < 20; round++) {
      const one = await trip(bearer)
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => postToken(bearer, redemptionOf(bearer, one))),
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      expect(statuses.filter((status) => status === 400)).toHaveLength(49)
    }
  })

  it('13 A12 of 50 redemptions with the key at once one is answered, and its session lives', async () => {
    const one = await trip(server.spa, { dpop_jkt: key.jkt })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => provedToken(server.spa, key, redemptionOf(server.spa, one))),
    )
    const [won, ...others] = answers.filter(({ status }) => status === 200)
    expect(others).toEqual([])
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'web',
      refresh_token: String(won?.body.refresh_token),
    }
    expect((await provedToken(server.spa, key, refresh)).status).toBe(200)
  })

  it('X14 is taken in its own spelling only', async () => {
    const one = await trip(bearer)
    const redemption = redemptionOf(bearer, one)
    for (const code of [`${redemption.code}=`, `${redemption.code}1`, ` ${redemption.code}`]) {
      expect(await postToken(bearer, { ...redemption, code })).toMatchObject(invalidGrant)
    }
    expect((await postToken(bearer, redemption)).status).toBe(200)
  })
})

describe('/token', () => {
  it.each([
    'password',
    'implicit',
    'client_credentials_',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    '__proto__',
    'toString',
  ])('A05 has no grant %s', async (grant_type) => {
    expect(await postToken(bearer, { grant_type, client_id: 'bearer' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    })
  })

  it('A06 gives a client the grants of its registration', async () => {
    const brief = { ...server.spa, clientId: 'brief' }
    const answer = await postToken(brief, redemptionOf(brief, await trip(brief)))
    expect(answer.status).toBe(200)
    expect(answer.body).not.toHaveProperty('refresh_token')
    const refresh = { grant_type: 'refresh_token', client_id: 'brief', refresh_token: 'x' }
    expect(await postToken(brief, refresh)).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    })
  })

  it('A24 takes a form by POST and nothing else', async () => {
    const one = await trip(bearer)
    const redemption = redemptionOf(bearer, one)
    const url = `${server.issuer}/token`
    const get = await fetch(`${url}?${new URLSearchParams(redemption)}`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    const attempts: [string, RequestInit][] = [
      [url, { body: JSON.stringify(redemption), headers: { 'Content-Type': 'application/json' } }],
      [url, { body: new URLSearchParams(redemption).toString(), headers: { 'Content-Type': 'text/plain' } }],
      [`${url}?${new URLSearchParams(redemption)}`, { body: new URLSearchParams(redemption) }],
      [`${url}?code=${redemption.code}`, { body: new URLSearchParams(redemption) }],
    ]
    for (const [target, init] of attempts) {
      const answer = await fetch(target, { method: 'POST', ...init })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ error: 'invalid_request', request_id: expect.any(String) })
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    const right = await postToken(bearer, redemption)
    expect([right.status, right.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })

  it.each(['grant_type', 'code', 'client_id', 'code_verifier', 'redirect_uri', 'unknown'])(
    'A21 X12 refuses %s twice, and burns nothing',
    async (name) => {
      const one = await trip(bearer)
      const params = new URLSearchParams({ ...redemptionOf(bearer, one), unknown: 'x' })
      params.append(name, params.get(name) ?? '')
      expect(await postToken(bearer, params)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      })
      expect((await postToken(bearer, redemptionOf(bearer, one))).status).toBe(200)
    },
  )

  it('X12 takes arrays and prototypes for what they are: unknown parameters', async () => {
    const one = await trip(bearer)
    const params = new URLSearchParams(redemptionOf(bearer, one))
    params.set('code[]', 'x')
    params.set('__proto__', 'x')
    params.set('constructor[prototype]', 'x')
    expect((await postToken(bearer, params)).status).toBe(200)
    expect(
      await postToken(bearer, { grant_type: 'authorization_code', client_id: 'bearer', 'code[]': 'x' }),
    ).toMatchObject({
      body: { error: 'invalid_request' },
    })
  })

  it.each(['nobody', '__proto__', 'BEARER'])('A13 does not know the client %s', async (client_id) => {
    const one = await trip(bearer)
    const answer = await postToken(bearer, { ...redemptionOf(bearer, one), client_id })
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('A28 35 narrows to a resource of the grant and never widens', async () => {
    const { decodeJwt } = await import('jose')
    const one = await trip(bearer)
    const narrow = await postToken(bearer, {
      ...redemptionOf(bearer, one),
      resource: 'https://api.example.com',
    })
    expect(decodeJwt(String(narrow.body.access_token)).aud).toEqual(['https://api.example.com'])
    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'bearer',
      refresh_token: String(narrow.body.refresh_token),
    }
    expect(await postToken(bearer, { ...refresh, resource: 'https://other.example.com' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    })
    expect(
      await postToken(bearer, { ...refresh, scope: 'openid profile email offline_access' }),
    ).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    })
    const renewed = await postToken(bearer, { ...refresh, scope: 'openid' })
    expect(renewed).toMatchObject({ status: 200, body: { scope: 'openid' } })
    expect(decodeJwt(String(renewed.body.access_token)).aud).toEqual([
      server.issuer,
      'https://api.example.com',
    ])
  })

  it('A31 grants nothing when nothing was asked, and no ID token without openid', async () => {
    const answer = await postToken(bearer, redemptionOf(bearer, await trip(bearer, { scope: '' })))
    expect(answer).toMatchObject({ status: 200, body: { scope: '' } })
    expect(answer.body).not.toHaveProperty('id_token')
    const reordered = await postToken(
      bearer,
      redemptionOf(bearer, await trip(bearer, { scope: 'email openid profile' })),
    )
    expect(String(reordered.body.scope).split(' ').sort()).toEqual(['email', 'openid', 'profile'])
  })

  it('32 answers the client’s origins and no other, without credentials', async () => {
    const own = await postToken(bearer, { grant_type: 'x' })
    expect(own.headers.get('access-control-allow-origin')).toBeNull()
    const named = await postToken(bearer, { grant_type: 'x', client_id: 'bearer' })
    expect(named.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(named.headers.get('access-control-allow-credentials')).toBeNull()
    expect(named.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
    const foreign = await postToken(
      bearer,
      { grant_type: 'x', client_id: 'bearer' },
      { Origin: 'https://evil.example' },
    )
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
    const url = `${server.issuer}/token`
    const preflight = (origin: string) =>
      fetch(url, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'dpop',
        },
      })
    const allowed = await preflight(spaOrigin)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(allowed.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('dpop')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    expect((await preflight('null')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('X12 refuses a body too large to be a form, and lives on', async () => {
    const answer = await postToken(bearer, {
      grant_type: 'authorization_code',
      client_id: 'bearer',
      code: 'x'.repeat(100_000),
    })
    expect(answer).toMatchObject({ status: 413, body: { error: 'invalid_request' } })
    const start = startOf(bearer)
    expect(start.state).not.toBe('')
  })
})
