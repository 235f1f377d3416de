import type { Identity, User } from '../storage/index.ts'

/** Everything that the decision rests on, read beforehand. */
export interface SignInFacts {
  /** The owner of exactly this (issuer, subject). */
  owner?: { user: User; identity: Identity }
  /** Other users that own an identity with the same e-mail address, verified on both sides. */
  sameVerifiedEmail: readonly User[]
  signup: 'open' | 'closed' | 'invite'
  linking: 'manual' | 'separate' | 'verified_email'
}

export type SignInDecision =
  | { kind: 'sign_in'; user: User; identity: Identity }
  | { kind: 'create' }
  | { kind: 'refuse'; error: 'access_denied' | 'account_exists' | 'signup_closed' }

/**
 * Who is this? An identity is (issuer, subject) and nothing else: an e-mail address never finds a user, it can only
 * hold up the making of a second one (pre-hijacking, nOAuth).
 */
export function decideSignIn(facts: SignInFacts): SignInDecision {
  if (facts.owner !== undefined) {
    return facts.owner.user.disabledAt === undefined
      ? { kind: 'sign_in', ...facts.owner }
      : { kind: 'refuse', error: 'access_denied' }
  }
  if (facts.linking !== 'separate' && facts.sameVerifiedEmail.length > 0) {
    return { kind: 'refuse', error: 'account_exists' }
  }
  return facts.signup === 'open' ? { kind: 'create' } : { kind: 'refuse', error: 'signup_closed' }
}
