import type { CapturedCallback } from './capture.ts'
import type { Client } from './client.ts'
import { AuthError, isCode } from './errors.ts'
import { type Journey, journeyKey, popupPrefix } from './journey.ts'
import { load } from './load.ts'
import { handOver } from './popup-return.ts'
import { revoke } from './request.ts'
import { safeReturnTo } from './return-to.ts'
import { requestToken } from './token-endpoint.ts'
import type { Outcome } from './types.ts'

/**
 * Finishes the journey that the page came back from, and goes where its start wanted to.
 * @returns what it came to; `undefined` if it was none of this page's, and nothing is amiss
 * @throws AuthError `state_missing`, `finished_elsewhere`, those of `finishJourney`
 */
export async function finishCallback(
  client: Client,
  captured: CapturedCallback,
): Promise<Outcome | undefined> {
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
    return await finishJourney(client, journey, captured)
  } finally {
    context.navigate(journey.returnTo)
  }
}

/**
 * What the end of a known journey yields: a session, or one more identity or connection for the user of this one.
 * @param exits as they were when it began here, if it did
 */
export async function finishJourney(
  client: Client,
  journey: Journey,
  captured: CapturedCallback,
  exits = client.session.exits(),
): Promise<Outcome> {
  const { context, session } = client
  const { parameters } = journey
  // A redirect on the callback's route can carry the code elsewhere.
  if (captured.url.split('#')[0] !== parameters.redirect_uri)
    context.onEvent({
      type: 'warning',
      error: new AuthError('callback_moved', 'callback', parameters.redirect_uri),
    })
  const code = readCallback(new URLSearchParams(captured.parameters), context.issuer)
  if (journey.intent !== 'sign_in') {
    const { finishAdding } = await load(import('./account.ts'), 'redeem')
    return finishAdding(client, journey, code)
  }
  const grant = await requestToken(
    context,
    journey.key,
    { grant_type: 'authorization_code', code, ...parameters },
    'redeem',
    journey.credentials,
  )
  // Who signed out meanwhile did not want this one either.
  if (session.exits() !== exits) {
    revoke(context, grant)
    throw new AuthError('signed_out', 'redeem')
  }
  revoke(context, await session.begin(journey.key, grant))
  return {}
}

/**
 * The code of a known journey's authorization response (RFC 6749 section 4.1.2). `iss` comes first (RFC 9207), so
 * nothing of a response from elsewhere is used.
 * @throws AuthError `issuer_mismatch`, or the `error` that came
 */
export function readCallback(response: URLSearchParams, issuer: string): string {
  if (response.get('iss') !== issuer) throw new AuthError('issuer_mismatch', 'callback')
  const code = response.get('code')
  const error = response.get('error')
  if (code && !error) return code
  throw new AuthError(isCode(error) ? error : 'provider_error', 'callback', undefined, {
    requestId: response.get('request_id') ?? undefined,
  })
}
