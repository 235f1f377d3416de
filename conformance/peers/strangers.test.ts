// Other people's clients, as their documentation says they are used: nothing here knows anything of Latchkey but its issuer.
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import * as oauth from 'oauth4webapi'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { runningClock } from '../support/clock.ts'
import { type Running, spaOrigin, startLatchkey } from '../support/latchkey.ts'
import { audience } from './arrive.ts'
import { type Service, startService } from './service.ts'

const redirectUri = 'http://localhost:5555/stranger'
const secret = 'a:secret%with+every kind/of=sign&'

let provider: FakeProvider
let server: Running
let service: Service
beforeAll(async () => {
  provider = await createFakeProvider({ autoApprove: 'user' })
  const common = {
    redirect_uris: [redirectUri],
    resources: [audience],
    response_modes: ['query' as const],
    allow_get_authorize: true,
  }
  server = await startLatchkey(
    () => ({
      clients: [
        { ...common, id: 'public', origins: [spaOrigin] },
        { ...common, id: 'confidential', secret },
        { ...common, id: 'cautious', secret, dpop: 'required' },
      ],
      providers: { oidc: provider.oidc },
    }),
    { clock: runningClock() },
  )
  service = await startService({ issuer: server.issuer, audience, clock: server.clock })
})
afterAll(async () => {
  await service?.close()
  await server?.close()
  await provider?.close()
})

/** From a link to the client's own address, in a browser. */
async function follow(url: URL): Promise<URL> {
  const browser = createBrowser()
  const last = await browser.follow(await browser.visit(url), (next) => next.href.startsWith(redirectUri))
  if (last.next === undefined) throw new Error(`${last.url} answered ${last.status}`)
  return last.next
}

describe('openid-client', () => {
  const discover = (clientId: string, authentication: oidc.ClientAuth) =>
    oidc.discovery(new URL(server.issuer), clientId, undefined, authentication, {
      execute: [oidc.allowInsecureRequests],
    })

  /** What an app keeps between its start and its callback, and the start's parameters. */
  async function request() {
    const checks = {
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      expectedState: oidc.randomState(),
      expectedNonce: oidc.randomNonce(),
      idTokenExpected: true,
    }
    const parameters: Record<string, string> = {
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access',
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      provider: 'oidc',
    }
    return { checks, parameters }
  }

  it('A22 B16 signs in as a public client: discovery, PKCE, DPoP with our nonce, userinfo, refresh, revocation', async () => {
    const config = await discover('public', oidc.None())
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const { checks, parameters } = await request()
    const dpop_jkt = await DPoP.calculateThumbprint()
    const url = oidc.buildAuthorizationUrl(config, { ...parameters, dpop_jkt })
    const tokens = await oidc.authorizationCodeGrant(config, await follow(url), checks, undefined, { DPoP })
    expect(tokens).toMatchObject({ token_type: 'dpop', expires_in: 300, scope: parameters.scope })
    const { sub } = tokens.claims() ?? {}

    const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, String(sub), { DPoP })
    expect(userinfo).toMatchObject({ sub, name: 'Ada Quinn', email: 'ada@example.com', email_verified: true })

    const called = new URL(`${service.url}/whoami`)
    const answer = await oidc.fetchProtectedResource(
      config,
      tokens.access_token,
      called,
      'GET',
      null,
      undefined,
      {
        DPoP,
      },
    )
    expect([answer.status, await answer.json()]).toMatchObject([200, { subject: sub, clientId: 'public' }])

    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
    expect(renewed.claims()?.sub).toBe(sub)
    expect(renewed.access_token).not.toBe(tokens.access_token)

    await oidc.tokenRevocation(config, renewed.refresh_token ?? '')
    await expect(
      oidc.refreshTokenGrant(config, renewed.refresh_token ?? '', undefined, { DPoP }),
    ).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('A23 signs in by a pushed request', async () => {
    const config = await discover('public', oidc.None())
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const { checks, parameters } = await request()
    const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    const tokens = await oidc.authorizationCodeGrant(config, await follow(url), checks, undefined, { DPoP })
    expect(tokens.claims()).toMatchObject({ aud: 'public' })
  })

  it('A13 another key than the start named gets nothing', async () => {
    const config = await discover('public', oidc.None())
    const [own, other] = await Promise.all(
      [0, 1].map(async () => oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))),
    )
    const { checks, parameters } = await request()
    const dpop_jkt = (await own?.calculateThumbprint()) ?? ''
    const arrived = await follow(oidc.buildAuthorizationUrl(config, { ...parameters, dpop_jkt }))
    await expect(
      oidc.authorizationCodeGrant(
        config,
        arrived,
        checks,
        undefined,
        other === undefined ? {} : { DPoP: other },
      ),
    ).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it.each([
    ['Basic', () => oidc.ClientSecretBasic(secret)],
    ['the body', () => oidc.ClientSecretPost(secret)],
  ])(
    'A25 signs in as a confidential client, its secret by %s: Bearer tokens, userinfo, refresh',
    async (_, authentication) => {
      const config = await discover('confidential', authentication())
      const { checks, parameters } = await request()
      const tokens = await oidc.authorizationCodeGrant(
        config,
        await follow(oidc.buildAuthorizationUrl(config, parameters)),
        checks,
      )
      expect(tokens.token_type).toBe('bearer')
      const { sub } = tokens.claims() ?? {}
      expect(await oidc.fetchUserInfo(config, tokens.access_token, String(sub))).toMatchObject({ sub })
      const answer = await fetch(service.url, { headers: { Authorization: `Bearer ${tokens.access_token}` } })
      expect(await answer.json()).toMatchObject({ subject: sub, clientId: 'confidential' })
      const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
      expect(renewed.claims()?.sub).toBe(sub)
    },
  )

  it('A25 with a secret and a key besides', async () => {
    const config = await discover('cautious', oidc.ClientSecretBasic(secret))
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const { checks, parameters } = await request()
    const arrived = await follow(oidc.buildAuthorizationUrl(config, parameters))
    const tokens = await oidc.authorizationCodeGrant(config, arrived, checks, undefined, { DPoP })
    expect(tokens.token_type).toBe('dpop')
    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
    expect(renewed.claims()?.sub).toBe(tokens.claims()?.sub)
  })

  it.each([
    ['a wrong secret', () => oidc.ClientSecretPost('not this one')],
    ['no secret', () => oidc.None()],
  ])('A25 a confidential client with %s gets nothing', async (_, authentication) => {
    const config = await discover('confidential', authentication())
    const { checks, parameters } = await request()
    const arrived = await follow(oidc.buildAuthorizationUrl(config, parameters))
    await expect(oidc.authorizationCodeGrant(config, arrived, checks)).rejects.toMatchObject({
      cause: expect.anything(),
    })
  })

  it('A15 is told what went wrong, in its own words', async () => {
    const config = await discover('public', oidc.None())
    const { checks, parameters } = await request()
    provider.autoApprove('denies')
    const denied = await follow(oidc.buildAuthorizationUrl(config, parameters))
    provider.autoApprove('user')
    await expect(oidc.authorizationCodeGrant(config, denied, checks)).rejects.toMatchObject({
      error: 'access_denied',
    })
    const unknown = await follow(oidc.buildAuthorizationUrl(config, { ...parameters, provider: 'nope' }))
    await expect(oidc.authorizationCodeGrant(config, unknown, checks)).rejects.toMatchObject({
      error: 'invalid_request',
    })
  })
})

describe('oauth4webapi', () => {
  const insecure = { [oauth.allowInsecureRequests]: true }

  async function discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(server.issuer)
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
    const params = oauth.validateAuthResponse(as, client, await follow(url), state)

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
    expect(claims).toMatchObject({ iss: server.issuer, aud: 'public', nonce })

    const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, { ...insecure, DPoP })
    expect(await oauth.processUserInfoResponse(as, client, String(claims?.sub), userinfo)).toMatchObject({
      sub: claims?.sub,
      email: 'ada@example.com',
    })

    const called = new URL(`${service.url}/whoami`)
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
