import { createHash } from 'node:crypto'
import type { Client } from '../clients.ts'
import { seconds } from '../clock.ts'
import { elsewhere } from '../endpoints.ts'
import type { IdTokenContext, IdTokenDraft } from '../faults/id-token-mutators.ts'
import type { Grant } from '../grants.ts'
import { signCompact } from '../keys/sign.ts'
import { claimsFor } from '../personas.ts'
import type { Realm } from '../realm.ts'

interface IdTokenRequest {
  grant: Grant
  client: Client
  scope: readonly string[]
  accessToken: string
  /** Made for a refresh: no nonce (OpenID Connect Core section 12.2). */
  refreshed: boolean
}

/** OpenID Connect Core section 3.1.3.6, for the SHA-256 algorithms. */
const leftHalfHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')

const draftOf = (realm: Realm, request: IdTokenRequest): IdTokenDraft => {
  const { grant, accessToken, scope } = request
  const now = seconds(realm.clock)
  const key = realm.keys.active
  return {
    header: { alg: key.alg, typ: 'JWT', kid: key.kid },
    claims: {
      iss: realm.issuer,
      sub: grant.persona.subject,
      aud: request.client.client_id,
      exp: now + realm.lifetimes.idToken,
      iat: now,
      ...(grant.statesAuthTime ? { auth_time: grant.authTime } : {}),
      ...(grant.nonce === undefined || request.refreshed ? {} : { nonce: grant.nonce }),
      at_hash: leftHalfHash(accessToken),
      ...claimsFor(grant.persona, scope),
    },
    key: { kind: 'private', key },
  }
}

/** What a mutator may look at. */
export const contextOf = (realm: Realm, client: Client): IdTokenContext => ({
  issuer: realm.issuer,
  clientId: client.client_id,
  ...(client.client_secret === undefined ? {} : { clientSecret: client.client_secret }),
  now: seconds(realm.clock),
  key: realm.keys.active,
  stranger: () => realm.keys.stranger,
  elsewhere: (name) => elsewhere(realm.issuer, name),
})

/** The ID token of a grant, spoiled when a fault is waiting; undefined when the fault leaves it out. */
export const mintIdToken = (realm: Realm, request: IdTokenRequest): string | undefined => {
  const draft = draftOf(realm, request)
  const fault = realm.faults.take('id_token')
  const spoiled = fault === undefined ? draft : fault(draft, contextOf(realm, request.client))
  return typeof spoiled === 'object' ? signCompact(spoiled.header, spoiled.claims, spoiled.key) : spoiled
}
