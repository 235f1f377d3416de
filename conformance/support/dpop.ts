import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, type JWTPayload, SignJWT } from 'jose'

/** A DPoP key of a stranger's making: plain `jose`, nothing of ours. */
export interface DpopKey {
  jkt: string
  jwk: Record<string, unknown>
  privateKey: KeyObject
  proof(
    request: { htm: string; htu: string; nonce?: string; accessToken?: string },
    changes?: ProofChanges,
  ): Promise<string>
}

/** For the cases in which something is wrong on purpose. */
export interface ProofChanges {
  header?: Record<string, unknown>
  claims?: JWTPayload
}

export async function createDpopKey(now: () => number = Date.now): Promise<DpopKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = await exportJWK(publicKey)
  return {
    jkt: await calculateJwkThumbprint(jwk),
    jwk: { ...jwk },
    privateKey,
    proof({ htm, htu, nonce, accessToken }, changes = {}) {
      const claims = {
        htm,
        htu,
        jti: randomUUID(),
        iat: Math.floor(now() / 1000),
        ...(nonce === undefined ? {} : { nonce }),
        ...(accessToken === undefined
          ? {}
          : { ath: createHash('sha256').update(accessToken).digest('base64url') }),
        ...changes.claims,
      }
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...changes.header })
        .sign(privateKey)
    },
  }
}

/** A compact JWS that holds whatever is given, right or wrong, which a library would refuse to make. ES256 by default. */
export function rawJws(
  header: unknown,
  payload: unknown,
  signer: KeyObject | ((input: string) => Uint8Array),
): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const input = `${encode(header)}.${encode(payload)}`
  const signature =
    typeof signer === 'function'
      ? signer(input)
      : sign('sha256', Buffer.from(input), { key: signer, dsaEncoding: 'ieee-p1363' })
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}
