import { type JsonAnswer, json, noStore, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import { authenticateClient } from './client-authentication.ts'

const tokenOf = (exchange: Exchange): string => {
  const token = exchange.form.get('token')
  if (token === null || token === '') throw new OAuthError('invalid_request', 'token is missing')
  return token
}

/** RFC 7009: a refresh token takes the whole grant with it; unknown tokens are fine. */
export const revocation =
  (realm: Realm) =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const client = await authenticateClient(realm, exchange)
    const token = tokenOf(exchange)
    const refresh = realm.grants.findRefreshToken(token)
    if (refresh?.grant.clientId === client.client_id) realm.grants.revoke(refresh.grant, 'client')
    if (realm.grants.findAccessToken(token)?.grant.clientId === client.client_id)
      realm.grants.dropAccessToken(token)
    return json({}, 200, noStore)
  }

/** RFC 7662: what a token is, told to the client it was issued to. */
export const introspection =
  (realm: Realm) =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const client = await authenticateClient(realm, exchange)
    const token = tokenOf(exchange)
    const access = realm.grants.findAccessToken(token)
    const issued = access ?? realm.grants.findRefreshToken(token)
    if (
      issued === undefined ||
      issued.replacedAt !== undefined ||
      issued.grant.clientId !== client.client_id
    ) {
      return json({ active: false }, 200, noStore)
    }
    return json(
      {
        active: true,
        client_id: issued.grant.clientId,
        sub: issued.grant.persona.subject,
        iss: realm.issuer,
        scope: issued.scope.join(' '),
        iat: issued.issuedAt,
        exp: issued.expiresAt,
        ...(access === undefined ? {} : { token_type: 'Bearer' }),
      },
      200,
      noStore,
    )
  }
