import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import type { Connection, Storage } from '../storage/index.ts'
import type { Upstream } from '../upstream/index.ts'
import { type Connecting, createConnecting } from './connecting.ts'
import type { VaultContents } from './contents.ts'
import { createEndsOf } from './ends.ts'
import { type By, createRemovals, type Removals, type Revoked } from './removals.ts'
import { claimMs, createRevocations } from './revocations.ts'

/** The accounts that users have connected, and their tokens. */
export interface Vault extends Connecting, Pick<Removals, 'removeAllOf'> {
  /** Takes a connection away and asks the provider, at once, to revoke its tokens. `gone`: somebody else did. */
  disconnect(connection: Connection, by: By): Promise<Revoked | 'gone'>
  /** One round of the background work: what is due is revoked at its provider. */
  revokeDue(stop: AbortSignal): Promise<void>
}

export interface VaultDeps {
  storage: Pick<Storage, 'connections' | 'quarantine'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Upstream>
  /** Life of the one-time code. */
  codeSeconds: number
  clock: Clock
  events: Events
  logger: Logger
}

export function createVault(deps: VaultDeps): Vault {
  const { clock, storage } = deps
  const parts = { ...deps, connections: storage.connections, quarantine: storage.quarantine }
  const removals = createRemovals(parts)
  const revocations = createRevocations(parts)
  return {
    ...createConnecting({ ...parts, endsOf: createEndsOf(deps) }),
    removeAllOf: removals.removeAllOf,
    revokeDue: revocations.work,
    async disconnect(connection, by) {
      // Ours while the claim holds; if this process dies, another one sees to it then.
      const entry = await removals.take(connection, clock.now() + claimMs)
      if (entry === undefined) return 'gone'
      const revoked = await revocations.attempt(entry)
      removals.tell(connection, by, { revoked })
      return revoked
    },
  }
}
