import type { Clock } from '../clock.ts'
import { LatchkeyError } from '../errors.ts'
import type { Logger } from '../logging.ts'
import type { VaultKey, VaultKeyStore } from '../storage/index.ts'
import { makeDataKey, type OpenDataKey, unwrapDataKey, type WrapKey } from './data-key.ts'

/** The data keys of the vault, as far as this process has them. They are in its memory until it ends. */
export interface DataKeys {
  /** The newest one: it seals. */
  current(): OpenDataKey
  opened(): Iterable<OpenDataKey>
  /**
   * Takes what other processes have made since. One that cannot be unwrapped is logged and tried again later.
   * @throws StorageError
   */
  look(): Promise<void>
  /** Why a data key could not be unwrapped, if there is one such. */
  failure(): LatchkeyError | undefined
  /** Makes the next one, unless another process does so at the same time. @throws LatchkeyError, StorageError */
  next(): Promise<void>
}

export interface DataKeysDeps {
  secrets: readonly Uint8Array[]
  wrapKey: WrapKey
  vaultKeys: VaultKeyStore
  clock: Clock
  logger: Logger
}

/** Milliseconds until the hook is asked again for a data key that it could not unwrap. */
const askAgainMs = 5_000

/**
 * Unwraps what is stored, each key once; where there is none yet, makes the first.
 * @throws LatchkeyError `wrong_secret`, `key_unavailable` when the newest one cannot be had; StorageError
 */
export async function openDataKeys(deps: DataKeysDeps): Promise<DataKeys> {
  const { secrets, wrapKey, vaultKeys, clock, logger } = deps
  const keys = new Map<string, OpenDataKey>()
  const failures = new Map<string, { error: LatchkeyError; at: number }>()
  let looking: Promise<void> | undefined

  async function take(stored: VaultKey): Promise<void> {
    const { id } = stored
    const failed = failures.get(id)
    if (keys.has(id) || (failed !== undefined && clock.now() - failed.at < askAgainMs)) return
    try {
      keys.set(id, await unwrapDataKey(stored, wrapKey, secrets))
      failures.delete(id)
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error
      failures.set(id, { error, at: clock.now() })
      logger.error({ error, data_key: id }, 'a data key of the vault could not be unwrapped')
    }
  }

  async function lookNow(): Promise<VaultKey[]> {
    const stored = await vaultKeys.list()
    await Promise.all(stored.map(take))
    for (const id of failures.keys()) if (!stored.some((one) => one.id === id)) failures.delete(id)
    return stored
  }

  const failureOf = (stored: VaultKey[]) => failures.get(stored.at(-1)?.id ?? '')?.error

  /** @param last the newest one that the caller has seen: what follows it is made once, by whichever process is first */
  async function makeAfter(last: VaultKey | undefined): Promise<void> {
    const place = { generation: (last?.generation ?? 0) + 1, createdAt: clock.now() }
    const made = await makeDataKey(place, wrapKey, secrets)
    if (await vaultKeys.add(made.stored)) keys.set(made.stored.id, made)
    else {
      // Another process was faster: what it has made is as new.
      const failure = failureOf(await lookNow())
      if (failure !== undefined) throw failure
    }
  }

  const found = await lookNow()
  const failure = failureOf(found)
  if (failure !== undefined) throw failure
  if (found.length === 0) await makeAfter(undefined)
  let sealing = newestOf(keys.values())

  return {
    current: () => sealing,
    opened: () => keys.values(),
    look() {
      looking ??= (async () => {
        const stored = await lookNow()
        // What this process has sealed a moment ago must open for others and after a restart, however long it was stopped.
        if (!stored.some(({ id }) => id === sealing.stored.id)) await vaultKeys.add(sealing.stored)
        sealing = newestOf(keys.values())
      })().finally(() => {
        looking = undefined
      })
      return looking
    },
    failure: () => failures.values().next().value?.error,
    async next() {
      await makeAfter((await vaultKeys.list()).at(-1))
      sealing = newestOf(keys.values())
    },
  }
}

function newestOf(keys: Iterable<OpenDataKey>): OpenDataKey {
  const [newest] = [...keys].sort((a, b) => b.stored.generation - a.stored.generation)
  if (newest === undefined) throw new LatchkeyError('key_unavailable', 'the vault has no data key')
  return newest
}
