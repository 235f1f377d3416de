import { createHash } from 'node:crypto'
import { seconds } from '../clock.ts'
import type { IdTokenDraft } from '../faults/id-token-mutators.ts'
import type { Grant } from '../grants.ts'
import { signCompact } from '../keys/sign.ts'
import { contextOf } from '../oidc/id-token.ts'
import { claimsFor } from '../personas.ts'
import type { Play } from './play.ts'
import { filled } from './values.ts'

/** The tenant that everybody is in, where the issuer depends on it. */
const tenantId = '6f1e0c5a-3b7d-4c1f-9a52-8e2d4b7f0a13'

/** The template under the fake's own origin. */
export const issuerTemplateOf = ({ rules, urls }: Play): string | undefined =>
  rules.issuerTemplate === undefined ? undefined : `${urls.base}/{tid}/v2.0`

const issuerOf = (play: Play): string => filled(issuerTemplateOf(play) ?? play.urls.issuer, { tid: tenantId })

const draftOf = (play: Play, grant: Grant, accessToken: string, refreshed: boolean): IdTokenDraft => {
  const { realm, rules, client } = play
  const now = seconds(realm.clock)
  const key = realm.keys.active
  const nonce = refreshed || rules.unsafeNonceMayMiss ? undefined : grant.nonce
  return {
    header: { alg: key.alg, typ: 'JWT', kid: key.kid },
    claims: {
      iss: issuerOf(play),
      sub: grant.persona.subject,
      aud: client.client_id,
      exp: now + realm.lifetimes.idToken,
      iat: now,
      ...(grant.statesAuthTime ? { auth_time: grant.authTime } : {}),
      ...(nonce === undefined ? {} : { nonce }),
      ...(rules.issuerTemplate === undefined ? {} : { tid: tenantId }),
      at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
      ...claimsFor(grant.persona, rules.nameInFormPost ? ['email'] : ['profile', 'email']),
    },
    key: { kind: 'private', key },
  }
}

/** The ID token of a played OpenID provider, spoiled when a fault is waiting; undefined where there is none. */
export const playedIdToken = (
  play: Play,
  about: { grant: Grant; accessToken: string; refreshed: boolean },
): string | undefined => {
  if (play.entry.protocol !== 'oidc') return undefined
  const draft = draftOf(play, about.grant, about.accessToken, about.refreshed)
  const fault = play.realm.faults.take('id_token')
  const context = { ...contextOf(play.realm, play.client), issuer: play.urls.issuer }
  const spoiled = fault === undefined ? draft : fault(draft, context)
  return typeof spoiled === 'object' ? signCompact(spoiled.header, spoiled.claims, spoiled.key) : spoiled
}
