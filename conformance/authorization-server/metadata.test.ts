// Discovery, keys, the list of providers, health: what anybody may ask.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { calculateJwkThumbprint, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { createDpopKey, rawJws } from '../support/dpop.ts'
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

let provider: FakeProvider
/** At a path, with every kind of client; at none, with browser clients alone. */
let server: Running
let simple: Running
const secret = 'a-secret-of-32-characters-or-more'

beforeAll(async () => {
  const clock = testClock()
  provider = await createFakeProvider({ clock })
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'query', response_modes: ['query'] },
        { ...client, id: 'confidential', secret, allow_get_authorize: true },
      ],
      providers: {
        oidc: { ...provider.oidc, name: 'Example', connect: true, connect_scopes: ['calendar'] },
        plain: { ...provider.oauth2, sign_in: true },
      },
      linking: 'separate',
    }),
    { clock, path: '/auth/v1' },
  )
  simple = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }), { clock })
})
afterAll(async () => {
  await Promise.all([server?.close(), simple?.close()])
  await provider?.close()
})

const fetchJson = async (url: string) => {
  const response = await fetch(url)
  expect(response.status, url).toBe(200)
  const body: Record<string, unknown> = await response.json()
  return { response, body }
}
const metadata = async (of = server) =>
  (await fetchJson(`${of.issuer}/.well-known/oauth-authorization-server`)).body
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

describe('A44 discovery', () => {
  it('A44 is at all four addresses of an issuer with a path, and says the same', async () => {
    const { origin, pathname } = new URL(server.issuer)
    const documents = await Promise.all(
      [
        `${origin}/.well-known/oauth-authorization-server${pathname}`,
        `${server.issuer}/.well-known/oauth-authorization-server`,
        `${origin}/.well-known/openid-configuration${pathname}`,
        `${server.issuer}/.well-known/openid-configuration`,
      ].map(fetchJson),
    )
    for (const { response, body } of documents) {
      expect(body).toEqual(documents[0]?.body)
      expect(body.issuer).toBe(server.issuer)
      expect(response.headers.get('content-type')).toMatch(/^application\/json/)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('cache-control')).toContain('max-age=')
    }
    for (const elsewhere of [
      `${origin}/.well-known/openid-configuration`,
      `${origin}/.well-known/openid-configuration/auth`,
    ]) {
      expect((await fetch(elsewhere)).status, elsewhere).toBe(404)
    }
  })

  it('A44 33 lists no algorithm none, no plain, no implicit', async () => {
    const text = JSON.stringify(await metadata())
    expect(text).not.toContain('"plain"')
    const document = await metadata()
    for (const [name, value] of Object.entries(document)) {
      if (name.endsWith('_alg_values_supported')) expect(listOf(value), name).not.toContain('none')
    }
    expect(document).toMatchObject({
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      request_parameter_supported: false,
      subject_types_supported: ['public'],
    })
  })

  it('A44 every endpoint that it names is there, below the issuer', async () => {
    const document = await metadata()
    const named = Object.entries(document).filter(([name]) => /(_endpoint|_uri)$/.test(name))
    expect(named.length).toBeGreaterThanOrEqual(4)
    for (const [name, url] of named) {
      expect(String(url).startsWith(`${server.issuer}/`), name).toBe(true)
      const response = await fetch(String(url), { headers: { Accept: 'application/json' } })
      expect(response.status, `${name} ${response.status}`).not.toBe(404)
      expect(response.status, name).toBeLessThan(500)
    }
  })

  it('A44 every grant type that it lists is one, and none besides', async () => {
    const { grant_types_supported: listed } = await metadata()
    const all = [...listOf(listed), 'password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code']
    for (const grant_type of all) {
      const { body } = await postToken(server.spa, { grant_type, client_id: 'web' })
      expect(body.error === 'unsupported_grant_type', grant_type).toBe(!listOf(listed).includes(grant_type))
    }
  })

  it('A44 every response mode that it lists works for a client that has it', async () => {
    const { response_modes_supported: listed } = await metadata()
    const clients = new Map([
      ['fragment', 'web'],
      ['query', 'query'],
    ])
    expect(listOf(listed).sort()).toEqual([...clients.keys()].sort())
    for (const [response_mode, clientId] of clients) {
      const spa: Spa = { ...server.spa, clientId }
      const { last } = await travel(spa, createBrowser(server.clock), { provider: 'oidc', response_mode })
      const url = last.next
      expect(
        new URLSearchParams(response_mode === 'query' ? url?.search : url?.hash.slice(1)).has('code'),
      ).toBe(true)
    }
    expect((await metadata(simple)).response_modes_supported).toEqual(['fragment'])
  })

  it('A44 every way to authenticate that it lists works, and none is listed that no client has', async () => {
    const { token_endpoint_auth_methods_supported: listed } = await metadata()
    expect(listOf(listed).sort()).toEqual(['client_secret_basic', 'client_secret_post', 'none'])
    expect((await metadata(simple)).token_endpoint_auth_methods_supported).toEqual(['none'])
    const spa: Spa = { ...server.spa, clientId: 'confidential' }
    const basic = `Basic ${Buffer.from(`confidential:${secret}`).toString('base64')}`
    const one = redemptionOf(spa, await travel(spa, createBrowser(server.clock), { provider: 'oidc' }))
    expect((await postToken(spa, one, { Authorization: basic })).status).toBe(200)
    const two = redemptionOf(spa, await travel(spa, createBrowser(server.clock), { provider: 'oidc' }))
    expect((await postToken(spa, { ...two, client_secret: secret })).status).toBe(200)
  })

  it('A44 every algorithm for proofs that it lists is taken', async () => {
    const { dpop_signing_alg_values_supported: listed } = await metadata()
    const { generateKeyPairSync, sign } = await import('node:crypto')
    const keys = new Map([
      ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
      ['EdDSA', generateKeyPairSync('ed25519')],
      ['Ed25519', generateKeyPairSync('ed25519')],
    ])
    const attempt = {
      ...{ grant_type: 'authorization_code', client_id: 'web', code: 'A'.repeat(43) },
      code_verifier: 'v'.repeat(43),
    }
    expect(listOf(listed)).toContain('ES256')
    for (const alg of listOf(listed)) {
      const pair = keys.get(alg)
      if (pair === undefined) throw new Error(`a test for ${alg} is missing`)
      const { headers } = await postToken(server.spa, attempt)
      const claims = {
        ...{ jti: alg, htm: 'POST', htu: `${server.issuer}/token`, nonce: headers.get('dpop-nonce') },
        iat: Math.floor(server.clock.now() / 1000),
      }
      const signer =
        alg === 'ES256' ? pair.privateKey : (input: string) => sign(null, Buffer.from(input), pair.privateKey)
      const proof = rawJws(
        { typ: 'dpop+jwt', alg, jwk: pair.publicKey.export({ format: 'jwk' }) },
        claims,
        signer,
      )
      expect((await postToken(server.spa, attempt, { DPoP: proof })).body.error, alg).toBe('invalid_grant')
    }
  })

  it('A44 every scope and prompt that it lists is taken', async () => {
    const document = await metadata()
    for (const scope of listOf(document.scopes_supported)) {
      const page = await start(
        server.spa,
        createBrowser(server.clock),
        startOf(server.spa, { provider: 'oidc', scope }).params,
      )
      expect(answerIn(page.next).get('error'), scope).toBeNull()
    }
    for (const prompt of listOf(document.prompt_values_supported)) {
      const page = await start(
        server.spa,
        createBrowser(server.clock),
        startOf(server.spa, { provider: 'oidc', prompt }).params,
      )
      expect(page.next?.href.startsWith(provider.issuer), prompt).toBe(true)
    }
  })

  it('A44 the claims that it lists are those of the ID token and of /userinfo', async () => {
    const key = await createDpopKey(server.clock.now)
    const trip = await travel(server.spa, createBrowser(server.clock), { provider: 'oidc', nonce: 'n' })
    const { body } = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
    const { decodeJwt, decodeProtectedHeader } = await import('jose')
    const document = await metadata()
    const told = Object.keys(decodeJwt(String(body.id_token)))
    expect(told.filter((name) => !listOf(document.claims_supported).includes(name))).toEqual([])
    expect(listOf(document.id_token_signing_alg_values_supported)).toContain(
      decodeProtectedHeader(String(body.id_token)).alg,
    )
    expect(listOf(document.scopes_supported).join(' ')).toContain(String(body.scope))
  })
})

describe('A44 X10 keys', () => {
  it('A44 X10 shows public members alone, each kid once and its thumbprint', async () => {
    const { response, body } = await fetchJson(`${server.issuer}/jwks`)
    expect(response.headers.get('content-type')).toMatch(/^application\/(jwk-set\+)?json/)
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const keys: Record<string, unknown>[] = Array.isArray(body.keys) ? body.keys : []
    expect(keys.length).toBeGreaterThan(0)
    for (const jwk of keys) {
      expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
      expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256' })
      expect(jwk.kid).toBe(await calculateJwkThumbprint(jwk))
      await importJWK(jwk)
    }
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
  })

  it('X10 no private key stands in the open in the database', async () => {
    const text = await server.storage.contents()
    expect(text).toContain('ES256')
    expect(text).not.toMatch(/"d"\s*:/)
    expect(text).not.toContain('PRIVATE KEY')
  })

  it('A44 says 304 to whoever has them already, however the tag comes back', async () => {
    const url = `${server.issuer}/jwks`
    const tag = (await fetch(url)).headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[^"]+"$/)
    // RFC 9110 section 13.1.2: a list, compared weakly; a proxy that compresses makes the tag a weak one.
    for (const given of [tag, `W/${tag}`, `"x", ${tag}`, `"x",W/${tag} , "y"`, '*']) {
      const response = await fetch(url, { headers: { 'If-None-Match': given } })
      expect([response.status, response.headers.get('etag'), await response.text()], given).toEqual([
        304,
        tag,
        '',
      ])
    }
    for (const given of ['"x"', tag.slice(1, -1), `"${tag}"`, '']) {
      expect((await fetch(url, { headers: { 'If-None-Match': given } })).status, given).toBe(200)
    }
  })
})

describe('/providers', () => {
  const ask = (query: string, origin = spaOrigin) =>
    fetch(`${server.issuer}/providers${query}`, { headers: { Origin: origin } })

  it('tells an app what it draws its buttons from, and nothing else', async () => {
    const response = await ask('?client_id=web')
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    const text = await response.text()
    expect(JSON.parse(text)).toEqual({
      providers: [
        { id: 'oidc', name: 'Example', sign_in: true, connect: true, scopes: ['calendar'] },
        { id: 'plain', name: 'Plain', sign_in: true, connect: false },
      ],
    })
    expect(text).not.toContain(provider.oidc.client_id)
  })

  it('32 shares with the app’s origins only', async () => {
    expect(
      (await ask('?client_id=web', 'https://evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull()
    expect((await ask('?client_id=web')).headers.get('vary')).toContain('Origin')
  })

  it.each([
    '',
    '?client_id=',
    '?client_id=nobody',
    '?client_id=__proto__',
    '?client_id=web&client_id=web',
    '?client_id[]=web',
  ])('A21 X12 refuses %j with 400', async (query) => {
    const response = await ask(query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_client', request_id: expect.any(String) })
  })
})

describe('methods', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'A44 %s is not for documents',
    async (method) => {
      for (const path of ['/jwks', '/.well-known/openid-configuration', '/healthz', '/readyz']) {
        const response = await fetch(`${server.issuer}${path}`, { method })
        expect([response.status, response.headers.get('allow')], path).toEqual([405, 'GET'])
      }
    },
  )
})
