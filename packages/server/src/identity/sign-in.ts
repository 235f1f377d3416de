import type { Clock } from '../clock.ts'
import type { Config } from '../config/types.ts'
import { RedirectError } from '../errors.ts'
import type { Events } from '../events.ts'
import { newId } from '../ids.ts'
import type { Identity, Profile, User, UserStore } from '../storage/index.ts'
import type { Upstream, UpstreamIdentity } from '../upstream/index.ts'
import { decideSignIn } from './decide.ts'

export interface SignedIn {
  user: User
  identityId: string
}

export type SignIn = (
  upstream: Pick<Upstream, 'id' | 'identityIssuer'>,
  proved: UpstreamIdentity,
  requestId: string,
) => Promise<SignedIn>

const told = {
  access_denied: 'this account may not sign in',
  account_exists: 'another account has this e-mail address; sign in to it and link this one there',
  signup_closed: 'new accounts are not open here',
}

/**
 * Finds or makes the user whom a provider vouched for.
 * The function it gives throws RedirectError `access_denied`, `account_exists`, `signup_closed`.
 */
export function createSignIn(deps: {
  users: UserStore
  clock: Clock
  config: Pick<Config, 'signup' | 'linking'>
  events: Events
}): SignIn {
  const { users, clock, config, events } = deps

  return async function signIn(upstream, proved, requestId) {
    // Twice at most: of two first sign-ins at once one makes the user, the other finds it.
    for (let attempt = 0; attempt < 2; attempt++) {
      const facts = await gather(upstream, proved)
      const decision = decideSignIn(facts)
      if (decision.kind === 'refuse') {
        throw new RedirectError(decision.error, told[decision.error])
      }
      if (decision.kind === 'sign_in') {
        const { user, identity } = decision
        await refreshProfile(user, identity, proved)
        return { user, identityId: identity.id }
      }
      const user: User = { id: newId('usr'), createdAt: clock.now(), ...profileOf(proved) }
      const identity = { id: newId('idn'), createdAt: clock.now(), ...identityOf(upstream, proved) }
      if ((await users.createWithIdentity(user, identity)) === 'created') {
        events.emit('user.created', { requestId, subject: user.id, data: { provider: upstream.id } })
        return { user, identityId: identity.id }
      }
    }
    throw new Error('an identity was taken and then not found')
  }

  async function gather(upstream: Pick<Upstream, 'identityIssuer'>, proved: UpstreamIdentity) {
    const owner = await users.findByIdentity(upstream.identityIssuer, proved.subject)
    const email = owner === undefined ? verifiedEmail(proved) : undefined
    const sameVerifiedEmail = email === undefined ? [] : await users.findByVerifiedEmail(email, 2)
    return {
      ...(owner === undefined ? {} : { owner }),
      sameVerifiedEmail,
      signup: config.signup,
      linking: config.linking.mode,
    }
  }

  /** Writes only what changed: most sign-ins write nothing here. */
  async function refreshProfile(user: User, identity: Identity, proved: UpstreamIdentity) {
    const profile = profileOf(proved)
    const tags = tagsOf(proved)
    const same =
      user.name === profile.name &&
      user.email === profile.email &&
      user.emailVerified === profile.emailVerified &&
      user.picture === profile.picture &&
      identity.label === tags.label &&
      identity.verifiedEmail === tags.verifiedEmail
    if (!same) await users.updateProfile(user.id, profile, { id: identity.id, ...tags })
  }
}

/** Compared without regard to case, which is how people type them; for display it stays as the provider wrote it. */
const verifiedEmail = (proved: UpstreamIdentity): string | undefined =>
  proved.emailVerified ? proved.email?.toLowerCase() : undefined

function profileOf(proved: UpstreamIdentity): Profile {
  const { name, email, emailVerified, picture } = proved
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email, emailVerified }),
    ...(picture === undefined ? {} : { picture }),
  }
}

/** What is kept of the proof, for a sign-in or for a link. */
export function identityOf(
  upstream: Pick<Upstream, 'id' | 'identityIssuer'>,
  proved: UpstreamIdentity,
): Pick<Identity, 'provider' | 'issuer' | 'subject' | 'label' | 'verifiedEmail'> {
  return {
    provider: upstream.id,
    issuer: upstream.identityIssuer,
    subject: proved.subject,
    ...tagsOf(proved),
  }
}

function tagsOf(proved: UpstreamIdentity): { label?: string; verifiedEmail?: string } {
  const email = verifiedEmail(proved)
  return {
    ...(proved.label === undefined ? {} : { label: proved.label }),
    ...(email === undefined ? {} : { verifiedEmail: email }),
  }
}
