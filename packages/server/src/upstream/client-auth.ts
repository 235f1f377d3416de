import { createPrivateKey } from 'node:crypto'
import {
  type AuthorizationServer,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi'
import type { ProviderConfig } from '../config/types.ts'
import { LatchkeyError } from '../errors.ts'
import type { WireRules } from './quirks/index.ts'

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
  return rules.basicCredentials === 'raw' ? rawBasic(clientSecret) : ClientSecretBasic(clientSecret)
}

const missing = (id: string, what: string): LatchkeyError =>
  new LatchkeyError('invalid_configuration', `provider ${id} lacks ${what}`)

const rawBasic =
  (clientSecret: string): ClientAuth =>
  (_as: AuthorizationServer, client: Client, _body: URLSearchParams, headers: Headers) => {
    const credentials = Buffer.from(`${client.client_id}:${clientSecret}`).toString('base64')
    headers.set('authorization', `Basic ${credentials}`)
  }

function privateKeyJwt(providerId: string, jwk: Record<string, unknown>): ClientAuth {
  const pkcs8 = pkcs8Of(jwk)
  if (pkcs8 === undefined) throw missing(providerId, 'a private key that can be used')
  let imported: Promise<ClientAuth> | undefined
  return async (as, client, body, headers) => {
    imported ??= importSigningKey(pkcs8, jwk)
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

async function importSigningKey(
  pkcs8: Buffer<ArrayBuffer>,
  jwk: Record<string, unknown>,
): Promise<ClientAuth> {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, importAlgorithm(jwk), false, ['sign'])
  const { kid } = jwk
  return PrivateKeyJwt(typeof kid === 'string' ? { key, kid } : key, {
    [modifyAssertion](header) {
      // The older of the two names is the one that servers know (RFC 8037, RFC 9864).
      if (header.alg === 'Ed25519') header.alg = 'EdDSA'
    },
  })
}

/** By `alg` where the key names one; otherwise RS256, the curve's own, or EdDSA. */
function importAlgorithm({ kty, crv, alg }: Record<string, unknown>) {
  if (kty === 'EC') return { name: 'ECDSA', namedCurve: String(crv) }
  if (kty === 'OKP') return { name: 'Ed25519' }
  const named = typeof alg === 'string' ? alg : 'RS256'
  return { name: named.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: `SHA-${named.slice(2)}` }
}
