import { decodeJwt } from 'jose'
import { createBrowser } from '../support/browser.ts'
import { createDpopKey } from '../support/dpop.ts'
import type { Running } from '../support/latchkey.ts'
import { provedToken, redemptionOf, travel } from '../support/spa.ts'

/** A sign-in to the end: who one is then (`sub`), or the `error` that the app is told. */
export async function arrive(server: Running, changes: Record<string, string | undefined>): Promise<string> {
  const key = await createDpopKey(server.clock.now)
  const trip = await travel(server.spa, createBrowser(server.clock), { dpop_jkt: key.jkt, ...changes })
  if (!trip.answer.has('code')) return trip.answer.get('error') ?? `${trip.last.status} without an answer`
  const { body } = await provedToken(server.spa, key, redemptionOf(server.spa, trip))
  return decodeJwt(String(body.access_token)).sub ?? 'nobody'
}
