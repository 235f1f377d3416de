import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
} from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip } from './room.ts'

/** Ids and secrets as people and providers make them: each is one that a careless encoding breaks. */
const credentials = [
  { id: 'plain', secret: 'plain-secret-0123456789' },
  { id: 'colon:id', secret: 'colon:secret::end:' },
  { id: 'percent%id', secret: '100%25%zz%' },
  { id: 'plus+id', secret: 'a+b+c++' },
  { id: 'space id', secret: ' leading and trailing ' },
  { id: 'all:of%it+ here', secret: '%3A:+ %2B%20/=?&#' },
  { id: 'urn:example:clients/42', secret: '~!*\'()"\\' },
  { id: 'ümläut-客户', secret: 'ßecret-秘密-😀' },
]

type Method = 'client_secret_basic' | 'client_secret_post'
const rows = credentials.flatMap((pair, index) =>
  (['client_secret_basic', 'client_secret_post'] as const).map((method) => ({
    ...pair,
    method,
    provider: `p${index}-${method === 'client_secret_basic' ? 'basic' : 'post'}`,
  })),
)

interface Keyed {
  publicJwk: JWK
  privateJwk: JWK
}

async function keyPair(alg: string): Promise<Keyed> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return { publicJwk: { ...publicJwk, kid, alg }, privateJwk: { ...(await exportJWK(privateKey)), kid, alg } }
}

const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA']
const keys = new Map<string, Keyed>()

let room: Room
/** Takes one method for each client, and no other. */
let strict: Map<string, FakeProvider>
beforeAll(async () => {
  for (const alg of algorithms) keys.set(alg, await keyPair(alg))
  strict = new Map()
  for (const method of ['client_secret_basic', 'client_secret_post'] satisfies Method[]) {
    strict.set(
      method,
      await createFakeProvider({
        algorithm: 'ES256',
        autoApprove: 'user',
        clients: credentials.map(({ id, secret }) => ({
          client_id: id,
          client_secret: secret,
          token_endpoint_auth_method: method,
        })),
      }),
    )
  }
  room = await openRoom({
    hostile: {
      algorithm: 'ES256',
      clients: [
        { client_id: 'test-client', client_secret: 'test-secret-that-is-no-secret' },
        { client_id: 'public-client' },
        ...[...keys].map(([alg, { publicJwk }]) => ({
          client_id: `signs-${alg}`,
          token_endpoint_auth_method: 'private_key_jwt' as const,
          jwks: { keys: [publicJwk] },
        })),
      ],
    },
    configure: ({ hostile }) => ({
      providers: {
        oidc: hostile.oidc,
        public: { type: 'oidc', issuer: hostile.issuer, client_id: 'public-client' },
        wrong: { ...hostile.oidc, client_secret: 'another-secret-0123456789' },
        ...Object.fromEntries(
          rows.map(({ provider, method, id, secret }) => [
            provider,
            {
              type: 'oidc',
              issuer: strict.get(method)?.issuer ?? '',
              client_id: id,
              client_secret: secret,
              token_endpoint_auth_method: method,
            },
          ]),
        ),
        ...Object.fromEntries(
          [...keys].map(([alg, { privateJwk }]) => [
            `signs-${alg.toLowerCase()}`,
            {
              type: 'oidc',
              issuer: hostile.issuer,
              client_id: `signs-${alg}`,
              private_key: privateJwk,
              token_endpoint_auth_method: 'private_key_jwt',
            },
          ]),
        ),
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(async () => {
  await room?.close()
  for (const provider of strict?.values() ?? []) await provider.close()
})

/** application/x-www-form-urlencoded, as RFC 6749 section 2.3.1 has it for both halves, by the URL Standard. */
const formEncoded = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2)

describe('a client secret', () => {
  it.each(rows)('R29 $method of "$id" arrives as it is', async ({ provider, method, id, secret }) => {
    const at = strict.get(method)
    at?.requests.clear()
    expect((await takeTrip(room, provider)).ending).toBe('code')
    const request = at?.requests.last('token')
    if (request === undefined) throw new Error('no token request')
    const { headers, form } = request
    if (method === 'client_secret_post') {
      expect([form.get('client_id'), form.get('client_secret')]).toEqual([id, secret])
      expect(headers).not.toHaveProperty('authorization')
      return
    }
    expect(form.has('client_secret')).toBe(false)
    const [scheme, encoded = ''] = headers.authorization?.split(' ') ?? []
    expect(scheme).toBe('Basic')
    const [first = '', second = '', ...more] = Buffer.from(encoded, 'base64').toString('latin1').split(':')
    expect(more).toEqual([])
    expect([first, second].map((half) => new URLSearchParams(`x=${half}`).get('x'))).toEqual([id, secret])
    // Many providers do not decode: what needs no encoding has none.
    expect([first, second]).toEqual([id, secret].map(formEncoded))
  })

  it('R29 (oidcc-client-test-client-secret-basic) goes in the header where nothing is configured', async () => {
    expect((await takeTrip(room, 'oidc')).ending).toBe('code')
    const { headers, form } = room.hostile.requests.last('token') ?? {}
    expect(headers?.authorization).toMatch(/^Basic /)
    expect(form?.has('client_secret')).toBe(false)
  })

  it('R29 is sent to the token endpoint alone', async () => {
    expect((await takeTrip(room, 'oidc')).ending).toBe('code')
    for (const { point, headers, url, body } of room.hostile.requests) {
      if (point === 'token') continue
      expect(headers.authorization ?? '').not.toMatch(/^Basic/)
      expect(url + body).not.toContain('test-secret-that-is-no-secret')
    }
  })

  it('R29 that is wrong ends in one mapped error, and is not tried in another way', async () => {
    expect((await takeTrip(room, 'wrong')).ending).toBe('provider_error')
    expect(room.hostile.requests.to('token')).toHaveLength(1)
  })

  it('R29 that does not exist is not sent: a public client names itself', async () => {
    expect((await takeTrip(room, 'public')).ending).toBe('code')
    const { headers, form } = room.hostile.requests.last('token') ?? {}
    expect(headers).not.toHaveProperty('authorization')
    expect([form?.get('client_id'), form?.has('client_secret')]).toEqual(['public-client', false])
  })

  it('R29 goes unencoded where the configuration says that the provider wants it so', async () => {
    const raw = await openRoom({
      hostile: { algorithm: 'ES256', clients: [{ client_id: 'raw', client_secret: 'a/b=c' }] },
      configure: ({ hostile }) => ({
        providers: { oidc: { ...hostile.oidc, quirks: ['basic-not-urlencoded'] } },
      }),
    })
    await takeTrip(raw, 'oidc')
    const { headers } = raw.hostile.requests.last('token') ?? {}
    await raw.close()
    expect(Buffer.from(headers?.authorization?.slice(6) ?? '', 'base64').toString()).toBe('raw:a/b=c')
  })
})

describe('private_key_jwt', () => {
  async function assertionOf(alg: string) {
    room.hostile.requests.clear()
    expect((await takeTrip(room, `signs-${alg.toLowerCase()}`)).ending).toBe('code')
    const { form, headers } = room.hostile.requests.last('token') ?? {}
    expect(form?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(form?.has('client_secret')).toBe(false)
    expect(headers).not.toHaveProperty('authorization')
    return form?.get('client_assertion') ?? ''
  }

  it.each(algorithms)('R30 signs with %s, for the issuer alone, for a minute, once', async (alg) => {
    const [one, two] = [await assertionOf(alg), await assertionOf(alg)]
    const claims = decodeJwt(one)
    // A string: an array could name a second server (audience injection).
    expect(claims.aud).toBe(room.hostile.issuer)
    expect([claims.iss, claims.sub]).toEqual([`signs-${alg}`, `signs-${alg}`])
    const now = Math.floor(room.clock.now() / 1000)
    expect(claims.iat).toBe(now)
    expect((claims.exp ?? 0) - now).toBeGreaterThan(0)
    expect((claims.exp ?? Number.POSITIVE_INFINITY) - now).toBeLessThanOrEqual(60)
    expect(claims.jti?.length).toBeGreaterThanOrEqual(22)
    expect(decodeJwt(two).jti).not.toBe(claims.jti)

    const header = decodeProtectedHeader(one)
    expect(header).toMatchObject({ alg, kid: keys.get(alg)?.publicJwk.kid })
    for (const name of ['jwk', 'jku', 'x5c', 'x5u', 'd']) expect(header).not.toHaveProperty(name)
  })

  it('R30 each registration signs with its own key', async () => {
    const kids = await Promise.all(['ES256', 'RS256'].map(async (alg) => keys.get(alg)?.publicJwk.kid))
    const seen = [
      decodeProtectedHeader(await assertionOf('ES256')).kid,
      decodeProtectedHeader(await assertionOf('RS256')).kid,
    ]
    expect(seen).toEqual(kids)
  })

  it('R30 the key itself goes nowhere', async () => {
    await assertionOf('ES256')
    const d = String(keys.get('ES256')?.privateJwk.d)
    for (const { url, body, headers } of room.hostile.requests) {
      expect(url + body + JSON.stringify(headers)).not.toContain(d)
    }
    expect(room.logs.join('\n')).not.toContain(d)
  })
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
