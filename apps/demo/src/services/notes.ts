import { protect } from '@latchkey/verify/hono'
import { Hono } from 'hono'
import { createConnected } from './connected.ts'
import { crossOrigin } from './cross-origin.ts'
import { type Service, type ServiceOptions, verifierFor } from './service.ts'

/**
 * Service A: the tokens of the demo's client are made out to it. Notes live in memory, a list for each user; and it may use
 * the accounts that users have connected, at the apps' API.
 */
export function notes(options: ServiceOptions & { api: string }): Service {
  const { issuer, asking, api, page } = options
  const verifier = verifierFor(options)
  const use = createConnected({ issuer, ...asking, api })
  const app = new Hono()
    .use(crossOrigin(page))
    .get('/notes', protect(verifier), (c) => {
      const { subject } = c.get('auth')
      return c.json({
        for: subject,
        notes: ['Oil the front door lock', 'Two spare keys with the neighbours', 'Change the cellar bulb'],
      })
    })
    .get('/agenda', protect(verifier), async (c) => {
      const { status, body } = await use(c.get('auth').subject, c.req.query('connection') ?? '')
      return Response.json(body, { status })
    })
  return { fetch: app.fetch, close: verifier.close }
}
