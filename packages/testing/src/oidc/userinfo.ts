import { type JsonAnswer, json, noStore, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { claimsFor } from '../personas.ts'
import type { Realm } from '../realm.ts'
import { bearer } from '../token/bearer.ts'

/** OpenID Connect Core section 5.3. */
export const userinfo =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { grant, scope } = bearer(realm, 'oidc', exchange)
    if (!scope.includes('openid')) {
      throw new OAuthError('insufficient_scope', 'the access token lacks openid', {
        status: 403,
        headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="openid"' },
      })
    }
    return json({ sub: grant.persona.subject, ...claimsFor(grant.persona, scope) }, 200, noStore)
  }
