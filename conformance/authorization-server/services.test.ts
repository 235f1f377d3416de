// How services authenticate, and the tokens of their own.
import { constants, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestClock, testClock } from '../support/clock.ts'
import { rawJws } from '../support/dpop.ts'
import { startFleet } from '../support/fleet.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { ask, assertionType, serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { postToken } from '../support/spa.ts'

let clock: TestClock
let provider: FakeProvider
let server: Running
const reports = serviceWithSecret('reports', 'a:secret+of %32 characters or more')
const keyed = serviceWithKey(
  'keyed',
  () => server.issuer,
  () => clock.now(),
)
const rotating = serviceWithKey(
  'rotating',
  () => server.issuer,
  () => clock.now(),
)
const pairs = {
  EdDSA: generateKeyPairSync('ed25519'),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
const jwkOf = (alg: keyof typeof pairs, more: object = {}) => ({
  ...pairs[alg].publicKey.export({ format: 'jwk' }),
  ...more,
})
const confidential = serviceWithSecret('confidential')

beforeAll(async () => {
  clock = testClock()
  provider = await createFakeProvider({ clock })
  server = await startLatchkey(
    () => ({
      clients: [
        { id: 'web', redirect_uris: [spaRedirectUri], origins: [spaOrigin] },
        {
          id: confidential.id,
          secret: confidential.secret,
          redirect_uris: [spaRedirectUri],
          allow_get_authorize: true,
        },
      ],
      services: [
        { id: reports.id, secret: reports.secret },
        { id: keyed.id, jwks: keyed.jwks },
        // In the middle of a rotation, and of one kind each; no `kid` at all.
        {
          id: rotating.id,
          jwks: {
            keys: [
              jwkOf('EdDSA'),
              jwkOf('RS256', { alg: 'PS256' }),
              ...rotating.jwks.keys.map(({ kid: _, ...key }) => key),
            ],
          },
        },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock },
  )
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

const grant = { grant_type: 'client_credentials' }
const token = (params: Record<string, string>, headers?: Record<string, string>) =>
  ask(`${server.issuer}/token`, { ...grant, ...params }, headers)
const outcome = async (params: Record<string, string>, headers?: Record<string, string>) => {
  const { status, body } = await token(params, headers)
  return status === 200 ? '200' : `${status} ${String(body.error)}`
}
const refused = '401 invalid_client'

describe('A25 services authenticate', () => {
  it.each([
    ['by Basic, form-encoded', () => outcome({}, reports.basic), '200'],
    ['by Basic, and say their id again', () => outcome({ client_id: 'reports' }, reports.basic), '200'],
    ['in the body', () => outcome(reports.inBody), '200'],
    ['by private_key_jwt', () => outcome(keyed.signed()), '200'],
    ['by private_key_jwt, with their id', () => outcome({ ...keyed.signed(), client_id: 'keyed' }), '200'],
    ['not at all: refused', () => outcome({}), refused],
    ['by their id alone: refused', () => outcome({ client_id: 'reports' }), refused],
    ['by an empty secret: refused', () => outcome({ ...reports.inBody, client_secret: '' }), refused],
    ['by another secret: refused', () => outcome({ ...reports.inBody, client_secret: 'x' }), refused],
    [
      'by a secret where there are keys: refused',
      () => outcome({ client_id: 'keyed', client_secret: 'x' }),
      refused,
    ],
    [
      'by an empty secret where there are keys',
      () => outcome({ client_id: 'keyed', client_secret: '' }),
      refused,
    ],
    [
      'by a key where there is a secret',
      () => outcome(keyed.signed(keyed.assertion({ iss: 'reports', sub: 'reports' }))),
      refused,
    ],
    ['as a browser’s client', () => outcome({ client_id: 'web' }), refused],
    ['as a confidential client', () => outcome({}, confidential.basic), refused],
    ['as nobody', () => outcome({ client_id: '__proto__', client_secret: 'x' }), refused],
    [
      'in two ways',
      () => outcome({ ...keyed.signed(), client_id: 'keyed', client_secret: 'x' }),
      '400 invalid_request',
    ],
    ['in two other ways', () => outcome(keyed.signed(), reports.basic), '400 invalid_request'],
    ['as two', () => outcome({ client_id: 'keyed' }, reports.basic), '400 invalid_request'],
    ['as two, one of them signed', () => outcome({ ...keyed.signed(), client_id: 'reports' }), refused],
    ['by Bearer', () => outcome({ client_id: 'reports' }, { Authorization: 'Bearer x' }), refused],
  ])('%s', async (_, attempt, expected) => {
    expect(await attempt()).toBe(expected)
  })

  it('A25 401 challenges and says one thing only, whatever was wrong', async () => {
    const answers = [
      await token({ client_id: 'nobody', client_secret: 'x' }),
      await token({ ...reports.inBody, client_secret: 'x' }),
      await token(keyed.signed(keyed.assertion({ aud: 'x' }))),
    ]
    for (const { headers, body } of answers) {
      expect(headers.get('www-authenticate')).toMatch(/^Basic /)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(body.error_description).toBe(answers[0]?.body.error_description)
    }
  })

  it('A25 are no clients: neither a code nor /par nor /revoke takes them', async () => {
    const code = { grant_type: 'authorization_code', code: 'c', code_verifier: 'v'.repeat(43) }
    for (const [path, params] of [
      ['token', code],
      ['token', { grant_type: 'refresh_token', refresh_token: 'x' }],
      ['par', { response_type: 'code' }],
      ['revoke', { token: 'x' }],
    ] as [string, Record<string, string>][]) {
      const url = `${server.issuer}/${path}`
      expect((await ask(url, params, reports.basic)).body.error, path).toBe('invalid_client')
      expect((await ask(url, { ...params, ...keyed.signed() })).body.error, path).toBe('invalid_client')
    }
  })
})

describe('A26 an assertion', () => {
  const at = (changes: Record<string, unknown>, header?: Record<string, unknown>) =>
    outcome(keyed.signed(keyed.assertion(changes, header)))
  const inSeconds = (offset: number) => Math.floor(clock.now() / 1000) + offset

  it.each([
    ['without kid and typ', () => at({}, { kid: undefined }), '200'],
    ['typ JWT', () => at({}, { typ: 'JWT' }), '200'],
    ['typ client-authentication+jwt', () => at({}, { typ: 'client-authentication+jwt' }), '200'],
    ['without iat', () => at({ iat: undefined }), '200'],
    ['by a clock half a minute ahead', () => at({ iat: inSeconds(30), exp: inSeconds(90) }), '200'],
    ['by a clock half a minute late', () => at({ iat: inSeconds(-89), exp: inSeconds(-29) }), '200'],
    ['aud is a list', () => at({ aud: [server.issuer] }), refused],
    ['aud is a list with more', () => at({ aud: [server.issuer, 'https://other.example'] }), refused],
    ['aud is the token URL', () => at({ aud: `${server.issuer}/token` }), refused],
    ['aud is the PAR URL', () => at({ aud: `${server.issuer}/par` }), refused],
    ['aud has a slash more', () => at({ aud: `${server.issuer}/` }), refused],
    ['aud is another server', () => at({ aud: 'https://other.example' }), refused],
    ['no aud', () => at({ aud: undefined }), refused],
    ['of another issuer', () => at({ iss: 'reports' }), refused],
    ['about another', () => at({ sub: 'reports' }), refused],
    ['no sub', () => at({ sub: undefined }), refused],
    ['no iss', () => at({ iss: undefined }), refused],
    ['exp more than a minute ahead', () => at({ exp: inSeconds(91) }), refused],
    ['exp in an hour', () => at({ exp: inSeconds(3600) }), refused],
    ['exp past', () => at({ exp: inSeconds(-30) }), refused],
    ['no exp', () => at({ exp: undefined }), refused],
    ['exp as text', () => at({ exp: String(inSeconds(60)) }), refused],
    ['exp endless', () => at({ exp: 1e300 }), refused],
    ['iat in the future', () => at({ iat: inSeconds(31) }), refused],
    ['nbf in the future', () => at({ nbf: inSeconds(31) }), refused],
    ['no jti', () => at({ jti: undefined }), refused],
    ['an empty jti', () => at({ jti: '' }), refused],
    ['a jti that is no text', () => at({ jti: 7 }), refused],
    ['an endless jti', () => at({ jti: 'x'.repeat(257) }), refused],
    ['S01 alg none', () => at({}, { alg: 'none' }), refused],
    ['S01 alg HS256', () => at({}, { alg: 'HS256' }), refused],
    ['an alg of another kind of key', () => at({}, { alg: 'RS256' }), refused],
    ['crit', () => at({}, { crit: ['exp'], exp: 1 }), refused],
    ['crit that is understood', () => at({}, { crit: ['b64'], b64: true }), refused],
    ['typ of an access token', () => at({}, { typ: 'at+jwt' }), refused],
    ['typ of a proof', () => at({}, { typ: 'dpop+jwt' }), refused],
    ['another kid', () => at({}, { kid: 'x' }), refused],
    ['a kid that is no text', () => at({}, { kid: 1 }), refused],
    ['S01 a key of its own in the header', () => at({}, { jwk: jwkOf('EdDSA') }), '200'],
  ])('%s', async (_, attempt, expected) => {
    expect(await attempt()).toBe(expected)
  })

  it('A26 by another service’s key is refused, and so is one key in the header', async () => {
    expect(await outcome(keyed.signed(keyed.assertion({}, {}, rotating.privateKey)))).toBe(refused)
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = publicKey.export({ format: 'jwk' })
    expect(await outcome(keyed.signed(keyed.assertion({}, { jwk }, privateKey)))).toBe(refused)
  })

  it.each([
    ['half of one', () => ({ client_assertion: keyed.assertion() })],
    ['the other half', () => ({ client_assertion_type: assertionType })],
    ['of another type', () => ({ ...keyed.signed(), client_assertion_type: 'urn:x' })],
    ['that is none', () => keyed.signed('x')],
    ['of five parts', () => keyed.signed(`${keyed.assertion()}.e30.e30`)],
    ['empty', () => keyed.signed('')],
    ['with padding', () => keyed.signed(`${keyed.assertion()}=`)],
    [
      'whose header is no JSON',
      () => keyed.signed(`e30x.${keyed.assertion().split('.').slice(1).join('.')}`),
    ],
  ])('X14 %s', async (_, params) => {
    expect(await outcome({ client_id: 'keyed', ...params() })).toBe(refused)
  })

  it('X14 in another spelling of the same signature', async () => {
    const assertion = keyed.assertion()
    // 64 bytes end in a character of which four bits count for nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(assertion.at(-1) ?? '')
    expect(await outcome(keyed.signed(assertion.slice(0, -1) + alphabet.charAt(last + 1)))).toBe(refused)
    expect(await outcome(keyed.signed(assertion))).toBe('200')
  })

  it('A26 by each of several keys without kid, as the alg that its JWK names', async () => {
    const claims = () => {
      const iat = inSeconds(0)
      return {
        iss: 'rotating',
        sub: 'rotating',
        aud: server.issuer,
        jti: randomUUID(),
        exp: iat + 60,
      }
    }
    const { EdDSA, RS256 } = pairs
    const pss = { key: RS256.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    const by = (alg: string, signer: Parameters<typeof rawJws>[2]) =>
      outcome(rotating.signed(rawJws({ alg }, claims(), signer)))
    expect(await by('EdDSA', (input) => sign(null, Buffer.from(input), EdDSA.privateKey))).toBe('200')
    expect(await by('Ed25519', (input) => sign(null, Buffer.from(input), EdDSA.privateKey))).toBe('200')
    expect(await by('ES256', rotating.privateKey)).toBe('200')
    expect(await by('PS256', (input) => sign('sha256', Buffer.from(input), pss))).toBe('200')
    expect(await by('RS256', (input) => sign('sha256', Buffer.from(input), RS256.privateKey))).toBe(refused)
  })

  it('A26 twice at once is one use', async () => {
    for (const path of ['token', 'introspect', 'revocations']) {
      const params = { ...grant, token: 'x', ...keyed.signed() }
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => ask(`${server.issuer}/${path}`, params)),
      )
      expect(
        answers.filter(({ status }) => status === 200),
        path,
      ).toHaveLength(1)
      expect(
        answers.filter(({ status }) => status === 401),
        path,
      ).toHaveLength(19)
    }
  })

  it('A26 is one use at all endpoints together, and its jti is its service’s own', async () => {
    const params = keyed.signed(keyed.assertion({ jti: 'shared' }))
    expect(await outcome(params)).toBe('200')
    expect((await ask(`${server.issuer}/introspect`, { token: 'x', ...params })).status).toBe(401)
    expect(await outcome(keyed.signed(keyed.assertion({ jti: 'shared' })))).toBe(refused)
    expect(await outcome(rotating.signed(rotating.assertion({ jti: 'shared' }, { kid: undefined })))).toBe(
      '200',
    )
  })

  it('A26 is remembered for as long as it could be used again', async () => {
    const assertion = keyed.assertion()
    expect(await outcome(keyed.signed(assertion))).toBe('200')
    for (const seconds of [59, 30]) {
      clock.advance(seconds * 1000)
      expect(await outcome(keyed.signed(assertion))).toBe(refused)
    }
  })

  it('A26 that was refused is not used up', async () => {
    const jti = 'again'
    expect(await outcome(keyed.signed(keyed.assertion({ jti, aud: 'x' })))).toBe(refused)
    expect(await outcome(keyed.signed(keyed.assertion({ jti }, {}, rotating.privateKey)))).toBe(refused)
    expect(await outcome(keyed.signed(keyed.assertion({ jti })))).toBe('200')
  })
})

it('A26 an assertion at two processes at once is one use', async () => {
  let issuer = ''
  const service = serviceWithKey(
    'reports',
    () => issuer,
    () => Date.now(),
  )
  const fleet = await startFleet(2, {
    services: [{ id: service.id, jwks: service.jwks }],
    providers: { oidc: provider.oidc },
  })
  try {
    issuer = fleet.issuer
    for (let round = 0; round < 10; round++) {
      const params = { ...grant, ...service.signed() }
      const urls = [...fleet.members, ...fleet.members].map(({ url }) => `${url}/token`)
      const statuses = await Promise.all(urls.map(async (url) => (await ask(url, params)).status))
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401])
    }
  } finally {
    await fleet.close()
  }
})

describe('client_credentials', () => {
  it('A30 yields a Bearer token for us alone, of nobody', async () => {
    const { status, headers, body } = await token(reports.inBody)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 300 })
    const { payload, protectedHeader } = await jwtVerify(
      String(body.access_token),
      createRemoteJWKSet(new URL(`${server.issuer}/jwks`)),
      { issuer: server.issuer, audience: server.issuer, typ: 'at+jwt', currentDate: new Date(clock.now()) },
    )
    expect(protectedHeader.alg).toBe('ES256')
    const iat = Math.floor(clock.now() / 1000)
    expect(payload).toEqual({
      ...{ iss: server.issuer, sub: 'reports', client_id: 'reports', aud: server.issuer },
      ...{ iat, exp: iat + 300, jti: expect.any(String) },
    })
  })

  it('A30 is taken for no user’s anywhere', async () => {
    const Authorization = `Bearer ${String((await token(reports.inBody)).body.access_token)}`
    for (const path of ['userinfo', 'account', 'account/sessions']) {
      expect((await fetch(`${server.issuer}/${path}`, { headers: { Authorization } })).status, path).toBe(401)
    }
  })

  it('has no scopes and no other resource', async () => {
    expect(await outcome({ ...reports.inBody, resource: server.issuer })).toBe('200')
    expect(await outcome({ ...reports.inBody, scope: '' })).toBe('200')
    expect(await outcome({ ...reports.inBody, scope: 'openid' })).toBe('400 invalid_scope')
    expect(await outcome({ ...reports.inBody, resource: 'https://api.example.com' })).toBe(
      '400 invalid_target',
    )
  })

  it('A30 is not for clients', async () => {
    const { status, body } = await postToken(server.spa, { ...grant, client_id: 'web' })
    expect([status, body.error]).toEqual([401, 'invalid_client'])
  })
})

it('A44 discovery says how services authenticate, and that there are none where there are none', async () => {
  const documentOf = async (of: Running): Promise<Record<string, unknown>> =>
    (await fetch(`${of.issuer}/.well-known/oauth-authorization-server`)).json()
  const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']
  const algorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256']
  const document = await documentOf(server)
  expect(document).toMatchObject({
    introspection_endpoint: `${server.issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
    token_endpoint_auth_methods_supported: ['none', ...methods],
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    grant_types_supported: [
      ...['authorization_code', 'refresh_token', 'client_credentials'],
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ],
  })
  const simple = await startLatchkey(() => ({ providers: { oidc: provider.oidc } }), { clock })
  try {
    const names = Object.keys(await documentOf(simple))
    expect(names.filter((name) => /introspection|signing_alg_values/.test(name))).toEqual(
      ['dpop_signing_alg_values_supported', 'id_token_signing_alg_values_supported'].toSorted(),
    )
    expect((await postToken(simple.spa, { ...grant, client_id: 'web' })).body.error).toBe(
      'unsupported_grant_type',
    )
  } finally {
    await simple.close()
  }
})
