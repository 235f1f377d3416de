import { ApiError } from '../../errors.ts'
import { nextCursor, reachOf, readPlace } from '../../session/index.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { json } from '../respond.ts'
import { serviceEndpoint } from '../service-endpoint.ts'

/** Entries in a page: about 80 KB. */
const mostEntries = 1000

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/**
 * The revocation feed, for services: the sessions that were ended lately, page by page, so that a verifier need not wait
 * until their access tokens expire. A POST, so that services authenticate in every way that they have. Entries come
 * again and again for a minute: an end may come to light later than its time.
 */
export function revocations(deps: Deps): Endpoint {
  const { clock, config, storage } = deps
  const reachSeconds = reachOf(config.tokens)

  return serviceEndpoint(deps, async (params, _, headers) => {
    const limit = readLimit(params.get('limit'))
    const place = readPlace(params.get('cursor') ?? undefined, clock.now(), reachSeconds * 1000)
    if (place === undefined) throw invalid('cursor is none of ours.')
    const page = await storage.sessions.listRevoked(place.since, limit, place.after)
    const { cursor, more } = nextCursor(place, page, limit)
    return json(
      200,
      {
        revocations: page.map(({ id, revokedAt }) => ({
          sid: id,
          revoked_at: new Date(revokedAt).toISOString(),
        })),
        next_cursor: cursor,
        more,
        reach_seconds: reachSeconds,
      },
      headers,
    )
  })
}

function readLimit(limit: string | null): number {
  if (limit === null) return mostEntries
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > mostEntries) {
    throw invalid(`limit must be a number from 1 to ${mostEntries}.`)
  }
  return Number(limit)
}
