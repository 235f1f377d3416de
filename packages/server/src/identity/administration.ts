import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { UserStore } from '../storage/index.ts'

/** Who does it, and under which request it is logged. */
export interface By {
  actor: string
  requestId: string
}

export type Change = 'changed' | 'unchanged' | 'unknown'

/** What is done to a user, by an operator or by themselves. Each change is told once, by whoever made it. */
export interface UserAdministration {
  /** Ends every session and disconnects every account; nobody signs in as this user any more. */
  disable(userId: string, by: By): Promise<Change>
  /** Lets a disabled user sign in again; what has ended or was disconnected stays so. */
  enable(userId: string, by: By): Promise<Change>
  /** Erases the user with identities, sessions and connections. */
  erase(userId: string, by: By): Promise<'changed' | 'unknown'>
}

export function createUserAdministration(deps: {
  users: UserStore
  clock: Clock
  events: Events
  /** Takes every connection of a user away, for their tokens to be revoked; done once it is certain that they will be. */
  removeConnections: (userId: string, by: By, reason: 'user_disabled' | 'user_erased') => Promise<unknown>
}): UserAdministration {
  const { users, clock, events, removeConnections } = deps

  async function told(
    type: 'user.disabled' | 'user.enabled',
    subject: string,
    by: By,
    change: Promise<boolean>,
  ): Promise<boolean> {
    const changed = await change
    if (changed) events.emit(type, { ...by, subject, data: {} })
    return changed
  }
  const otherwise = async (userId: string): Promise<'unchanged' | 'unknown'> =>
    (await users.find(userId)) === undefined ? 'unknown' : 'unchanged'

  return {
    async disable(userId, by) {
      const changed = await told('user.disabled', userId, by, users.disable(userId, clock.now()))
      // After it: nobody connects anything for a disabled user. Whoever died in between is made up for by the next.
      await removeConnections(userId, by, 'user_disabled')
      return changed ? 'changed' : otherwise(userId)
    },
    async enable(userId, by) {
      const changed = await told('user.enabled', userId, by, users.enable(userId))
      return changed ? 'changed' : otherwise(userId)
    },
    async erase(userId, by) {
      for (;;) {
        // Before it: the rows go with the user, and with them all that could be revoked.
        await removeConnections(userId, by, 'user_erased')
        const outcome = await users.erase(userId, clock.now())
        // One was connected in the same moment.
        if (outcome === 'connected') continue
        if (outcome === 'erased') events.emit('user.erased', { ...by, subject: userId, data: {} })
        return outcome === 'erased' ? 'changed' : 'unknown'
      }
    },
  }
}
