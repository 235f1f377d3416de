import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { OAuth1ProviderConfig } from '../../config/types.ts'
import { LatchkeyError } from '../../errors.ts'
import { percentEncode } from './encoding.ts'

/** Makes `oauth_signature` from a signature base string and the secret that belongs to the token, '' without a token. */
export type Sign = (base: string, tokenSecret: string) => string

type Credentials = Pick<OAuth1ProviderConfig, 'signatureMethod' | 'clientSecret' | 'privateKey'>

/**
 * RFC 5849 sections 3.4.2 to 3.4.4, and HMAC-SHA256 in the way of the first.
 * @throws LatchkeyError `invalid_configuration`
 */
export function signatureOf({ signatureMethod, clientSecret = '', privateKey }: Credentials): Sign {
  const secrets = (tokenSecret: string) => `${percentEncode(clientSecret)}&${percentEncode(tokenSecret)}`
  const hmac =
    (digest: string): Sign =>
    (base, tokenSecret) =>
      createHmac(digest, secrets(tokenSecret)).update(base).digest('base64')
  switch (signatureMethod) {
    case 'HMAC-SHA1':
      return hmac('sha1')
    case 'HMAC-SHA256':
      return hmac('sha256')
    case 'PLAINTEXT':
      return (_base, tokenSecret) => secrets(tokenSecret)
    case 'RSA-SHA1': {
      const key = rsaKey(privateKey)
      // The padding is PKCS #1 v1.5, as RFC 3447 section 8.2 has it.
      return (base) => sign('sha1', Buffer.from(base), key).toString('base64')
    }
  }
}

function rsaKey(jwk: Record<string, unknown> | undefined): KeyObject {
  try {
    const key = createPrivateKey({ key: jwk ?? {}, format: 'jwk' })
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // Without the cause: it may hold the key.
  }
  throw new LatchkeyError('invalid_configuration', 'RSA-SHA1 needs "private_key", an RSA key as a JWK')
}
