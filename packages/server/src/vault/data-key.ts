import { hkdfSync } from 'node:crypto'
import { within } from '../background.ts'
import type { Hooks } from '../config/types.ts'
import { LatchkeyError } from '../errors.ts'
import { randomBytes } from '../random.ts'
import { createKeyring, fromBase64url, type Sealer, toBase64url } from '../sealing/index.ts'
import type { VaultKey } from '../storage/index.ts'

export type WrapKey = NonNullable<Hooks['wrapKey']>

/** A data key that this process may use. The key itself is nowhere in it. */
export interface OpenDataKey {
  stored: VaultKey
  /** Seals and opens with the data key and the configured secrets together. */
  sealer: Sealer
  /** What the sealer calls the data key with each of the secrets. */
  keyIds: string[]
}

const keyBytes = 32
/** Of what a hook may give for a key; a certificate's worth. */
const longestWrapped = 16_384
/** Milliseconds that the hook has to answer. */
const hookMs = 10_000

/**
 * The key that seals is derived (HKDF, RFC 5869) from a configured secret and the data key, so that neither is worth
 * anything alone: not the secret without the KMS, and not what the KMS has seen without the secret.
 */
const bound = (secret: Uint8Array, key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, key, 'latchkey/v1/vault-data-key', keyBytes))

/** Derived from the key, which it tells nothing about: another key that is unwrapped in its place is found out. */
const idOf = (key: Uint8Array): string =>
  `vky_${toBase64url(new Uint8Array(hkdfSync('sha256', key, '', 'latchkey/v1/vault-data-key-id', 18)))}`

function openDataKey(stored: VaultKey, key: Uint8Array, secrets: readonly Uint8Array[]): OpenDataKey {
  const derived = secrets.map((secret) => bound(secret, key))
  const sealer = createKeyring(derived).sealer('vault')
  const keyIds = derived.map((secret) => createKeyring([secret]).sealer('vault').keyId)
  for (const secret of derived) secret.fill(0)
  return { stored, sealer, keyIds }
}

/** @throws LatchkeyError `key_unavailable` when the hook fails or takes too long, `wrong_secret` when it gives another key */
export async function unwrapDataKey(
  stored: VaultKey,
  wrapKey: WrapKey,
  secrets: readonly Uint8Array[],
): Promise<OpenDataKey> {
  const wrapped = fromBase64url(stored.wrapped)
  const key: unknown =
    wrapped === undefined ? undefined : await asked(stored.id, () => wrapKey.unwrap(new Uint8Array(wrapped)))
  if (!(key instanceof Uint8Array) || key.length !== keyBytes || idOf(key) !== stored.id) {
    throw new LatchkeyError(
      'wrong_secret',
      `what the hook "wrapKey" unwraps for ${stored.id} is not the data key that was wrapped: let it use the key again that it used then. Nothing was changed.`,
    )
  }
  const own = new Uint8Array(key)
  try {
    return openDataKey(stored, own, secrets)
  } finally {
    own.fill(0)
  }
}

/**
 * Makes a data key and has it wrapped, and unwrapped again: nothing is sealed with what cannot be had back.
 * @throws LatchkeyError as `unwrapDataKey` does
 */
export async function makeDataKey(
  place: Pick<VaultKey, 'generation' | 'createdAt'>,
  wrapKey: WrapKey,
  secrets: readonly Uint8Array[],
): Promise<OpenDataKey> {
  const key = randomBytes(keyBytes)
  try {
    const id = idOf(key)
    const wrapped: unknown = await asked(id, () => wrapKey.wrap(new Uint8Array(key)))
    if (!(wrapped instanceof Uint8Array) || wrapped.length === 0 || wrapped.length > longestWrapped) {
      throw new LatchkeyError(
        'key_unavailable',
        `the hook "wrapKey" did not wrap a new data key into a Uint8Array of 1 to ${longestWrapped} bytes. Nothing was changed.`,
      )
    }
    return await unwrapDataKey({ id, ...place, wrapped: toBase64url(wrapped) }, wrapKey, secrets)
  } finally {
    key.fill(0)
  }
}

async function asked(id: string, ask: () => Promise<Uint8Array>): Promise<unknown> {
  try {
    return await within(hookMs, ask)
  } catch (cause) {
    const message = `the hook "wrapKey" failed for data key ${id}, or took longer than ${hookMs / 1000} seconds. Nothing was changed.`
    throw new LatchkeyError('key_unavailable', message, { cause })
  }
}
