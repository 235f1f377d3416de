import type { ClientConfig } from '../config/types.ts'
import type { Answer } from './respond.ts'

const exposed = 'DPoP-Nonce, WWW-Authenticate, Retry-After, X-Request-Id, Date'

/** For documents that say the same to everybody: discovery and keys. */
export const anyOrigin: Record<string, string> = { 'Access-Control-Allow-Origin': '*' }

/** For one client's own calls: its origins exactly, without credentials. A foreign origin gets no CORS header. */
export function corsFor(origin: string | undefined, origins: readonly string[]): Record<string, string> {
  if (origin === undefined || !origins.includes(origin)) return { Vary: 'Origin' }
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed, Vary: 'Origin' }
}

/** A preflight names no client: it is told yes for an origin of any of them, and the request itself is held to its own. */
export function preflight(
  origin: string | undefined,
  clients: ReadonlyMap<string, ClientConfig>,
  methods: string,
): Answer {
  const origins = [...clients.values()].flatMap((client) => client.origins)
  const headers = corsFor(origin, origins)
  if (headers['Access-Control-Allow-Origin'] !== undefined) {
    headers['Access-Control-Allow-Methods'] = methods
    headers['Access-Control-Allow-Headers'] = 'Authorization, Content-Type, DPoP'
    headers['Access-Control-Max-Age'] = '600'
  }
  return { status: 204, headers, body: null }
}
