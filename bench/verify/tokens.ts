import * as jose from 'jose'

export const issuer = 'https://auth.example.com'
export const audience = 'https://api.example.com'
export const algorithms = ['ES256', 'RS256', 'EdDSA'] as const
export type Algorithm = (typeof algorithms)[number]

/** Access tokens as Latchkey issues them (RFC 9068), all of one key. */
export interface Batch {
  algorithm: Algorithm
  jwk: jose.JWK
  /** The same key for those that want PEM. */
  pem: string
  tokens: string[]
}

/** Signs `count` different tokens that live for an hour. Not bound to a DPoP key: the token alone is measured. */
export async function createBatch(algorithm: Algorithm, count: number): Promise<Batch> {
  const { publicKey, privateKey } = await jose.generateKeyPair(algorithm, { extractable: true })
  const kid = `bench-${algorithm}`
  const tokens: string[] = []
  for (let index = 0; index < count; index++) {
    const claims = {
      client_id: 'web',
      sid: `session-${index}`,
      scope: 'openid profile email',
      amr: ['fed'],
      idp: 'google',
      auth_time: Math.floor(Date.now() / 1000),
    }
    const token = await new jose.SignJWT(claims)
      .setProtectedHeader({ typ: 'at+jwt', alg: algorithm, kid })
      .setIssuer(issuer)
      .setSubject(`user-${index % 100}`)
      .setAudience([audience, issuer])
      .setJti(`token-${index}`)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey)
    tokens.push(token)
  }
  const jwk = { ...(await jose.exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return { algorithm, jwk, pem: await jose.exportSPKI(publicKey), tokens }
}
