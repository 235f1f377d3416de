import { createHash, timingSafeEqual } from 'node:crypto'
import type { ClientConfig } from '../config/types.ts'
import { ApiError } from '../errors.ts'

/** 401 with one text for every reason; the reason goes to the log. */
export const unauthenticated = (detail: string): ApiError =>
  new ApiError('invalid_client', {
    status: 401,
    description: 'The client is unknown or did not authenticate.',
    headers: { 'WWW-Authenticate': 'Basic realm="latchkey"' },
    detail,
  })

/** What a caller says of itself; nothing of it has been checked. At most one of `secret` and `assertion`. */
export interface Credentials {
  id?: string
  secret?: string
  /** `client_assertion`, of the one type there is (RFC 7523 section 2.2). */
  assertion?: string
}

/** Whom a form POST says that it comes from: only to choose how it is counted. Undefined when it does not say. */
export const claimedId = (params: URLSearchParams, authorization: string | undefined): string | undefined =>
  readBasic(authorization ?? '')?.id ?? params.get('client_id') ?? undefined

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * How a form POST authenticates (RFC 6749 section 2.3): in one way only.
 * @throws ApiError `invalid_client`, `invalid_request`
 */
export function readCredentials(params: URLSearchParams, authorization: string | undefined): Credentials {
  const basic = authorization === undefined ? undefined : readBasic(authorization)
  if (authorization !== undefined && basic === undefined) throw unauthenticated('malformed Authorization')
  const id = params.get('client_id') ?? undefined
  const secret = params.get('client_secret') ?? undefined
  const assertion = readAssertion(params)
  const ways = [basic, secret, assertion].filter((way) => way !== undefined)
  if (ways.length > 1 || (basic !== undefined && id !== undefined && id !== basic.id)) {
    throw new ApiError('invalid_request', {
      status: 400,
      description: 'The client must authenticate in one way only.',
    })
  }
  if (basic !== undefined) return basic
  return {
    ...(id === undefined ? {} : { id }),
    ...(secret === undefined ? {} : { secret }),
    ...(assertion === undefined ? {} : { assertion }),
  }
}

function readAssertion(params: URLSearchParams): string | undefined {
  const type = params.get('client_assertion_type')
  const assertion = params.get('client_assertion')
  if (type === null && assertion === null) return
  if (type !== jwtBearer || assertion === null) throw unauthenticated('half a client assertion')
  return assertion
}

/**
 * The client of a form POST: public ones by `client_id`, confidential ones by Basic or in the body.
 * @throws ApiError `invalid_client`, `invalid_request`
 */
export function authenticateClient(
  params: URLSearchParams,
  authorization: string | undefined,
  clients: ReadonlyMap<string, ClientConfig>,
): ClientConfig {
  const { id, secret, assertion } = readCredentials(params, authorization)
  // Clients have no keys: only services do.
  if (assertion !== undefined) throw unauthenticated('a client sent an assertion')
  if (id === undefined)
    throw new ApiError('invalid_request', { status: 400, description: 'client_id is missing.' })
  const client = clients.get(id)
  if (client === undefined) throw unauthenticated('unknown client')
  if (client.secretHash === undefined) {
    if (secret !== undefined) throw unauthenticated('a public client sent a secret')
    return client
  }
  if (!isSecret(secret, client.secretHash)) throw unauthenticated('wrong or missing secret')
  return client
}

/** In constant time, whatever was sent. */
export function isSecret(given: string | undefined, secretHash: Uint8Array): boolean {
  const hash = createHash('sha256')
    .update(given ?? '')
    .digest()
  return timingSafeEqual(hash, secretHash) && given !== undefined
}

/** Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function readBasic(authorization: string): { id: string; secret: string } | undefined {
  const [, encoded] = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? []
  if (encoded === undefined) return
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 1) return
  try {
    const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)].map((part) =>
      decodeURIComponent(part.replaceAll('+', ' ')),
    )
    return id === undefined || secret === undefined ? undefined : { id, secret }
  } catch {
    return
  }
}
