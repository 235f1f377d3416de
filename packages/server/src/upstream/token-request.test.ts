import { createHash, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { UpstreamError } from './contract.ts'
import { outcomeOf, proof } from './upstream.fixture.ts'
import { type Arrived, authorizeQuery, type Spoken, secret, spoken } from './wire.fixture.ts'

/** The one token request of a code, as it arrived. */
async function tokenRequest(how: Spoken, query?: Record<string, string>): Promise<Arrived> {
  const provider = await spoken(how)
  await provider.connect(query)
  const [request] = provider.at('/token')
  if (request === undefined) throw new Error('nothing arrived')
  return request
}

async function refreshRequest(how: Spoken): Promise<Arrived> {
  const provider = await spoken(how)
  await provider.upstream.refresh({ refreshToken: 'the-refresh-token', subject: 'u-1' })
  return provider.arrived[0]!
}

const parameters = {
  grant_type: 'authorization_code',
  code: 'the-code',
  redirect_uri: proof.redirectUri,
  code_verifier: proof.codeVerifier,
  client_id: 'app-1',
  client_secret: secret,
}

describe('the token request', () => {
  test('by the standard: a form in a POST', async () => {
    const { method, query, form, headers } = await tokenRequest({})
    expect({ method, query, form }).toEqual({ method: 'POST', query: {}, form: parameters })
    expect(headers['user-agent']).toBe('Latchkey')
  })

  test('json-token-body: the same as JSON', async () => {
    const { method, query, json, headers } = await tokenRequest({ quirks: ['json-token-body'] })
    expect({ method, query, json }).toEqual({ method: 'POST', query: {}, json: parameters })
    expect(headers.accept).toBe('application/json')
  })

  test('json-token-body: with Basic the credentials stay in the header', async () => {
    const { json, headers } = await tokenRequest({
      quirks: ['json-token-body'],
      provider: { tokenEndpointAuthMethod: 'client_secret_basic' },
    })
    const { client_id: _, client_secret: __, ...others } = parameters
    expect(json).toEqual(others)
    expect(headers.authorization).toBe(`Basic ${Buffer.from('app-1:the+s3cret').toString('base64')}`)
  })

  test('get-token-request: all of it in the query', async () => {
    const { method, query, body, headers } = await tokenRequest({ quirks: ['get-token-request'] })
    expect({ method, query, body }).toEqual({ method: 'GET', query: parameters, body: '' })
    expect(headers['content-type']).toBeUndefined()
  })

  test('token-params-in-query: a POST without a body', async () => {
    const { method, query, body, headers } = await tokenRequest({ quirks: ['token-params-in-query'] })
    expect({ method, query, body }).toEqual({ method: 'POST', query: parameters, body: '' })
    expect(headers['content-length']).toBe('0')
  })

  test('get-token-request: the endpoint’s own query is kept, and cannot take the place of ours', async () => {
    const place = await spoken({})
    const provider = await spoken({
      quirks: ['get-token-request'],
      provider: { tokenEndpoint: `${place.origin}/token?v=2&code=evil` },
    })
    await provider.connect()
    expect(place.at('/token')[0]?.query).toEqual({ ...parameters, v: '2' })
  })

  test('client-key-param: client_id is called otherwise, at both ends', async () => {
    const quirks = ['client-key-param']
    const { client_id, ...others } = parameters
    expect((await tokenRequest({ quirks })).form).toEqual({ ...others, client_key: client_id })
    const { upstream } = await spoken({ quirks })
    const query = await authorizeQuery(upstream)
    expect(query).toMatchObject({ client_key: 'app-1' })
    expect(query.client_id).toBeUndefined()
  })

  test('tokenNames: any of them, with a refresh, too', async () => {
    const wire = { tokenNames: { client_id: 'appid', client_secret: 'secret', refresh_token: 'renew' } }
    expect((await tokenRequest({ wire })).form).toMatchObject({ appid: 'app-1', secret })
    expect((await refreshRequest({ wire })).form).toEqual({
      ...{ grant_type: 'refresh_token', appid: 'app-1', secret, renew: 'the-refresh-token' },
    })
  })

  test('grantType, tokenExtra: of a code, and not of a refresh', async () => {
    const wire = { grantType: 'urn:code', tokenExtra: { action: 'token', app: '{client_id}', code: 'evil' } }
    expect((await tokenRequest({ wire })).form).toEqual({
      ...{ ...parameters, grant_type: 'urn:code', action: 'token', app: 'app-1' },
    })
    expect((await refreshRequest({ wire })).form).not.toHaveProperty('action')
    expect((await refreshRequest({ wire })).form.grant_type).toBe('refresh_token')
  })

  test('refreshExtra: of a refresh, and not of a code', async () => {
    const wire = { refreshExtra: { type: 'refresh', refresh_token: 'evil' } }
    expect((await refreshRequest({ wire })).form).toMatchObject({
      ...{ type: 'refresh', refresh_token: 'the-refresh-token' },
    })
    expect((await tokenRequest({ wire })).form).toEqual(parameters)
  })

  test('redirect-uri-refused-in-token: it is left out', async () => {
    const { redirect_uri: _, ...others } = parameters
    expect((await tokenRequest({ quirks: ['redirect-uri-refused-in-token'] })).form).toEqual(others)
  })

  test('redirect-uri-needed-on-refresh: it is sent', async () => {
    const { form } = await refreshRequest({ quirks: ['redirect-uri-needed-on-refresh'] })
    expect(form.redirect_uri).toBe('https://auth.example/callback/legacy')
    expect((await refreshRequest({})).form).not.toHaveProperty('redirect_uri')
  })

  test('redirectUriValue: at both endpoints, and with a refresh that needs it', async () => {
    const wire = { redirectUriValue: 'Acme-Acme-RuName', refreshRedirectUri: true }
    expect((await tokenRequest({ wire })).form.redirect_uri).toBe('Acme-Acme-RuName')
    expect((await refreshRequest({ wire })).form.redirect_uri).toBe('Acme-Acme-RuName')
    const { upstream } = await spoken({ wire })
    expect((await authorizeQuery(upstream)).redirect_uri).toBe('Acme-Acme-RuName')
  })

  test('sendFromCallback: goes back with the code, and is not kept', async () => {
    const provider = await spoken({ wire: { sendFromCallback: ['state'] } })
    const { tokens } = await provider.connect()
    expect(tokens).not.toHaveProperty('providerData')
    await provider.upstream.refresh({ refreshToken: 'rt', subject: 'u-1', ...tokens })
    expect(provider.at('/token').map(({ form }) => form.state)).toEqual([proof.state, undefined])
  })

  test('sendFromCallback: with each refresh, too, what keepFromCallback names as well', async () => {
    const provider = await spoken({
      wire: { sendFromCallback: ['device_id', 'state'], keepFromCallback: ['device_id'] },
    })
    const { tokens } = await provider.connect({ device_id: 'd-1' })
    expect(tokens.providerData).toEqual({ device_id: 'd-1' })
    await provider.upstream.refresh({ refreshToken: 'rt', subject: 'u-1', ...tokens })
    expect(provider.at('/token').map(({ form }) => [form.device_id, form.state])).toEqual([
      ['d-1', proof.state],
      ['d-1', undefined],
    ])
  })

  test('separate-refresh-endpoint: a refresh goes there, a code does not', async () => {
    const elsewhere = await spoken({})
    const provider = await spoken({ provider: { refreshEndpoint: `${elsewhere.origin}/token` } })
    await provider.connect()
    await provider.upstream.refresh({ refreshToken: 'rt', subject: 'u-1' })
    expect(provider.at('/token')).toHaveLength(1)
    expect(elsewhere.at('/token').map(({ form }) => form.grant_type)).toEqual(['refresh_token'])
  })
})

describe('headers', () => {
  test('version-header, extra-headers, client-id-header: with every token request', async () => {
    const wire = { headers: { 'Notion-Version': '2022-06-28', 'Client-Id': '{client_id}' } }
    const expected = { 'notion-version': '2022-06-28', 'client-id': 'app-1' }
    expect((await tokenRequest({ wire })).headers).toMatchObject(expected)
    expect((await refreshRequest({ wire })).headers).toMatchObject(expected)
  })

  test('a header with the client secret', async () => {
    const wire = { headers: { 'x-api-key': '{client_id}:{client_secret}' } }
    expect((await tokenRequest({ wire })).headers['x-api-key']).toBe(`app-1:${secret}`)
    const extra = { tokenExtra: { key: '{client_secret}' } }
    expect((await tokenRequest({ wire: extra })).form).not.toHaveProperty('key')
  })

  test('user-agent-required: ours is said instead', async () => {
    const { headers } = await tokenRequest({ wire: { headers: { 'User-Agent': 'web:acme:1.0' } } })
    expect(headers['user-agent']).toBe('web:acme:1.0')
  })

  test('a header that needs an access token is left out where there is none', async () => {
    const { headers } = await tokenRequest({ wire: { headers: { 'Access-Token': '{access_token}' } } })
    expect(headers).not.toHaveProperty('access-token')
  })

  test('accept may ask for another kind of JSON', async () => {
    const accept = 'application/vnd.heroku+json; version=3'
    expect((await tokenRequest({ wire: { headers: { Accept: accept } } })).headers.accept).toBe(accept)
  })

  test.each(['Authorization', 'host', 'Content-Length', 'COOKIE', 'accept', 'transfer-encoding', 'a b'])(
    '%s is not for rules to set',
    async (name) => {
      await expect(spoken({ wire: { headers: { [name]: 'x' } } })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid_configuration' }),
      )
      await expect(spoken({ wire: { clientSecretHeader: name } })).rejects.toThrow(
        expect.objectContaining({ code: 'invalid_configuration' }),
      )
    },
  )

  test('clientSecretHeader: the secret is there, and nowhere else', async () => {
    const { headers, form } = await tokenRequest({ wire: { clientSecretHeader: 'Secret_Key' } })
    expect(headers.secret_key).toBe(secret)
    expect(form).not.toHaveProperty('client_secret')
    expect(form.client_id).toBe('app-1')
  })
})

describe('the client secret', () => {
  test('hashed-secret: a hash over secret and code, or refresh token; the secret is not sent', async () => {
    const hash = (spent: string) => createHash('sha256').update(`${secret}|${spent}`).digest('hex')
    const quirks = ['hashed-secret']
    const code = await tokenRequest({ quirks })
    expect(code.form).toMatchObject({ client_id: 'app-1', hash: hash('the-code') })
    expect((await refreshRequest({ quirks })).form.hash).toBe(hash('the-refresh-token'))
    expect(JSON.stringify(code)).not.toMatch(/s3cret/)
    expect(code.headers.authorization).toBeUndefined()
  })

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'key-1' }
  const apple = {
    ...{ privateKey: jwk, clientSecretIssuer: 'TEAM123456', issuer: 'https://appleid.example' },
    tokenEndpointAuthMethod: 'private_key_jwt' as const,
  }
  const quirks = ['signed-jwt-client-secret']

  test('signed-jwt-client-secret: a JWT in the secret’s place, fresh, short, for this server only', async () => {
    const provider = await spoken({ quirks, provider: apple })
    const params = { iss: 'https://appleid.example' }
    await provider.connect(params)
    await provider.connect(params)
    const [{ form }, again] = provider.at('/token') as [Arrived, Arrived]
    expect(form.client_id).toBe('app-1')
    expect(form.client_assertion).toBeUndefined()
    const { payload, protectedHeader } = await jwtVerify(form.client_secret ?? '', publicKey, {
      ...{ issuer: 'TEAM123456', subject: 'app-1', audience: 'https://appleid.example' },
      currentDate: new Date(provider.clock.now()),
    })
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'key-1' })
    const now = provider.clock.now() / 1000
    expect(Math.abs((payload.iat ?? 0) - now)).toBeLessThanOrEqual(1)
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
    expect(again.form.client_secret).not.toBe(form.client_secret)
  })

  test.each<[string, object]>([
    ['no key', { privateKey: undefined }],
    ['a public key', { privateKey: { ...publicKey.export({ format: 'jwk' }), kid: 'k' } }],
    ['a key without a kid', { privateKey: privateKey.export({ format: 'jwk' }) }],
    ['another curve', { privateKey: { ...jwk, crv: 'P-384' } }],
    ['no team', { clientSecretIssuer: undefined }],
    ['no issuer', { issuer: undefined }],
  ])('signed-jwt-client-secret: %s is a mistake in the configuration', async (_what, change) => {
    await expect(spoken({ quirks, provider: { ...apple, ...change } })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    )
  })
})

describe('nothing secret in an error', () => {
  const answers = [
    [
      'a refusal that repeats the query',
      { status: 400, body: { error: 'invalid_grant', error_description: secret } },
    ],
    ['an outage', { status: 503 }],
    ['a redirect', { status: 302 }],
    ['HTML', { type: 'text/html', body: '<html>' }],
  ] as const
  test.each(answers)('get-token-request: %s', async (_what, answer) => {
    const provider = await spoken({ quirks: ['get-token-request'], answers: { '/token': answer } })
    const failures = [provider.connect(), provider.upstream.refresh({ refreshToken: 'r-t', subject: 'u-1' })]
    for (const failure of failures) {
      const error = await failure.catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(UpstreamError)
      expect(inspect(error, { depth: 10 })).not.toMatch(/s3cret|the-code|verifier|r-t/)
    }
  })

  test('get-token-request: nobody listens', async () => {
    const provider = await spoken({
      quirks: ['get-token-request'],
      provider: { tokenEndpoint: 'http://127.0.0.1:9/token' },
    })
    const error = await provider.connect().catch((reason: unknown) => reason)
    expect(inspect(error, { depth: 10 })).not.toMatch(/s3cret|the-code|verifier/)
    expect(await outcomeOf(() => provider.connect())).toBe('temporarily_unavailable refused')
  })

  test('get-token-request: never without TLS', async () => {
    const provider = await spoken({
      quirks: ['get-token-request'],
      provider: { tokenEndpoint: 'http://provider.example/token' },
    })
    await expect(provider.connect()).rejects.toThrow()
  })
})
