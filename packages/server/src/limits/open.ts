import type { Clock } from '../clock.ts'
import type { Config } from '../config/types.ts'
import type { Logger } from '../logging.ts'
import { createInsuredWindows } from './insured.ts'
import { createMemoryWindows } from './memory.ts'
import { openPostgresWindows } from './postgres.ts'
import { openRedisWindows } from './redis.ts'
import type { Windows } from './windows.ts'

/**
 * The counters that the configuration names. Shared ones need not be there yet: until they answer this process counts for
 * itself.
 * @throws LatchkeyError `missing_package`
 */
export async function openWindows(
  config: Pick<Config, 'issuer' | 'rateLimits' | 'storage'>,
  parts: { clock: Clock; logger: Logger },
): Promise<Windows> {
  const own = createMemoryWindows(parts.clock)
  const shared = await openShared(config)
  return shared === undefined ? own : createInsuredWindows(shared, { own, ...parts })
}

async function openShared({
  issuer,
  rateLimits,
  storage,
}: Pick<Config, 'issuer' | 'rateLimits' | 'storage'>): Promise<Windows | undefined> {
  if (rateLimits === false || rateLimits.storage === 'memory') return
  if (rateLimits.storage !== 'postgres')
    return openRedisWindows(rateLimits.storage.redis, `latchkey ${issuer}`)
  if (storage.engine !== 'postgres') throw new TypeError('a checked configuration has no such storage')
  return openPostgresWindows(storage.url)
}
