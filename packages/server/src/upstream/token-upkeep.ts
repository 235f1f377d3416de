import type { WireRules } from '@latchkey/providers'
import type { ProviderConfig } from '../config/types.ts'
import type { TokenUpkeep, Upstream } from './contract.ts'
import { introspectToken } from './introspection.ts'
import { checkedUrl } from './net/url.ts'
import type { CheckRefreshedIdentity } from './refreshed-identity.ts'
import { revokeTokens } from './revocation.ts'
import { refreshTokens, type TokenEndpoint } from './token-endpoint.ts'
import { atTokenHost } from './token-host.ts'

export interface TokenUpkeepDeps {
  /** Fresh enough: may fetch discovery. */
  endpoint: () => Promise<TokenEndpoint>
  /** Absent where ID tokens are none. */
  checkIdToken?: CheckRefreshedIdentity
}

type UpkeepFacts = Pick<Upstream, 'connect' | 'connectScopes' | 'refreshRules' | 'revocationEndsAccount'>

/** What the configuration says of connected accounts. */
export const upkeepFacts = (
  provider: ProviderConfig,
  { refreshExchange }: Pick<WireRules, 'refreshExchange'>,
): UpkeepFacts => ({
  connect: provider.connect,
  connectScopes: provider.connectScopes,
  refreshRules: { ...provider.refresh, ...(refreshExchange && { renewsItself: true as const }) },
  revocationEndsAccount: provider.revocationEndsAccount,
})

/** What a provider does for tokens it has issued; the same for all that speak OAuth 2.0. */
export function createTokenUpkeep({ endpoint, checkIdToken }: TokenUpkeepDeps): TokenUpkeep {
  return {
    async refresh(held) {
      const { idToken, ...tokens } = await refreshTokens(await endpoint(), held)
      if (idToken !== undefined) checkIdToken?.(idToken, held.subject)
      return tokens
    },

    async revoke(held) {
      const found = withEndpoint(await endpoint(), 'revocation_endpoint')
      if (found === undefined) return 'unsupported'
      const url = atTokenHost(found.as.revocation_endpoint ?? '', found, held.providerData)
      return revokeTokens({ ...found, as: { ...found.as, revocation_endpoint: url } }, held)
    },

    async introspect(accessToken) {
      const found = withEndpoint(await endpoint(), 'introspection_endpoint')
      return found === undefined ? undefined : introspectToken(found, accessToken)
    },
  }
}

/**
 * The server with one of its further endpoints: as configured, else as its metadata says. Undefined when it has none.
 * @throws UpstreamError what `checkedUrl` throws
 */
function withEndpoint(
  endpoint: TokenEndpoint,
  name: 'revocation_endpoint' | 'introspection_endpoint',
): TokenEndpoint | undefined {
  const { provider, as, allowPrivate } = endpoint
  const configured =
    name === 'revocation_endpoint' ? provider.revocationEndpoint : provider.introspectionEndpoint
  // GitHub has the client id in the path.
  const value = (configured ?? as[name])?.replaceAll('{client_id}', encodeURIComponent(provider.clientId))
  if (value === undefined) return undefined
  checkedUrl(value, allowPrivate)
  return { ...endpoint, as: { ...as, [name]: value } }
}
