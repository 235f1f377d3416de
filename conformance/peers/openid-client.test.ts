// As its documentation says that it is used.
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStrangersRoom, redirectUri, type StrangersRoom, secret } from './strangers.ts'

let room: StrangersRoom
beforeAll(async () => {
  room = await openStrangersRoom()
})
afterAll(() => room?.close())

describe('openid-client', () => {
  const discover = (clientId: string, authentication: oidc.ClientAuth) =>
    oidc.discovery(new URL(room.server.issuer), clientId, undefined, authentication, {
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
    const tokens = await oidc.authorizationCodeGrant(config, await room.follow(url), checks, undefined, {
      DPoP,
    })
    expect(tokens).toMatchObject({ token_type: 'dpop', expires_in: 300, scope: parameters.scope })
    const { sub } = tokens.claims() ?? {}

    const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, String(sub), { DPoP })
    expect(userinfo).toMatchObject({ sub, name: 'Ada Quinn', email: 'ada@example.com', email_verified: true })

    const called = new URL(`${room.service.url}/whoami`)
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
    const tokens = await oidc.authorizationCodeGrant(config, await room.follow(url), checks, undefined, {
      DPoP,
    })
    expect(tokens.claims()).toMatchObject({ aud: 'public' })
  })

  it('A13 another key than the start named gets nothing', async () => {
    const config = await discover('public', oidc.None())
    const [own, other] = await Promise.all(
      [0, 1].map(async () => oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))),
    )
    const { checks, parameters } = await request()
    const dpop_jkt = (await own?.calculateThumbprint()) ?? ''
    const arrived = await room.follow(oidc.buildAuthorizationUrl(config, { ...parameters, dpop_jkt }))
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
        await room.follow(oidc.buildAuthorizationUrl(config, parameters)),
        checks,
      )
      expect(tokens.token_type).toBe('bearer')
      const { sub } = tokens.claims() ?? {}
      expect(await oidc.fetchUserInfo(config, tokens.access_token, String(sub))).toMatchObject({ sub })
      const answer = await fetch(room.service.url, {
        headers: { Authorization: `Bearer ${tokens.access_token}` },
      })
      expect(await answer.json()).toMatchObject({ subject: sub, clientId: 'confidential' })
      const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
      expect(renewed.claims()?.sub).toBe(sub)
    },
  )

  it('A25 with a secret and a key besides', async () => {
    const config = await discover('cautious', oidc.ClientSecretBasic(secret))
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const { checks, parameters } = await request()
    const arrived = await room.follow(oidc.buildAuthorizationUrl(config, parameters))
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
    const arrived = await room.follow(oidc.buildAuthorizationUrl(config, parameters))
    await expect(oidc.authorizationCodeGrant(config, arrived, checks)).rejects.toMatchObject({
      cause: expect.anything(),
    })
  })

  it('A15 is told what went wrong, in its own words', async () => {
    const config = await discover('public', oidc.None())
    const { checks, parameters } = await request()
    room.provider.autoApprove('denies')
    const denied = await room.follow(oidc.buildAuthorizationUrl(config, parameters))
    room.provider.autoApprove('user')
    await expect(oidc.authorizationCodeGrant(config, denied, checks)).rejects.toMatchObject({
      error: 'access_denied',
    })
    const unknown = await room.follow(oidc.buildAuthorizationUrl(config, { ...parameters, provider: 'nope' }))
    await expect(oidc.authorizationCodeGrant(config, unknown, checks)).rejects.toMatchObject({
      error: 'invalid_request',
    })
  })
})
