import { pageOf } from '../../../cursor.ts'
import { shownConnection } from '../../../vault/index.ts'
import type { Caller } from '../../access-token.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { readPage } from '../../page.ts'
import { json } from '../../respond.ts'
import { notFound, ownEndpoint } from './own-endpoint.ts'
import { redeemOwn } from './redeem-own.ts'

const byCaller = ({ user }: Caller, c: Ctx) => ({ actor: user.id, requestId: c.var.requestId })

/** The accounts that the user has connected, the newest first, page by page. */
export function listConnections(deps: Deps): Endpoint {
  const { storage, clock } = deps
  return ownEndpoint(deps, async ({ user }, c) => {
    const { limit, after } = readPage(c)
    const rows = await storage.connections.list({ userId: user.id }, { limit: limit + 1, ...after })
    const placed = rows.map((row) => ({ ...row, createdAt: row.connectedAt }))
    const { page, ...next } = pageOf(placed, limit)
    return json(200, { connections: page.map((row) => shownConnection(row, clock.now())), ...next })
  })
}

/**
 * Finishes a connect: the user who began it takes the account's tokens out of their quarantine, into the vault. Anything
 * else burns the code, connects nothing, and has the tokens revoked at the provider. The answer says which account it
 * was, so that the app can show it before the account is used.
 */
export function finishConnect(deps: Deps): Endpoint {
  const { clock, events, vault } = deps
  return ownEndpoint(
    deps,
    async (caller, c, headers) => {
      const by = byCaller(caller, c)
      const grant = await redeemOwn('connect', { caller, c, headers }, deps, async (refused) => {
        const { provider, userId: subject, quarantineId } = refused
        events.emit('connection.refused', {
          ...{ ...by, subject },
          data: { provider, reason: 'another_user' },
        })
        await vault.discard(quarantineId)
      })
      const { connection, outcome } = await vault.finishConnect(grant, by)
      return json(outcome === 'connected' ? 201 : 200, shownConnection(connection, clock.now()))
    },
    true,
  )
}

/** Disconnects an account, and says what the provider answered to the revocation of its tokens. */
export function disconnect(deps: Deps): Endpoint {
  const { storage, vault } = deps
  return ownEndpoint(deps, async (caller, c) => {
    const connection = await storage.connections.find(c.req.param('id') ?? '')
    if (connection?.userId !== caller.user.id) throw notFound()
    const revoked = await vault.disconnect(connection, byCaller(caller, c))
    if (revoked === 'gone') throw notFound()
    return json(200, { revoked_at_provider: revoked })
  })
}
