import type { Clock } from '../clock.ts'
import { LatchkeyError } from '../errors.ts'
import type { Sealer } from '../sealing/index.ts'
import type { SigningKeyStore, StoredSigningKey } from '../storage/index.ts'
import {
  generateSigningKey,
  openSigningKey,
  resealed,
  type SigningAlgorithm,
  type SigningKey,
} from './signing-key.ts'

/** The keys in this process's hands, so that tokens are signed and keys published with the database gone. */
export interface SigningKeys {
  /** The one that signs. */
  active(): SigningKey
  /** By `kid`, among all that are published. */
  find(kid: string): SigningKey | undefined
  /** RFC 7517, as served at `/jwks`. */
  published(): { keys: Record<string, unknown>[] }
}

/**
 * Opens the signing keys, and makes the first one where there is none.
 * @throws LatchkeyError `wrong_secret` when no configured secret opens a stored key: going on would sign everybody out
 */
export async function openSigningKeys(options: {
  store: SigningKeyStore
  sealer: Sealer
  clock: Clock
  algorithm: SigningAlgorithm
}): Promise<SigningKeys> {
  const { store, sealer, clock, algorithm } = options
  let stored = await store.list()
  if (!stored.some((key) => signs(key, algorithm))) {
    // Of several processes that start at once one adds its key; all go on with that one.
    await store.addFirst(generateSigningKey(algorithm, sealer, clock.now()))
    stored = await store.list()
  }
  const keys = stored.map((row) => {
    const key = openSigningKey(row, sealer)
    if (key === undefined) {
      throw new LatchkeyError(
        'wrong_secret',
        `The signing key ${row.kid} in the database was sealed with a secret that is not among the configured ones. ` +
          'Add the secret that this database was used with to "secrets".',
      )
    }
    return key
  })
  // So that an old secret can be removed once every process has started with the new one before it.
  for (const row of stored) {
    const sealed = resealed(row, sealer)
    if (sealed !== undefined) await store.reseal(row.kid, row.sealedPrivateJwk, sealed)
  }
  const kid = stored.find((row) => signs(row, algorithm))?.kid
  const active = keys.find((key) => key.kid === kid)
  if (active === undefined)
    throw new LatchkeyError('no_signing_key', 'There is no signing key and none could be added.')
  const published = { keys: keys.map((key) => key.publicJwk) }
  return {
    active: () => active,
    find: (wanted) => keys.find((key) => key.kid === wanted),
    published: () => published,
  }
}

const signs = (key: StoredSigningKey, algorithm: string): boolean =>
  key.algorithm === algorithm && key.activatedAt !== undefined && key.retiredAt === undefined
