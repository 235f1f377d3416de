import type { Clock } from './clock.ts'
import { expiringMap } from './expiring.ts'
import type { Ids } from './ids.ts'
import type { Persona } from './personas.ts'

/** Who ended a grant: the client at the revocation endpoint, the person at the provider, or a token or code used twice. */
export type RevokedBy = 'client' | 'person' | 'refresh-token-reuse' | 'code-reuse'

/** What one consent allowed. Everything issued from it dies with it. */
export interface Grant {
  /** In order of consent: `grant-1`. */
  id: string
  protocol: 'oidc' | 'oauth2' | 'oauth1'
  clientId: string
  persona: Persona
  scope: readonly string[]
  nonce?: string
  /** Seconds; stated in the ID token when `max_age` was asked for. */
  authTime: number
  statesAuthTime: boolean
  /** Whether what this provider wants before it gives a refresh token was there; only a played one wants something. */
  offline?: boolean
  revokedBy?: RevokedBy
  /** How often it has given new tokens for a refresh token, whether or not the answer arrived. */
  refreshes: number
  /** How often a refresh token came that a rotation had replaced before. */
  reuses: number
}

export interface IssuedCode {
  grant: Grant
  redirectUri: string
  /** S256, when one was sent and is not ignored. */
  challenge?: string
  used: boolean
}

export interface IssuedToken {
  grant: Grant
  /** May be narrower than the grant's after a refresh. */
  scope: readonly string[]
  /** Seconds. */
  issuedAt: number
  expiresAt: number
  /** Milliseconds; of a refresh token that a rotation has replaced, when that was. */
  replacedAt?: number
}

/** Seconds. */
export interface Lifetimes {
  code: number
  accessToken: number
  idToken: number
  refreshToken: number
}

export const defaultLifetimes: Lifetimes = {
  code: 60,
  accessToken: 3600,
  idToken: 3600,
  refreshToken: 30 * 86_400,
}

export interface Grants {
  /** A consent, before anything is issued from it. */
  open(grant: Omit<Grant, 'id' | 'refreshes' | 'reuses'>): Grant
  revoke(grant: Grant, by: RevokedBy): void
  /** Every grant, oldest first, with the tokens of it that live. */
  list(): { grant: Grant; accessTokens: string[]; refreshTokens: string[] }[]
  issueCode(code: Omit<IssuedCode, 'used'>): string
  findCode(code: string): IssuedCode | undefined
  issueAccessToken(grant: Grant, scope: readonly string[]): string
  findAccessToken(token: string): IssuedToken | undefined
  issueRefreshToken(grant: Grant): string
  findRefreshToken(token: string): IssuedToken | undefined
  /** Forgets one access token. */
  dropAccessToken(token: string): void
}

/** How many of each kind are kept at most; the oldest go first. */
const limit = 50_000

export const createGrants = (options: { clock: Clock; ids: Ids; lifetimes: Lifetimes }): Grants => {
  const { clock, ids, lifetimes } = options
  const codes = expiringMap<IssuedCode>({ clock, seconds: lifetimes.code, limit })
  const accessTokens = expiringMap<IssuedToken>({ clock, seconds: lifetimes.accessToken, limit })
  const refreshTokens = expiringMap<IssuedToken>({ clock, seconds: lifetimes.refreshToken, limit })
  // As long as a token of it can live: each refresh starts a new life, so ten of the longest.
  const longest = Math.max(lifetimes.code, lifetimes.accessToken, lifetimes.refreshToken)
  const grants = expiringMap<Grant>({ clock, seconds: longest * 10, limit })
  let opened = 0

  const token = (grant: Grant, scope: readonly string[], lifetime: number): IssuedToken => {
    const issuedAt = Math.floor(clock.now() / 1000)
    return { grant, scope, issuedAt, expiresAt: issuedAt + lifetime }
  }
  const lives = (issued: IssuedToken) => issued.grant.revokedBy === undefined
  const living = (issued: IssuedToken | undefined) =>
    issued !== undefined && lives(issued) ? issued : undefined
  const livingOf = (grant: Grant, tokens: [string, IssuedToken][]) =>
    tokens.flatMap(([value, issued]) =>
      issued.grant === grant && lives(issued) && issued.replacedAt === undefined ? [value] : [],
    )

  return {
    open: (consent) => {
      opened += 1
      const grant: Grant = { ...consent, id: `grant-${opened}`, refreshes: 0, reuses: 0 }
      grants.set(grant.id, grant)
      return grant
    },
    revoke: (grant, by) => {
      grant.revokedBy ??= by
    },
    list: () => {
      const [access, refresh] = [accessTokens.entries(), refreshTokens.entries()]
      return grants.entries().map(([, grant]) => ({
        grant,
        accessTokens: livingOf(grant, access),
        refreshTokens: livingOf(grant, refresh),
      }))
    },
    issueCode: (code) => {
      const value = ids()
      codes.set(value, { ...code, used: false })
      return value
    },
    findCode: (code) => codes.get(code),
    issueAccessToken: (grant, scope) => {
      const value = ids()
      accessTokens.set(value, token(grant, scope, lifetimes.accessToken))
      return value
    },
    findAccessToken: (value) => living(accessTokens.get(value)),
    issueRefreshToken: (grant) => {
      const value = ids()
      refreshTokens.set(value, token(grant, grant.scope, lifetimes.refreshToken))
      return value
    },
    findRefreshToken: (value) => living(refreshTokens.get(value)),
    dropAccessToken: (value) => {
      accessTokens.delete(value)
    },
  }
}
