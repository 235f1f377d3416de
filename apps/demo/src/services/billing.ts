import { protect } from '@latchkey/verify/hono'
import { Hono } from 'hono'
import { crossOrigin } from './cross-origin.ts'
import { type Service, type ServiceOptions, verifierFor } from './service.ts'

/** Service B: another audience. Tokens made out to the notes service stop here. */
export function billing(options: ServiceOptions): Service {
  const verifier = verifierFor(options)
  const app = new Hono()
    .use(crossOrigin(options.page))
    .get('/invoices', protect(verifier), (c) => c.json({ for: c.get('auth').subject, invoices: [] }))
  return { fetch: app.fetch, close: verifier.close }
}
