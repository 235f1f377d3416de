import { type Clock, seconds } from '../../clock.ts'
import type { OAuth1ProviderConfig } from '../../config/types.ts'
import type { Credentials, SignedRequest } from '../contract.ts'
import { baseString } from './base-string.ts'
import { parameter } from './encoding.ts'
import { signatureOf } from './signature.ts'

/** What goes into a signed request beside the protocol's own: `oauth_callback`, `oauth_verifier`. */
export type Further = Readonly<Partial<Record<'oauth_callback' | 'oauth_verifier', string>>>

/** The value of the Authorization header for one request, to be sent once (RFC 5849 section 3.5.1). */
export type Signer = (request: SignedRequest, credentials?: Credentials, further?: Further) => string

/**
 * Signs as this client.
 * @param nonce gives another one each time
 * @throws LatchkeyError `invalid_configuration`
 */
export function createSigner(
  provider: Pick<OAuth1ProviderConfig, 'clientId' | 'clientSecret' | 'privateKey' | 'signatureMethod'>,
  { clock, nonce }: { clock: Clock; nonce: () => string },
): Signer {
  const signature = signatureOf(provider)
  return (request, credentials, further = {}) => {
    const protocol = Object.entries({
      oauth_consumer_key: provider.clientId,
      ...(credentials === undefined ? {} : { oauth_token: credentials.token }),
      oauth_signature_method: provider.signatureMethod,
      oauth_timestamp: String(seconds(clock)),
      oauth_nonce: nonce(),
      oauth_version: '1.0',
      ...further,
    }).map(([name, value]) => parameter(name, value))
    const made = signature(baseString(request, protocol), credentials?.secret ?? '')
    const all = [...protocol, parameter('oauth_signature', made)]
    return `OAuth ${all.map(([name, value]) => `${name}="${value}"`).join(', ')}`
  }
}
