import type { Identity, Profile } from '../storage/index.ts'
import type { Upstream, UpstreamIdentity } from '../upstream/index.ts'

/** Compared without regard to case, which is how people type them; for display it stays as the provider wrote it. */
export const verifiedEmail = (proved: UpstreamIdentity): string | undefined =>
  proved.emailVerified ? proved.email?.toLowerCase() : undefined

/** What a user shows of themselves. */
export function profileOf(proved: UpstreamIdentity): Profile {
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

export function tagsOf(proved: UpstreamIdentity): { label?: string; verifiedEmail?: string } {
  const email = verifiedEmail(proved)
  return {
    ...(proved.label === undefined ? {} : { label: proved.label }),
    ...(email === undefined ? {} : { verifiedEmail: email }),
  }
}
