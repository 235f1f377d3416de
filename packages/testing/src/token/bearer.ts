import type { IssuedToken } from '../grants.ts'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Protocol, Realm } from '../realm.ts'

/**
 * The access token of a request, from the Authorization header alone: one in the URL or the body is none.
 * @throws OAuthError invalid_token (401, RFC 6750 section 3.1)
 */
export const bearer = (realm: Realm, protocol: Protocol | 'any', exchange: Exchange): IssuedToken => {
  const [, token] =
    /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(exchange.request.headers.get('authorization') ?? '') ?? []
  const issued = token === undefined ? undefined : realm.grants.findAccessToken(token)
  if (issued !== undefined && (protocol === 'any' || issued.grant.protocol === protocol)) return issued
  throw new OAuthError('invalid_token', 'no access token of this provider', {
    status: 401,
    headers: { 'www-authenticate': token === undefined ? 'Bearer' : 'Bearer error="invalid_token"' },
  })
}
