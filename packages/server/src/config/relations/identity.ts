import type { Finding } from '../findings.ts'
import type { Path } from '../path.ts'
import { lacking, type SoundOAuth2Provider } from './sound.ts'

/** Whose account it is: what tells, and where it stands. */
export function identity(provider: SoundOAuth2Provider, path: Path): Finding[] {
  const { identity_from: from, sign_in: signIn } = provider
  const findings: Finding[] = []
  const add = (key: string, problem: string, remedy: string) =>
    findings.push({ path: [...path, key], problem, remedy })
  if (from === 'nothing') {
    if (signIn === true) {
      add('sign_in', 'is on, and "identity_from" says that nothing tells who somebody is', 'set it to false')
    }
  } else if (from !== undefined) {
    if (from === 'userinfo' && lacking(provider, 'userinfo_endpoint')) {
      add('userinfo_endpoint', 'is missing', "give the https URL from the provider's documentation")
    }
    if (lacking(provider, 'subject')) {
      add(
        'subject',
        'is missing',
        'give the name of the field with the immutable id, such as "id" or "data.user_id"',
      )
    }
  }
  if (provider.emails !== undefined && lacking(provider, 'emails_endpoint')) {
    add(
      'emails_endpoint',
      'is missing, and "emails" says how its answer is read',
      'give the URL, or take "emails" out',
    )
  }
  if (provider.emails_endpoint !== undefined && lacking(provider, 'emails')) {
    add(
      'emails',
      'is missing, so that the answer of "emails_endpoint" cannot be read',
      'write an object such as { "email": "email", "verified": "verified", "primary": "primary" }',
    )
  }
  return findings
}
