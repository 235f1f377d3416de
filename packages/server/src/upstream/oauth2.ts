import type { AuthorizationServer } from 'oauth4webapi'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { createAccountIdentifier, refuseUnidentified } from './account-identity.ts'
import { createApiCredentials } from './api-credentials.ts'
import { authorizationUrl } from './authorization-url.ts'
import { judgeCallback } from './callback.ts'
import { clientAuthentication } from './client-auth.ts'
import type { Upstream } from './contract.ts'
import type { ProviderContext } from './provider-context.ts'
import { redeemCode, type TokenEndpoint } from './token-endpoint.ts'
import { tokenValues } from './token-placeholders.ts'
import { createTokenUpkeep, upkeepFacts } from './token-upkeep.ts'
import { wireRules } from './wire-rules.ts'

/**
 * A provider that speaks plain OAuth 2.0: its endpoints are configured, and so is which of its answers says who somebody
 * is. An ID token that comes along is dropped, since nothing has verified it.
 *
 * @throws LatchkeyError `invalid_configuration`, `unknown_quirk`
 */
export function createOAuth2Upstream(provider: OAuth2ProviderConfig, context: ProviderContext): Upstream {
  const { fetch, clock, allowPrivate } = context
  const rules = wireRules(provider)
  const authenticate = clientAuthentication(provider, rules)
  const identityIssuer = `provider:${provider.id}`
  const as: AuthorizationServer = {
    issuer: provider.issuer ?? identityIssuer,
    token_endpoint: provider.tokenEndpoint,
    authorization_response_iss_parameter_supported: provider.issuer !== undefined,
  }
  const endpoint: TokenEndpoint = { provider, as, authenticate, rules, fetch, clock, allowPrivate }

  const identify = createAccountIdentifier(provider, rules, context)

  return {
    id: provider.id,
    name: provider.name,
    protocol: 'oauth2',
    responseMode: provider.responseMode,
    provesAuthTime: false,
    identityIssuer,
    ...upkeepFacts(provider, rules),
    ...createTokenUpkeep({ endpoint: async () => endpoint }),
    apiCredentials: createApiCredentials(provider, rules),

    async authorizationUrl(request) {
      refuseUnidentified(provider, request)
      return authorizationUrl(provider.authorizationEndpoint, provider, rules, request, allowPrivate)
    },

    async readCallback(params, proof) {
      return judgeCallback(params, proof, {
        as,
        client: { client_id: provider.clientId },
        issuer: provider.issuer,
        issRequired: provider.issuer !== undefined,
        wire: rules,
        clientSecret: provider.clientSecret,
        clock,
      })
    },

    async exchange(callback, proof) {
      refuseUnidentified(provider, proof)
      const redeemed = await redeemCode(endpoint, callback, proof)
      const { idToken: _unverified, ...tokens } = redeemed.tokens
      const token = tokenValues(provider, callback, redeemed)
      return { ...(await identify(token, proof)), tokens }
    },
  }
}
