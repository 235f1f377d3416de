import { pageOf } from '../../../cursor.ts'
import { createSessionEndings } from '../../../session/index.ts'
import type { Session } from '../../../storage/index.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { readPage } from '../../page.ts'
import { json } from '../../respond.ts'
import { noContent, notFound, ownEndpoint } from './own-endpoint.ts'

/** Where the user is signed in, the newest first, page by page. */
export function listSessions(deps: Deps): Endpoint {
  const { storage, clock } = deps
  return ownEndpoint(deps, async ({ user, session }, c) => {
    const { limit, after } = readPage(c)
    const rows = await storage.sessions.listLiving(user.id, clock.now(), { limit: limit + 1, ...after })
    const { page, ...next } = pageOf(rows, limit)
    return json(200, { sessions: page.map((one) => shown(one, session.id)), ...next })
  })
}

const shown = (session: Session, current: string) => ({
  id: session.id,
  client_id: session.clientId,
  provider: session.provider,
  ...(session.device === undefined ? {} : { device: session.device }),
  created_at: new Date(session.createdAt).toISOString(),
  last_used_at: new Date(session.rotatedAt).toISOString(),
  current: session.id === current,
})

/** Signs out elsewhere, or here. */
export function endSession(deps: Deps): Endpoint {
  const endings = createSessionEndings({ ...deps, sessions: deps.storage.sessions })
  return ownEndpoint(deps, async ({ user }, c) => {
    const session = await deps.storage.sessions.find(c.req.param('id') ?? '')
    if (session?.userId !== user.id) throw notFound()
    const by = { actor: user.id, reason: 'revoked_by_user', requestId: c.var.requestId }
    if (!(await endings.end(session, by))) throw notFound()
    return noContent
  })
}

/** Signs out everywhere, here too. */
export function endAllSessions(deps: Deps): Endpoint {
  const endings = createSessionEndings({ ...deps, sessions: deps.storage.sessions })
  return ownEndpoint(deps, async ({ user }, c) => {
    const by = { actor: user.id, reason: 'signed_out_everywhere', requestId: c.var.requestId }
    await endings.endAllOf(user.id, by)
    return noContent
  })
}
