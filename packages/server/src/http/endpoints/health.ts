import type { Deps, Endpoint } from '../deps.ts'
import { json } from '../respond.ts'

/** Alive. Never touches storage: a database outage is no reason to restart the process. */
export const healthz: Endpoint = () => json(200, { status: 'ok' })

/** Ready to serve: storage answers, the keys are loaded, and the process is to stay. */
export function readyz({ storage, logger, isDraining }: Deps): Endpoint {
  const notReady = () => json(503, { status: 'not_ready' }, { 'Retry-After': '1' })
  return async () => {
    if (isDraining()) return notReady()
    try {
      await storage.ping()
      return json(200, { status: 'ready' })
    } catch (error) {
      logger.warn({ error }, 'not ready')
      return notReady()
    }
  }
}
