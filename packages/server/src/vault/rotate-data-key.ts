import type { Clock } from '../clock.ts'
import type { Storage } from '../storage/index.ts'
import type { OpenVault } from './open-vault.ts'

const day = 86_400_000

/**
 * Has the vault sealed with a new data key from now on. A rotation of the last day that has left rows behind is gone on
 * with instead: it was stopped, or some were being renewed. True: there is a new one.
 * @throws LatchkeyError `key_unavailable`; StorageError
 */
export async function rotateDataKey(
  { contents, dataKeys }: OpenVault,
  { connections, clock }: { connections: Pick<Storage['connections'], 'keyIds'>; clock: Clock },
): Promise<boolean> {
  if (dataKeys === undefined) return false
  await dataKeys.look()
  const isYoung = clock.now() - dataKeys.current().stored.createdAt < day
  if (isYoung && (await connections.keyIds()).some((keyId) => keyId !== contents.keyId)) return false
  await dataKeys.next()
  return true
}

/**
 * Forgets the data keys that nothing is sealed with and that have had a successor for a day: by then every process that
 * lives seals with that one. How many.
 * @throws StorageError
 */
export async function dropUnusedDataKeys(
  { contents, dataKeys }: OpenVault,
  { connections, vaultKeys, clock }: Pick<Storage, 'connections' | 'vaultKeys'> & { clock: Clock },
): Promise<number> {
  if (dataKeys === undefined) return 0
  // With a secret that is not configured here, who knows which of them.
  if ((await connections.keyIds()).some((keyId) => !contents.knows(keyId))) return 0
  const stored = await vaultKeys.list()
  const opened = new Map([...dataKeys.opened()].map((key) => [key.stored.id, key]))
  let dropped = 0
  for (const [index, { id }] of stored.entries()) {
    const successor = stored[index + 1]
    if (successor === undefined || clock.now() - successor.createdAt < day) continue
    // One that cannot be unwrapped is none of those in use, which are all known.
    if (await vaultKeys.remove(id, opened.get(id)?.keyIds ?? [])) dropped++
  }
  return dropped
}
