import { LatchkeyError } from '../errors.ts'
import type { Storage } from '../storage/index.ts'
import type { OpenVault } from './open-vault.ts'

/**
 * Makes sure, before anything is served, that all tokens in the database can be opened.
 * @throws LatchkeyError `wrong_secret`, `key_unavailable`; StorageError
 */
export async function checkKnownKeys(
  {
    connections,
    vaultKeys,
  }: {
    connections: Pick<Storage['connections'], 'keyIds'>
    vaultKeys: Pick<Storage['vaultKeys'], 'list'>
  },
  { contents, dataKeys }: OpenVault,
): Promise<void> {
  const unknown = async () => (await connections.keyIds()).filter((keyId) => !contents.knows(keyId))
  let missing = await unknown()
  if (missing.length > 0 && dataKeys !== undefined) {
    // Made by another process since this one looked.
    await dataKeys.look()
    missing = await unknown()
  }
  if (missing.length === 0) return
  const failure = dataKeys?.failure()
  if (failure !== undefined) throw failure
  if (dataKeys === undefined && (await vaultKeys.list()).length > 0) {
    throw new LatchkeyError(
      'wrong_secret',
      'tokens of connected accounts are sealed with data keys, or with secrets that are not configured: put the hook "wrapKey" back as it was and, should that not do, the secrets that were configured with it. Nothing was changed.',
    )
  }
  const [secrets, were] =
    missing.length === 1
      ? ['a secret that is', 'it was']
      : [`${missing.length} secrets that are`, 'they were']
  throw new LatchkeyError(
    'wrong_secret',
    `tokens of connected accounts are sealed with ${secrets} not configured: add to "secrets" what ${were}. Nothing was changed.`,
  )
}
