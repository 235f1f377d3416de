import type { Installation } from '../installation.ts'
import { migrations } from '../migrations/index.ts'
import { createSchema } from '../migrations/migrate.ts'
import { type Connections, type ConnectionsConfig, createConnections } from './connections.ts'
import { schemaDialect } from './dialect.ts'
import { createEngine } from './engine.ts'
import { toStorageError } from './errors.ts'
import { random } from './index.ts'

export async function openPostgresInstallation(
  config: ConnectionsConfig,
  clock: { now(): number },
): Promise<Installation> {
  // One holds what is frozen, another reads.
  const connections = createConnections({ ...config, size: Math.max(2, config.size) }, { clock, random })
  const engine = createEngine(connections, random)
  return {
    engine,
    schema: createSchema(engine, schemaDialect, migrations, clock),
    dialect: schemaDialect,
    freeze: (tables) => freeze(connections, tables),
    close: () => engine.close(),
  }
}

/** SHARE: whoever would write waits, and whoever reads does not. The lock is this transaction's, which lasts as long. */
async function freeze(connections: Connections, tables: readonly string[]): Promise<() => Promise<void>> {
  const connection = await connections.take().catch((error: unknown) => {
    throw toStorageError(error)
  })
  try {
    await connection.query({
      text: `begin; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '5s'; lock table ${tables.join(', ')} in share mode`,
    })
  } catch (error) {
    connection.release(true)
    throw toStorageError(error)
  }
  return async () => {
    const ended = await connection.query({ text: 'rollback' }).then(
      () => true,
      () => false,
    )
    connection.release(!ended)
  }
}
