import { StorageError, type StorageErrorCode } from '../contract.ts'

// Result codes of https://www.sqlite.org/rescode.html; the low byte is the primary one.
const primary = {
  error: 1,
  busy: 5,
  locked: 6,
  readonly: 8,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  protocol: 15,
  tooBig: 18,
  constraint: 19,
  mismatch: 20,
  notADatabase: 26,
}
const constraintPrimaryKey = 1555
const constraintUnique = 2067
const constraintRowId = 2579

const ownFaults = new Set([primary.error, primary.tooBig, primary.constraint, primary.mismatch])

/** The extended result code, when SQLite is the one that failed. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return undefined
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
}

const primaryCode = (error: unknown): number | undefined => {
  const code = resultCode(error)
  return code === undefined ? undefined : code & 0xff
}

/** Another connection holds the lock, or recovers the log after a crash: worth another try. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error)
  return code === primary.busy || code === primary.locked || code === primary.protocol
}

/**
 * The failure is the operation's own: SQLite undid that statement and nothing else. After any other failure
 * (disk full, input/output, memory, damage) the transaction may be gone.
 */
export function isOwnFault(error: unknown): boolean {
  const code = primaryCode(error)
  return code === undefined || ownFaults.has(code)
}

/** Fixed texts: SQLite's own message stays in `cause`, and neither holds a value. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const [code, message] = explain(error)
  return new StorageError(code, message, { cause: error })
}

function explain(error: unknown): [StorageErrorCode, string] {
  const extended = resultCode(error)
  if (extended === undefined) return explainForeign(error)
  switch (extended & 0xff) {
    case primary.constraint:
      return extended === constraintUnique ||
        extended === constraintPrimaryKey ||
        extended === constraintRowId
        ? ['duplicate', 'the row exists already']
        : ['constraint', 'the values break a rule of the schema']
    case primary.mismatch:
    case primary.tooBig:
      return ['constraint', 'a value has the wrong type or is too long']
    case primary.corrupt:
      return ['corrupt', 'the database file is damaged: restore it from a backup']
    case primary.notADatabase:
      return ['corrupt', 'the file is not an SQLite database']
    case primary.error:
      return ['schema_too_old', 'the tables are not those this version works with: run the migrations']
    case primary.busy:
    case primary.locked:
    case primary.protocol:
      return ['unavailable', 'another process kept the database locked']
    case primary.readonly:
      return ['unavailable', 'the database file or its directory is not writable']
    case primary.full:
      return ['unavailable', 'no space is left for the database file']
    case primary.cantOpen:
      return ['unavailable', 'the database file cannot be opened']
    default:
      return ['unavailable', `the database failed (SQLite result code ${extended})`]
  }
}

function explainForeign(error: unknown): [StorageErrorCode, string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_INVALID_STATE') return ['unavailable', 'the database is closed']
  if (code === 'ERR_INVALID_ARG_TYPE')
    return ['constraint', 'a value has a type that the database cannot hold']
  return ['unavailable', 'the database operation failed']
}
