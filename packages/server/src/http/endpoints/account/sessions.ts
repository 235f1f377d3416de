import type { Session } from '../../../storage/index.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { json } from '../../respond.ts'
import { noContent, notFound, ownEndpoint } from './own-endpoint.ts'

/** Where the user is signed in. */
export function listSessions(deps: Deps): Endpoint {
  const { storage, clock } = deps
  return ownEndpoint(deps, async ({ user, session }) => {
    const sessions = await storage.sessions.listLiving(user.id, clock.now())
    return json(200, { sessions: sessions.map((one) => shown(one, session.id)) })
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
  const { storage, clock, events } = deps
  return ownEndpoint(deps, async ({ user }, c) => {
    const id = c.req.param('id') ?? ''
    const session = await storage.sessions.find(id)
    if (session?.userId !== user.id) throw notFound()
    if (!(await storage.sessions.revoke(id, clock.now(), 'revoked_by_user'))) throw notFound()
    const data = { session_id: id, client_id: session.clientId, reason: 'revoked_by_user' }
    events.emit('session.revoked', { requestId: c.var.requestId, actor: user.id, subject: user.id, data })
    return noContent
  })
}

/** Signs out everywhere, here too. */
export function endAllSessions(deps: Deps): Endpoint {
  const { storage, clock, events } = deps
  return ownEndpoint(deps, async ({ user }, c) => {
    const ended = await storage.sessions.revokeAllOf(user.id, clock.now(), 'signed_out_everywhere')
    for (const id of ended) {
      const data = { session_id: id, reason: 'signed_out_everywhere' }
      events.emit('session.revoked', { requestId: c.var.requestId, actor: user.id, subject: user.id, data })
    }
    return noContent
  })
}
