import { cursorOf } from '../../../cursor.ts'
import { shownConnection } from '../../../vault/index.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { queryOf } from '../../form.ts'
import { readPage } from '../../page.ts'
import { json } from '../../respond.ts'
import { vaultEndpoint } from './vault-endpoint.ts'

/**
 * The connections whose tokens the service may have, newest first, page by page; of one `user`, of one `provider`, or both.
 * A page may be short: the last is the one without `next_cursor`.
 */
export function listVaultConnections(deps: Deps): Endpoint {
  const { clock, serving } = deps
  return vaultEndpoint(deps, async (service, c) => {
    const { limit, after } = readPage(c)
    const query = queryOf(c.req.raw)
    const userId = query.get('user')
    const provider = query.get('provider')
    const { page, next } = await serving.listFor(
      service,
      { ...(userId === null ? {} : { userId }), ...(provider === null ? {} : { provider }) },
      { limit, ...after },
    )
    return json(200, {
      connections: page.map((one) => ({ user: one.userId, ...shownConnection(one, clock.now()) })),
      ...(next === undefined ? {} : { next_cursor: cursorOf(next) }),
    })
  })
}
