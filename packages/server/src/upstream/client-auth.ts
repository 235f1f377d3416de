import { createPrivateKey, hash } from 'node:crypto'
import type { WireRules } from '@latchkey/providers'
import {
  type ClientAuth,
  ClientSecretPost,
  clockSkew,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi'
import { seconds, systemClock } from '../clock.ts'
import type { ProviderConfig } from '../config/types.ts'
import { LatchkeyError } from '../errors.ts'
import { createSecretSigner } from './apple-secret.ts'
import { mayBeExtra } from './extra-headers.ts'
import { fault } from './failures.ts'
import { ownRevocation, sendsSecret } from './revocation-rule.ts'
import { formEncoded } from './text.ts'

/**
 * How we prove at the token endpoint who we are: the one configured method, never a guess (RFC 6749 section
 * 2.3.1, RFC 7523 section 3). An assertion's only audience is the issuer, or by quirk its token
 * endpoint, as a string, so that another server cannot use it; it is fresh for each request and lives 60 seconds.
 *
 * @throws LatchkeyError `invalid_configuration` when what the method needs is not there
 */
export function clientAuthentication(provider: ProviderConfig, rules: WireRules): ClientAuth {
  const { tokenEndpointAuthMethod: method, clientSecret, privateKey } = provider
  checkRuleNeeds(provider, rules)
  const withSecret = secretSender(provider, rules)
  if (rules.clientSecret === 'signed-jwt') return signedSecret(provider, withSecret)
  if (method === 'none') return None()
  if (rules.clientSecret === 'sha256-of-secret-and-code') return hashedSecret(needed(clientSecret, provider))
  if (method === 'private_key_jwt') {
    if (privateKey === undefined) throw missing(provider.id, 'a private key')
    if (provider.issuer === undefined) throw missing(provider.id, 'an issuer, the audience of its assertions')
    return privateKeyJwt(provider.id, privateKey, rules)
  }
  return withSecret(needed(clientSecret, provider))
}

/** What rules need of the rest of the configuration, so that nobody finds out in the middle of a journey. */
function checkRuleNeeds(provider: ProviderConfig, rules: WireRules): void {
  const { exchange, refreshExchange, headers, clientSecretHeader } = rules
  const named = Object.entries({ ...headers, ...(clientSecretHeader && { [clientSecretHeader]: '' }) })
  for (const [name, value] of named) {
    if (mayBeExtra(name, value)) continue
    const message = `provider ${provider.id}: the header ${name} is not for rules to set`
    throw new LatchkeyError('invalid_configuration', message)
  }
  if (exchange !== undefined && provider.exchangeEndpoint === undefined) {
    throw missing(provider.id, 'an exchange endpoint')
  }
  if (refreshExchange !== undefined && provider.refreshEndpoint === undefined) {
    throw missing(provider.id, 'a refresh endpoint')
  }
  const exchanges = [exchange, refreshExchange].some((one) => one?.sends.includes('client_secret'))
  const revocation = ownRevocation(rules)
  const revokes = revocation !== undefined && sendsSecret(revocation)
  const sends = exchanges || revokes || rules.userinfoClient !== undefined
  if (sends || rules.callbackSignature !== undefined) needed(provider.clientSecret, provider)
}

function needed(clientSecret: string | undefined, { id }: ProviderConfig): string {
  if (clientSecret === undefined || clientSecret === '') throw missing(id, 'a client secret')
  return clientSecret
}

const secretSender =
  ({ tokenEndpointAuthMethod: method }: ProviderConfig, rules: WireRules) =>
  (secret: string): ClientAuth =>
    method === 'client_secret_basic' ? basic(secret, rules) : ClientSecretPost(secret)

/** Sent where a client secret goes, in the body unless the configuration says `client_secret_basic`. */
function signedSecret(provider: ProviderConfig, withSecret: (secret: string) => ClientAuth): ClientAuth {
  const { id, clientId, privateKey, clientSecretIssuer: issuer, issuer: audience } = provider
  if (privateKey === undefined) throw missing(id, 'a private key, which signs its client secrets')
  if (issuer === undefined) throw missing(id, 'a client_secret_issuer (at Apple: the team id)')
  if (audience === undefined) throw missing(id, 'an issuer, the audience of its client secrets')
  const sign = createSecretSigner(id, privateKey)
  return async (as, client, body, headers) => {
    const now = seconds(systemClock) + (client[clockSkew] ?? 0)
    const secret = await sign({ issuer, clientId, audience, now })
    await withSecret(secret)(as, client, body, headers)
  }
}

/** Smartsheet: the secret itself is never sent. */
const hashedSecret =
  (clientSecret: string): ClientAuth =>
  (_as, client, body) => {
    const spent = body.get('code') ?? body.get('refresh_token') ?? body.get('token')
    if (spent === null) throw fault('client_authentication', { detail: 'there is no code to hash' })
    body.set('client_id', client.client_id)
    body.set('hash', hash('sha256', `${clientSecret}|${spent}`))
  }

const missing = (id: string, what: string): LatchkeyError =>
  new LatchkeyError('invalid_configuration', `provider ${id} lacks ${what}`)

const asItIs = (text: string): string => text

/**
 * The value of `Authorization` (RFC 7617). The encoding of forms (RFC 6749 section 2.3.1) leaves `-`, `.` and `_` alone: many
 * providers do not decode, and in most ids and secrets these are the only other characters.
 */
export function basicCredentials(
  rules: Pick<WireRules, 'basicCredentials'>,
  clientId: string,
  clientSecret: string,
): string {
  const encode = rules.basicCredentials === 'raw' ? asItIs : formEncoded
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')}`
}

const basic =
  (clientSecret: string, rules: WireRules): ClientAuth =>
  (_as, client, _body, headers) => {
    headers.set('authorization', basicCredentials(rules, client.client_id, clientSecret))
  }

function privateKeyJwt(
  providerId: string,
  jwk: Record<string, unknown>,
  { assertionAudience }: WireRules,
): ClientAuth {
  const pkcs8 = pkcs8Of(jwk)
  const algorithm = importAlgorithm(jwk)
  if (pkcs8 === undefined || algorithm === undefined) {
    throw missing(providerId, 'a private key that can be used')
  }
  let imported: Promise<ClientAuth> | undefined
  return async (as, client, body, headers) => {
    imported ??= importSigningKey(pkcs8, algorithm, jwk.kid)
    const authenticate = await imported
    // The request goes to that very URL, so nobody else gets an assertion that it would take.
    const audience = assertionAudience === 'token-endpoint' ? as.token_endpoint : undefined
    await authenticate({ ...as, issuer: audience ?? as.issuer }, client, body, headers)
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
