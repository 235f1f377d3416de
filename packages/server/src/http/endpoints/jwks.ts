import { createHash } from 'node:crypto'
import { jwksMaxAgeSeconds } from '../../keys/index.ts'
import { anyOrigin } from '../cors.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { json } from '../respond.ts'

/** RFC 7517. From memory: it is served when the database is gone. */
export function jwks({ keys }: Deps): Endpoint {
  return (c) => {
    const published = keys.published()
    const etag = `"${createHash('sha256').update(JSON.stringify(published)).digest('base64url').slice(0, 22)}"`
    const headers = { ...anyOrigin, 'Cache-Control': `public, max-age=${jwksMaxAgeSeconds}`, ETag: etag }
    if (names(c.req.header('if-none-match'), etag)) return { status: 304, headers, body: null }
    return json(200, published, { ...headers, 'Content-Type': 'application/jwk-set+json' })
  }
}

/** RFC 9110 section 13.1.2: any, or a list that is compared weakly, since a proxy that compresses weakens our tag. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const given = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return given !== undefined && (given.includes(etag) || given.includes('*'))
}
