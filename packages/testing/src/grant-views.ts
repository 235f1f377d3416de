import type { Grant, Grants, RevokedBy } from './grants.ts'
import type { Protocol } from './realm.ts'

/** What has become of one consent, for tests to look at. */
export interface GrantView {
  /** In order of consent: `grant-1`. */
  id: string
  protocol: Protocol
  clientId: string
  /** The id of the persona. */
  persona: string
  subject: string
  /** What was granted, which may be less than was asked for. */
  scope: readonly string[]
  /** Absent while it lives. */
  revokedBy?: RevokedBy
  /** How often a refresh token was taken, whether or not the answer arrived. */
  refreshes: number
  /** How often a refresh token came that a rotation had replaced before. */
  reuses: number
  /** Those that would be taken now, oldest first. */
  accessTokens: readonly string[]
  refreshTokens: readonly string[]
}

/** Which grants; what is left out is any. */
export interface GrantFilter {
  id?: string
  persona?: string
  clientId?: string
  protocol?: Protocol
}

const fits = (grant: Grant, { id, persona, clientId, protocol }: GrantFilter): boolean =>
  (id === undefined || grant.id === id) &&
  (persona === undefined || grant.persona.id === persona) &&
  (clientId === undefined || grant.clientId === clientId) &&
  (protocol === undefined || grant.protocol === protocol)

export const viewGrants = ({ grants }: { grants: Grants }, filter: GrantFilter = {}): GrantView[] =>
  grants.list().flatMap(({ grant, ...tokens }) => {
    if (!fits(grant, filter)) return []
    const { id, protocol, clientId, persona, scope, revokedBy, refreshes, reuses } = grant
    return {
      ...{ id, protocol, clientId, persona: persona.id, subject: persona.subject, scope },
      ...(revokedBy === undefined ? {} : { revokedBy }),
      ...{ refreshes, reuses, ...tokens },
    }
  })

/** As a person does on the provider's page of connected apps. How many lived until now. */
export const revokeGrants = ({ grants }: { grants: Grants }, filter: GrantFilter = {}): number => {
  const living = grants.list().filter(({ grant }) => grant.revokedBy === undefined && fits(grant, filter))
  for (const { grant } of living) grants.revoke(grant, 'person')
  return living.length
}
