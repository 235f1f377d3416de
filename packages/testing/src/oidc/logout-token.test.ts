import { createServer } from 'node:http'
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { createFakeProvider, type FakeProvider, logoutEvent, withClaims } from '../index.ts'

let provider: FakeProvider | undefined
afterEach(async () => provider?.close())

test('a logout token says what Back-Channel Logout section 2.4 wants, and no more', async () => {
  provider = await createFakeProvider()
  const jwks = createRemoteJWKSet(new URL(provider.endpoints.jwks))
  const { payload, protectedHeader } = await jwtVerify(
    provider.logoutToken({ persona: 'user', sid: 's-1' }),
    jwks,
    {
      issuer: provider.issuer,
      audience: 'test-client',
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti'],
    },
  )
  expect(protectedHeader.kid).toBeDefined()
  expect(payload).toMatchObject({ sub: 'fake-user-ada', sid: 's-1', events: { [logoutEvent]: {} } })
  expect(payload).not.toHaveProperty('nonce')
  const discovered = await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()
  expect(discovered).toMatchObject({ backchannel_logout_supported: true })
})

test('each has a jti of its own, and a mutator spoils it', async () => {
  provider = await createFakeProvider({ listen: false })
  const keys = createLocalJWKSet(await (await provider.fetch(provider.endpoints.jwks)).json())
  const claimsOf = async (token: string) => (await jwtVerify(token, keys)).payload
  const [one, two] = await Promise.all(
    [1, 2].map(() => provider?.logoutToken({ sub: 'x' }) ?? '').map(claimsOf),
  )
  expect(one?.jti).not.toBe(two?.jti)
  expect(await claimsOf(provider.logoutToken({ sub: 'x' }, withClaims({ nonce: 'n' })))).toMatchObject({
    nonce: 'n',
  })
})

test('it posts one form to the registered address, or to the one that is named', async () => {
  const received: string[] = []
  const app = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push(`${request.method} ${request.url} ${Buffer.concat(chunks).toString().slice(0, 16)}`)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const address = app.address()
  const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  try {
    provider = await createFakeProvider({
      clients: [{ client_id: 'one', backchannel_logout_uri: `${at}/one` }, { client_id: 'two' }],
    })
    expect((await provider.sendLogout({ persona: 'user' })).status).toBe(204)
    await provider.sendLogout({ persona: 'user', clientId: 'two', uri: `${at}/two` })
    expect(received).toEqual(['POST /one logout_token=eyJ', 'POST /two logout_token=eyJ'])
    await expect(provider.sendLogout({ persona: 'user', clientId: 'two' })).rejects.toThrow(TypeError)
  } finally {
    app.close()
  }
})

test('people and clients that do not exist are a mistake', async () => {
  const made = await createFakeProvider({ listen: false })
  expect(() => made.logoutToken({ persona: 'nobody' })).toThrow(TypeError)
  expect(() => made.logoutToken({ clientId: 'nobody' })).toThrow(TypeError)
})
