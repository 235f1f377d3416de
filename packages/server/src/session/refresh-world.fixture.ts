import { DatabaseSync } from 'node:sqlite'
import type { Session, SessionStore, Storage, User, UserStore } from '../storage/index.ts'

/** A session and its user in a database, and what happens to databases from outside. */
export interface World {
  sessions: Pick<SessionStore, 'find' | 'rotate' | 'revoke'>
  users: Pick<UserStore, 'find' | 'disable'>
  /** The session's row as it stands. */
  row(): Promise<Session>
  /** Puts an older copy of the row back, and its user as they were: a restored backup. */
  restore(row: Session): void
}

/** The storage contract in memory, for one session: each method is one step. */
export function memoryWorld(initial: Session): World {
  let row = initial
  let user: User = { id: initial.userId, createdAt: 0 }

  const lives = (now: number) =>
    row.revokedAt === undefined && now < row.idleExpiresAt && now < row.absoluteExpiresAt
  const revoke = (now: number, reason: string) => {
    if (row.revokedAt !== undefined) return false
    const cutShort = lives(now)
    row = { ...row, revokedAt: now, revokedReason: reason }
    return cutShort
  }
  return {
    row: async () => row,
    restore(older) {
      row = older
      user = { id: user.id, createdAt: 0 }
    },
    sessions: {
      find: async () => row,
      async rotate(_, { to, now, idleExpiresAt }) {
        if (row.counter >= to || !lives(now)) return false
        const capped = Math.min(idleExpiresAt, row.absoluteExpiresAt)
        row = { ...row, counter: to, rotatedAt: now, idleExpiresAt: capped }
        return true
      },
      revoke: async (_, now, reason) => revoke(now, reason),
    },
    users: {
      find: async () => user,
      async disable(_, now) {
        if (user.disabledAt !== undefined) return false
        user = { ...user, disabledAt: now }
        revoke(now, 'user_disabled')
        return true
      },
    },
  }
}

/** The same over a real database: a second connection to its file plays the backup. */
export function sqliteWorlds(
  storage: Storage,
  file: string,
): { create(initial: Session): Promise<World>; close(): void } {
  const backup = new DatabaseSync(file)
  const putBack = backup.prepare(
    `update sessions set counter = ?, rotated_at = ?, idle_expires_at = ?, revoked_at = ?, revoked_reason = ?
     where id = ?`,
  )
  const enable = backup.prepare('update users set disabled_at = null where id = ?')
  return {
    async create(initial) {
      const { id, userId } = initial
      const identity = { id: `idn_${id}`, provider: 'p', issuer: 'provider:p', subject: id, createdAt: 0 }
      await storage.users.createWithIdentity({ id: userId, createdAt: 0 }, identity)
      await storage.sessions.create(initial, `code-${id}`)
      return {
        sessions: storage.sessions,
        users: storage.users,
        async row() {
          const found = await storage.sessions.find(id)
          if (found === undefined) throw new Error('the session is gone')
          return found
        },
        restore(older) {
          const { counter, rotatedAt, idleExpiresAt, revokedAt = null, revokedReason = null } = older
          putBack.run(counter, rotatedAt, idleExpiresAt, revokedAt, revokedReason, id)
          enable.run(userId)
        },
      }
    },
    close: () => backup.close(),
  }
}
