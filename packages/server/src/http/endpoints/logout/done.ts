import { PageError } from '../../../errors.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { hasRepeated, queryOf } from '../../form.ts'
import { depart, endPage } from './depart.ts'

/**
 * Where a provider sends the browser back after signing out (OpenID Connect RP-Initiated Logout 1.0 section 3). The
 * session has ended before; only a `state` that we sealed says where to go.
 */
export function logoutDone(deps: Deps): Endpoint {
  const { upstreams, departures } = deps
  return (c) => {
    const upstream = upstreams.get(c.req.param('provider') ?? '')
    if (upstream?.signOutUrl === undefined) {
      throw new PageError('not_found', {
        status: 404,
        description: 'Nobody comes back here from signing out.',
      })
    }
    const params = queryOf(c.req.raw)
    if (hasRepeated(params)) {
      throw new PageError('invalid_request', { status: 400, description: 'A parameter is repeated.' })
    }
    const departure = departures.open(params.get('state') ?? '', upstream.id)
    return departure === undefined
      ? endPage(c, { kind: 'returned', provider: upstream.name })
      : depart(c, departure, upstream.name)
  }
}
