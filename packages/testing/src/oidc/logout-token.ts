import type { Client } from '../clients.ts'
import { seconds } from '../clock.ts'
import type { IdTokenDraft, IdTokenMutator } from '../faults/id-token-mutators.ts'
import { signCompact } from '../keys/sign.ts'
import type { Realm } from '../realm.ts'
import { contextOf } from './id-token.ts'

/** Whom a logout token is about: at least one of `persona`, `sub` and `sid`, or it names nobody. */
export interface LogoutSubject {
  /** The id of a persona, for its `sub`. */
  persona?: string
  sub?: string
  /** The session, as `sid` in its ID tokens said. */
  sid?: string
  /** Default: the first client. */
  clientId?: string
}

/** What a logout token says it is (OpenID Connect Back-Channel Logout 1.0 section 2.4). */
export const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** Seconds; section 4 there wants them short. */
const lifetime = 120

/** @throws TypeError for an unknown persona or client, or a mutator that leaves nothing to send */
export const mintLogoutToken = (
  realm: Realm,
  about: LogoutSubject,
  spoil: IdTokenMutator = (draft) => draft,
): string => {
  const client = clientOf(realm, about.clientId)
  const sub = about.sub ?? subjectOf(realm, about.persona)
  const now = seconds(realm.clock)
  const key = realm.keys.active
  const draft: IdTokenDraft = {
    header: { alg: key.alg, typ: 'logout+jwt', kid: key.kid },
    claims: {
      iss: realm.issuer,
      aud: client.client_id,
      iat: now,
      exp: now + lifetime,
      jti: realm.ids(),
      events: { [logoutEvent]: {} },
      ...(sub === undefined ? {} : { sub }),
      ...(about.sid === undefined ? {} : { sid: about.sid }),
    },
    key: { kind: 'private', key },
  }
  const spoiled = spoil(draft, contextOf(realm, client))
  if (spoiled === undefined) throw new TypeError('the mutator leaves no logout token to send')
  return typeof spoiled === 'object' ? signCompact(spoiled.header, spoiled.claims, spoiled.key) : spoiled
}

/** Section 2.5: one form POST, its answer as it comes. */
export const postLogoutToken = (uri: string, token: string): Promise<Response> =>
  fetch(uri, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })

/** Where a client wants its logout tokens. @throws TypeError when it was not registered */
export const logoutUriOf = (realm: Realm, { clientId }: LogoutSubject): string => {
  const client = clientOf(realm, clientId)
  if (client.backchannel_logout_uri !== undefined) return client.backchannel_logout_uri
  throw new TypeError(
    `the client "${client.client_id}" has no backchannel_logout_uri: register it, or say where`,
  )
}

const clientOf = (realm: Realm, id: string | undefined): Client => {
  const client = id === undefined ? realm.clients.list[0] : realm.clients.find(id)
  if (client === undefined) throw new TypeError(`no client "${id}"`)
  return client
}

const subjectOf = (realm: Realm, persona: string | undefined): string | undefined => {
  if (persona === undefined) return undefined
  const found = realm.personas.find(persona)
  if (found === undefined) throw new TypeError(`no persona "${persona}"`)
  return found.subject
}
