import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { callback, membersOf, quietProvider, redirectUri, standingClock, verifier } from '../flow.fixture.ts'
import type { Client, FakeProvider } from '../index.ts'

interface Attempt {
  headers?: Record<string, string>
  form?: Record<string, string>
}

const attempt = async (provider: FakeProvider, { headers = {}, form = {} }: Attempt) => {
  const client_id = provider.clients[0]?.client_id
  const code = (await callback(provider, { client_id })).get('code') ?? ''
  const response = await provider.fetch(provider.endpoints.token, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...form,
    }),
  })
  const { error } = await membersOf(response)
  return { status: response.status, error, challenge: response.headers.get('www-authenticate') }
}

const ok = { status: 200, error: undefined, challenge: null }
const basic = (id: string, secret: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
})

describe('secrets', () => {
  const client: Client = { client_id: 'a:b c', client_secret: 'p%+/:= ä' }
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)

  test('R29: Basic is form-urlencoded, for colons, percent signs, plus signs, spaces and umlauts', async () => {
    const provider = await quietProvider({ clients: [client] })
    expect(await attempt(provider, basic(encode('a:b c'), encode('p%+/:= ä')))).toEqual(ok)
    const unencoded = await attempt(provider, basic('a:b c', 'p%+/:= ä'))
    expect(unencoded).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(unencoded.challenge).toMatch(/^Basic /)
  })

  test('in the body they are what they are', async () => {
    const provider = await quietProvider({ clients: [client] })
    expect(await attempt(provider, { form: { client_id: 'a:b c', client_secret: 'p%+/:= ä' } })).toEqual(ok)
    expect(await attempt(provider, { form: { client_id: 'a:b c', client_secret: 'wrong' } })).toMatchObject({
      status: 401,
    })
  })

  test.each([
    ['nothing at all', {}, 'invalid_client'],
    ['the id alone', { form: { client_id: 'test-client' } }, 'invalid_client'],
    ['a wrong secret', basic('test-client', 'wrong'), 'invalid_client'],
    ['an unknown client', basic('nobody', 'x'), 'invalid_client'],
    [
      'no colon',
      { headers: { authorization: `Basic ${Buffer.from('test-client').toString('base64')}` } },
      'invalid_client',
    ],
    ['not Basic', { headers: { authorization: 'Bearer x' } }, 'invalid_client'],
    [
      'two ways at once',
      {
        ...basic('test-client', 'test-secret-that-is-no-secret'),
        form: { client_id: 'test-client', client_secret: 'x' },
      },
      'invalid_request',
    ],
    [
      'another client_id beside',
      { ...basic('test-client', 'test-secret-that-is-no-secret'), form: { client_id: 'other' } },
      'invalid_client',
    ],
  ])('%s is refused', async (_, how, error) => {
    expect(await attempt(await quietProvider(), how)).toMatchObject({ error })
  })

  test('a client registered for one method may not use another', async () => {
    const only: Client = {
      client_id: 'c',
      client_secret: 's',
      token_endpoint_auth_method: 'client_secret_post',
    }
    const provider = await quietProvider({ clients: [only] })
    expect(await attempt(provider, basic('c', 's'))).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(await attempt(provider, { form: { client_id: 'c', client_secret: 's' } })).toEqual(ok)
  })

  test('a public client names itself', async () => {
    const provider = await quietProvider({ clients: [{ client_id: 'public' }] })
    expect(await attempt(provider, { form: { client_id: 'public' } })).toEqual(ok)
    expect(await attempt(provider, basic('public', ''))).toMatchObject({ status: 401 })
  })
})

describe('R30: private_key_jwt', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwks = { keys: [await exportJWK(publicKey)] }
  const client: Client = { client_id: 'signer', jwks }
  const clock = standingClock()

  const assertion = (provider: FakeProvider, claims: Record<string, unknown> = {}) => {
    const iat = clock.now() / 1000
    const payload = {
      iss: 'signer',
      sub: 'signer',
      aud: provider.issuer,
      iat,
      exp: iat + 60,
      jti: 'j1',
      ...claims,
    }
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  }
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const using = (value: string) => ({ form: { client_assertion_type: type, client_assertion: value } })

  test('works once for each jti, for the issuer or the token endpoint', async () => {
    const provider = await quietProvider({ clients: [client], clock })
    const first = await assertion(provider)
    expect(await attempt(provider, using(first))).toEqual(ok)
    expect(await attempt(provider, using(first))).toMatchObject({ status: 401, error: 'invalid_client' })
    const second = await assertion(provider, { jti: 'j2', aud: provider.endpoints.token })
    expect(await attempt(provider, using(second))).toEqual(ok)
  })

  test.each([
    ['another audience', { aud: 'https://other.example' }],
    ['several audiences', { aud: ['https://provider.test', 'https://other.example'] }],
    ['another issuer', { iss: 'somebody' }],
    ['another subject', { sub: 'somebody' }],
    ['expired', { exp: clock.now() / 1000 - 1 }],
    ['no exp', { exp: undefined }],
    ['no jti', { jti: undefined }],
  ])('%s is refused', async (_, claims) => {
    const provider = await quietProvider({ clients: [client], clock })
    const signed = await assertion(provider, claims)
    expect(await attempt(provider, using(signed))).toMatchObject({ status: 401, error: 'invalid_client' })
  })

  test("another's key, no JWT, and a client without keys are refused", async () => {
    const provider = await quietProvider({ clients: [client], clock })
    const stranger = await generateKeyPair('ES256')
    const forged = await new SignJWT({
      iss: 'signer',
      sub: 'signer',
      aud: provider.issuer,
      jti: 'x',
      iat: 1,
      exp: 1e12,
    })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(stranger.privateKey)
    expect(await attempt(provider, using(forged))).toMatchObject({ status: 401 })
    expect(await attempt(provider, using('no-jwt'))).toMatchObject({ status: 401 })
    expect(await attempt(provider, { form: { client_assertion: forged } })).toMatchObject({ status: 401 })
    const keyless: Client = { client_id: 'signer', token_endpoint_auth_method: 'private_key_jwt' }
    const other = await quietProvider({ clients: [keyless], clock })
    expect(await attempt(other, using(await assertion(other)))).toMatchObject({ status: 401 })
  })
})
