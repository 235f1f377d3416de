import { createPrivateKey } from 'node:crypto'
import type { WireRules } from '@latchkey/providers'
import {
  type AuthorizationServer,
  type Client,
  type ClientAuth,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi'
import type { ProviderConfig } from '../config/types.ts'
import { LatchkeyError } from '../errors.ts'

/**
 * How we prove at the token endpoint who we are: the one configured method, never a guess (RFC 6749 section
 * 2.3.1, RFC 7523 section 3). An assertion's only audience is the issuer, as a string, so that another
 * server cannot use it; it is fresh for each request and lives 60 seconds.
 *
 * @throws LatchkeyError `invalid_configuration` when what the method needs is not there
 */
export function clientAuthentication(provider: ProviderConfig, rules: WireRules): ClientAuth {
  const { tokenEndpointAuthMethod: method, clientSecret, privateKey } = provider
  if (method === 'none') return None()
  if (method === 'private_key_jwt') {
    if (privateKey === undefined) throw missing(provider.id, 'a private key')
    if (provider.issuer === undefined) throw missing(provider.id, 'an issuer, the audience of its assertions')
    return privateKeyJwt(provider.id, privateKey)
  }
  if (clientSecret === undefined || clientSecret === '') throw missing(provider.id, 'a client secret')
  if (method === 'client_secret_post') return ClientSecretPost(clientSecret)
  return basic(clientSecret, rules.basicCredentials === 'raw' ? asItIs : formEncoded)
}

const missing = (id: string, what: string): LatchkeyError =>
  new LatchkeyError('invalid_configuration', `provider ${id} lacks ${what}`)

const asItIs = (text: string): string => text

/**
 * application/x-www-form-urlencoded (RFC 6749 section 2.3.1), which leaves `-`, `.` and `_` alone: many providers do not
 * decode, and in most ids and secrets these are the only other characters.
 */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

const basic =
  (clientSecret: string, encode: (half: string) => string): ClientAuth =>
  (_as: AuthorizationServer, client: Client, _body: URLSearchParams, headers: Headers) => {
    const pair = `${encode(client.client_id)}:${encode(clientSecret)}`
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  }

function privateKeyJwt(providerId: string, jwk: Record<string, unknown>): ClientAuth {
  const pkcs8 = pkcs8Of(jwk)
  const algorithm = importAlgorithm(jwk)
  if (pkcs8 === undefined || algorithm === undefined) {
    throw missing(providerId, 'a private key that can be used')
  }
  let imported: Promise<ClientAuth> | undefined
  return async (as, client, body, headers) => {
    imported ??= importSigningKey(pkcs8, algorithm, jwk.kid)
    const authenticate = await imported
    await authenticate(as, client, body, headers)
  }
}

/** Without the cause of a failure: its message may quote the key. */
function pkcs8Of(jwk: Record<string, unknown>): Buffer<ArrayBuffer> | undefined {
  try {
    return Buffer.from(createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' }))
  } catch {
    return undefined
  }
}

type SigningAlgorithm = { name: string; namedCurve?: string; hash?: string }

async function importSigningKey(
  pkcs8: Buffer<ArrayBuffer>,
  algorithm: SigningAlgorithm,
  kid: unknown,
): Promise<ClientAuth> {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  return PrivateKeyJwt(typeof kid === 'string' ? { key, kid } : key, {
    [modifyAssertion](header) {
      // The older of the two names is the one that servers know (RFC 8037, RFC 9864).
      if (header.alg === 'Ed25519') header.alg = 'EdDSA'
    },
  })
}

/** The curve's own algorithm, EdDSA, or for RSA the key's `alg`, RS256 when it names none. */
function importAlgorithm({ kty, crv, alg = 'RS256' }: Record<string, unknown>): SigningAlgorithm | undefined {
  if (kty === 'OKP' && crv === 'Ed25519') return { name: 'Ed25519' }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384' || crv === 'P-521')) {
    return { name: 'ECDSA', namedCurve: crv }
  }
  if (kty !== 'RSA' || typeof alg !== 'string' || !/^[RP]S(256|384|512)$/.test(alg)) return undefined
  return { name: alg.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: `SHA-${alg.slice(2)}` }
}
