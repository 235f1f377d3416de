import pg from 'pg'
import { StorageError } from '../contract.ts'

export interface Executor {
  query(query: pg.QueryConfig): Promise<pg.QueryResult>
}

/** A connection that one caller has to itself. */
export interface Connection extends Executor {
  /** The same one, with an hour's time for each answer. */
  atLeisure: Executor
  /** `broken`: nobody else gets it. */
  release(broken: boolean): void
}

export interface Connections {
  /** Waits for one. Rejects with whatever is wrong, at once while the server is known not to answer. */
  take(): Promise<Connection>
  /** Lets all of them go that are not taken; the others as they come back. */
  close(): Promise<void>
}

export interface ConnectionsConfig {
  /** With host, user, password, database; TLS by `sslmode`. */
  url: string
  /** At most so many at once. */
  size: number
}

export interface ConnectionsParts {
  clock: { now(): number }
  /** From 0 to below 1. */
  random(): number
}

/** Milliseconds: to connect, or to get one that is free; for an answer. */
const patience = { connect: 5_000, answer: 10_000, answerAtLeisure: 3_600_000 }
/** Milliseconds after a failure in which no connection is tried, at most: all processes start over, not at once. */
const pause = { first: 50, most: 1_000 }

/** Times and counts are safe integers; everything else in the schema is text or boolean. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format),
}

export function createConnections(
  { url, size }: ConnectionsConfig,
  { clock, random }: ConnectionsParts,
): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    connectionTimeoutMillis: patience.connect,
    query_timeout: patience.answer,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    fallback_application_name: 'latchkey',
  })
  // One that idles and is cut off leaves the pool by itself; whoever asks next gets another.
  pool.on('error', () => {})
  let alive = 0
  pool.on('connect', (client) => {
    alive += 1
    // The pool listens only while nobody has it: one that is cut off between two statements would end the process.
    client.on('error', () => {})
  })
  pool.on('remove', () => {
    alive -= 1
  })

  let failures = 0
  let notBefore = 0
  let last: unknown

  async function connect(): Promise<pg.PoolClient> {
    // As long as one is alive, it is worth waiting for.
    if (alive === 0 && clock.now() < notBefore) {
      throw new StorageError('unavailable', 'the database did not answer just now', { cause: last })
    }
    try {
      const client = await pool.connect()
      failures = 0
      notBefore = 0
      return client
    } catch (error) {
      // Full jitter.
      notBefore = clock.now() + random() * Math.min(pause.most, pause.first * 2 ** failures)
      failures += 1
      last = error
      throw error
    }
  }

  return {
    async take() {
      const client = await connect()
      return {
        query: (query) => client.query(query),
        atLeisure: {
          // Known to the driver, not to its types.
          query: (query) => client.query(Object.assign(query, { query_timeout: patience.answerAtLeisure })),
        },
        release: (broken) => client.release(broken),
      }
    },
    close: () => pool.end(),
  }
}
