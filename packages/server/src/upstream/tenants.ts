import type { UpstreamIdentity, ValidatedCallback } from './contract.ts'
import { fault } from './failures.ts'
import type { IdTokenClaims } from './id-token.ts'
import type { IssuerMetadata } from './metadata.ts'
import type { IssuerRule } from './signed-token.ts'
import { accountOf, type TenantIssuers } from './tenant-issuers.ts'

/** Any tenant, or the one that the provider's metadata speaks for. */
export const tenantRule =
  (tenants: TenantIssuers, metadataOf: () => Promise<IssuerMetadata>): Exclude<IssuerRule, string> =>
  async (claims) => {
    const found = tenants.tenantOf(claims)
    const { tenant = found } = await metadataOf()
    return found !== undefined && found === tenant
  }

/**
 * What `iss` must be at the callback, if it is there (RFC 9207). Where any tenant may answer, a tenant's issuer is taken as it
 * comes, and then holds the ID token to it.
 */
export function issuerAtCallback(
  params: URLSearchParams,
  { issuer, tenant }: IssuerMetadata,
  tenants: TenantIssuers | undefined,
): string {
  const said = params.get('iss')
  const isTenants = said !== null && tenant === undefined && tenants?.tenantIn(said) !== undefined
  return isTenants ? said : issuer
}

/**
 * Whoever answered the browser has issued the ID token.
 * @throws UpstreamError `provider_error`: `callback_issuer`
 */
export function checkCallbackIssuer(callback: ValidatedCallback, { iss }: IdTokenClaims): void {
  const said = callback.get('iss')
  if (said !== null && said !== iss) throw fault('callback_issuer')
}

/** What an identity of a tenant is filed under; nothing of a provider that has one issuer. */
export function tenantOfIdentity(
  claims: IdTokenClaims,
  tenants: TenantIssuers | undefined,
): Pick<UpstreamIdentity, 'issuer' | 'account'> {
  const tenant = tenants?.tenantOf(claims)
  return tenant === undefined ? {} : { issuer: claims.iss, account: accountOf(tenant, claims.sub) }
}
