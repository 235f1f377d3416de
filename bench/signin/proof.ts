import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { toJose } from './signature.ts'

/** A browser's DPoP key: fresh for each sign-in, as the SPA client makes it. */
export interface ProofKey {
  privateKey: KeyObject
  /** The part of every proof that does not change: the encoded header with the public JWK. */
  header: string
  /** RFC 7638. */
  thumbprint: string
}

export function createProofKey(): ProofKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const jwk = { crv: 'P-256', kty: 'EC', x, y }
  return {
    privateKey,
    header: encode({ typ: 'dpop+jwt', alg: 'ES256', jwk }),
    thumbprint: createHash('sha256').update(JSON.stringify(jwk)).digest('base64url'),
  }
}

/** A proof for one POST (RFC 9449 section 4.2). */
export function prove(key: ProofKey, htu: string, nonce?: string): string {
  const claims = {
    jti: randomUUID(),
    htm: 'POST',
    htu,
    iat: Math.floor(Date.now() / 1000),
    ...(nonce === undefined ? {} : { nonce }),
  }
  const signed = `${key.header}.${encode(claims)}`
  const signature = toJose(sign('sha256', Buffer.from(signed), key.privateKey))
  return `${signed}.${signature.toString('base64url')}`
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A PKCE pair (RFC 7636), the challenge by S256. */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomUUID() + randomUUID()
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}
