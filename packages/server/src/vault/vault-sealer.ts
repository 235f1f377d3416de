import type { Sealer } from '../sealing/index.ts'
import type { DataKeys } from './data-keys.ts'
import { keyUnavailable } from './refusals.ts'

/** Seals at once, with a key that is in memory; opens as soon as the key is. The configured secrets alone are one, too. */
export interface VaultSealer extends Pick<Sealer, 'seal' | 'knows'> {
  /** Names the key that seals now. */
  readonly keyId: string
  /**
   * Undefined for what no key opens that is to be had.
   * @throws ApiError `temporarily_unavailable` when a key is there that could not be unwrapped; StorageError
   */
  open(sealed: string, aad: string): Promise<Buffer | undefined> | Buffer | undefined
}

/**
 * The newest data key seals, with the first secret. What the secrets alone have sealed, before there were data keys, opens.
 * @param secrets sealer of purpose `vault`
 * @param sealBy default: `data_key`. `secrets`: for leaving data keys
 */
export function sealerOfDataKeys(
  secrets: Sealer,
  dataKeys: DataKeys,
  sealBy: 'data_key' | 'secrets' = 'data_key',
): VaultSealer {
  const sealing = () => (sealBy === 'secrets' ? secrets : dataKeys.current().sealer)
  const sealersOf = (keyId: string): Sealer[] =>
    [...[...dataKeys.opened()].map(({ sealer }) => sealer), secrets].filter(({ knows }) => knows(keyId))

  /** A key that another process has made meanwhile was stored before anything was sealed with it. */
  async function found(keyId: string): Promise<Sealer[]> {
    // The second time for a look that was under way when the row was read.
    for (let looks = 0; looks < 2; looks++) {
      const known = sealersOf(keyId)
      if (known.length > 0) return known
      await dataKeys.look()
    }
    return sealersOf(keyId)
  }

  return {
    get keyId() {
      return sealing().keyId
    },
    seal: (plaintext, aad) => sealing().seal(plaintext, aad),
    knows: (keyId) => sealersOf(keyId).length > 0,
    async open(sealed, aad) {
      const keyId = secrets.keyIdOf(sealed)
      if (keyId === undefined) return
      const sealers = await found(keyId)
      for (const sealer of sealers) {
        const plaintext = sealer.open(sealed, aad)
        if (plaintext !== undefined) return plaintext
      }
      const failure = sealers.length === 0 ? dataKeys.failure() : undefined
      if (failure !== undefined) throw keyUnavailable(failure)
      return
    },
  }
}
