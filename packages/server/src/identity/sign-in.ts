import type { Clock } from '../clock.ts'
import type { Config } from '../config/types.ts'
import { RedirectError } from '../errors.ts'
import type { Events } from '../events.ts'
import { newId } from '../ids.ts'
import { type Identity, StorageError, type User, type UserStore } from '../storage/index.ts'
import type { Upstream, UpstreamIdentity } from '../upstream/index.ts'
import { decideSignIn, type Holder, type SignInDecision, type SignInFacts } from './decide.ts'
import { inviteKeys } from './invites.ts'
import { identityOf, issuerOf, profileOf, tagsOf, verifiedEmail } from './person.ts'
import { createResolveUser } from './resolve-user.ts'

export interface SignedIn {
  user: User
  identityId: string
}

type Vouching = Pick<Upstream, 'id' | 'identityIssuer'>

export type SignIn = (
  upstream: Vouching,
  proved: UpstreamIdentity,
  request: {
    requestId: string
    /** Of the invitation that the SPA sent along. */
    inviteHash?: string
  },
) => Promise<SignedIn>

const told = {
  access_denied: 'this account may not sign in',
  account_exists: 'another account has this e-mail address; sign in to it and link this one there',
  signup_closed: 'new accounts are not open here',
}

/** Each lost race is followed by a look at what the winner left; nobody can lose more of them. */
const attempts = 4

/**
 * Finds or makes the user whom a provider vouched for.
 * The function it gives throws RedirectError `access_denied`, `account_exists`, `signup_closed`, and what `resolveUser`
 * leads to.
 */
export function createSignIn(deps: {
  users: UserStore
  clock: Clock
  config: Pick<Config, 'signup' | 'linking' | 'hooks' | 'clients' | 'services'>
  events: Events
}): SignIn {
  const { users, clock, config, events } = deps
  const resolveUser = createResolveUser(config)

  return async function signIn(upstream, proved, request) {
    const resolved = await resolveUser?.(upstream, proved)
    let invite: SignInFacts['invite'] = request.inviteHash === undefined ? 'none' : 'presented'
    for (let attempt = 0; attempt < attempts; attempt++) {
      const facts = await gather(upstream, proved, { invite, ...(resolved && { resolved }) })
      const decision = decideSignIn(facts)
      if (decision.kind === 'refuse') {
        throw new RedirectError(decision.error, told[decision.error], { detail: decision.detail })
      }
      if (decision.kind === 'sign_in') {
        const { user, identity } = decision
        await refreshProfile(user, identity, proved)
        return { user, identityId: identity.id }
      }
      const identity = { id: newId('idn'), createdAt: clock.now(), ...identityOf(upstream, proved) }
      if (decision.kind === 'join') {
        const { user, vouchedBy } = decision
        if (!(await users.joinIdentity(user.id, identity, vouchedBy))) continue
        const data = { provider: upstream.id, identity_id: identity.id, automatic: true }
        events.emit('identity.linked', { requestId: request.requestId, subject: user.id, data })
        return { user, identityId: identity.id }
      }
      const user: User = {
        id: decision.id ?? newId('usr'),
        createdAt: clock.now(),
        ...profileOf(proved),
      }
      const outcome = await create(user, identity, decision, request.inviteHash)
      if (outcome === 'created') {
        const data = { provider: upstream.id }
        events.emit('user.created', { requestId: request.requestId, subject: user.id, data })
        return { user, identityId: identity.id }
      }
      if (outcome === 'not_invited') invite = 'refused'
    }
    throw new Error('an identity was taken and then not found')
  }

  async function create(
    user: User,
    identity: Omit<Identity, 'userId'>,
    { id, byInvite, newEmail }: Extract<SignInDecision, { kind: 'create' }>,
    inviteHash = '',
  ) {
    const invite = { keys: inviteKeys(inviteHash, identity.verifiedEmail), now: clock.now() }
    return users
      .createWithIdentity(user, identity, { newEmail, ...(byInvite ? { invite } : {}) })
      .catch((error: unknown) => {
        // Two identities of one user of the owner's own table, for the first time at once.
        if (id !== undefined && error instanceof StorageError && error.code === 'duplicate')
          return 'user_taken'
        throw error
      })
  }

  async function gather(
    upstream: Vouching,
    proved: UpstreamIdentity,
    { invite, resolved }: { invite: SignInFacts['invite']; resolved?: 'nobody' | { id: string } },
  ): Promise<SignInFacts> {
    const issuer = issuerOf(upstream, proved)
    const known = await users.findByIdentity(issuer, proved.subject)
    const email = known === undefined && resolved === undefined ? verifiedEmail(proved) : undefined
    const sameVerifiedEmail = email === undefined ? [] : await holdersOf(email)
    // Who holds the address may have come with this identity between the two looks, in another tab.
    const owner = sameVerifiedEmail.length > 0 ? await users.findByIdentity(issuer, proved.subject) : known
    return {
      ...(owner === undefined ? {} : { owner }),
      provider: upstream.id,
      issuer,
      sameVerifiedEmail,
      signup: config.signup,
      linking: config.linking,
      invite,
      ...(resolved === undefined ? {} : { resolved: await inFull(resolved) }),
    }
  }

  async function holdersOf(email: string): Promise<Holder[]> {
    const found = await users.findByVerifiedEmail(email, 2)
    // Who vouched is asked only where it can matter.
    const [only, ...others] = config.linking.mode === 'verified_email' ? found : []
    if (only === undefined || others.length > 0) return found.map((user) => ({ user, vouchers: [] }))
    const identities = await users.listIdentities(only.id)
    return [{ user: only, vouchers: identities.filter((identity) => identity.verifiedEmail === email) }]
  }

  async function inFull(resolved: 'nobody' | { id: string }): Promise<NonNullable<SignInFacts['resolved']>> {
    if (resolved === 'nobody') return resolved
    const user = await users.find(resolved.id)
    return { ...resolved, ...(user === undefined ? {} : { user }) }
  }

  /** Writes only what changed: most sign-ins write nothing here. */
  async function refreshProfile(user: User, identity: Identity, proved: UpstreamIdentity) {
    const profile = profileOf(proved, user)
    const tags = tagsOf(proved, identity)
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
