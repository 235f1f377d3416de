import { createUserAdministration } from '../../../identity/index.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { json } from '../../respond.ts'
import { noContent, ownEndpoint } from './own-endpoint.ts'

/** The signed-in user's own data. */
export function readAccount(deps: Deps): Endpoint {
  return ownEndpoint(deps, ({ user }) =>
    json(200, {
      sub: user.id,
      ...(user.name === undefined ? {} : { name: user.name }),
      ...(user.email === undefined ? {} : { email: user.email, email_verified: user.emailVerified === true }),
      ...(user.picture === undefined ? {} : { picture: user.picture }),
    }),
  )
}

/** Erases everything of the user at once: identities, sessions, connections, profile. */
export function eraseAccount(deps: Deps): Endpoint {
  const administration = createUserAdministration({
    ...{ ...deps, users: deps.storage.users },
    removeConnections: deps.vault.removeAllOf,
  })
  return ownEndpoint(deps, async ({ user }, c) => {
    await administration.erase(user.id, { actor: user.id, requestId: c.var.requestId })
    return noContent
  })
}
