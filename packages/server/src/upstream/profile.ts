import type { WireRules } from '@latchkey/providers'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { type IdentityClaims, idText, person, vouchedFor } from './claims.ts'

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

export interface ProfileReading {
  /** What the provider's word on an address is worth. */
  emailRule?: WireRules['emailVerified']
  /** The address from elsewhere: that of the document does not count then, there or not. */
  mail?: { email: unknown; emailVerified: boolean }
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
  { emailRule = 'as-said', mail }: ProfileReading = {},
): IdentityClaims {
  const at = (path: string): unknown => atPath(document, path)
  const own = {
    email: at(profile.email ?? 'email'),
    emailVerified: vouchedFor(at(profile.emailVerified ?? 'email_verified'), emailRule),
  }
  return person({
    subject: subjectOf(subject.map(at)),
    name: nameOf((profile.name ?? ['name']).map(at)),
    label: profile.label === undefined ? undefined : at(profile.label),
    login: at('preferred_username'),
    ...(mail ?? own),
    picture: at(profile.picture ?? 'picture'),
  })
}

/** Undefined where a part is missing, or could pass for two: no two accounts may come out the same. */
function subjectOf(parts: unknown[]): unknown {
  if (parts.length === 1) return parts[0]
  const texts = parts.map(idText)
  return texts.length > 0 && texts.every((text) => text !== undefined && text !== '' && !text.includes('/'))
    ? texts.join('/')
    : undefined
}

function nameOf(parts: unknown[]): unknown {
  if (parts.length === 1) return parts[0]
  return parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ')
}
