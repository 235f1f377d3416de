import { algorithm, type DpopKey } from './dpop.ts'
import { sha256 } from './encoding.ts'

export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const jwk = { crv, kty, x, y }
  return { privateKey, jwk, jkt: await sha256(JSON.stringify(jwk)) }
}
