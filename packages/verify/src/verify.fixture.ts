import { constants, createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { thumbprint } from './dpop/thumbprint.ts'
import type { Algorithm } from './jws/algorithm.ts'
import { isJsonObject, type JsonObject } from './jws/compact.ts'
import type { VerifierOptions } from './options.ts'
import { createVerifier } from './verifier.ts'

export const issuer = 'https://auth.example.com'
export const audience = 'https://api.example.com'
/** The moment at which the tests play, in seconds. */
export const start = 1_800_000_000

export type Json = { [member: string]: unknown }

export type KeyPair = {
  alg: Algorithm
  kid: string
  privateKey: KeyObject
  publicJwk: JsonObject
  jkt: string
}

export function createKeyPair(alg: Algorithm = 'ES256', kid?: string): KeyPair {
  const { privateKey, publicKey } = generate(alg)
  const jwk: unknown = publicKey.export({ format: 'jwk' })
  if (!isJsonObject(jwk)) throw new Error('no JWK')
  const jkt = thumbprint(jwk)
  return { alg, kid: kid ?? jkt, privateKey, publicJwk: jwk, jkt }
}

function generate(alg: Algorithm) {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (alg === 'ES384') return generateKeyPairSync('ec', { namedCurve: 'P-384' })
  if (alg === 'RS256' || alg === 'PS256') return generateKeyPairSync('rsa', { modulusLength: 2048 })
  return generateKeyPairSync('ed25519')
}

export function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

export function signInput(alg: Algorithm, key: KeyObject, input: string): Buffer {
  const data = Buffer.from(input)
  const { RSA_PKCS1_PSS_PADDING: padding } = constants
  if (alg === 'EdDSA' || alg === 'Ed25519') return sign(null, data, key)
  if (alg === 'PS256') return sign('sha256', data, { key, padding, saltLength: 32 })
  return sign(alg === 'ES384' ? 'sha384' : 'sha256', data, { key, dsaEncoding: 'ieee-p1363' })
}

/** A JWS of whatever is asked for; members that are `undefined` fall away. */
export function jws(header: unknown, payload: unknown, { alg, privateKey }: KeyPair): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${signInput(alg, privateKey, input).toString('base64url')}`
}

/** An access token as Latchkey makes them, with changes. */
export function accessToken(key: KeyPair, claims: Json = {}, header: Json = {}): string {
  const payload = {
    iss: issuer,
    sub: 'user-1',
    aud: [audience, issuer],
    client_id: 'web',
    iat: start,
    exp: start + 300,
    jti: randomUUID(),
    sid: 'session-1',
    scope: 'openid reports:read',
    auth_time: start - 60,
    amr: ['pwd'],
    idp: 'google',
    ...claims,
  }
  return jws({ typ: 'at+jwt', alg: key.alg, kid: key.kid, ...header }, payload, key)
}

/** A DPoP proof, with changes. */
export function dpopProof(key: KeyPair, claims: Json = {}, header: Json = {}): string {
  const payload = { jti: randomUUID(), htm: 'GET', htu: `${audience}/reports`, iat: start, ...claims }
  return jws({ typ: 'dpop+jwt', alg: key.alg, jwk: key.publicJwk, ...header }, payload, key)
}

export function ath(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

export function createClock(seconds = start) {
  let ms = seconds * 1000
  return {
    now: () => ms,
    set(value: number) {
      ms = value * 1000
    },
    advance(value: number) {
      ms += value * 1000
    },
  }
}

/** A JWKS endpoint in memory: counts its calls, and serves, fails or hangs as told. */
export function createJwksEndpoint(...keys: KeyPair[]) {
  const endpoint = {
    keys: keys.map(({ kid, alg, publicJwk }): Json => ({ ...publicJwk, kid, alg, use: 'sig' })),
    cacheControl: 'public, max-age=300',
    calls: [] as string[],
    /** When set, answers instead. */
    answer: undefined as undefined | (() => Response | Promise<Response>),
    fetch: async (input: string | URL | Request): Promise<Response> => {
      endpoint.calls.push(input instanceof Request ? input.url : input.toString())
      if (endpoint.answer) return endpoint.answer()
      return Response.json({ keys: endpoint.keys }, { headers: { 'cache-control': endpoint.cacheControl } })
    },
    publish(...more: KeyPair[]) {
      endpoint.keys = more.map(({ kid, alg, publicJwk }) => ({ ...publicJwk, kid, alg, use: 'sig' }))
    },
    down() {
      endpoint.answer = () => Promise.reject(new TypeError('connection refused'))
    },
    up() {
      endpoint.answer = undefined
    },
  }
  return endpoint
}

/** A verifier on a frozen clock with an issuer in memory. */
export function createScene(options: Partial<VerifierOptions> = {}, alg: Algorithm = 'ES256') {
  const key = createKeyPair(alg)
  const clock = createClock()
  const endpoint = createJwksEndpoint(key)
  const verifier = createVerifier({ issuer, audience, clock, fetch: endpoint.fetch, ...options })
  return { key, clock, endpoint, verifier }
}

export function get(headers: { [name: string]: string | string[] }, url = '/reports') {
  return { method: 'GET', url, headers }
}
