import { randomInt } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Storage, StorageError } from '../contract.ts'
import type { StorageDependencies } from '../dependencies.ts'
import { migrations } from '../migrations/index.ts'
import { createSchema } from '../migrations/migrate.ts'
import { createStores } from '../sql/stores.ts'
import { createCheckpointer } from './checkpointer.ts'
import { schemaDialect } from './dialect.ts'
import { createEngine, type Patience } from './engine.ts'
import { durability, inMemory, openDatabase } from './open.ts'

/** About five seconds in all, on average, before an operation is refused as `unavailable`. */
const patience: Patience = { attempts: 500, pause: () => wait(randomInt(1, 20)) }

/** Each writes two to four pages of 4 KiB, and SQLite's own checkpoints come every thousand. */
const operationsToCheckpoint = 400

/** Another process may be at a long migration: about a minute. */
const migrationTries = 12

/** @param config `file` is a path, or `:memory:` for a database of this process alone that ends with it */
export async function openSqlite(
  config: { file: string; synchronous: 'full' | 'normal' },
  { logger, clock = { now: () => Date.now() } }: StorageDependencies = {},
): Promise<Storage> {
  const { file, synchronous } = config
  const database = await openDatabase(file, synchronous, patience)
  const opened = await identify(file)
  const checkpointer =
    file === inMemory
      ? undefined
      : createCheckpointer({
          ...{ file, pragmas: durability(synchronous), every: operationsToCheckpoint },
          // Pages. The thread keeps up; if it does not, commits help, and by then there is less to do.
          onWorking: (working) => database.exec(`pragma wal_autocheckpoint = ${working ? 8000 : 1000}`),
        })
  const engine = createEngine(database, patience, checkpointer)
  const schema = createSchema(engine, schemaDialect, migrations, clock)

  return {
    async migrate() {
      const applied = await retry(migrationTries, () => schema.migrate())
      for (const { version, name } of applied) logger?.info({ version, name }, 'migration applied')
    },

    async ping() {
      // A file that was moved away still takes writes, and nobody will ever read them.
      if ((await identify(file)) !== opened) {
        throw new StorageError('unavailable', 'the database file was removed or replaced while it was open')
      }
      await schema.check()
    },

    close: () => engine.close(),
    ...createStores(engine),
  }
}

/** What tells a file from another of the same name. */
async function identify(file: string): Promise<string> {
  if (file === inMemory) return inMemory
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  return found ? `${found.dev}:${found.ino}` : 'none'
}

async function retry<T>(tries: number, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (tries <= 1 || !(error instanceof StorageError) || error.code !== 'unavailable') throw error
    return retry(tries - 1, action)
  }
}
