import { equal } from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageConformance } from '../conformance.ts'

storageConformance('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-'))
  const file = join(directory, 'test.db')
  return {
    config: { engine: 'sqlite', file, synchronous: 'full' },
    async inspect() {
      const database = new DatabaseSync(file)
      try {
        equal(database.prepare('pragma integrity_check').get()?.integrity_check, 'ok')
        equal(database.prepare('pragma foreign_key_check').get(), undefined)
      } finally {
        database.close()
      }
    },
    dispose: () => rm(directory, { recursive: true }),
  }
})
