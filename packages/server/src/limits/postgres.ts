import type { Pool } from 'pg'
import { type Windows, windowMs } from './windows.ts'

const table = 'rate_limit_windows'
/** Rows of ended windows that go at once. */
const mostSwept = 1_000

/**
 * Counters in PostgreSQL, in a table of their own that is made when it is missing, and that a crash of the database may
 * empty. An `add` rejects while the database cannot be reached.
 */
export async function openPostgresWindows(url: string): Promise<Windows> {
  const { default: pg } = await import('pg')
  // Of its own, so that requests that wait here take no connection from those that are served.
  const pool = new pg.Pool({
    ...{ connectionString: url, max: 2, fallback_application_name: 'latchkey' },
    ...{ connectionTimeoutMillis: 2_000, query_timeout: 2_000, idleTimeoutMillis: 60_000, keepAlive: true },
  })
  // Whoever counts is told that it fails.
  pool.on('error', () => undefined)
  return createPostgresWindows(pool)
}

/** Resolves when the table is there, or cannot be made now: then the first `add` that can makes it. */
export async function createPostgresWindows(pool: Pool): Promise<Windows> {
  const { RateLimiterPostgres } = await import('rate-limiter-flexible')
  const limiter = new RateLimiterPostgres({
    // Without the names of its statements, which a PgBouncer in transaction mode would mix up.
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values),
    },
    ...{ storeType: 'client', tableName: table, tableCreated: true, clearExpiredByTimeout: false },
    ...{ keyPrefix: '', points: Number.MAX_SAFE_INTEGER, duration: windowMs / 1000 },
  })
  let made: Promise<unknown> | undefined
  let sweepAt = 0

  /** Tried again by the next request when it failed. */
  function make(): Promise<unknown> {
    made ??= pool.query(createTable).catch((error: unknown) => {
      if (isMade(error)) return
      made = undefined
      throw error
    })
    return made
  }

  function sweep(): void {
    const now = Date.now()
    if (now < sweepAt) return
    sweepAt = now + windowMs
    // Nobody waits for it, and the next one does what this one could not.
    pool.query(deleteEnded, [now, mostSwept]).catch(() => undefined)
  }

  await make().catch(() => undefined)
  return {
    async add(key) {
      await make()
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key)
      sweep()
      return { count: consumedPoints, endsInMs: msBeforeNext }
    },
    close: () => pool.end(),
  }
}

/** Somebody else has made it at the same moment, or had to, because this role may not: whether it is there shows soon. */
const isMade = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '23505' || error.code === '42501')

/** As the library would make it, but that nothing of it is written to the log of the database. */
const createTable = `create unlogged table if not exists ${table} (
  key varchar(255) primary key, points integer not null default 0, expire bigint)`
const deleteEnded = `delete from ${table} where key in (select key from ${table} where expire < $1 limit $2)`
