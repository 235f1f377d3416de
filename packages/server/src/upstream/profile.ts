import type { OAuth2ProviderConfig } from '../config/types.ts'
import { type IdentityClaims, person } from './claims.ts'

/**
 * The value at a dotted path of a JSON document (`data.user.id`, `emails.0.value`); undefined where it ends
 * early. Only own members count.
 */
export function atPath(document: unknown, path: string): unknown {
  let value: unknown = document
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, name)?.value
  }
  return value
}

/**
 * Who somebody is, from a provider without ID tokens. The subject is the immutable account id that the
 * configuration names; the display fields are called as in OIDC where it does not say otherwise.
 *
 * @throws UpstreamError `provider_error`: `subject_malformed`
 */
export function identityFromProfile(
  document: unknown,
  { subject, profile }: Pick<OAuth2ProviderConfig, 'subject' | 'profile'>,
  { trustEmailVerified = true }: { trustEmailVerified?: boolean } = {},
): IdentityClaims {
  const at = (path: string): unknown => atPath(document, path)
  return person({
    subject: at(subject),
    name: at(profile.name ?? 'name'),
    label: profile.label === undefined ? undefined : at(profile.label),
    login: at('preferred_username'),
    email: at(profile.email ?? 'email'),
    emailVerified: trustEmailVerified && at(profile.emailVerified ?? 'email_verified'),
    picture: at(profile.picture ?? 'picture'),
  })
}
