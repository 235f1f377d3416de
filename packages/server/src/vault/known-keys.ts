import { LatchkeyError } from '../errors.ts'
import type { ConnectionStore } from '../storage/index.ts'
import type { VaultContents } from './contents.ts'

/**
 * Makes sure, before anything is served, that all tokens in the database can be opened.
 * @throws LatchkeyError `wrong_secret`; StorageError
 */
export async function checkKnownKeys(
  connections: Pick<ConnectionStore, 'keyIds'>,
  contents: Pick<VaultContents, 'knows'>,
): Promise<void> {
  const missing = (await connections.keyIds()).filter((keyId) => !contents.knows(keyId))
  if (missing.length === 0) return
  const [secrets, were] =
    missing.length === 1
      ? ['a secret that is', 'it was']
      : [`${missing.length} secrets that are`, 'they were']
  throw new LatchkeyError(
    'wrong_secret',
    `tokens of connected accounts are sealed with ${secrets} not configured: add to "secrets" what ${were}. Nothing was changed.`,
  )
}
