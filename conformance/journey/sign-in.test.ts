import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import { type Running, startLatchkey } from '../support/latchkey.ts'
import { provedToken, redemptionOf, travel } from '../support/spa.ts'

let provider: FakeProvider
let server: Running

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  server = await startLatchkey(() => ({
    linking: 'separate',
    providers: { oidc: provider.oidc, plain: provider.oauth2 },
  }))
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
})

describe.each(['oidc', 'plain'])('sign-in through %s', (id) => {
  it('yields tokens that plain jose verifies through /jwks', async () => {
    const key = await createDpopKey()
    const trip = await travel(server.spa, createBrowser(), { provider: id, dpop_jkt: key.jkt, nonce: 'n-1' })
    expect(Object.fromEntries(trip.answer)).toEqual({
      code: expect.any(String),
      state: trip.state,
      iss: server.issuer,
    })

    const answer = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
    expect(answer).toMatchObject({
      status: 200,
      body: {
        token_type: 'DPoP',
        expires_in: 300,
        scope: 'openid profile email',
        refresh_token: expect.any(String),
      },
    })
    const jwks = createRemoteJWKSet(new URL(`${server.issuer}/jwks`))
    const { payload } = await jwtVerify(String(answer.body.access_token), jwks, {
      issuer: server.issuer,
      audience: 'https://api.example.com',
      typ: 'at+jwt',
    })
    expect(payload).toMatchObject({
      client_id: 'web',
      idp: id,
      cnf: { jkt: key.jkt },
      scope: 'openid profile email',
    })
    const idToken = decodeJwt(String(answer.body.id_token))
    expect(idToken).toMatchObject({ aud: 'web', nonce: 'n-1', sub: payload.sub, sid: payload.sid })
  })
})
