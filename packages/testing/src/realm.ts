import type { Clients } from './clients.ts'
import type { Clock } from './clock.ts'
import type { Endpoints } from './endpoints.ts'
import type { FaultQueue } from './faults/faults.ts'
import type { Patience } from './faults/patience.ts'
import type { Grants, Lifetimes } from './grants.ts'
import type { Ids } from './ids.ts'
import type { KeyRing } from './keys/key-ring.ts'
import type { OAuth1Side } from './oauth1/side.ts'
import type { OAuth2Habits } from './oauth2/habits.ts'
import type { Persona, Personas } from './personas.ts'
import type { Recorder } from './record.ts'

/** Who answers at once, without the page: a persona's id, or a choice for each request (undefined: the page). */
export type AutoApprove = string | ((params: URLSearchParams) => string | undefined)

/** What a person grants of what was asked for; undefined: all. */
export type GrantScopes = (asked: readonly string[], persona: Persona) => readonly string[] | undefined

export interface RefreshTokens {
  /** Default `offline_access`: only when that scope was asked for. */
  issue: 'always' | 'offline_access' | 'never'
  /** A refresh gives a new refresh token and ends the old one. Default false: none in the answer, the old one stays. */
  rotate: boolean
  /**
   * What comes of a refresh token that a rotation has replaced: it is refused; it is refused and the whole grant ends (RFC
   * 9700 section 4.14.2); or, for `graceMs` after it was replaced, it works once more, and ends the grant later. Default
   * `refuse`.
   */
  reuse: 'refuse' | 'revoke' | 'grace'
  /** Milliseconds. Default 30,000. */
  graceMs: number
  /** The member that tells how many seconds the new refresh token lives. Default: none. */
  tellsExpiry?: 'refresh_expires_in' | 'refresh_token_expires_in' | 'x_refresh_token_expires_in'
}

/** Everything one fake provider is made of; the endpoints are functions of it. */
export interface Realm {
  /** For people. */
  name: string
  origin: string
  issuer: string
  endpoints: Endpoints
  clock: Clock
  ids: Ids
  keys: KeyRing
  personas: Personas
  clients: Clients
  grants: Grants
  lifetimes: Lifetimes
  refreshTokens: RefreshTokens
  requirePkce: boolean
  /** RFC 9207, at the OpenID provider. */
  issParameter: boolean
  habits: OAuth2Habits
  oauth1: OAuth1Side
  faults: FaultQueue
  patience: Patience
  recorder: Recorder
  /** Changed by `provider.autoApprove`. */
  approval: { choice: AutoApprove | undefined }
  /** Changed by `provider.grantScopes`. */
  consent: { choice: GrantScopes | undefined }
  /** Client assertions seen (RFC 7523 section 3): true the first time. */
  firstUse(assertion: string): boolean
}

/** The providers that live in a realm. */
export type Protocol = 'oidc' | 'oauth2' | 'oauth1'
