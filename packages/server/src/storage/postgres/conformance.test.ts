import { describe } from 'vitest'
import { storageConformance } from '../conformance.ts'
import { createDatabase, hasPostgres } from './database.fixture.ts'

describe.skipIf(!hasPostgres)('PostgreSQL (skipped where there is none)', () => {
  storageConformance('PostgreSQL', async () => {
    const { url, drop } = await createDatabase()
    return { config: { engine: 'postgres', url, size: 10 }, dispose: drop }
  })
})
