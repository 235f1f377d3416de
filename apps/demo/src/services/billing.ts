import { createVerifier } from '@latchkey/verify'
import { protect } from '@latchkey/verify/hono'
import { Hono } from 'hono'
import { crossOrigin } from './cross-origin.ts'

/** Service B: another audience. Tokens made out to the notes service stop here. */
export function billing(options: { issuer: string; url: string; page: string }) {
  const verifier = createVerifier({ issuer: options.issuer, audience: options.url })
  return new Hono()
    .use(crossOrigin(options.page))
    .get('/invoices', protect(verifier), (c) => c.json({ for: c.get('auth').subject, invoices: [] }))
}
