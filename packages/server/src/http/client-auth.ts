import { createHash, timingSafeEqual } from 'node:crypto'
import type { ClientConfig } from '../config/types.ts'
import { ApiError } from '../errors.ts'

const unauthenticated = (detail: string) =>
  new ApiError('invalid_client', {
    status: 401,
    description: 'The client is unknown or did not authenticate.',
    headers: { 'WWW-Authenticate': 'Basic realm="latchkey"' },
    detail,
  })

/**
 * The client of a form POST (RFC 6749 section 2.3): public ones by `client_id`, confidential ones by Basic or in the body,
 * by one of the two.
 * @throws ApiError `invalid_client`, `invalid_request`
 */
export function authenticateClient(
  params: URLSearchParams,
  authorization: string | undefined,
  clients: ReadonlyMap<string, ClientConfig>,
): ClientConfig {
  const basic = authorization === undefined ? undefined : readBasic(authorization)
  if (authorization !== undefined && basic === undefined) throw unauthenticated('malformed Authorization')
  const bodyId = params.get('client_id') ?? undefined
  const bodySecret = params.get('client_secret') ?? undefined
  if (basic !== undefined && (bodySecret !== undefined || (bodyId !== undefined && bodyId !== basic.id))) {
    throw new ApiError('invalid_request', {
      status: 400,
      description: 'The client must authenticate in one way only.',
    })
  }
  const id = basic?.id ?? bodyId
  if (id === undefined)
    throw new ApiError('invalid_request', { status: 400, description: 'client_id is missing.' })
  const client = clients.get(id)
  if (client === undefined) throw unauthenticated('unknown client')

  const secret = basic?.secret ?? bodySecret
  if (client.secretHash === undefined) {
    if (secret !== undefined) throw unauthenticated('a public client sent a secret')
    return client
  }
  const hash = createHash('sha256')
    .update(secret ?? '')
    .digest()
  if (secret === undefined || !timingSafeEqual(hash, client.secretHash))
    throw unauthenticated('wrong or missing secret')
  return client
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
