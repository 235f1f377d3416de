import type { Clock } from '../clock.ts'
import type { Config } from '../config/types.ts'
import type { Logger } from '../logging.ts'
import { createKeyring } from '../sealing/index.ts'
import type { VaultKeyStore } from '../storage/index.ts'
import { createVaultContents, type VaultContents } from './contents.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { sealerOfDataKeys } from './vault-sealer.ts'

/** What seals and opens the vault in one process. */
export interface OpenVault {
  contents: VaultContents
  /** With the hook `wrapKey`. */
  dataKeys?: DataKeys
}

/** Milliseconds between looks at what data keys other processes have made. */
export const dataKeyPollMs = 60_000

/**
 * Sealed with the configured secrets or, where there is the hook `wrapKey`, with a data key and the secrets together.
 * @param sealBy `secrets`: what data keys have sealed opens still, and nothing is sealed with them any more
 * @throws LatchkeyError `wrong_secret`, `key_unavailable`; StorageError
 */
export async function openVault(deps: {
  config: Pick<Config, 'secrets' | 'hooks'>
  vaultKeys: VaultKeyStore
  clock: Clock
  logger: Logger
  sealBy?: 'data_key' | 'secrets'
}): Promise<OpenVault> {
  const { config, vaultKeys, clock, logger, sealBy } = deps
  const { wrapKey } = config.hooks
  const sealer = createKeyring(config.secrets).sealer('vault')
  if (wrapKey === undefined) return { contents: createVaultContents(sealer) }
  const dataKeys = await openDataKeys({ secrets: config.secrets, wrapKey, vaultKeys, clock, logger })
  return { contents: createVaultContents(sealerOfDataKeys(sealer, dataKeys, sealBy)), dataKeys }
}
