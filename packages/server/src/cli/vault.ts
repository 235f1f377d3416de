import type { Removals } from '../vault/index.ts'
import type { Beside } from './beside.ts'

/** Takes connections away beside a running server, which then asks the providers to revoke the tokens. */
export async function removalsOf({ config, storage, clock, events, logger }: Beside): Promise<Removals> {
  const { createRemovals, openVault } = await import('../vault/index.ts')
  const { contents } = await openVault({ config, vaultKeys: storage.vaultKeys, clock, logger })
  return createRemovals({ connections: storage.connections, contents, events })
}
