import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterEach, describe, expect, test } from 'vitest'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '../index.ts'

/** The fake provider judged by a client that is not of our making: openid-client, over real sockets. */

let provider: FakeProvider | undefined
afterEach(async () => provider?.close())

const redirect_uri = 'http://127.0.0.1:9/callback'
const insecure = { execute: [client.allowInsecureRequests] }

const start = async (options: FakeProviderOptions = {}) => {
  provider = await createFakeProvider({ autoApprove: 'user', ...options })
  return provider
}

const configure = (fake: FakeProvider, authentication?: client.ClientAuth) =>
  client.discovery(
    new URL(fake.issuer),
    fake.oidc.client_id,
    fake.oidc.client_secret,
    authentication,
    insecure,
  )

const begin = async (config: client.Configuration, params: Record<string, string> = {}) => {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expected = {
    pkceCodeVerifier,
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
  }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...params,
  })
  const response = await fetch(url, { redirect: 'manual' })
  return { response, expected }
}

const complete = async (config: client.Configuration, params: Record<string, string> = {}) => {
  const { response, expected } = await begin(config, params)
  const answer = new URL(response.headers.get('location') ?? '')
  const maxAge = params.max_age === undefined ? {} : { maxAge: Number(params.max_age) }
  return client.authorizationCodeGrant(config, answer, { ...expected, ...maxAge, idTokenExpected: true })
}

describe.each(['RS256', 'ES256'] as const)('%s', (algorithm) => {
  test('discovery, code flow, ID token, userinfo, refresh, introspection, revocation, logout', async () => {
    const config = await configure(await start({ algorithm, refreshTokens: { rotate: true } }))
    expect(config.serverMetadata().supportsPKCE()).toBe(true)
    client.enableNonRepudiationChecks(config)
    const tokens = await complete(config, { max_age: '60' })
    const subject = tokens.claims()?.sub ?? ''
    expect(tokens.claims()).toMatchObject({
      sub: 'fake-user-ada',
      email: 'ada@example.com',
      email_verified: true,
    })
    expect(await client.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({
      name: 'Ada Quinn',
    })

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
    expect(refreshed.claims()).toMatchObject({ sub: subject })

    expect(await client.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
      active: true,
      sub: subject,
    })
    await client.tokenRevocation(config, refreshed.refresh_token ?? '')
    expect(await client.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false })

    const logout = client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: redirect_uri,
      id_token_hint: tokens.id_token ?? '',
      state: 'bye',
    })
    const response = await fetch(logout, { redirect: 'manual' })
    expect(response.headers.get('location')).toBe(`${redirect_uri}?state=bye`)
  })
})

test("R17: after a rotation jose's remote key set finds the new key with one further fetch", async () => {
  const fake = await start({ algorithm: 'ES256' })
  const keys = createRemoteJWKSet(new URL(fake.endpoints.jwks), { cooldownDuration: 0 })
  const verified = async () => {
    const tokens = await complete(await configure(fake))
    return jwtVerify(tokens.id_token ?? '', keys, { issuer: fake.issuer, audience: fake.oidc.client_id })
  }
  await verified()
  await fake.rotateKey()
  expect((await verified()).payload.sub).toBe('fake-user-ada')
  await verified()
  expect(fake.requests.to('jwks')).toHaveLength(2)
})

describe('client authentication', () => {
  const secret = 'p%+/:= &ä'

  test.each([
    ['Basic', client.ClientSecretBasic(secret)],
    ['body', client.ClientSecretPost(secret)],
  ])('R29: %s, with an id and a secret full of odd characters', async (_, authentication) => {
    const fake = await start({
      algorithm: 'ES256',
      clients: [{ client_id: 'a:b c+d', client_secret: secret }],
    })
    await complete(await configure(fake, authentication))
  })

  test('private_key_jwt', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }
    const fake = await start({ algorithm: 'ES256', clients: [{ client_id: 'signer', jwks }] })
    await complete(await configure(fake, client.PrivateKeyJwt({ key: privateKey, kid: 'k' })))
    const assertion = fake.requests.last('token')?.form.get('client_assertion') ?? ''
    const { aud } = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())
    expect(aud).toBe(fake.issuer)
  })

  test('none', async () => {
    const fake = await start({ algorithm: 'ES256', clients: [{ client_id: 'public' }] })
    await complete(await configure(fake, client.None()))
  })
})

test('form_post: the form that the page posts is a good answer', async () => {
  const fake = await start({ algorithm: 'ES256' })
  const config = await configure(fake)
  const { response, expected } = await begin(config, { response_mode: 'form_post' })
  const fields = [...(await response.text()).matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  )
  const posted = new Request(redirect_uri, { method: 'POST', body: new URLSearchParams(fields) })
  const tokens = await client.authorizationCodeGrant(config, posted, expected)
  expect(tokens.claims()).toMatchObject({ sub: 'fake-user-ada' })
})

test('works without a socket, as the fetch of the library', async () => {
  const fake = await start({ algorithm: 'ES256', listen: false })
  const { client_id, client_secret } = fake.oidc
  const through = { [client.customFetch]: fake.fetch }
  const config = await client.discovery(new URL(fake.issuer), client_id, client_secret, undefined, through)
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier)
  const params = { redirect_uri, scope: 'openid', code_challenge, code_challenge_method: 'S256' }
  const { headers } = await fake.fetch(client.buildAuthorizationUrl(config, params))
  const tokens = await client.authorizationCodeGrant(config, new URL(headers.get('location') ?? ''), {
    pkceCodeVerifier,
  })
  expect(tokens.claims()).toMatchObject({ sub: 'fake-user-ada' })
})

test('denial reaches the client as access_denied', async () => {
  const fake = await start({ algorithm: 'ES256', autoApprove: 'denies' })
  await expect(complete(await configure(fake))).rejects.toMatchObject({ error: 'access_denied' })
})
