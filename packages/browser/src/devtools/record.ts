import type { AuthError } from '../errors.ts'

/** Something that happened. Holds names and numbers only: no token, code, verifier, proof, `state` or nonce. */
export type Entry = { /** Milliseconds since 1970, by the device's clock. */ at: number } & (
  | ({ kind: 'request' } & RequestEntry)
  | ({ kind: 'error' | 'warning' } & Problem)
  /** The page left for the server. */
  | { kind: 'left'; provider?: string }
  /** It came back with an authorization response, or with the error of one. */
  | { kind: 'returned'; error?: string; requestId?: string }
  | { kind: 'state'; status: string; reason?: string }
  | { kind: 'went'; path: string }
)

export interface RequestEntry {
  method: string
  /** Without query. */
  url: string
  /** Absent if no answer came. */
  status?: number
  /** At the token endpoint. */
  grantType?: string
  /** With a proof. */
  dpop: boolean
  /** With an access token, and how it was sent. */
  token?: string
  milliseconds: number
  error?: string
  requestId?: string
}

export type Problem = Pick<AuthError, 'code' | 'phase' | 'action' | 'requestId' | 'retryAfter'>

/** The last of what happened, oldest first. */
export interface Timeline {
  readonly entries: readonly Entry[]
  add(entry: Entry): void
  clear(): void
  subscribe(listener: () => void): () => void
}

/** Where the timeline outlives a page that leaves to sign in: `sessionStorage`, or nothing. */
export interface Keep {
  read(): string | null
  write(text: string): void
}

const limit = 200

export function createTimeline(keep: Keep): Timeline {
  let entries = readEntries(keep)
  const listeners = new Set<() => void>()
  const set = (next: Entry[]) => {
    entries = next
    keep.write(JSON.stringify(next))
    for (const listener of listeners) listener()
  }
  return {
    get entries() {
      return entries
    },
    add: (entry) => set([...entries, entry].slice(-limit)),
    clear: () => set([]),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function readEntries(keep: Keep): Entry[] {
  try {
    const kept: unknown = JSON.parse(keep.read() ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'kind' in value

/** A word of the protocol as it is, anything else as `undefined`: what is free text may hold anything. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z][a-z0-9_:-]{0,63}$/.test(value) ? value : undefined

/** A request's id as the server makes them. */
export const requestIdOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
