import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  callback,
  membersOf,
  quietProvider,
  redeem,
  signIn,
  standingClock,
  takeApart,
} from './flow.fixture.ts'
import { createFakeProvider } from './index.ts'

/** Before any provider has started. */
const globals = { request: globalThis.Request, response: globalThis.Response }

describe('with a socket', () => {
  test('starts on a free loopback port and answers; after close nobody is there', async () => {
    const provider = await createFakeProvider({ algorithm: 'ES256' })
    expect(provider.issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(provider.oidc).toEqual({
      type: 'oidc',
      issuer: provider.issuer,
      client_id: 'test-client',
      client_secret: 'test-secret-that-is-no-secret',
    })
    const url = `${provider.issuer}/.well-known/openid-configuration`
    expect(await membersOf(await fetch(url))).toMatchObject({ issuer: provider.issuer })
    await provider.close()
    await provider.close()
    await expect(fetch(url)).rejects.toThrow(TypeError)
  })

  test('its name can be localhost or the IPv6 loopback; `await using` closes it', async () => {
    let url: string
    {
      await using provider = await createFakeProvider({ algorithm: 'ES256', host: 'localhost' })
      expect(provider.issuer).toMatch(/^http:\/\/localhost:\d+$/)
      url = `${provider.issuer}/jwks`
      expect((await fetch(url)).status).toBe(200)
    }
    await expect(fetch(url)).rejects.toThrow(TypeError)
    await using v6 = await createFakeProvider({ algorithm: 'ES256', host: '::1' })
    expect(v6.issuer).toMatch(/^http:\/\/\[::1\]:\d+$/)
  })

  test('a taken port is an error that says so', async () => {
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(createFakeProvider({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await new Promise((resolve) => squatter.close(resolve))
  })

  test("leaves the process's own Request and Response alone", async () => {
    await using _provider = await createFakeProvider({ algorithm: 'ES256' })
    expect(globalThis.Request).toBe(globals.request)
    expect(globalThis.Response).toBe(globals.response)
  })

  test('X01: the issuer does not follow the Host header', async () => {
    const provider = await quietProvider()
    const response = await provider.fetch('https://evil.example/.well-known/openid-configuration', {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    expect(await membersOf(response)).toMatchObject({ issuer: 'https://provider.test' })
  })
})

describe('options', () => {
  test('an issuer with a path has both well-known forms and everything below the path', async () => {
    const provider = await quietProvider({ path: '/realms/demo' })
    expect(provider.issuer).toBe('https://provider.test/realms/demo')
    for (const url of [
      'https://provider.test/realms/demo/.well-known/openid-configuration',
      'https://provider.test/.well-known/oauth-authorization-server/realms/demo',
    ]) {
      expect(await membersOf(await provider.fetch(url))).toMatchObject({
        issuer: provider.issuer,
        token_endpoint: `${provider.issuer}/token`,
      })
    }
    expect(takeApart((await signIn(provider)).id_token).claims.iss).toBe(provider.issuer)
  })

  test.each([[{ path: '/x/' }], [{ path: 'x' }], [{ clients: [] }], [{ autoApprove: 'nobody' }]])(
    '%j is refused at once',
    async (options) => {
      await expect(createFakeProvider(options)).rejects.toThrow(TypeError)
    },
  )

  test('the same seed, clock and key give the same run, byte for byte', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const run = async () => signIn(await quietProvider({ seed: 'same', signingKey: privateKey }))
    expect(await run()).toEqual(await run())
  })

  test('record: false records nothing', async () => {
    const provider = await quietProvider({ record: false })
    await signIn(provider)
    expect(provider.requests.length).toBe(0)
  })

  test('lifetimes are what the answers say, and are kept', async () => {
    const clock = standingClock()
    const provider = await quietProvider({ clock, lifetimes: { accessToken: 5, idToken: 7, code: 9 } })
    const { access_token, expires_in, id_token } = await signIn(provider)
    expect(expires_in).toBe(5)
    const { claims } = takeApart(id_token)
    expect(Number(claims.exp) - Number(claims.iat)).toBe(7)
    const userinfo = () =>
      provider.fetch(provider.endpoints.userinfo, { headers: { authorization: `Bearer ${access_token}` } })
    expect((await userinfo()).status).toBe(200)
    const code = (await callback(provider)).get('code')
    clock.turn(5)
    expect((await userinfo()).status).toBe(401)
    clock.turn(4)
    expect(await membersOf(await redeem(provider, code))).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('autoApprove', () => {
  test('answers at once as a persona; undefined brings the page back', async () => {
    const provider = await quietProvider()
    expect((await provider.fetch(authorizationUrl(provider))).status).toBe(303)
    provider.autoApprove(undefined)
    const response = await provider.fetch(authorizationUrl(provider))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(() => provider.autoApprove('nobody')).toThrow(TypeError)
  })

  test('a function chooses for each request, by login_hint for one', async () => {
    const provider = await quietProvider({ autoApprove: (params) => params.get('login_hint') ?? undefined })
    const { id_token } = await signIn(provider, { login_hint: 'admin' })
    expect(takeApart(id_token).claims).toMatchObject({ sub: 'fake-admin-grace', roles: ['admin'] })
    expect((await provider.fetch(authorizationUrl(provider, { login_hint: 'nobody' }))).status).toBe(200)
  })

  test('login_hint alone signs nobody in', async () => {
    const provider = await quietProvider({ autoApprove: undefined })
    expect((await provider.fetch(authorizationUrl(provider, { login_hint: 'user' }))).status).toBe(200)
  })

  test('the persona who denies is answered access_denied', async () => {
    const provider = await quietProvider({ autoApprove: 'denies' })
    expect((await callback(provider)).get('error')).toBe('access_denied')
  })
})

test('rotateKey: new tokens carry the new kid; the old key stays in the set unless dropped', async () => {
  const provider = await quietProvider()
  const kids = async () => {
    const { keys } = await membersOf(await provider.fetch(provider.endpoints.jwks))
    return Array.isArray(keys) ? keys.map(({ kid }) => kid) : []
  }
  const [first] = await kids()
  await provider.rotateKey()
  const kid = takeApart((await signIn(provider)).id_token).header.kid
  expect(kid).not.toBe(first)
  expect(await kids()).toEqual([kid, first])
  await provider.rotateKey({ drop: true })
  expect(await kids()).toHaveLength(1)
})
