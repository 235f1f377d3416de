import { StorageError, type StorageErrorCode } from '../contract.ts'

// SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html

/** What PostgreSQL calls an error, when it is the one that failed. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : undefined
}

/** Others were in the way and nothing was done: worth another try from the beginning. */
export function isCollision(error: unknown): boolean {
  const state = sqlState(error)
  // Serialization failure (where the database was configured to serialize), deadlock.
  return state === '40001' || state === '40P01'
}

const awayForNow = new Set([
  ...['57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOENT', 'ENOTFOUND', 'EAI_AGAIN'],
])

/**
 * Nothing answers yet, or not in time, or it says that it is not ready: it may be starting beside us. Not who answers and
 * refuses, nor a certificate that is not good.
 */
export function isStarting(error: unknown): error is StorageError {
  if (!(error instanceof StorageError) || !(error.cause instanceof Error)) return false
  const code = 'code' in error.cause ? error.cause.code : undefined
  // The driver's own errors have no code: the connection ended, or took too long.
  return code === undefined || (typeof code === 'string' && awayForNow.has(code))
}

/** A prepared statement that nobody has prepared here, or somebody else has: a pooler stands between. */
export function isNameUnknown(error: unknown): boolean {
  const state = sqlState(error)
  return state === '26000' || state === '42P05'
}

/** The statement's own fault: its connection is as good as before. */
export function isOwnFault(error: unknown): boolean {
  const state = sqlState(error)
  // Values, constraints, what the transaction was at, syntax and names. Read-only (25006) is a server that was demoted.
  return state !== undefined && /^(?:22|23|26|40|42)/.test(state)
}

/** Fixed texts: PostgreSQL's own message stays in `cause`, and neither holds a value. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error
  const [code, message] = explain(sqlState(error), error)
  return new StorageError(code, message, { cause: withoutValues(error) })
}

/** PostgreSQL's `detail` quotes the row, `where` and the like quote what was sent. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  for (const name of ['detail', 'hint', 'where', 'internalQuery', 'query', 'parameters']) {
    if (name in error) Reflect.deleteProperty(error, name)
  }
  return error
}

const exact: Record<string, [StorageErrorCode, string]> = {
  '23505': ['duplicate', 'the row exists already'],
  '42P01': ['schema_too_old', 'the tables are not those this version works with: run the migrations'],
  '42703': ['schema_too_old', 'the tables are not those this version works with: run the migrations'],
  '42501': ['unavailable', 'the database user may not do this: see the deployment notes on its rights'],
  '25006': ['unavailable', 'the server takes no writes: it is a standby, or was made read-only'],
  '3D000': ['unavailable', 'the server has no database of the configured name'],
  '57P01': ['unavailable', 'the server is stopping, or somebody ended the connection'],
  '57P03': ['unavailable', 'the server is starting or stopping'],
  '57014': ['unavailable', 'the operation took too long and was ended'],
  '53300': ['unavailable', 'the server takes no more connections'],
  '53100': ['unavailable', 'the server has no space left'],
}

const byClass: Record<string, [StorageErrorCode, string]> = {
  '22': ['constraint', 'a value has a form that the database cannot hold'],
  '23': ['constraint', 'the values break a rule of the schema'],
  '28': ['unavailable', 'the server refused the configured user or password'],
  '40': ['unavailable', 'other transactions were in the way again and again'],
  '42': ['schema_too_old', 'the tables are not those this version works with: run the migrations'],
  XX: ['corrupt', 'the server reports damage: look into its log, restore from a backup'],
}

function explain(state: string | undefined, error: unknown): [StorageErrorCode, string] {
  if (state === undefined) return ['unavailable', explainForeign(error)]
  return (
    exact[state] ?? byClass[state.slice(0, 2)] ?? ['unavailable', `the database failed (SQLSTATE ${state})`]
  )
}

function explainForeign(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return 'nothing answers at the configured address of the database'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return "the name of the database's host is not known"
    default:
      return 'the connection to the database was lost, or could not be made'
  }
}
