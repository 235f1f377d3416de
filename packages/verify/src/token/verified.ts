import type { AccessTokenClaims } from './claims.ts'

/** Who is calling, by a verified access token. Frozen, all through: it is shared by the requests that bring the token. */
export type Verified = {
  /** A user is (issuer, subject), both together, and nothing else: neither an e-mail nor `subject` alone. */
  readonly issuer: string
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly sessionId?: string
  /** Milliseconds. */
  readonly expiresAt: number
  /** Thumbprint of the DPoP key that the token is bound to; absent for a Bearer token. */
  readonly jkt?: string
  readonly claims: AccessTokenClaims
}

export function describe(claims: AccessTokenClaims): Verified {
  return deepFreeze({
    issuer: claims.iss,
    subject: claims.sub,
    clientId: claims.client_id,
    scopes: claims.scope?.split(' ').filter((scope) => scope !== '') ?? [],
    ...(claims.sid === undefined ? {} : { sessionId: claims.sid }),
    expiresAt: claims.exp * 1000,
    ...(claims.cnf === undefined ? {} : { jkt: claims.cnf.jkt }),
    claims,
  })
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}
