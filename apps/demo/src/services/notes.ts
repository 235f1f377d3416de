import { protect } from '@latchkey/verify/hono'
import { Hono } from 'hono'
import { crossOrigin } from './cross-origin.ts'
import { type Service, type ServiceOptions, verifierFor } from './service.ts'

/** Service A: the tokens of the demo's client are made out to it. Notes live in memory, a list for each user. */
export function notes(options: ServiceOptions): Service {
  const verifier = verifierFor(options)
  const app = new Hono().use(crossOrigin(options.page)).get('/notes', protect(verifier), (c) => {
    const { subject } = c.get('auth')
    return c.json({
      for: subject,
      notes: ['Oil the front door lock', 'Two spare keys with the neighbours', 'Change the cellar bulb'],
    })
  })
  return { fetch: app.fetch, close: verifier.close }
}
