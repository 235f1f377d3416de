import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import type { ConnectionStore } from '../storage/index.ts'
import type { SignedRequest, TokenSigning, Upstream } from '../upstream/index.ts'
import type { ByService, HandedToken, HandOut } from './hand-outs.ts'
import { listsProvider } from './policy.ts'
import { targetOf } from './proxy-target.ts'
import type { ApiAccess } from './proxying.ts'
import { noConnection, notYours, unavailable } from './refusals.ts'

/** A request that a service is about to send. */
export interface ToBeSigned {
  method: string
  url: string
  /** Its body, where that is a form, exactly as it will be sent. */
  form?: string
}

/** The value of its Authorization header. */
export interface Signature {
  authorization: string
  /** Milliseconds since the epoch. Providers take it once, and most of them a few minutes longer. */
  expiresAt: number
}

/**
 * Signs a request to the provider's API with the secrets of a connection, which stay here (RFC 5849 section 3). The function throws
 * ApiError as a hand-out does, and of its own: `invalid_request`, `unsupported_token_type`.
 */
export type SignRequest = (connectionId: string, by: ByService, request: ToBeSigned) => Promise<Signature>

const lifeMs = 60_000

export function createSignRequest(deps: {
  connections: Pick<ConnectionStore, 'find'>
  upstreams: ReadonlyMap<string, Pick<Upstream, 'signing'>>
  handOut: HandOut
  api: Pick<ApiAccess, 'hosts' | 'allowPrivate'>
  clock: Clock
}): SignRequest {
  const { connections, upstreams, handOut, api, clock } = deps
  return async (connectionId, by, { method, url: address, form }) => {
    const row = await connections.find(connectionId)
    if (row === undefined) throw noConnection()
    if (!listsProvider(by.service, row.provider)) throw notYours()
    const signing = upstreams.get(row.provider)?.signing
    if (signing === undefined)
      throw unsigned('Tokens of this provider sign nothing: ask for the token itself.')
    if (signing.revealsSecrets) {
      throw unsigned(
        'A signature of this provider (PLAINTEXT) is its secrets: have the request sent at .../proxy.',
      )
    }
    const { allowPrivate } = api
    const url = addressOf(address, { hosts: api.hosts.get(row.provider) ?? [], allowPrivate })
    const handed = await handOut(connectionId, { ...by, signHost: url.host })
    const request = { method, url, ...(form === undefined ? {} : { form }) }
    const authorization = authorizationFor(request, handed, signing)
    return { authorization, expiresAt: clock.now() + lifeMs }
  }
}

/**
 * The Authorization header of a request with a connection's token.
 * @throws ApiError `access_denied` for the protocol's own parameters and endpoints; `temporarily_unavailable` while the
 *   configuration does not fit the connection
 */
export function authorizationFor(
  request: SignedRequest,
  { accessToken, tokenType, tokenSecret }: HandedToken,
  signing: TokenSigning | undefined,
): string {
  if (tokenSecret === undefined && signing === undefined) return `${tokenType} ${accessToken}`
  // The provider was configured as another kind when the account was connected.
  if (tokenSecret === undefined || signing === undefined) throw unavailable('settings', lifeMs)
  const authorization = signing.sign(request, { token: accessToken, secret: tokenSecret })
  if (authorization !== undefined) return authorization
  throw new ApiError('access_denied', {
    status: 403,
    description:
      'Parameters and endpoints of OAuth 1.0a itself are Latchkey\u2019s own: nothing is signed for them.',
  })
}

function addressOf(address: string, rules: Parameters<typeof targetOf>[1]): URL {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '')
    throw invalid('url must be an absolute URL.')
  const target = targetOf({ host: url.host, path: url.pathname + url.search }, rules)
  if (target.protocol !== url.protocol) throw invalid('url must be https.')
  return target
}

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })
const unsigned = (description: string) => new ApiError('unsupported_token_type', { status: 400, description })
