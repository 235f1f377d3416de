import { createHmac, createPublicKey, createVerify } from 'node:crypto'
import type { Client } from '../clients.ts'
import { escaped } from './signed-text.ts'

/** What a client proves a request with. */
export interface Claim {
  method: string
  signature: string
  /** '' without a token. */
  tokenSecret: string
}

/** Whether this client has signed the text (RFC 5849 sections 3.4.2 to 3.4.4). */
export const isSigned = (
  text: string,
  { method, signature, tokenSecret }: Claim,
  client: Client,
): boolean => {
  if (method === 'RSA-SHA1') return isSignedByKey(text, signature, client)
  if (client.client_secret === undefined) return false
  const key = `${escaped(client.client_secret)}&${escaped(tokenSecret)}`
  if (method === 'PLAINTEXT') return signature === key
  const digest = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' }[method]
  return digest !== undefined && createHmac(digest, key).update(text, 'utf8').digest('base64') === signature
}

const isSignedByKey = (text: string, signature: string, { jwks }: Client): boolean =>
  (jwks?.keys ?? []).some((key) => {
    if (key.kty !== 'RSA') return false
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' })
    return createVerify('RSA-SHA1').update(text).verify(publicKey, signature, 'base64')
  })
