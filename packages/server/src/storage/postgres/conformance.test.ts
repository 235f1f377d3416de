import { describe } from 'vitest'
import { storageConformance } from '../conformance.ts'
import { createDatabase, hasPostgres } from './database.fixture.ts'

/** That each index is in order, and holds all that its table does. */
const checkIndexes = `select bt_index_check(pg_index.indexrelid, true)
  from pg_index join pg_class on pg_class.oid = pg_index.indrelid
  where pg_class.relnamespace = 'public'::regnamespace`

describe.skipIf(!hasPostgres)('PostgreSQL (skipped where there is none)', () => {
  storageConformance(
    'PostgreSQL',
    async () => {
      const { url, drop, query } = await createDatabase()
      return {
        config: { engine: 'postgres', url, size: 10 },
        async inspect() {
          await query('create extension if not exists amcheck')
          await query(checkIndexes)
        },
        dispose: drop,
      }
    },
    // An operation takes several times as long as on SQLite.
    { codes: 50 },
  )
})
