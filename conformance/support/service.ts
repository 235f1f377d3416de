import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { rawJws } from './dpop.ts'

/** A micro service that asks Latchkey, by the book; nothing of ours. */
export interface AskingService {
  id: string
  /** `Authorization: Basic`. */
  basic: Record<string, string>
  /** `client_secret_post`. */
  inBody: Record<string, string>
}

export function serviceWithSecret(id: string, secret = `${id}-secret-of-32-characters-or-more`) {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)
  const pair = Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')
  return {
    ...{ id, secret },
    basic: { Authorization: `Basic ${pair}` },
    inBody: { client_id: id, client_secret: secret },
  } satisfies AskingService & { secret: string }
}

export interface KeyedService {
  id: string
  privateKey: KeyObject
  jwks: { keys: Record<string, unknown>[] }
  /** A fresh assertion with changes; members that are undefined fall away. ES256. */
  assertion(claims?: Record<string, unknown>, header?: Record<string, unknown>, signer?: KeyObject): string
  /** The parameters of `private_key_jwt`. */
  signed(assertion?: string): Record<string, string>
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** @param issuer the one audience that assertions may have */
export function serviceWithKey(id: string, issuer: () => string, now: () => number): KeyedService {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const service: KeyedService = {
    ...{ id, privateKey },
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: `${id}-1` }] },
    assertion(claims = {}, header = {}, signer = privateKey) {
      const iat = Math.floor(now() / 1000)
      const payload = { iss: id, sub: id, aud: issuer(), jti: randomUUID(), iat, exp: iat + 60, ...claims }
      return rawJws({ alg: 'ES256', kid: `${id}-1`, ...header }, payload, signer)
    },
    signed: (assertion = service.assertion()) => ({
      client_assertion_type: assertionType,
      client_assertion: assertion,
    }),
  }
  return service
}

/** One form POST, without a browser. */
export async function ask(
  url: string,
  params: Record<string, string> | URLSearchParams | [string, string][],
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown>; text: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(params), headers })
  const text = await response.text()
  const body: Record<string, unknown> = JSON.parse(text)
  return { status: response.status, headers: response.headers, body, text }
}
