import { entries } from './entries/index.ts'
import type { Entry } from './entry.ts'

const byId: ReadonlyMap<string, Entry> = new Map(entries.map((entry) => [entry.id, entry]))

/** All entries, sorted by id. */
export const catalogue: readonly Entry[] = entries

/** The entry of that id, exactly. */
export const entryOf = (id: string): Entry | undefined => byId.get(id)
