import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import { authenticationMethods, type Client, type ClientAuthentication } from '../clients.ts'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

interface Claimed {
  clientId: string
  method: ClientAuthentication
  secret?: string
  assertion?: string
}

const invalidClient = (description: string, basic = false): OAuthError =>
  new OAuthError('invalid_client', description, {
    status: 401,
    ...(basic ? { headers: { 'www-authenticate': 'Basic realm="fake provider", charset="UTF-8"' } } : {}),
  })

/** RFC 6749 section 2.3.1: both halves are form-urlencoded before they are joined. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw invalidClient('the Basic credentials are not form-urlencoded', true)
  }
}

const readBasic = (header: string): Claimed => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? []
  if (encoded === undefined) throw invalidClient('the Authorization header is not Basic', true)
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString().split(':')
  if (id === undefined || secret.length === 0)
    throw invalidClient('the Basic credentials have no colon', true)
  return { clientId: formDecoded(id), method: 'client_secret_basic', secret: formDecoded(secret.join(':')) }
}

const readAssertion = (form: URLSearchParams, assertion: string): Claimed => {
  if (form.get('client_assertion_type') !== assertionType)
    throw invalidClient('unknown client_assertion_type')
  try {
    return { clientId: decodeJwt(assertion).sub ?? '', method: 'private_key_jwt', assertion }
  } catch {
    throw invalidClient('client_assertion is not a JWT')
  }
}

const readClaim = (exchange: Exchange): Claimed => {
  const { form } = exchange
  const claims: Claimed[] = []
  const header = exchange.request.headers.get('authorization')
  const assertion = form.get('client_assertion')
  const secret = form.get('client_secret')
  if (header !== null) claims.push(readBasic(header))
  if (assertion !== null) claims.push(readAssertion(form, assertion))
  if (secret !== null)
    claims.push({ clientId: form.get('client_id') ?? '', method: 'client_secret_post', secret })
  const [claim, second] = claims
  if (second !== undefined)
    throw new OAuthError('invalid_request', 'more than one way of client authentication')
  const stated = form.get('client_id')
  if (claim === undefined) return { clientId: stated ?? '', method: 'none' }
  if (stated !== null && stated !== claim.clientId)
    throw invalidClient('client_id is not the authenticated client')
  return claim
}

/** RFC 7523 section 3; the audience is the issuer or the token endpoint, and nothing else beside it. */
const checkAssertion = async (realm: Realm, client: Client, assertion: string): Promise<void> => {
  if (client.jwks === undefined) throw invalidClient('the client has no registered keys')
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(client.jwks), {
      issuer: client.client_id,
      subject: client.client_id,
      audience: [realm.issuer, realm.endpoints.token, realm.endpoints.oauth2.token],
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'],
      requiredClaims: ['exp', 'jti', 'iat'],
      currentDate: new Date(realm.clock.now()),
    })
    if (Array.isArray(payload.aud) && payload.aud.length !== 1)
      throw invalidClient('the assertion has several audiences')
    if (!realm.firstUse(`${client.client_id} ${payload.jti}`))
      throw invalidClient('the assertion was used before')
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalidClient(`client_assertion: ${error.code}`)
    throw error
  }
}

/**
 * Who is asking (RFC 6749 section 2.3). Secrets are compared plainly: they are made up, and this is no place to
 * protect any.
 * @throws OAuthError invalid_client, invalid_request
 */
export const authenticateClient = async (realm: Realm, exchange: Exchange): Promise<Client> => {
  const claim = readClaim(exchange)
  const basic = claim.method === 'client_secret_basic'
  const client = realm.clients.find(claim.clientId)
  if (client === undefined) throw invalidClient('unknown client', basic)
  if (!authenticationMethods(client).includes(claim.method)) {
    throw invalidClient(`the client does not authenticate by ${claim.method}`, basic)
  }
  if (claim.secret !== undefined && claim.secret !== client.client_secret)
    throw invalidClient('wrong secret', basic)
  if (claim.assertion !== undefined) await checkAssertion(realm, client, claim.assertion)
  return client
}
