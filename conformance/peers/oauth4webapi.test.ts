// As its documentation says that it is used.
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audience } from './arrive.ts'
import { openStrangersRoom, redirectUri, type StrangersRoom } from './strangers.ts'

let room: StrangersRoom
beforeAll(async () => {
  room = await openStrangersRoom()
})
afterAll(() => room?.close())

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true }

  async function discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(room.server.issuer)
    const found = await Promise.all(
      (['oidc', 'oauth2'] as const).map(async (algorithm) =>
        oauth.processDiscoveryResponse(
          issuer,
          await oauth.discoveryRequest(issuer, { ...insecure, algorithm }),
        ),
      ),
    )
    expect(found[0]).toEqual(found[1])
    return found[0] ?? { issuer: '' }
  }

  it('A27 A42 signs in as a public client, step by step: one answer asks for a nonce, the next takes it', async () => {
    const as = await discover()
    const client: oauth.Client = { client_id: 'public' }
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'))
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const nonce = oauth.generateRandomNonce()
    const url = new URL(as.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid email',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      provider: 'oidc',
    }).toString()
    const params = oauth.validateAuthResponse(as, client, await room.follow(url), state)

    const redeem = async () => {
      const options = { ...insecure, DPoP }
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        oauth.None(),
        params,
        redirectUri,
        verifier,
        options,
      )
      const checked = await oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      })
      // The ID token's signature, by the keys that the metadata name.
      await oauth.validateApplicationLevelSignature(as, response, insecure)
      return checked
    }
    const asksForNonce = await redeem().catch((error: unknown) => error)
    expect(oauth.isDPoPNonceError(asksForNonce)).toBe(true)
    const tokens = await redeem()
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    expect(claims).toMatchObject({ iss: room.server.issuer, aud: 'public', nonce })

    const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, { ...insecure, DPoP })
    expect(await oauth.processUserInfoResponse(as, client, String(claims?.sub), userinfo)).toMatchObject({
      sub: claims?.sub,
      email: 'ada@example.com',
    })

    const called = new URL(`${room.service.url}/whoami`)
    const call = (options: oauth.ProtectedResourceRequestOptions) =>
      oauth.protectedResourceRequest(tokens.access_token, 'GET', called, undefined, null, options)
    const answer = await call({ ...insecure, DPoP })
    expect(await answer.json()).toMatchObject({ subject: claims?.sub, scopes: ['openid', 'email'] })

    // And a stranger's resource server: RFC 9068 and RFC 9449 by the same library's other side.
    const presented: Request[] = []
    await call({
      ...insecure,
      DPoP,
      [oauth.customFetch]: async (url, init) => {
        presented.push(new Request(url, { method: init.method, headers: init.headers }))
        return new Response()
      },
    })
    const [request = new Request(called)] = presented
    const options = { ...insecure, requireDPoP: true }
    expect(await oauth.validateJwtAccessToken(as, request, audience, options)).toMatchObject({
      sub: claims?.sub,
      client_id: 'public',
      scope: 'openid email',
    })
    const elsewhere = oauth.validateJwtAccessToken(as, request, 'https://other.example.com', options)
    await expect(elsewhere).rejects.toThrow()

    const refresh = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      tokens.refresh_token ?? '',
      {
        ...insecure,
        DPoP,
      },
    )
    const renewed = await oauth.processRefreshTokenResponse(as, client, refresh)
    expect(oauth.getValidatedIdTokenClaims(renewed)?.sub).toBe(claims?.sub)
  })
})
