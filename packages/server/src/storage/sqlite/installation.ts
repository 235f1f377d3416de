import { randomInt } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import type { Installation } from '../installation.ts'
import { migrations } from '../migrations/index.ts'
import { createSchema } from '../migrations/migrate.ts'
import { schemaDialect } from './dialect.ts'
import { createEngine, type Patience } from './engine.ts'
import { toStorageError } from './errors.ts'
import { openDatabase } from './open.ts'

/** About a minute: another process may be at a long migration. */
const patience: Patience = { attempts: 6_000, pause: () => wait(randomInt(1, 20)) }

/** Milliseconds that those who write have to end. Servers commit far more often. */
const freezeMs = 5_000

/** @param config `file` is made where there is none */
export async function openSqliteInstallation(
  { file, synchronous }: { file: string; synchronous: 'full' | 'normal' },
  clock: { now(): number },
): Promise<Installation> {
  const engine = createEngine(await openDatabase(file, synchronous, patience), patience)
  return {
    engine,
    schema: createSchema(engine, schemaDialect, migrations, clock),
    dialect: schemaDialect,
    freeze: async () => freeze(file),
    close: () => engine.close(),
  }
}

/** By a transaction that writes nothing. */
function freeze(file: string): () => Promise<void> {
  const holder = new DatabaseSync(file)
  try {
    holder.exec(`pragma busy_timeout = ${freezeMs}; begin immediate`)
  } catch (error) {
    holder.close()
    throw toStorageError(error)
  }
  return async () => holder.close()
}
