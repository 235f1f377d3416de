import type { Finding } from '../findings.ts'
import type { Path } from '../path.ts'
import { lacking, type SoundOAuth1Provider, type SoundOAuth2Provider } from './sound.ts'

/** Whose account it is: what tells, and where it stands. */
export function identity(provider: SoundOAuth1Provider | SoundOAuth2Provider, path: Path): Finding[] {
  const { identity_from: from, sign_in: signIn } = provider
  const findings: Finding[] = []
  const add = (key: string, problem: string, remedy: string) =>
    findings.push({ path: [...path, key], problem, remedy })
  if (provider.shared_account === true && signIn === true) {
    add(
      'sign_in',
      'is on, and "shared_account" says that several people may hold an account',
      'set it to false',
    )
  }
  if (from === 'nothing') {
    if (signIn === true) {
      add('sign_in', 'is on, and "identity_from" says that nothing tells who somebody is', 'set it to false')
    }
  } else if (from !== undefined || 'identity_from' in provider) {
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
  if (provider.type !== 'oauth2') return findings
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

/** What an OAuth 1.0a provider signs with. */
export function consumer(provider: SoundOAuth1Provider, path: Path): Finding[] {
  const { signature_method: method } = provider
  const findings: Finding[] = []
  if (method === 'RSA-SHA1') {
    const { private_key: key } = provider
    if (lacking(provider, 'private_key') || (key !== undefined && key.kty !== 'RSA')) {
      const problem =
        key === undefined ? 'is missing, and RSA-SHA1 needs it' : 'is no RSA key, as RSA-SHA1 needs it'
      findings.push({ path: [...path, 'private_key'], problem, remedy: 'give the private RSA key as a JWK' })
    }
  } else if (method !== undefined && lacking(provider, 'consumer_secret')) {
    const remedy = 'copy it from the registration at the provider'
    findings.push({
      path: [...path, 'consumer_secret'],
      problem: `is missing, and ${method} needs it`,
      remedy,
    })
  }
  // Session fixation: an attacker begins, somebody else approves, and the attacker is signed in as them.
  if (provider.unsafe_version_10 === true && provider.sign_in === true) {
    findings.push({
      path: [...path, 'sign_in'],
      problem:
        'is on, and with "unsafe_version_10" somebody could be signed in as whoever they get to approve',
      remedy: 'set it to false, and "connect" to true',
    })
  }
  const { scopes = [], scope_parameter: parameter } = provider
  if (scopes.length > 0 && parameter === undefined && 'scope_parameter' in provider) {
    const remedy =
      'write { "parameter": "scope", "at": "authorization" }, as the provider\'s documentation says'
    const problem = 'is missing, so that "scopes" go nowhere'
    findings.push({ path: [...path, 'scope_parameter'], problem, remedy })
  }
  return findings
}
