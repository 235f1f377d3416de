import { afterAll, describe } from 'vitest'
import { storageConformance } from '../conformance.ts'
import { createDatabase, hasPostgres } from './database.fixture.ts'
import { hasPgbouncer, howToGetPgbouncer, type Pooler, startPooler } from './pooler.fixture.ts'

if (!hasPgbouncer) process.stderr.write(`${howToGetPgbouncer}\n`)

describe.skipIf(!hasPostgres || !hasPgbouncer)('reliability R9 (skipped where there is no PgBouncer)', () => {
  let pooler: Promise<Pooler> | undefined
  afterAll(async () => {
    await (await pooler)?.close()
  })

  storageConformance(
    'PostgreSQL behind PgBouncer in transaction mode',
    async () => {
      const { url, drop } = await createDatabase()
      pooler ??= startPooler(url)
      return { config: { engine: 'postgres', url: (await pooler).to(url), size: 10 }, dispose: drop }
    },
    // The rest is for a soak: it costs as much again as without a pooler.
    { inOneProcess: process.env.LATCHKEY_SOAK_CODES === undefined },
  )
})
