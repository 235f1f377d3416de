import { expect, it } from 'vitest'
import type { Config } from '../config/types.ts'
import { createLogger } from '../logging.ts'
import { openWindows } from './open.ts'

const limits = { authorizePerMinute: 1, callbackPerMinute: 1, tokenPerMinute: 1, accountPerMinute: 1 }
const sqlite: Config['storage'] = { engine: 'sqlite', file: ':memory:', synchronous: 'full' }
/** Where nobody listens. */
const nowhere = '127.0.0.1:1'
const password = 'canary'

it.each<[string, Config['rateLimits'], Config['storage'], number]>([
  ['memory', { ...limits, storage: 'memory' }, sqlite, 0],
  ['no limits', false, sqlite, 0],
  ['a Redis', { ...limits, storage: { redis: `redis://:${password}@${nowhere}` } }, sqlite, 1],
  [
    'a PostgreSQL',
    { ...limits, storage: 'postgres' },
    { engine: 'postgres', url: `postgres://latchkey:${password}@${nowhere}/latchkey`, size: 1 },
    1,
  ],
])(
  'X03 %s that is not there stops no start and no request, and is logged',
  async (_, rateLimits, storage, told) => {
    const lines: string[] = []
    const windows = await openWindows(
      { issuer: 'https://auth.example.com', rateLimits, storage },
      {
        clock: { now: () => 1_000_000 },
        logger: createLogger({ destination: { write: (line) => void lines.push(line) } }),
      },
    )
    for (const count of [1, 2, 3]) expect(await windows.add('a')).toEqual({ count, endsInMs: 60_000 })
    expect(lines).toHaveLength(told)
    expect(lines.join()).not.toContain(password)
    await windows.close()
  },
)
