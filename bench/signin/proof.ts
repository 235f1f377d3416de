import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'

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

/**
 * From DER's two integers to JOSE's `r || s` (RFC 7518 section 3.4). Node can do this itself (`dsaEncoding`), at three
 * times the price of the signature.
 */
function toJose(der: Buffer): Buffer {
  const raw = Buffer.alloc(64)
  for (let at = 2, half = 0; half < 2; half++) {
    const end = at + 2 + (der[at + 1] ?? 0)
    // Without the zero that keeps it positive; shorter ones are padded on the left.
    const integer = der.subarray(Math.max(at + 2, end - 32), end)
    integer.copy(raw, half * 32 + 32 - integer.length)
    at = end
  }
  return raw
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A PKCE pair (RFC 7636), the challenge by S256. */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomUUID() + randomUUID()
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}
