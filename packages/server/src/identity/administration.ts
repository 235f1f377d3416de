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
  /** Ends every session; nobody signs in as this user any more. */
  disable(userId: string, by: By): Promise<Change>
  /** Lets a disabled user sign in again; what has ended stays ended. */
  enable(userId: string, by: By): Promise<Change>
  /** Erases the user with identities and sessions. */
  erase(userId: string, by: By): Promise<'changed' | 'unknown'>
}

export function createUserAdministration(deps: {
  users: UserStore
  clock: Clock
  events: Events
}): UserAdministration {
  const { users, clock, events } = deps

  async function told(
    type: 'user.disabled' | 'user.enabled' | 'user.erased',
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
      return changed ? 'changed' : otherwise(userId)
    },
    async enable(userId, by) {
      const changed = await told('user.enabled', userId, by, users.enable(userId))
      return changed ? 'changed' : otherwise(userId)
    },
    async erase(userId, by) {
      const changed = await told('user.erased', userId, by, users.erase(userId, clock.now()))
      return changed ? 'changed' : 'unknown'
    },
  }
}
