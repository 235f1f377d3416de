import type { LinkingConfig } from '../config/types.ts'
import type { Identity, User } from '../storage/index.ts'

/** A user who has the verified e-mail address of whoever signs in. */
export interface Holder {
  user: User
  /** Those of their identities whose provider vouched for the address. Never the profile, which is for display. */
  vouchers: readonly Pick<Identity, 'id' | 'provider' | 'issuer'>[]
}

/** Everything that the decision rests on, read beforehand. */
export interface SignInFacts {
  /** The owner of exactly this (issuer, subject). */
  owner?: { user: User; identity: Identity }
  /** The id of the provider that proved the identity, and what its identities are filed under. */
  provider: string
  issuer: string
  /** Who has its e-mail address, verified on both sides; that there are two is all that is known of more. */
  sameVerifiedEmail: readonly Holder[]
  signup: 'open' | 'closed' | 'invite'
  linking: LinkingConfig
  /** `refused`: it was presented, and is unknown, used, expired or for another address. */
  invite: 'none' | 'presented' | 'refused'
  /** The word of the `resolveUser` hook; absent where there is none. `user` is absent where they are new here. */
  resolved?: 'nobody' | { id: string; user?: User }
}

export type SignInDecision =
  | { kind: 'sign_in'; user: User; identity: Identity }
  /** Adds the identity to this user, for as long as `vouchedBy`, an identity of theirs, has the same address. */
  | { kind: 'join'; user: User; vouchedBy?: string }
  /** Makes a user, who must bring an invitation, and an address that nobody has, where it says so. */
  | { kind: 'create'; id?: string; byInvite: boolean; newEmail: boolean }
  | { kind: 'refuse'; error: 'access_denied' | 'account_exists' | 'signup_closed'; detail: string }

/**
 * Who is this? An identity is (issuer, subject). An e-mail address finds a user only where the owner of this
 * installation asked for it, by providers that are named, verified on both sides and held by one user alone; else it can
 * only hold up the making of a second one (pre-hijacking, nOAuth). No two users ever become one.
 */
export function decideSignIn(facts: SignInFacts): SignInDecision {
  const { owner, resolved, linking, sameVerifiedEmail } = facts
  if (resolved !== undefined) return decideResolved(resolved, owner)
  if (owner !== undefined) return enter(owner)
  if (linking.mode !== 'separate' && sameVerifiedEmail.length > 0) return decideByEmail(facts)
  const newEmail = linking.mode !== 'separate'
  if (facts.signup === 'open') return { kind: 'create', byInvite: false, newEmail }
  if (facts.signup === 'closed') return refuse('signup_closed', 'signup is closed')
  if (facts.invite === 'presented') return { kind: 'create', byInvite: true, newEmail }
  return refuse('signup_closed', facts.invite === 'none' ? 'no invitation' : 'the invitation is not good')
}

/** The owner's own user table: its word counts in place of `signup` and `linking`, and moves nothing. */
function decideResolved(
  resolved: NonNullable<SignInFacts['resolved']>,
  owner: SignInFacts['owner'],
): SignInDecision {
  if (resolved === 'nobody') {
    return refuse(owner === undefined ? 'signup_closed' : 'access_denied', 'resolveUser knows nobody')
  }
  if (owner !== undefined) {
    if (owner.user.id === resolved.id) return enter(owner)
    return refuse('access_denied', 'resolveUser names another user than the owner of the identity')
  }
  if (resolved.user === undefined) {
    return { kind: 'create', id: resolved.id, byInvite: false, newEmail: false }
  }
  return isDisabled(resolved.user) ? refuse('access_denied', disabled) : { kind: 'join', user: resolved.user }
}

/** Both providers must be named: whose word on the address is not taken can neither bring a person in nor let one in. */
function decideByEmail({ linking, provider, issuer, sameVerifiedEmail }: SignInFacts): SignInDecision {
  const exists = (detail: string) => refuse('account_exists', detail)
  const [holder, ...others] = sameVerifiedEmail
  if (linking.mode !== 'verified_email') return exists('a user has the address')
  if (!linking.providers.includes(provider)) return exists('the provider is not named')
  if (holder === undefined || others.length > 0) return exists('several users have the address')
  // At one provider an address has one account at a time: it has passed to somebody else, or says so.
  if (holder.vouchers.some((voucher) => voucher.issuer === issuer)) {
    return exists('the user has another account of this provider with the address')
  }
  const voucher = holder.vouchers.find((identity) => linking.providers.includes(identity.provider))
  if (voucher === undefined) return exists('no provider that is named vouched for the address')
  if (isDisabled(holder.user)) return refuse('access_denied', disabled)
  return { kind: 'join', user: holder.user, vouchedBy: voucher.id }
}

const disabled = 'the user is disabled'
const isDisabled = ({ disabledAt }: User): boolean => disabledAt !== undefined

const enter = (owner: { user: User; identity: Identity }): SignInDecision =>
  isDisabled(owner.user) ? refuse('access_denied', disabled) : { kind: 'sign_in', ...owner }

const refuse = (
  error: Extract<SignInDecision, { kind: 'refuse' }>['error'],
  detail: string,
): SignInDecision => ({ kind: 'refuse', error, detail })
