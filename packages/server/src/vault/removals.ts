import type { Events } from '../events.ts'
import { newId } from '../ids.ts'
import type { Connection, ConnectionStore, Quarantined } from '../storage/index.ts'
import type { HeldTokens, VaultContents } from './contents.ts'
import { VaultError } from './errors.ts'

/** Who does it, and under which request it is logged. */
export interface By {
  actor: string
  requestId: string
}

/** What a provider answered to a revocation: `false` when it could not be asked, or refused; it is asked again then. */
export type Revoked = true | false | 'unsupported'

/** Takes connections away. Their tokens go into quarantine in the same transaction, so that none is left at a provider. */
export interface Removals {
  /** Away with it; due at the provider at `dueAt`, unless somebody sees to it before. Undefined: gone already. */
  take(connection: Connection, dueAt: number): Promise<Quarantined | undefined>
  /** Away with it; the provider is asked to revoke its tokens by whichever server looks next. False: gone already. */
  queue(connection: Connection, by: By, reason?: string): Promise<boolean>
  /** All of a user; how many. */
  removeAllOf(userId: string, by: By, reason: string): Promise<number>
  /** Told once, by whoever took it away. `queued`: the provider was not asked yet. */
  tell(connection: Connection, by: By, outcome: { revoked: Revoked | 'queued'; reason?: string }): void
}

/** Rows at a time. */
const page = 100

export function createRemovals(deps: {
  connections: ConnectionStore
  contents: VaultContents
  events: Events
}): Removals {
  const { connections, contents, events } = deps

  async function take(connection: Connection, dueAt: number): Promise<Quarantined | undefined> {
    for (let row: Connection | undefined = connection; row !== undefined; ) {
      const { userId, provider, subject } = row
      const place = { id: newId('qtn'), userId, provider }
      // Claimed once from the start: what is in it was a connection, no connect that nobody finished.
      const entry = { ...place, subject, ...(await sealedAnew(row, place)), dueAt, attempts: 1 }
      if (await connections.remove(row.id, row.version, entry)) return entry
      row = await connections.find(row.id)
    }
    return
  }

  /**
   * @throws VaultError when it was sealed with a secret that is not configured: whoever has it can revoke the tokens.
   */
  async function sealedAnew(row: Connection, place: { id: string; userId: string; provider: string }) {
    let held: HeldTokens
    try {
      held = await contents.open(row)
    } catch (error) {
      if (!(error instanceof VaultError) || !contents.knows(row.keyId)) throw error
      // Damaged for good: the row may go, and the worker will say that there was nothing to revoke.
      return { sealed: row.sealed, keyId: row.keyId }
    }
    return contents.seal(place, held)
  }

  function tell(
    { id, provider, userId: subject }: Connection,
    by: By,
    { revoked, reason }: Parameters<Removals['tell']>[2],
  ): void {
    const data = { connection_id: id, provider, revoked_at_provider: revoked }
    events.emit('connection.removed', {
      ...{ ...by, subject },
      data: reason === undefined ? data : { ...data, reason },
    })
  }

  async function queue(connection: Connection, by: By, reason?: string): Promise<boolean> {
    // Due by every clock: another process sees to it, and its clock may be behind.
    if ((await take(connection, 0)) === undefined) return false
    tell(connection, by, { revoked: 'queued', ...(reason === undefined ? {} : { reason }) })
    return true
  }

  return {
    take,
    queue,
    tell,
    async removeAllOf(userId, by, reason) {
      let removed = 0
      for (;;) {
        const rows = await connections.list({ userId }, { limit: page })
        if (rows.length === 0) return removed
        for (const row of rows) if (await queue(row, by, reason)) removed++
      }
    },
  }
}
