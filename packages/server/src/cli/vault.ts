import type { Removals } from '../vault/index.ts'
import type { Beside } from './beside.ts'

/** Takes connections away beside a running server, which then asks the providers to revoke the tokens. */
export async function removalsOf({ config, storage, events }: Beside): Promise<Removals> {
  const [{ createKeyring }, { createRemovals, createVaultContents }] = await Promise.all([
    import('../sealing/index.ts'),
    import('../vault/index.ts'),
  ])
  const contents = createVaultContents(createKeyring(config.secrets).sealer('vault'))
  return createRemovals({ connections: storage.connections, contents, events })
}
