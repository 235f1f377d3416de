import type { Clock } from '../clock.ts'
import type { Connection, ConnectionStore, Quarantined, QuarantineStore } from '../storage/index.ts'
import type { VaultContents } from './contents.ts'
import { VaultError } from './errors.ts'

export interface Resealed {
  /** Sealed anew by this run. */
  connections: number
  quarantined: number
  /** Ids of rows that no configured secret opens. They are left as they are. */
  unreadable: string[]
  /** Ids of rows that were being renewed whenever this looked. Another run takes them. */
  busy: string[]
}

export interface ResealDeps {
  connections: ConnectionStore
  quarantine: QuarantineStore
  contents: VaultContents
  clock: Clock
  /** Told after each page: how many connections are done, of how many. */
  onProgress?: (progress: { done: number; total: number }) => void
  /** Waits for renewals under way to end. */
  pause: () => Promise<void>
  /** After each page, which took so many milliseconds: leaves the machine, the disk and the database to who serves. */
  rest?: (workedMs: number) => Promise<void>
}

/** Rows read and written together: one commit or a few. Others write in between. */
const page = 100
/** Looks at rows that were busy before. With the pauses longer than any lease. */
const passes = 6

/**
 * Seals with the first secret what another one has sealed, while servers hand it out: each row by one compare-and-set, so that
 * whoever reads one finds it sealed by the old secret or by the new, and both are configured. Whatever stops it, the next run
 * goes on.
 * @throws StorageError
 */
export async function resealVault(deps: ResealDeps): Promise<Resealed> {
  const { connections, quarantine, contents } = deps
  const total = await connections.countSealedOtherwise(contents.keyId)
  const unreadable = new Set<string>()
  let done = 0
  let busy: string[] = []
  for (let pass = 1; pass <= passes; pass += 1) {
    if (pass > 1) await deps.pause()
    busy = []
    await throughPages(
      (afterId) => connections.listSealedOtherwise(contents.keyId, page, afterId),
      async (row) => {
        const outcome = await anew(row, deps)
        if (outcome === 'done') done += 1
        else if (outcome === 'unreadable') unreadable.add(row.id)
        else busy.push(row.id)
      },
      async (workedMs) => {
        deps.onProgress?.({ done, total: Math.max(total, done) })
        await deps.rest?.(workedMs)
      },
      deps.clock,
    )
    if (busy.length === 0) break
  }
  let quarantined = 0
  await throughPages(
    (afterId) => quarantine.listSealedOtherwise(contents.keyId, page, afterId),
    async (entry) => {
      const outcome = await entryAnew(entry, deps)
      if (outcome === 'done') quarantined += 1
      else if (outcome === 'unreadable') unreadable.add(entry.id)
    },
    async (workedMs) => deps.rest?.(workedMs),
    deps.clock,
  )
  return { connections: done, quarantined, unreadable: [...unreadable], busy }
}

async function throughPages<Row extends { id: string }>(
  list: (afterId: string | undefined) => Promise<Row[]>,
  work: (row: Row) => Promise<void>,
  afterPage: (workedMs: number) => Promise<void>,
  clock: Clock,
): Promise<void> {
  let afterId: string | undefined
  for (;;) {
    const began = clock.now()
    const rows = await list(afterId)
    await Promise.all(rows.map(work))
    await afterPage(clock.now() - began)
    afterId = rows.at(-1)?.id
    if (rows.length < page) return
  }
}

type Outcome = 'done' | 'busy' | 'unreadable'

async function anew(row: Connection, { connections, contents, clock }: ResealDeps): Promise<Outcome> {
  const tokens = await opened(contents.open(row))
  if (tokens === undefined) return 'unreadable'
  const sealed = contents.seal({ ...row, version: row.version + 1 }, tokens)
  return (await connections.reseal(row.id, row.version, sealed, clock.now())) ? 'done' : 'busy'
}

async function entryAnew(entry: Quarantined, { quarantine, contents }: ResealDeps): Promise<Outcome> {
  const tokens = await opened(contents.open(entry))
  if (tokens === undefined) return 'unreadable'
  const sealed = contents.seal({ id: entry.id, userId: entry.userId, provider: entry.provider }, tokens)
  return (await quarantine.reseal(entry.id, entry.sealed, sealed)) ? 'done' : 'busy'
}

async function opened<T>(opening: Promise<T>): Promise<T | undefined> {
  try {
    return await opening
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}
