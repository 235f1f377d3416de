import { decodeProtectedHeader } from 'jose'
import type { ServiceConfig } from '../config/types.ts'
import { ApiError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import { StorageError } from '../storage/index.ts'
import type { Ctx, Deps } from './deps.ts'
import { createOwnTokens } from './own-tokens.ts'

/** Tokens whose signature was seen to be good: a service sends the same one again and again. */
const mostRemembered = 1_000

interface Verified {
  serviceId: string
  kid: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

const refused = (challenge: string, detail: string) =>
  new ApiError('invalid_token', {
    status: 401,
    description: 'A service’s own access token is needed in the Authorization header.',
    headers: { 'WWW-Authenticate': challenge },
    detail,
  })

/**
 * The service that calls, by the access token that it got for its own credentials: made out to us, and nobody's session. A
 * user's access token is never one. Its signature is verified once while it lives and its key is published.
 * The function it gives throws ApiError `invalid_token`; StorageError.
 */
export function createServiceCallerReader(
  deps: Pick<Deps, 'config' | 'keys' | 'clock' | 'storage' | 'services'>,
): (c: Ctx) => Promise<ServiceConfig> {
  const { config, keys, clock, services } = deps
  const tokens = createOwnTokens(deps)
  const remembered = new Map<string, Verified>()

  return async (c) => {
    const [, token] =
      /^bearer ([A-Za-z0-9._~+/-]{1,8192}=*)$/i.exec(c.req.header('authorization') ?? '') ?? []
    if (token === undefined) throw refused('Bearer', 'no Bearer token')
    const key = hashOf(token)
    const { serviceId } = recall(key) ?? (await verify(token, key))
    const service = services.get(serviceId)
    if (service === undefined) throw invalid('not a configured service')
    return service
  }

  function recall(key: string): Verified | undefined {
    const known = remembered.get(key)
    if (known === undefined) return
    if (clock.now() < known.expiresAt && keys.find(known.kid) !== undefined) return known
    remembered.delete(key)
    return
  }

  async function verify(token: string, key: string): Promise<Verified> {
    const { sub, client_id, sid, exp = 0 } = await read(token)
    if (sub === undefined || sub !== client_id || sid !== undefined)
      throw invalid('not a service’s own token')
    const verified = { serviceId: sub, kid: decodeProtectedHeader(token).kid ?? '', expiresAt: exp * 1000 }
    // The oldest goes: the order of a map is that of its making.
    const [oldest] = remembered.size < mostRemembered ? [] : remembered.keys()
    if (oldest !== undefined) remembered.delete(oldest)
    remembered.set(key, verified)
    return verified
  }

  async function read(token: string) {
    try {
      return await tokens.read(token, config.issuer)
    } catch (error) {
      // Whether there is such a key could not be found out.
      if (error instanceof StorageError) throw error
      throw invalid(error instanceof Error ? error.message : 'not verified')
    }
  }
}

const invalid = (detail: string) => refused('Bearer error="invalid_token"', detail)
