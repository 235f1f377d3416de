import type { CapturedCallback } from './capture.ts'
import type { Client } from './client.ts'
import { AuthError, toAuthError } from './errors.ts'
import { finishJourney } from './finish.ts'
import { type Journey, journeyKey, journeySeconds, popupChannel } from './journey.ts'
import type { Outcome } from './types.ts'

/**
 * The opener's side of a popup: waits for what its page captured, and finishes the journey here. What is awaited goes on
 * being answered after an abort, so that the window closes when it comes back.
 *
 * Whether the window is still open is not asked: pages on the way cut the tie to it (Cross-Origin-Opener-Policy), and it
 * looks closed then.
 * @returns what it came to; `undefined` if the window waited in vain and finished it itself
 * @throws AuthError what ended the journey; `state_missing` after ten minutes; the signal's reason
 */
export function finishInPopup(
  client: Client,
  state: string,
  journey: Journey,
  signal?: AbortSignal,
): Promise<Outcome | undefined> {
  const { kv, session } = client
  const exits = session.exits()
  return new Promise((resolve, reject) => {
    const channel = popupChannel(state)
    const abort = () => reject(signal?.reason)
    signal?.addEventListener('abort', abort)
    const expiry = setTimeout(() => {
      channel.close()
      reject(new AuthError('state_missing', 'callback'))
    }, journeySeconds * 1000)

    channel.onmessage = async ({ data }: MessageEvent<CapturedCallback>) => {
      if (new URLSearchParams(data.parameters).get('state') !== state) return
      const taken = await kv.update<Journey>(journeyKey(state), () => undefined)
      if (taken || signal?.aborted) channel.postMessage(journey.returnTo)
      channel.close()
      clearTimeout(expiry)
      signal?.removeEventListener('abort', abort)
      if (!taken) return resolve(undefined)
      if (session.exits() !== exits) return reject(new AuthError('signed_out', 'callback'))
      try {
        const outcome = await finishJourney(client, journey, data, exits)
        session.publish(outcome)
        resolve(outcome)
      } catch (cause) {
        const error = toAuthError(cause)
        session.publish({ error })
        reject(error)
      }
    }
  })
}
