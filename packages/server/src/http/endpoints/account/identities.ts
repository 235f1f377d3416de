import { ApiError } from '../../../errors.ts'
import { newId } from '../../../ids.ts'
import type { LinkGrant } from '../../../journey/index.ts'
import type { Identity } from '../../../storage/index.ts'
import type { Caller } from '../../access-token.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { type Answer, json } from '../../respond.ts'
import { noContent, notFound, ownEndpoint } from './own-endpoint.ts'
import { redeemOwn } from './redeem-own.ts'

/** What signs the user in. */
export function listIdentities(deps: Deps): Endpoint {
  return ownEndpoint(deps, async ({ user }) => {
    const identities = await deps.storage.users.listIdentities(user.id)
    return json(200, { identities: identities.map(shown) })
  })
}

const shown = ({ id, provider, subject, label, createdAt }: Omit<Identity, 'userId'>) => ({
  id,
  provider,
  subject,
  ...(label === undefined ? {} : { label }),
  created_at: new Date(createdAt).toISOString(),
})

/**
 * Finishes a link: the user who began it fetches the identity out of its quarantine. Anything else burns the code and
 * links nothing.
 */
export function finishLink(deps: Deps): Endpoint {
  const { clock, storage, events } = deps
  return ownEndpoint(deps, finish, true)

  async function finish(caller: Caller, c: Ctx, headers: Record<string, string>): Promise<Answer> {
    const grant = await redeemOwn('link', { caller, c, headers }, deps, ({ identity: { provider } }) =>
      tell('identity.refused', caller, c, { provider, reason: 'another_user' }),
    )
    return json(...(await link(grant, caller, c)))
  }

  async function link(grant: LinkGrant, caller: Caller, c: Ctx): Promise<[status: number, body: object]> {
    const identity = { id: newId('idn'), createdAt: clock.now(), ...grant.identity }
    if ((await storage.users.addIdentity(caller.user.id, identity)) === 'added') {
      tell('identity.linked', caller, c, { provider: identity.provider, identity_id: identity.id })
      return [201, shown(identity)]
    }
    const owner = await storage.users.findByIdentity(identity.issuer, identity.subject)
    if (owner?.user.id === caller.user.id) return [200, shown(owner.identity)]
    tell('identity.refused', caller, c, { provider: identity.provider, reason: 'identity_in_use' })
    // Never merged: both accounts stay as they are.
    throw new ApiError('identity_in_use', {
      status: 409,
      description: 'This account signs in another user already.',
    })
  }

  function tell(
    type: 'identity.linked' | 'identity.refused',
    { user }: Caller,
    c: Ctx,
    data: Record<string, unknown>,
  ) {
    events.emit(type, { requestId: c.var.requestId, actor: user.id, subject: user.id, data })
  }
}

/** Takes a login identity away, but never the last one. */
export function unlink(deps: Deps): Endpoint {
  const { storage, events } = deps
  return ownEndpoint(deps, async ({ user }, c) => {
    const id = c.req.param('id') ?? ''
    const outcome = await storage.users.removeIdentity(user.id, id)
    if (outcome === 'unknown') throw notFound()
    if (outcome === 'last_identity') {
      const description = 'This is the only way to sign in to this account. Link another one first.'
      throw new ApiError('last_identity', { status: 409, description })
    }
    const data = { identity_id: id }
    events.emit('identity.unlinked', { requestId: c.var.requestId, actor: user.id, subject: user.id, data })
    return noContent
  })
}
