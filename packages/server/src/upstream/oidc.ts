import type { AuthorizationServer } from 'oauth4webapi'
import type { OidcProviderConfig } from '../config/types.ts'
import { checkAdmission, lacksRequired } from './admission.ts'
import { createApiCredentials } from './api-credentials.ts'
import { authorizationUrl } from './authorization-url.ts'
import { judgeCallback } from './callback.ts'
import { identityFromClaims } from './claims.ts'
import { clientAuthentication } from './client-auth.ts'
import type { SignOutRequest, Upstream } from './contract.ts'
import { endSessionUrl } from './end-session-url.ts'
import { fault } from './failures.ts'
import { postedName } from './form-post-name.ts'
import { createIdTokenVerifier } from './id-token.ts'
import { createKeySource } from './jwks.ts'
import { createLogoutTokenVerifier } from './logout-token.ts'
import { createMetadataSource, type IssuerMetadata } from './metadata.ts'
import type { ProviderContext } from './provider-context.ts'
import { createRefreshedIdentityCheck } from './refreshed-identity.ts'
import { jsonBody } from './response.ts'
import { createTenantIssuers } from './tenant-issuers.ts'
import { checkCallbackIssuer, issuerAtCallback, tenantOfIdentity, tenantRule } from './tenants.ts'
import { redeemCode, type TokenEndpoint } from './token-endpoint.ts'
import { tokenValues } from './token-placeholders.ts'
import { createTokenUpkeep, upkeepFacts } from './token-upkeep.ts'
import { askUserinfo, checkUserinfoSubject, userinfoNeeded } from './userinfo.ts'
import { wireRules } from './wire-rules.ts'

/**
 * A provider that speaks OpenID Connect. Nothing is fetched before it is first used.
 *
 * @throws LatchkeyError `invalid_configuration`, `unknown_quirk`
 */
export function createOidcUpstream(provider: OidcProviderConfig, context: ProviderContext): Upstream {
  const { fetch, clock, allowPrivate, onBackgroundFailure } = context
  const rules = wireRules(provider)
  const authenticate = clientAuthentication(provider, rules)
  const tenants =
    rules.issuerTemplate === undefined
      ? undefined
      : createTenantIssuers(rules.issuerTemplate, provider.issuer)
  const takesPostedName = rules.nameInFormPost && provider.responseMode === 'form_post'
  const metadataOf = createMetadataSource({
    issuer: provider.issuer,
    tenants,
    discoveryUrl: provider.discoveryUrl,
    fetch,
    clock,
    allowPrivate,
    ...(provider.metadata && { metadata: provider.metadata }),
    onBackgroundFailure,
  })
  const newKeySource = () =>
    createKeySource({
      load: async () => {
        const { jwksUri } = await metadataOf()
        return jsonBody(await fetch(jwksUri, { headers: { accept: 'application/json' } }), 'jwks')
      },
      clock,
      onBackgroundFailure,
      ...(tenants && { signsFor: tenants.signsFor }),
    })
  const common = {
    issuer: tenants === undefined ? provider.issuer : tenantRule(tenants, metadataOf),
    clientId: provider.clientId,
    algorithms: provider.idTokenAlgorithms,
    clock,
  }
  const verifyIdToken = createIdTokenVerifier({
    ...common,
    keys: newKeySource(),
    unsafeAllowMissingNonce:
      rules.unsafeNonceMayMiss && provider.pkce === 'S256' && rules.unsafeCodeChallenge === undefined,
  })
  // Anybody may post a logout token. With keys of its own, made-up key ids use up an allowance that sign-in does not need.
  const readLogoutToken = createLogoutTokenVerifier({ ...common, keys: newKeySource() })
  const spoken = { provider, authenticate, rules, fetch, clock, allowPrivate }
  const endpointAt = (metadata: IssuerMetadata): TokenEndpoint => ({ ...spoken, as: serverOf(metadata) })

  return {
    id: provider.id,
    name: provider.name,
    protocol: 'oidc',
    responseMode: provider.responseMode,
    provesAuthTime: true,
    identityIssuer: provider.issuer,
    readLogoutToken,
    ...upkeepFacts(provider, rules),
    ...createTokenUpkeep({
      endpoint: async () => endpointAt(await metadataOf()),
      checkIdToken: createRefreshedIdentityCheck(provider, tenants),
    }),
    apiCredentials: createApiCredentials(provider, rules),
    ...(provider.signOut && {
      async signOutUrl(request: SignOutRequest) {
        const { endSessionEndpoint } = await metadataOf()
        if (endSessionEndpoint === undefined) return undefined
        return endSessionUrl(endSessionEndpoint, provider.clientId, request, allowPrivate)
      },
    }),

    async authorizationUrl(request) {
      const { authorizationEndpoint } = await metadataOf()
      return authorizationUrl(authorizationEndpoint, provider, rules, request, allowPrivate)
    },

    async readCallback(params, proof) {
      const metadata = await metadataOf()
      const issuer = issuerAtCallback(params, metadata, tenants)
      return judgeCallback(params, proof, {
        as: { ...serverOf(metadata), issuer },
        client: { client_id: provider.clientId },
        issuer,
        issRequired: metadata.issRequired,
        wire: rules,
        clientSecret: provider.clientSecret,
        clock,
      })
    },

    async exchange(callback, proof) {
      const metadata = await metadataOf()
      const redeemed = await redeemCode(endpointAt(metadata), callback, proof)
      const { tokens } = redeemed
      if (tokens.idToken === undefined) throw fault('id_token_missing')
      const claims = await verifyIdToken(tokens.idToken, {
        nonce: proof.nonce,
        accessToken: redeemed.issued,
        ...(proof.maxAge !== undefined && { maxAge: proof.maxAge }),
      })
      checkCallbackIssuer(callback, claims)
      const { userinfoEndpoint } = metadata
      const token = tokenValues(provider, callback, redeemed)
      const incomplete = userinfoNeeded(claims, provider.scopes) || lacksRequired(claims, provider)
      const userinfo =
        userinfoEndpoint === undefined || !incomplete
          ? undefined
          : await askUserinfo(userinfoEndpoint, token, fetch, rules)
      if (userinfo !== undefined) checkUserinfoSubject(userinfo, claims.sub)
      const name = takesPostedName ? postedName(callback) : undefined
      const identity = identityFromClaims(claims, { ...(name && { name }), ...userinfo }, rules.emailVerified)
      checkAdmission([claims, userinfo], identity, provider)
      return {
        ...identity,
        ...tenantOfIdentity(claims, tenants),
        ...(takesPostedName && identity.name === undefined && { unheard: ['name'] }),
        tokens,
      }
    },
  }
}

const serverOf = (metadata: IssuerMetadata): AuthorizationServer => ({
  issuer: metadata.issuer,
  token_endpoint: metadata.tokenEndpoint,
  authorization_response_iss_parameter_supported: metadata.issRequired,
  ...(metadata.revocationEndpoint !== undefined && { revocation_endpoint: metadata.revocationEndpoint }),
  ...(metadata.introspectionEndpoint !== undefined && {
    introspection_endpoint: metadata.introspectionEndpoint,
  }),
})
