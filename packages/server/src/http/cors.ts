import type { ClientConfig } from '../config/types.ts'
import type { Answer } from './respond.ts'

const exposed = 'DPoP-Nonce, WWW-Authenticate, Retry-After, X-Request-Id, Date'

/** For documents that say the same to everybody: discovery and keys. */
export const anyOrigin: Record<string, string> = { 'Access-Control-Allow-Origin': '*' }

/**
 * For one client's own calls: its origins exactly. A foreign origin gets no CORS header. `credentials` only where a
 * journey's cookie is looked at, for a client in same-site mode.
 */
export function corsFor(
  origin: string | undefined,
  origins: readonly string[],
  credentials = false,
): Record<string, string> {
  if (origin === undefined || !origins.includes(origin)) return { Vary: 'Origin' }
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': exposed,
    ...(credentials ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
    Vary: 'Origin',
  }
}

/** Whether an origin is one of a client in same-site mode: for requests that do not name their client. */
export const isSameSiteOrigin = (origin: string | undefined, clients: Iterable<ClientConfig>): boolean =>
  origin !== undefined && [...clients].some(({ sameSite, origins }) => sameSite && origins.includes(origin))

/** A preflight names no client: it is told yes for an origin of any of them, and the request itself is held to its own. */
export function preflight(
  origin: string | undefined,
  clients: ReadonlyMap<string, ClientConfig>,
  methods: string,
  withCookie = false,
): Answer {
  const origins = [...clients.values()].flatMap((client) => client.origins)
  const headers = corsFor(origin, origins, withCookie && isSameSiteOrigin(origin, clients.values()))
  if (headers['Access-Control-Allow-Origin'] !== undefined) {
    headers['Access-Control-Allow-Methods'] = methods
    headers['Access-Control-Allow-Headers'] = 'Authorization, Content-Type, DPoP'
    headers['Access-Control-Max-Age'] = '600'
  }
  return { status: 204, headers, body: null }
}
