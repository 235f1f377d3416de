import type { SignatureMethod } from '../../oauth1/habits.ts'
import { oauth1Habits } from '../../oauth1/habits.ts'
import { createOAuth1Store } from '../../oauth1/store.ts'
import type { Realm } from '../../realm.ts'
import { profileOf, toldWithTokens } from '../person.ts'
import type { Play } from '../play.ts'

/** As several providers label their forms: a client must not go by it. */
const contentType = 'text/html; charset=utf-8'

/** The app's registration, with the callback that it has named by then. */
const clientsOf = ({ client, registered, appKey, entry }: Play): Realm['clients'] => {
  const { signatureMethod } = entry.oauth1 ?? {}
  const known = {
    client_id: client.client_id,
    ...(signatureMethod === 'RSA-SHA1'
      ? { jwks: { keys: [appKey.publicJwk] } }
      : { client_secret: client.client_secret }),
  }
  return {
    list: [known],
    find: (id) => {
      if (id !== known.client_id) return undefined
      return registered.uri === undefined ? known : { ...known, redirect_uris: [registered.uri] }
    },
  }
}

const textsOf = (members: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  )

/**
 * The fake's OAuth 1.0a side as it is for one entry alone: its one signature method, its own credentials, and people in its shape.
 * @throws TypeError for an entry that does not say how requests are signed
 */
export const signedRealm = (play: Play): Realm => {
  const { realm, entry, urls, grants } = play
  const { oauth1 } = entry
  if (oauth1 === undefined) throw new TypeError(`${entry.id}: it does not say how requests are signed`)
  const signatureMethods: readonly SignatureMethod[] = [oauth1.signatureMethod]
  const { clock, ids } = realm
  const { accessTokenSeconds: tokenSeconds } = entry.refresh
  return {
    ...realm,
    ...{ name: entry.name, issuer: urls.base, clients: clientsOf(play), grants },
    endpoints: {
      ...realm.endpoints,
      oauth1: {
        request_token: urls.requestToken ?? '',
        // The page's buttons post to `decision` below this, and the entry's own query is not part of that.
        authorization: urls.base,
        access_token: urls.token,
        userinfo: urls.userinfo ?? '',
      },
    },
    oauth1: {
      habits: oauth1Habits({
        ...{ signatureMethods, contentType, version10: oauth1.unsafeVersion10 ?? false },
        ...(oauth1.scope === undefined ? {} : { scopeParameter: oauth1.scope.parameter }),
        beside: (persona) => textsOf(toldWithTokens(play, { persona })),
        user: (persona) => profileOf(play, persona),
      }),
      store: createOAuth1Store({ clock, ids, ...(tokenSeconds === undefined ? {} : { tokenSeconds }) }),
    },
  }
}
