import { decodeJwt } from 'jose'
import type { RefreshRules } from '../config/types.ts'
import type { Tokens } from '../upstream/index.ts'

const second = 1000
const day = 86_400 * second
/** What is told beyond this is taken for damage. */
const longest = 3650 * day
/** Of an access token about whose life nothing can be learned, where there is a refresh token to make another. */
const assumed = 3600 * second

/** How an access token's end was learned, the surest first. `never`: it is taken to have none. */
export type LearnedBy = 'expires_in' | 'jwt' | 'introspection' | 'configuration' | 'assumption' | 'never'

/** When an access token ends, in milliseconds since the epoch, by whatever tells it first. */
export function accessEnd(known: {
  tokens: Pick<Tokens, 'accessToken' | 'expiresIn'>
  obtainedAt: number
  renewable: boolean
  rules: RefreshRules
  /** What introspection said, where it was asked. */
  introspected?: number
}): { expiresAt?: number; by: LearnedBy } {
  const { tokens, obtainedAt, renewable, rules, introspected } = known
  const { expiresIn } = tokens
  const credible = (end: number | undefined): end is number =>
    end !== undefined && end > obtainedAt && end <= obtainedAt + longest

  const told = expiresIn === undefined ? undefined : obtainedAt + expiresIn * second
  if (credible(told)) return { expiresAt: told, by: 'expires_in' }
  const written = expOf(tokens.accessToken)
  if (credible(written)) return { expiresAt: written, by: 'jwt' }
  if (credible(introspected)) return { expiresAt: introspected, by: 'introspection' }
  if (rules.accessTokenSeconds !== undefined) {
    return { expiresAt: obtainedAt + rules.accessTokenSeconds * second, by: 'configuration' }
  }
  return renewable ? { expiresAt: obtainedAt + assumed, by: 'assumption' } : { by: 'never' }
}

/** The `exp` of a JWT, read and not verified: the token is the provider's own business, and it came from there. */
function expOf(accessToken: string): number | undefined {
  if (accessToken.split('.').length !== 3) return
  try {
    const { exp } = decodeJwt(accessToken)
    return exp === undefined ? undefined : exp * second
  } catch {
    // Three parts, and no JWT.
    return
  }
}

/** When a grant ends that was just given, whatever one does: as the provider tells, else as the configuration does. */
export function hardEndOfGrant(
  { refreshExpiresIn }: Pick<Tokens, 'refreshExpiresIn'>,
  obtainedAt: number,
  { endsAfterDays }: RefreshRules,
): number | undefined {
  if (refreshExpiresIn !== undefined) return obtainedAt + refreshExpiresIn * second
  return endsAfterDays === undefined ? undefined : obtainedAt + endsAfterDays * day
}

/** The same after a renewal: the provider tells it anew, or it stays. One that has passed was wrong: the renewal shows it. */
export function hardEndAfterRenewal(
  { refreshExpiresIn }: Pick<Tokens, 'refreshExpiresIn'>,
  obtainedAt: number,
  before: number | undefined,
): number | undefined {
  if (refreshExpiresIn !== undefined) return obtainedAt + refreshExpiresIn * second
  return before !== undefined && before <= obtainedAt ? undefined : before
}
