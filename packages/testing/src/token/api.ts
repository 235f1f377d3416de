import { type JsonAnswer, json, noStore } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import { bearer } from './bearer.ts'

/** Something to use an access token at: whose it is and what it may do, at any path; 401 once it is over or revoked. */
export const api =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer => {
    const { grant, scope } = bearer(realm, 'any', exchange)
    const { method } = exchange.request
    return json(
      { method, path: exchange.url.pathname, account: grant.persona.subject, scope: scope.join(' ') },
      200,
      noStore,
    )
  }
