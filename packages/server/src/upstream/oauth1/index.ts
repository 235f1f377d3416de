import type { OAuth1ProviderConfig } from '../../config/types.ts'
import { randomBytes } from '../../random.ts'
import { refuseUnidentified, unidentified } from '../account-identity.ts'
import { checkAdmission } from '../admission.ts'
import type { IdentityClaims } from '../claims.ts'
import type { Credentials, Tokens, Upstream, UpstreamRequest } from '../contract.ts'
import { fault } from '../failures.ts'
import type { JsonObject } from '../json.ts'
import { checkedUrl } from '../net/url.ts'
import { identityFromProfile } from '../profile.ts'
import type { ProviderContext } from '../provider-context.ts'
import { judgeOAuth1Callback } from './callback.ts'
import { askSigned, callbackOf, fetchTemporary, fetchTokens, type Place, scopeAt } from './endpoints.ts'
import { createSigner } from './signer.ts'
import { tokenSigning } from './token-signing.ts'

/**
 * A provider that speaks OAuth 1.0a (RFC 5849): each request is signed, and so is whatever is done with its tokens.
 *
 * @param context `nonce` gives another one for each request; default: 128 random bits
 * @throws LatchkeyError `invalid_configuration`
 */
export function createOAuth1Upstream(
  provider: OAuth1ProviderConfig,
  context: ProviderContext & { nonce?: () => string },
): Upstream {
  // Hexadecimal: some providers take nothing else than letters and digits.
  const { clock, nonce = () => randomBytes(16).toString('hex') } = context
  const place: Place = { ...context, provider, sign: createSigner(provider, { clock, nonce }) }

  return {
    id: provider.id,
    name: provider.name,
    protocol: 'oauth1',
    responseMode: 'query',
    provesAuthTime: false,
    identityIssuer: `provider:${provider.id}`,
    connect: provider.connect,
    connectScopes: provider.connectScopes,
    refreshRules: provider.refresh,
    revocationEndsAccount: false,

    requestCredentials: (request) => fetchTemporary(place, request),
    authorizationUrl: async (request) => authorizationUrl(place, request),
    readCallback: async (params, proof) => judgeOAuth1Callback(params, proof, provider),

    async exchange(callback, proof) {
      refuseUnidentified(provider, proof)
      const { temporary } = proof
      if (temporary === undefined) throw fault('callback_token')
      const { tokens, fields } = await fetchTokens(place, temporary, callback)
      const profile = await profileOf(place, tokens, fields)
      const identity = identityOf(provider, profile)
      checkAdmission([profile], identity, provider)
      return { ...identity, tokens }
    },

    // There is neither in this protocol.
    refresh: () => Promise.reject(fault('unsupported_grant_type')),
    revoke: () => Promise.resolve('unsupported'),
    introspect: () => Promise.resolve(undefined),
    signing: tokenSigning(place),
  }
}

/** RFC 5849 section 2.2. Nothing comes before the journey's own parameters. */
function authorizationUrl({ provider, allowPrivate }: Place, request: UpstreamRequest): URL {
  refuseUnidentified(provider, request)
  const { temporary, connecting } = request
  if (temporary === undefined) throw fault('callback_token')
  const url = new URL(checkedUrl(provider.authorizationEndpoint, allowPrivate))
  const params = new URLSearchParams(url.search)
  for (const [name, value] of Object.entries({
    ...provider.authorizeParams,
    ...(connecting && provider.connectAuthorizeParams),
    ...scopeAt('authorization', provider, request),
    oauth_token: temporary.token,
    ...(provider.unsafeVersion10 && { oauth_callback: callbackOf(request) }),
  })) {
    params.set(name, value)
  }
  url.search = params.toString()
  return url
}

async function profileOf(place: Place, tokens: Tokens, fields: JsonObject): Promise<JsonObject> {
  const { identityFrom, userinfoEndpoint } = place.provider
  if (identityFrom !== 'userinfo' || userinfoEndpoint === undefined) return fields
  return askSigned(place, userinfoEndpoint, credentialsOf(tokens))
}

const credentialsOf = ({ accessToken, tokenSecret = '' }: Tokens): Credentials => ({
  token: accessToken,
  secret: tokenSecret,
})

const identityOf = (provider: OAuth1ProviderConfig, profile: JsonObject): IdentityClaims =>
  provider.identityFrom === 'nothing' ? unidentified : identityFromProfile(profile, provider)
