import type { Config } from '../config/types.ts'
import { versionOf } from '../version.ts'
import type { Metrics } from './metrics.ts'

export type { Metrics, Sample } from './metrics.ts'
export { watchedStorage } from './watched-storage.ts'

/** Metrics, where somebody is to read them: loaded only then, since that takes a while. */
export async function openMetrics({
  operations,
  providers,
}: Pick<Config, 'operations' | 'providers'>): Promise<Metrics | undefined> {
  if (operations.listen === undefined && operations.metricsToken === undefined) return undefined
  const { createMetrics } = await import('./prometheus.ts')
  return createMetrics({ version: versionOf(), providers: providers.map(({ id }) => id) })
}
