import { base64url, random, utf8 } from './encoding.ts'

/** A session's proof key (ES256). The private half cannot be exported, only used, and survives in IndexedDB. */
export interface DpopKey {
  privateKey: CryptoKey
  /** The public half, members in the order that RFC 7638 hashes. */
  jwk: object
  /** RFC 7638 thumbprint, 43 characters. */
  jkt: string
}

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** The claims that differ from request to request (RFC 9449 section 4.2). `iat` in seconds. */
export interface ProofClaims {
  htm: string
  htu: string
  iat: number
  nonce?: string | undefined
  ath?: string | undefined
}

/** The `DPoP` header for one request. */
export async function dpopProof({ privateKey, jwk }: DpopKey, claims: ProofClaims): Promise<string> {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk }
  const parts = [header, { jti: random(16), ...claims }].map((part) => base64url(utf8(JSON.stringify(part))))
  const signature = await crypto.subtle.sign(algorithm, privateKey, utf8(parts.join('.')))
  return [...parts, base64url(signature)].join('.')
}
