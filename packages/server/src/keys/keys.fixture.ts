import { randomBytes } from 'node:crypto'
import { createEvents } from '../events.ts'
import { type Logger, silentLogger } from '../logging.ts'
import { createKeyring, type Sealer } from '../sealing/index.ts'
import { openStorage, type SigningKeyStore, type Storage } from '../storage/index.ts'
import type { KeyTools } from './carry-out.ts'

/** One database in memory, and processes over it whose clock and reach a test turns. */
export interface Room {
  storage: Storage
  clock: { time: number; now(): number }
  events: { type: string; data: Record<string, unknown> }[]
  sealer: Sealer
  /** What a process of its own has. */
  process(changes?: Partial<KeyTools & { logger: Logger }>): KeyTools & { logger: Logger }
}

export async function openRoom(): Promise<Room> {
  const storage = await openStorage({ engine: 'sqlite', file: ':memory:', synchronous: 'normal' })
  await storage.migrate()
  const clock = {
    time: 1_800_000_000_000,
    now() {
      return clock.time
    },
  }
  const told: Room['events'] = []
  const sealer = createKeyring([randomBytes(32)]).sealer('signing-key')
  const events = createEvents({ clock, logger: silentLogger, onEvent: (event) => void told.push(event) })
  return {
    ...{ storage, clock, sealer, events: told },
    process: (changes = {}) => ({
      ...{ clock, sealer, events, algorithm: 'ES256', accessTokenSeconds: 300 },
      ...{ store: storage.signingKeys, logger: silentLogger },
      ...changes,
    }),
  }
}

/** How a process reaches the store: what it asked, and with what it fails while it is out of reach. */
export interface Reach {
  store: SigningKeyStore
  calls: string[]
  fails: Error | undefined
}

export function reach(store: SigningKeyStore): Reach {
  const through =
    <Given extends unknown[], Answer>(name: string, method: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      reached.calls.push(name)
      if (reached.fails !== undefined) throw reached.fails
      return method(...given)
    }
  const reached: Reach = {
    calls: [],
    fails: undefined,
    store: {
      list: through('list', store.list),
      addFirst: through('addFirst', store.addFirst),
      addNext: through('addNext', store.addNext),
      activate: through('activate', store.activate),
      noteUse: through('noteUse', store.noteUse),
      retire: through('retire', store.retire),
      remove: through('remove', store.remove),
      reseal: through('reseal', store.reseal),
    },
  }
  return reached
}
