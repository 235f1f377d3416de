import { generateKeyPairSync } from 'node:crypto'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '@latchkey/testing'
import type { OAuth1ProviderConfig } from '../../config/types.ts'
import type { JourneyProof, Upstream } from '../contract.ts'
import type { GuardedFetchInit } from '../net/guarded-fetch.ts'
import { handClock, oauth2Provider } from '../upstream.fixture.ts'
import { createOAuth1Upstream } from './index.ts'

const { id, name, redirectUri } = oauth2Provider
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const rsaKey = { ...privateKey.export({ format: 'jwk' }) }
export const clientSecret = 'a consumer secret & more'

export interface Side {
  provider: FakeProvider
  config: OAuth1ProviderConfig
  upstream: Upstream
  clock: ReturnType<typeof handClock>
}

/** The fake provider's OAuth 1.0a side, without a socket, and our upstream for it. */
export async function openSide(
  changes: Partial<OAuth1ProviderConfig> = {},
  options: FakeProviderOptions = {},
): Promise<Side> {
  const clock = handClock()
  const provider = await createFakeProvider({
    ...{ listen: false, clock, autoApprove: 'user', algorithm: 'ES256' },
    clients: [
      {
        client_id: 'a key',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }) }] },
      },
    ],
    ...options,
  })
  const { oauth1 } = provider
  const config: OAuth1ProviderConfig = {
    ...{ id, name, type: 'oauth1', clientId: oauth1.consumer_key, clientSecret, redirectUri },
    ...{ signIn: true, connect: true, scopes: [], scopeSeparator: ' ', connectScopes: [] },
    ...{ authorizeParams: {}, connectAuthorizeParams: {}, requestTokenParams: {}, apiHosts: [] },
    ...{ refresh: { narrowsScopes: false }, requireClaims: {}, signatureMethod: 'HMAC-SHA1' },
    ...{
      unsafeVersion10: false,
      identityFrom: 'userinfo',
      sharedAccount: false,
      subject: ['id'],
      profile: { label: 'login' },
    },
    requestTokenEndpoint: oauth1.request_token_endpoint,
    authorizationEndpoint: oauth1.authorization_endpoint,
    accessTokenEndpoint: oauth1.access_token_endpoint,
    userinfoEndpoint: oauth1.userinfo_endpoint,
    ...changes,
  }
  const fetch = (url: string | URL, init: GuardedFetchInit = {}) =>
    provider.fetch(url, { ...init, body: init.body ?? undefined })
  const context = { fetch, clock, allowPrivate: false, onBackgroundFailure: () => undefined }
  return { provider, config, clock, upstream: createOAuth1Upstream(config, context) }
}

export const request: JourneyProof = {
  ...{ state: 'the-journey', redirectUri, codeVerifier: 'unused', nonce: 'unused' },
}

/** As far as the provider's answer by way of the browser. */
export async function reachCallback(
  { upstream, provider }: Side,
  more: Partial<Parameters<Upstream['authorizationUrl']>[0]> = {},
): Promise<{ params: URLSearchParams; proof: JourneyProof; callback: URL }> {
  const asked = { ...request, ...more }
  const temporary = await upstream.requestCredentials?.(asked)
  if (temporary === undefined) throw new Error('no temporary credentials')
  const location = await upstream.authorizationUrl({ ...asked, temporary })
  const answer = await provider.fetch(location)
  const callback = new URL(answer.headers.get('location') ?? `https://none.example/?${answer.status}`)
  return { callback, params: callback.searchParams, proof: { ...asked, temporary } }
}

/** The whole way. */
export async function travel(side: Side, more: Parameters<typeof reachCallback>[1] = {}) {
  const { params, proof } = await reachCallback(side, more)
  return side.upstream.exchange(await side.upstream.readCallback(params, proof), proof)
}
