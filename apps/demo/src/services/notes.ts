import { createVerifier } from '@latchkey/verify'
import { protect } from '@latchkey/verify/hono'
import { Hono } from 'hono'
import { crossOrigin } from './cross-origin.ts'

/** Service A: the tokens of the demo's client are made out to it. Notes live in memory, a list for each user. */
export function notes(options: { issuer: string; url: string; page: string }) {
  const verifier = createVerifier({ issuer: options.issuer, audience: options.url })
  return new Hono().use(crossOrigin(options.page)).get('/notes', protect(verifier), (c) => {
    const { subject } = c.get('auth')
    return c.json({
      for: subject,
      notes: ['Oil the front door lock', 'Two spare keys with the neighbours', 'Change the cellar bulb'],
    })
  })
}
