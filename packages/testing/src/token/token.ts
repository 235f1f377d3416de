import { createHash } from 'node:crypto'
import type { Client } from '../clients.ts'
import type { Grant, IssuedCode, IssuedToken } from '../grants.ts'
import { type JsonAnswer, json, noStore, OAuthError } from '../http/answer.ts'
import { type Exchange, repeatedParameter } from '../http/exchange.ts'
import { mintIdToken } from '../oidc/id-token.ts'
import type { Protocol, Realm } from '../realm.ts'
import { authenticateClient } from './client-authentication.ts'

const verifierShape = /^[A-Za-z0-9._~-]{43,128}$/

const invalidGrant = (description: string): OAuthError => new OAuthError('invalid_grant', description)

const required = (form: URLSearchParams, name: string): string => {
  const value = form.get(name)
  if (value === null || value === '') throw new OAuthError('invalid_request', `${name} is missing`)
  return value
}

/** RFC 7636 section 4.6, and RFC 9700 section 2.1.1: a verifier without a challenge is a downgrade. */
const checkVerifier = (code: IssuedCode, verifier: string | null): void => {
  if (code.challenge === undefined) {
    if (verifier !== null) throw invalidGrant('code_verifier without a code_challenge before')
    return
  }
  if (verifier === null) throw invalidGrant('code_verifier is missing')
  if (!verifierShape.test(verifier))
    throw invalidGrant('code_verifier must be 43 to 128 unreserved characters')
  const hashed = createHash('sha256').update(verifier).digest('base64url')
  if (hashed !== code.challenge) throw invalidGrant('code_verifier does not match')
}

interface Issue {
  grant: Grant
  client: Client
  scope: readonly string[]
  refreshToken: string | undefined
  refreshed: boolean
}

const expiryOf = ({ refreshTokens, lifetimes }: Realm): Record<string, number> =>
  refreshTokens.tellsExpiry === undefined ? {} : { [refreshTokens.tellsExpiry]: lifetimes.refreshToken }

const issue = (realm: Realm, { grant, client, scope, refreshToken, refreshed }: Issue): JsonAnswer => {
  const accessToken = realm.grants.issueAccessToken(grant, scope)
  const openid = grant.protocol === 'oidc' && scope.includes('openid')
  return json(
    {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: realm.lifetimes.accessToken,
      scope: scope.join(' '),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, ...expiryOf(realm) }),
      ...(openid ? { id_token: mintIdToken(realm, { grant, client, scope, accessToken, refreshed }) } : {}),
    },
    200,
    noStore,
  )
}

const rotates = (realm: Realm, protocol: Protocol): boolean =>
  realm.refreshTokens.rotate || (protocol === 'oauth2' && realm.habits.quirks.has('rotating-refresh-token'))

const wantsRefreshToken = (realm: Realm, grant: Grant): boolean => {
  const { issue: when } = realm.refreshTokens
  return when === 'always' || (when === 'offline_access' && grant.scope.includes('offline_access'))
}

const redeem = (realm: Realm, protocol: Protocol, client: Client, form: URLSearchParams): JsonAnswer => {
  const code = realm.grants.findCode(required(form, 'code'))
  if (code === undefined || code.grant.protocol !== protocol) throw invalidGrant('unknown or expired code')
  if (code.used) {
    // RFC 6749 section 4.1.2: what the code yielded before dies with the second attempt.
    realm.grants.revoke(code.grant, 'code-reuse')
    throw invalidGrant('the code was used before')
  }
  if (code.grant.clientId !== client.client_id) throw invalidGrant("another client's code")
  if (form.get('redirect_uri') !== code.redirectUri)
    throw invalidGrant('redirect_uri is not the one of the request')
  checkVerifier(
    code,
    protocol === 'oauth2' && realm.habits.pkce === 'none' ? null : form.get('code_verifier'),
  )
  code.used = true
  const { grant } = code
  const refreshToken = wantsRefreshToken(realm, grant) ? realm.grants.issueRefreshToken(grant) : undefined
  return issue(realm, { grant, client, scope: grant.scope, refreshToken, refreshed: false })
}

/** RFC 9700 section 4.14.2: a replaced token that comes back was copied, or its answer was lost. */
const checkReuse = (realm: Realm, { grant, replacedAt }: IssuedToken): void => {
  if (replacedAt === undefined) return
  const { reuse, graceMs } = realm.refreshTokens
  grant.reuses += 1
  if (reuse === 'grace' && realm.clock.now() < replacedAt + graceMs) return
  if (reuse !== 'refuse') realm.grants.revoke(grant, 'refresh-token-reuse')
  throw invalidGrant('the refresh token was replaced by a newer one')
}

const refresh = (realm: Realm, protocol: Protocol, client: Client, form: URLSearchParams): JsonAnswer => {
  const issued = realm.grants.findRefreshToken(required(form, 'refresh_token'))
  if (issued === undefined || issued.grant.protocol !== protocol)
    throw invalidGrant('unknown or expired refresh token')
  const { grant } = issued
  if (grant.clientId !== client.client_id) throw invalidGrant("another client's refresh token")
  checkReuse(realm, issued)
  const asked = form.get('scope')
  const scope = asked === null ? grant.scope : asked.split(' ').filter((name) => name !== '')
  if (!scope.every((name) => grant.scope.includes(name)))
    throw new OAuthError('invalid_scope', 'more than was granted')
  const rotate = rotates(realm, protocol)
  if (rotate) issued.replacedAt ??= realm.clock.now()
  grant.refreshes += 1
  const refreshToken = rotate ? realm.grants.issueRefreshToken(grant) : undefined
  return issue(realm, { grant, client, scope, refreshToken, refreshed: true })
}

/** The token endpoint: authorization codes and refresh tokens (RFC 6749 sections 4.1.3 and 6). */
export const token =
  (realm: Realm, protocol: Protocol) =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const { form } = exchange
    const repeated = repeatedParameter(form)
    if (repeated !== undefined) throw new OAuthError('invalid_request', `${repeated} comes more than once`)
    const client = await authenticateClient(realm, exchange)
    const grantType = required(form, 'grant_type')
    if (grantType === 'authorization_code') return redeem(realm, protocol, client, form)
    if (grantType === 'refresh_token') return refresh(realm, protocol, client, form)
    throw new OAuthError('unsupported_grant_type', 'authorization_code and refresh_token are supported')
  }
