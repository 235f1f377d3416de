import { readCursor } from '../cursor.ts'
import { ApiError } from '../errors.ts'
import type { Ctx } from './deps.ts'
import { hasRepeated, queryOf } from './form.ts'

/** Rows on a page, by default and at most. */
const most = 100

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/**
 * Which page of a list is asked for: `?cursor=&limit=`. `after` is for the store, as it stands.
 * @throws ApiError `invalid_request`
 */
export function readPage(c: Ctx): { limit: number; after: { after?: { createdAt: number; id: string } } } {
  const query = queryOf(c.req.raw)
  if (hasRepeated(query)) throw invalid('A parameter is repeated.')
  const limit = query.get('limit')
  if (limit !== null && (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > most)) {
    throw invalid(`limit must be a number from 1 to ${most}.`)
  }
  const cursor = query.get('cursor')
  const after = cursor === null ? undefined : readCursor(cursor)
  if (cursor !== null && after === undefined) throw invalid('cursor is not one that was given here.')
  return { limit: limit === null ? most : Number(limit), after: after === undefined ? {} : { after } }
}
