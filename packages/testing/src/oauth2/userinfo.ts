import { type JsonAnswer, json, noStore } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import { bearer } from '../token/bearer.ts'

/** The user record of a provider without OpenID Connect; wrapping it is left to the encoding. */
export const userRecord =
  (realm: Realm) =>
  (exchange: Exchange): JsonAnswer =>
    json(realm.habits.user(bearer(realm, 'oauth2', exchange).grant.persona), 200, noStore)
