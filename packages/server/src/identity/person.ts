import type { Identity, Profile } from '../storage/index.ts'
import type { Upstream, UpstreamIdentity } from '../upstream/index.ts'

/** Compared without regard to case, which is how people type them; for display it stays as the provider wrote it. */
export const verifiedEmail = (proved: UpstreamIdentity): string | undefined =>
  proved.emailVerified ? proved.email?.toLowerCase() : undefined

/** What an identity is filed under, with its subject. */
export const issuerOf = (
  { identityIssuer }: Pick<Upstream, 'identityIssuer'>,
  { issuer }: Pick<UpstreamIdentity, 'issuer'>,
): string => issuer ?? identityIssuer

/** What a user shows of themselves. What was not told this time is as it was known. */
export function profileOf(proved: UpstreamIdentity, known: Profile = {}): Profile {
  const { picture, unheard = [] } = proved
  const name = proved.name ?? (unheard.includes('name') ? known.name : undefined)
  const { email, emailVerified } = proved.email === undefined && unheard.includes('email') ? known : proved
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email, emailVerified: emailVerified === true }),
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
    issuer: issuerOf(upstream, proved),
    subject: proved.subject,
    ...tagsOf(proved),
  }
}

type Tags = Pick<Identity, 'label' | 'verifiedEmail'>

/** As `profileOf`. Without an address the label is another, too. */
export function tagsOf(proved: UpstreamIdentity, known?: Tags): Tags {
  if (known !== undefined && proved.email === undefined && proved.unheard?.includes('email') === true) {
    const { label, verifiedEmail: email } = known
    return {
      ...(label === undefined ? {} : { label }),
      ...(email === undefined ? {} : { verifiedEmail: email }),
    }
  }
  const email = verifiedEmail(proved)
  return {
    ...(proved.label === undefined ? {} : { label: proved.label }),
    ...(email === undefined ? {} : { verifiedEmail: email }),
  }
}
