import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { expect } from 'vitest'
import type { Browser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import type { Running } from '../support/latchkey.ts'
import { answerIn, provedToken, redemptionOf, type Start } from '../support/spa.ts'
import type { Service } from './service.ts'

/** What a SPA asks for as its audience. */
export const audience = 'https://api.example.com'

export interface Arrived {
  accessToken: JWTPayload
  idToken: JWTPayload
  userinfo: Record<string, unknown>
}

export const atApp = (server: Running) => (url: URL) => url.href.startsWith(server.spa.redirectUri)

/**
 * The last steps, as a SPA and its services would do them: redeem the code with a DPoP key; verify both tokens with
 * plain `jose` from `/jwks`; call a service over its socket; ask userinfo.
 */
export async function arrive(
  server: Running,
  service: Service,
  trip: Start & { answer: URLSearchParams; browser: Browser },
): Promise<Arrived> {
  expect(Object.fromEntries(trip.answer)).toEqual({
    code: expect.any(String),
    state: trip.state,
    iss: server.issuer,
  })
  const key = await createDpopKey(server.clock.now)
  const { status, body } = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
  expect([status, body.token_type]).toEqual([200, 'DPoP'])
  const token = String(body.access_token)

  const jwks = createRemoteJWKSet(new URL(`${server.issuer}/jwks`))
  const common = { issuer: server.issuer, currentDate: new Date(server.clock.now()) }
  const access = await jwtVerify(token, jwks, { ...common, audience, typ: 'at+jwt' })
  const id = await jwtVerify(String(body.id_token), jwks, { ...common, audience: 'web' })
  expect(id.payload.sub).toBe(access.payload.sub)
  expect(access.payload.cnf).toEqual({ jkt: key.jkt })

  const called = async (url: string) => {
    const proof = await key.proof({ htm: 'GET', htu: url, accessToken: token })
    return fetch(url, { headers: { Authorization: `DPoP ${token}`, DPoP: proof } })
  }
  const answer = await called(`${service.url}/whoami`)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      issuer: server.issuer,
      subject: access.payload.sub,
      clientId: 'web',
      scopes: ['openid', 'profile', 'email'],
    },
  ])
  const userinfo: Record<string, unknown> = await (await called(`${server.issuer}/userinfo`)).json()
  expect(userinfo.sub).toBe(access.payload.sub)
  return { accessToken: access.payload, idToken: id.payload, userinfo }
}

export const errorIn = (trip: { page: { next: URL | undefined } }): string | null =>
  answerIn(trip.page.next).get('error')
