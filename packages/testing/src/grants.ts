import type { Clock } from './clock.ts'
import { expiringMap } from './expiring.ts'
import type { Ids } from './ids.ts'
import type { Persona } from './personas.ts'

/** What one consent allowed. Everything issued from it dies with it. */
export interface Grant {
  protocol: 'oidc' | 'oauth2'
  clientId: string
  persona: Persona
  scope: readonly string[]
  nonce?: string
  /** Seconds; stated in the ID token when `max_age` was asked for. */
  authTime: number
  statesAuthTime: boolean
  revoked: boolean
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
  /** A refresh token that a rotation has replaced. */
  replaced: boolean
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

  const token = (grant: Grant, scope: readonly string[], lifetime: number): IssuedToken => {
    const issuedAt = Math.floor(clock.now() / 1000)
    return { grant, scope, issuedAt, expiresAt: issuedAt + lifetime, replaced: false }
  }
  const living = (issued: IssuedToken | undefined) => (issued?.grant.revoked === false ? issued : undefined)

  return {
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
