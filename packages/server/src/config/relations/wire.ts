import type { Finding } from '../findings.ts'
import type { Path } from '../path.ts'
import { lacking, type SoundOAuth2Like, type SoundProvider } from './sound.ts'

type NeededKey =
  | ('exchange_endpoint' | 'refresh_endpoint' | 'revocation_endpoint')
  | ('client_secret' | 'private_key' | 'client_secret_issuer')

/** What wire rules need beside themselves. */
export function wireNeeds(provider: SoundOAuth2Like, path: Path): Finding[] {
  const { wire = {}, quirks = [] } = provider
  const findings: Finding[] = []
  const need = (key: NeededKey, why: string, remedy: string) => {
    if (lacking(provider, key))
      findings.push({ path: [...path, key], problem: `is missing, and ${why} needs it`, remedy })
  }
  const endpoint = "give the https URL from the provider's documentation"
  if (wire.exchange !== undefined) need('exchange_endpoint', '"exchange" of "wire"', endpoint)
  if (wire.refresh_exchange !== undefined) need('refresh_endpoint', '"refresh_exchange" of "wire"', endpoint)
  const ofMetadata = provider.type === 'oidc'
  if (wire.revocation_request !== undefined && !ofMetadata) {
    need('revocation_endpoint', '"revocation_request" of "wire"', endpoint)
  }
  // Else it is missed anyway.
  const told = provider.token_endpoint_auth_method?.startsWith('client_secret') === true
  if (revokesWithSecret(provider) && !told) {
    const remedy = 'copy it from the registration at the provider'
    need('client_secret', '"revocation_request" of "wire"', remedy)
  }
  if (signsItsSecret(provider)) {
    const why = 'a client secret that is a signed JWT'
    need('private_key', why, 'give the private key from the registration as a JWK, with its "kid"')
    need('client_secret_issuer', why, 'give what stands in its "iss": the team id at Apple')
  }
  if (quirks.includes('signed-callback') || wire.callback_signature !== undefined) {
    if (lacking(provider, 'client_secret') && !told) {
      findings.push({
        path: [...path, 'client_secret'],
        problem: 'is missing, and signed answers need it',
        remedy: 'copy it from the registration at the provider',
      })
    }
  }
  return findings
}

/** Whether the provider's word on e-mail addresses is not taken. */
export const believesNoAddress = (provider: SoundProvider): boolean => {
  if (!('quirks' in provider) && !('wire' in provider)) return false
  const { quirks = [], wire } = provider
  return (wire?.email_verified ?? (quirks.includes('email-not-verified') ? 'never' : 'as-said')) === 'never'
}

/** Whether tokens are revoked with the client secret. */
export const revokesWithSecret = ({ wire }: SoundOAuth2Like): boolean => {
  const { sends = {}, authorization = '' } = wire?.revocation_request ?? {}
  const said = [authorization, ...Object.values(sends)]
  return authorization === 'basic' || said.some((value) => value.includes('{client_secret}'))
}

/** Instead of a secret, there is a key that signs one. */
export const signsItsSecret = ({ wire, quirks = [] }: SoundOAuth2Like): boolean =>
  wire?.client_secret === 'signed-jwt' ||
  (wire?.client_secret === undefined && quirks.includes('signed-jwt-client-secret'))
