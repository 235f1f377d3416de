import { createHash, createPublicKey, verify } from 'node:crypto'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

export interface Proof {
  jkt: string
  claims: { htm: string; htu: string; iat: number; jti: string; nonce?: string; ath?: string }
}

/** Reads a DPoP proof as a server does (RFC 9449 section 4.3); `undefined` if its form or signature is wrong. */
export function readProof(jwt: string | undefined): Proof | undefined {
  const [head = '', body = '', signature = ''] = (jwt ?? '').split('.')
  try {
    const { typ, alg, jwk } = JSON.parse(Buffer.from(head, 'base64url').toString())
    if (typ !== 'dpop+jwt' || alg !== 'ES256' || 'd' in jwk) return
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const signed = Buffer.from(`${head}.${body}`)
    const raw = Buffer.from(signature, 'base64url')
    if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, raw)) return
    const { crv, kty, x, y } = jwk
    return {
      jkt: sha256(JSON.stringify({ crv, kty, x, y })),
      claims: JSON.parse(Buffer.from(body, 'base64url').toString()),
    }
  } catch {
    return
  }
}

export { sha256 }
