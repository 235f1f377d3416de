import type { StoredSigningKey } from '../storage/index.ts'

/** How long whoever asks for `/jwks` may keep the answer, in seconds. */
export const jwksMaxAgeSeconds = 300

/** How often a process looks at the stored keys, in milliseconds. */
export const pollMs = 5_000

export const keyTimes = {
  /**
   * From its making until a key may sign. By then every process publishes it, and every copy of `/jwks` from before has
   * expired; the rest of it is for clocks that differ.
   */
  leadMs: pollMs + jwksMaxAgeSeconds * 1000 + 55_000,
  /** What verifiers tolerate at the end of a token, at most. */
  toleranceMs: 60_000,
}

/** What a process is to do about the stored keys; each step is one statement, and of several processes one does it. */
export type KeyStep =
  /** Make a key that follows `after`, the last of its algorithm; absent: it is the first. It signs at once or later. */
  | { do: 'add'; after?: string; signs: boolean }
  | { do: 'activate'; kid: string }
  | { do: 'note_use'; kid: string }
  | { do: 'retire'; kid: string }
  | { do: 'remove'; kid: string; before: number }

export interface KeyPlan {
  /** Keys that may sign, the best first: a process takes the first that it can open. */
  signing: string[]
  published: string[]
  steps: KeyStep[]
}

/**
 * The life of signing keys, decided from the rows alone, so that processes that see the same rows at the same time do the
 * same: next (published) -> active -> retiring (published until its last token has expired) -> gone.
 *
 * @param rows in the order of the store
 * @param now milliseconds
 * @param algorithm the configured one. Keys of others retire once the tokens of theirs have expired: until then another
 *   process may still be configured for them
 */
export function planKeys(rows: readonly StoredSigningKey[], now: number, algorithm: string): KeyPlan {
  const own = rows.filter((row) => row.algorithm === algorithm)
  const others = rows.filter((row) => row.algorithm !== algorithm)
  const active = own.findLast((row) => signs(row, now))
  const signing = signingOrder(rows, now, algorithm)
  const waiting = own.findLast(isWaiting)
  const steps: KeyStep[] = []

  const [signer] = signing
  const after = own.at(-1)?.kid
  if (signer === undefined) {
    const known = bestKnown(rows, now, algorithm)
    if (known === undefined) steps.push({ do: 'add', ...(after && { after }), signs: true })
    else steps.push({ do: 'activate', kid: known.kid })
  } else {
    // Of a key from before uses were noted, nobody knows what it has signed.
    if (signer.lastExpiresAt === undefined) steps.push({ do: 'note_use', kid: signer.kid })
    const scheduled = own.some((row) => isScheduled(row, now))
    if (waiting === undefined) steps.push({ do: 'add', ...(after && { after }), signs: false })
    else if (active === undefined && !scheduled && maySignFrom(waiting) <= now)
      steps.push({ do: 'activate', kid: waiting.kid })
  }

  if (active !== undefined)
    for (const row of others) if (isAbandoned(row, others, now)) steps.push({ do: 'retire', kid: row.kid })
  const before = now - keyTimes.toleranceMs
  for (const row of rows) if (isOver(row, rows, now)) steps.push({ do: 'remove', kid: row.kid, before })
  return {
    signing: signing.map(({ kid }) => kid),
    published: rows.filter((row) => !isOver(row, rows, now)).map(({ kid }) => kid),
    steps,
  }
}

/**
 * Of the keys that wait, the one to go on with where nothing signs: that of the algorithm once it may, else whichever has
 * been published for longest. Of several configurations it may be another's: verifiers know it, and the own one not yet.
 */
function bestKnown(
  rows: readonly StoredSigningKey[],
  now: number,
  algorithm: string,
): StoredSigningKey | undefined {
  const waiting = rows.filter(isWaiting).sort((a, b) => a.createdAt - b.createdAt)
  return waiting.find((row) => row.algorithm === algorithm && maySignFrom(row) <= now) ?? waiting[0]
}

/** When a key that is published may begin to sign. */
export const maySignFrom = (row: StoredSigningKey): number => row.createdAt + keyTimes.leadMs

/** `next` includes a key that is to begin at a time that lies ahead; `retiring` one whose algorithm is not configured. */
export type KeyState = 'next' | 'active' | 'retiring'

export function stateOf(
  row: StoredSigningKey,
  rows: readonly StoredSigningKey[],
  now: number,
  algorithm: string,
): KeyState {
  if (signingOrder(rows, now, algorithm)[0]?.kid === row.kid) return 'active'
  const begins = isWaiting(row) || isScheduled(row, now)
  return begins && row.algorithm === algorithm ? 'next' : 'retiring'
}

/** A row that waits for its turn, or for the time that it was given. */
export const isWaiting = (row: StoredSigningKey): boolean =>
  row.activatedAt === undefined && row.retiredAt === undefined
export const isScheduled = (row: StoredSigningKey, now: number): boolean =>
  row.activatedAt !== undefined && row.activatedAt > now && row.retiredAt === undefined

/**
 * The active key of the algorithm; until it has one, that of another algorithm. What is not to sign any more, or not yet,
 * only where nothing else is left: processes with different configurations may retire each other's, and clocks differ. Of
 * what is to begin later the earliest: by somebody else's clock it has begun.
 */
function signingOrder(rows: readonly StoredSigningKey[], now: number, algorithm: string): StoredSigningKey[] {
  const rank = (row: StoredSigningKey) => {
    if (signs(row, now)) return row.algorithm === algorithm ? 3 : 2
    return isScheduled(row, now) ? 0 : 1
  }
  return rows
    .filter((row) => row.activatedAt !== undefined && !isOver(row, rows, now))
    .reverse()
    .sort((a, b) => rank(b) - rank(a) || (rank(a) === 0 ? startOf(a) - startOf(b) : startOf(b) - startOf(a)))
}

const startOf = (row: StoredSigningKey): number => row.activatedAt ?? Number.NEGATIVE_INFINITY

const signs = (row: StoredSigningKey, now: number): boolean =>
  row.activatedAt !== undefined && row.activatedAt <= now && maySign(row, now)

/** Not retired: whatever this process signs with, one that is configured otherwise may sign with this. */
export const maySign = ({ retiredAt }: StoredSigningKey, now: number): boolean =>
  retiredAt === undefined || retiredAt > now

/**
 * Retired, and no token of it is taken any more, not even by the most tolerant verifier. The last one stays while the key that
 * follows it may not sign yet: processes of different configurations retire each other's keys when nobody signs in.
 */
function isOver(row: StoredSigningKey, rows: readonly StoredSigningKey[], now: number): boolean {
  const { retiredAt, lastExpiresAt = 0 } = row
  if (retiredAt === undefined || Math.max(retiredAt, lastExpiresAt) > now - keyTimes.toleranceMs) return false
  return !isLastResort(row, rows, now)
}

function isLastResort(row: StoredSigningKey, rows: readonly StoredSigningKey[], now: number): boolean {
  const own = rows.filter(({ algorithm }) => algorithm === row.algorithm)
  const hasHeir = own.some((other) => (isWaiting(other) ? maySignFrom(other) > now : isScheduled(other, now)))
  if (!hasHeir || own.some((other) => signs(other, now))) return false
  const last = own
    .filter((other) => other.activatedAt !== undefined && !isScheduled(other, now))
    .sort((a, b) => startOf(b) - startOf(a))[0]
  return last?.kid === row.kid
}

/** A key of an algorithm that nobody signs with any more. */
function isAbandoned(row: StoredSigningKey, rows: readonly StoredSigningKey[], now: number): boolean {
  if (row.retiredAt !== undefined) return false
  if (row.activatedAt !== undefined)
    return Math.max(row.activatedAt, row.lastExpiresAt ?? 0) <= now - keyTimes.toleranceMs
  // One that is to follow goes after those before it; one without any, when nobody has come to use it.
  const isLed = rows.some((other) => other.algorithm === row.algorithm && signs(other, now))
  return !isLed && row.createdAt + 2 * keyTimes.leadMs <= now
}
