import type { OidcProviderConfig } from '../config/types.ts'
import { fault } from './failures.ts'
import { decodeJws } from './jws.ts'
import { isAudience } from './signed-token.ts'
import { accountOf, type TenantIssuers } from './tenant-issuers.ts'

/** @throws UpstreamError `provider_error`: `refresh_identity` */
export type CheckRefreshedIdentity = (idToken: string, subject: string) => void

/**
 * Whether an ID token that came with refreshed tokens is about the same account (OpenID Connect Core section 12.2): `iss`,
 * `sub` and `aud` as before. There need be no nonce.
 *
 * The signature is not looked at, which section 3.1.3.7 (point 6) allows for a token that came straight from the token
 * endpoint over TLS: it would add nothing to the tokens beside it, and needing the provider's keys could cost the grant,
 * whose old refresh token may be spent by now. So nothing else of this token is used, and it is not handed on.
 */
export const createRefreshedIdentityCheck =
  (
    { issuer, clientId }: Pick<OidcProviderConfig, 'issuer' | 'clientId'>,
    tenants?: TenantIssuers,
  ): CheckRefreshedIdentity =>
  (idToken, subject) => {
    const claims = decodeJws(idToken)?.payload
    if (claims === undefined) throw differs('malformed')
    const tenant = tenants?.tenantOf(claims)
    if (tenants === undefined ? claims.iss !== issuer : tenant === undefined) throw differs('iss')
    const { sub } = claims
    const account = tenant === undefined || typeof sub !== 'string' ? sub : accountOf(tenant, sub)
    if (account !== subject) throw differs('sub')
    if (!isAudience(claims.aud, clientId)) throw differs('aud')
    if (claims.azp !== undefined && claims.azp !== clientId) throw differs('azp')
  }

/** What it says instead stays out of the logs: it may be somebody's. */
const differs = (detail: string) => fault('refresh_identity', { detail })
