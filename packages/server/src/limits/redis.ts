import { LatchkeyError } from '../errors.ts'
import { randomFraction } from '../random.ts'
import { type Windows, windowMs } from './windows.ts'

type Redis = Pick<typeof import('ioredis'), 'Redis'>

/**
 * Counters in Valkey or Redis, by its own clock. What does not connect at once goes on trying in the background: an `add`
 * meanwhile rejects.
 * @param url `redis:` or `rediss:` (TLS)
 * @param prefix before each key
 * @throws LatchkeyError `missing_package`: the optional peer dependency `ioredis`
 */
export async function openRedisWindows(
  url: string,
  prefix: string,
  load: () => Promise<Redis> = () => import('ioredis'),
): Promise<Windows> {
  const [{ Redis }, { RateLimiterRedis }] = await Promise.all([
    load().catch((error: unknown) => {
      throw isMissing(error) ? missing(error) : error
    }),
    import('rate-limiter-flexible'),
  ])
  const client = new Redis(url, {
    // Nobody waits for a connection that is not there.
    ...{ enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: 1_000, lazyConnect: true },
    retryStrategy: (attempts) => Math.min(100 * 2 ** attempts, 5_000) * (0.5 + randomFraction() / 2),
  })
  // Whoever counts is told that it fails.
  client.on('error', () => undefined)
  await client.connect().catch(() => undefined)
  const limiter = new RateLimiterRedis({
    ...{ storeClient: client, keyPrefix: prefix, rejectIfRedisNotReady: true },
    // The decision is the caller's.
    ...{ points: Number.MAX_SAFE_INTEGER, duration: windowMs / 1000 },
  })
  return {
    async add(key) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key)
      return { count: consumedPoints, endsInMs: msBeforeNext }
    },
    close: async () => client.disconnect(),
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

const missing = (cause: unknown) =>
  new LatchkeyError(
    'missing_package',
    'rate_limits.storage names Redis, for which the package "ioredis" is needed: npm install ioredis@6',
    { cause },
  )
