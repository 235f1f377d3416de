import type { CapturedCallback } from './capture.ts'
import type { Client } from './client.ts'
import { AuthError } from './errors.ts'
import { finishJourney } from './finish.ts'
import { type Journey, journeyKey, popupPrefix } from './journey.ts'
import { handOver } from './popup-return.ts'
import { safeReturnTo } from './return-to.ts'

/**
 * Finishes the journey that the page came back from, and goes where its start wanted to.
 * @throws AuthError `state_missing`, `finished_elsewhere`, those of `finishJourney`
 */
export async function finishCallback(client: Client, captured: CapturedCallback): Promise<void> {
  const { context, kv, session } = client
  const live = await session.sync()
  const state = new URLSearchParams(captured.parameters).get('state') ?? ''
  const elsewhere = state.startsWith(popupPrefix) && (await handOver(state, captured))
  if (elsewhere) {
    context.navigate(safeReturnTo(elsewhere, location.origin))
    if (await session.sync()) return
    throw new AuthError('finished_elsewhere', 'callback')
  }
  // Taken, not read: of all tabs and reloads, one gets it.
  const journey = await kv.update<Journey>(journeyKey(state), () => undefined)
  if (!journey) {
    context.navigate('/')
    if (live) return
    throw new AuthError('state_missing', 'callback')
  }
  try {
    await finishJourney(client, journey, captured)
  } finally {
    context.navigate(journey.returnTo)
  }
}
