import { ApiError } from '../../errors.ts'
import { corsFor } from '../cors.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { queryOf } from '../form.ts'
import { json } from '../respond.ts'

/** What the SPA draws its buttons from. */
export function providers({ config, clients }: Deps): Endpoint {
  const list = config.providers.map(({ id, name, logo, signIn, connect, connectScopes }) => ({
    id,
    name,
    ...(logo === undefined ? {} : { logo }),
    sign_in: signIn,
    connect,
    ...(connect && connectScopes.length > 0 ? { scopes: connectScopes } : {}),
  }))
  return (c) => {
    const asked = queryOf(c.req.raw).getAll('client_id')
    const client = asked.length === 1 ? clients.get(asked[0] ?? '') : undefined
    if (client === undefined) {
      throw new ApiError('invalid_client', {
        status: 400,
        description: 'client_id is not one of the registered clients.',
      })
    }
    const answer = { providers: list, ...(client.sameSite ? { same_site: true } : {}) }
    return json(200, answer, corsFor(c.req.header('origin'), client.origins))
  }
}
