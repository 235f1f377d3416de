import { ApiError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Logger } from '../logging.ts'
import {
  type Connection,
  type ConnectionStore,
  type QuarantineStore,
  StorageError,
} from '../storage/index.ts'
import { mergedData, type Tokens } from '../upstream/index.ts'
import type { HeldTokens, VaultContents } from './contents.ts'
import { VaultError } from './errors.ts'
import type { Persistently } from './persistence.ts'

/**
 * Sees to tokens whose write was refused: where no connection can hold them any more they go into quarantine, due at once,
 * and are revoked at their provider. (That this ends no other connection of the account is the worker's to see.)
 * Rejects with a StorageError when the database stayed away.
 */
export type GiveUpStray = (leased: Connection, held: HeldTokens, fresh: Tokens) => Promise<void>

export function createGiveUpStray(deps: {
  connections: Pick<ConnectionStore, 'find'>
  quarantine: Pick<QuarantineStore, 'put'>
  contents: VaultContents
  persistently: Persistently
  logger: Logger
}): GiveUpStray {
  const { connections, quarantine, contents, persistently, logger } = deps

  /** Whoever else renews the same grant may hold these very tokens, where the provider grants a grace. */
  async function mayBeHeld(leased: Connection, { grant }: HeldTokens): Promise<boolean> {
    const row = await persistently(leased, () => connections.find(leased.id))
    if (row === undefined || row.needsReconnect !== undefined) return false
    try {
      return (await persistently(leased, () => contents.open(row))).grant === grant
    } catch (error) {
      // Nobody can tell: not for good, or while its data key cannot be had.
      if (error instanceof VaultError || error instanceof ApiError) return true
      throw error
    }
  }

  return async (leased, held, { accessToken, tokenType, refreshToken, providerData: said }) => {
    const { id, userId, provider, subject } = leased
    if (await mayBeHeld(leased, held)) return
    const place = { id: newId('qtn'), userId, provider }
    // An older refresh token went where the connection's tokens went.
    const providerData = mergedData(held.providerData, said)
    const fresh = {
      ...{ accessToken, tokenType },
      ...(refreshToken === undefined ? {} : { refreshToken }),
      // It may say where they are to be revoked.
      ...(providerData === undefined ? {} : { providerData }),
    }
    // As if claimed once, like what a connection leaves; due by every clock.
    const entry = { ...place, subject, ...contents.seal(place, fresh), dueAt: 0, attempts: 1 }
    await persistently(leased, async () => {
      try {
        await quarantine.put(entry)
      } catch (error) {
        // A write that was taken for failed had taken effect.
        if (!(error instanceof StorageError) || error.code !== 'duplicate') throw error
      }
    })
    logger.warn({ connection_id: id, provider }, 'renewed tokens of a connection that is gone are given back')
  }
}
