import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Storage } from '../contract.ts'
import type { StorageDependencies } from '../dependencies.ts'
import { migrations } from '../migrations/index.ts'
import { createSchema } from '../migrations/migrate.ts'
import { createStores } from '../sql/stores.ts'
import { type ConnectionsConfig, createConnections } from './connections.ts'
import { schemaDialect } from './dialect.ts'
import { createEngine } from './engine.ts'
import { isStarting } from './errors.ts'

/** From 0 to below 1. */
export const random = (): number => randomInt(2 ** 32) / 2 ** 32

/** Where the server starts beside this process: about half a minute. */
const starting = { tries: 30, pauseMs: 1_000 }

/**
 * PostgreSQL 13 or newer, behind a pooler in transaction mode too: nothing is kept in a connection from one transaction
 * to the next but prepared statements, which can be done without. Connects when it is asked for something.
 */
export async function openPostgres(
  config: ConnectionsConfig,
  { logger, clock = { now: () => Date.now() } }: StorageDependencies = {},
): Promise<Storage> {
  // The pauses between tries are not moved by whoever sets the clock.
  const monotonic = { now: () => performance.now() }
  const connections = createConnections(config, { clock: monotonic, random })
  const engine = createEngine(connections, random)
  const schema = createSchema(engine, schemaDialect, migrations, clock)

  return {
    async migrate() {
      const applied = await whenStarted(
        () => schema.migrate(),
        ({ message }) => logger?.info({ reason: message }, 'waiting for the database'),
      )
      for (const { version, name } of applied) logger?.info({ version, name }, 'migration applied')
    },

    ping: () => schema.check(),
    close: () => engine.close(),
    ...createStores(engine),
  }
}

async function whenStarted<T>(action: () => Promise<T>, onWaiting: (why: Error) => void): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await action()
    } catch (error) {
      if (!isStarting(error) || tries >= starting.tries) throw error
      if (tries === 1) onWaiting(error)
    }
    await wait(starting.pauseMs)
  }
}
