import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type Running, spaOrigin, spaRedirectUri, startLatchkey } from '../support/latchkey.ts'
import { postToken, redemptionOf, type Spa, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running
let spa: Spa

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin], dpop: 'off' as const }
  server = await startLatchkey(() => ({
    clients: [
      { ...client, id: 'web' },
      { ...client, id: 'other' },
    ],
    providers: { oidc: provider.oidc },
  }))
  spa = server.spa
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

async function signIn() {
  const trip = await travel(spa, createBrowser(), { provider: 'oidc' })
  const { body } = await postToken(spa, redemptionOf(spa, trip))
  return { accessToken: String(body.access_token), refreshToken: String(body.refresh_token) }
}

const revoke = (params: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.issuer}/revoke`, {
    method: 'POST',
    body: new URLSearchParams(params),
    headers: { Origin: spaOrigin, ...headers },
  })
const refresh = (refresh_token: string) =>
  postToken(spa, { grant_type: 'refresh_token', client_id: 'web', refresh_token })
const userinfo = async (token: string) =>
  (await fetch(`${server.issuer}/userinfo`, { headers: { Authorization: `Bearer ${token}` } })).status

describe('/revoke', () => {
  it('A37 ends the session of a refresh token, once and for all of it', async () => {
    const { accessToken, refreshToken } = await signIn()
    const answer = await revoke({ token: refreshToken, client_id: 'web' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, spaOrigin])
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await userinfo(accessToken)).toBe(401)
    expect((await revoke({ token: refreshToken, client_id: 'web' })).status).toBe(200)
    expect(server.events.filter(({ type }) => type === 'session.revoked')).toHaveLength(1)
  })

  it('A37 says 200 to what it does not know and leaves another client’s alone', async () => {
    const { refreshToken } = await signIn()
    for (const token of ['x', `${refreshToken}x`, refreshToken.slice(0, -1)]) {
      expect((await revoke({ token, client_id: 'web' })).status).toBe(200)
    }
    expect((await revoke({ token: refreshToken, client_id: 'other' })).status).toBe(200)
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  it('A37 49 does not claim to have taken back an access token', async () => {
    const { accessToken } = await signIn()
    const answer = await revoke({ token: accessToken, client_id: 'web' })
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'unsupported_token_type' }])
    expect(await userinfo(accessToken)).toBe(200)
  })

  it.each([
    [{ client_id: 'web' }, 400, 'invalid_request'],
    [{ token: 'x' }, 400, 'invalid_request'],
    [{ token: 'x', client_id: 'nobody' }, 401, 'invalid_client'],
  ] as [Record<string, string>, number, string][])('refuses %j', async (params, status, error) => {
    const answer = await revoke(params)
    expect([answer.status, await answer.json()]).toMatchObject([status, { error }])
  })
})
