import type { Deps, Endpoint } from '../deps.ts'
import { json } from '../respond.ts'

/** Alive. Never touches storage: a database outage is no reason to restart the process. */
export const healthz: Endpoint = () => json(200, { status: 'ok' })

/** Ready to serve: storage answers and the keys are loaded. */
export function readyz({ storage, logger }: Deps): Endpoint {
  return async () => {
    try {
      await storage.ping()
      return json(200, { status: 'ready' })
    } catch (error) {
      logger.warn({ error }, 'not ready')
      return json(503, { status: 'not_ready' }, { 'Retry-After': '1' })
    }
  }
}
