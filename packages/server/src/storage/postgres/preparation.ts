import { createHash } from 'node:crypto'
import type { QueryConfig } from 'pg'
import type { Query, Statement } from '../sql/engine.ts'
import { isNameUnknown } from './errors.ts'

/**
 * Whether the server is to keep what it has parsed and planned, in each connection by a name for each statement: half of
 * its work. A pooler in transaction mode may hand on a connection in which somebody else has given the names, or nobody
 * has; the first time that shows, no names are given any more.
 */
export interface Preparation {
  /** As the driver takes a query. */
  configOf(query: Query<unknown>): QueryConfig
  /** Whether a failure says that names are of no use here. Nothing was done then, and without a name it can be. */
  isRefused(error: unknown): boolean
}

export function createPreparation(): Preparation {
  const names = new WeakMap<Statement, string>()
  let inUse = true

  function nameOf(statement: Statement): string {
    const known = names.get(statement)
    if (known !== undefined) return known
    // Of the text: whoever has given this name, another version of this program included, meant the same statement.
    const hash = createHash('sha256').update(statement.sql).digest('base64url')
    const name = `latchkey_${hash}`
    names.set(statement, name)
    return name
  }

  return {
    configOf({ statement, values }) {
      const text = statement.sql
      // Without values it is the schema's, or a transaction's: run once, or nothing to plan.
      if (values.length === 0) return { text }
      return inUse ? { text, values, name: nameOf(statement) } : { text, values }
    },
    isRefused(error) {
      if (!isNameUnknown(error)) return false
      inUse = false
      return true
    },
  }
}
