import type { Clock } from '../clock.ts'
import { expiringMap } from '../expiring.ts'
import type { Grant } from '../grants.ts'
import type { Ids } from '../ids.ts'
import type { Persona } from '../personas.ts'

/** Temporary credentials (RFC 5849 section 2.1). */
export interface RequestToken {
  token: string
  secret: string
  clientId: string
  /** Absent with OAuth Core 1.0. */
  callback?: string
  scope: readonly string[]
  /** Once a person has said yes. */
  approved?: { persona: Persona; scope: readonly string[]; verifier: string }
  used: boolean
}

/** Token credentials (section 2.3). */
export interface SignedToken {
  token: string
  secret: string
  grant: Grant
}

export interface OAuth1Store {
  issueRequestToken(of: Pick<RequestToken, 'clientId' | 'callback' | 'scope'>): RequestToken
  findRequestToken(token: string): RequestToken | undefined
  issueToken(grant: Grant): SignedToken
  /** Undefined once its grant is over. */
  findToken(token: string): SignedToken | undefined
  /** True the first time (section 3.3). */
  firstUse(nonce: string): boolean
}

const limit = 50_000
const tenYears = 10 * 366 * 86_400

/** Seconds that a timestamp may be off, and that nonces are remembered on either side of it. */
export const timestampWindow = 300

/** @param options `tokenSeconds`: how long token credentials work. Default: ten years. */
export const createOAuth1Store = (options: {
  clock: Clock
  ids: Ids
  tokenSeconds?: number
}): OAuth1Store => {
  const { clock, ids, tokenSeconds = tenYears } = options
  const requestTokens = expiringMap<RequestToken>({ clock, seconds: 600, limit })
  const tokens = expiringMap<SignedToken>({ clock, seconds: tokenSeconds, limit })
  const nonces = expiringMap<true>({ clock, seconds: timestampWindow * 2 + 1, limit })
  return {
    issueRequestToken: (of) => {
      const issued = { ...of, token: ids(), secret: ids(), used: false }
      requestTokens.set(issued.token, issued)
      return issued
    },
    findRequestToken: (token) => requestTokens.get(token),
    issueToken: (grant) => {
      const issued = { token: ids(), secret: ids(), grant }
      tokens.set(issued.token, issued)
      return issued
    },
    findToken: (token) => {
      const found = tokens.get(token)
      return found?.grant.revokedBy === undefined ? found : undefined
    },
    firstUse: (nonce) => {
      if (nonces.get(nonce) !== undefined) return false
      nonces.set(nonce, true)
      return true
    },
  }
}
