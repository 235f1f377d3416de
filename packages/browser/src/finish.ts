import type { CapturedCallback } from './capture.ts'
import type { Client } from './client.ts'
import { AuthError, isCode } from './errors.ts'
import type { Journey } from './journey.ts'
import { load } from './load.ts'
import { revoke } from './request.ts'
import { requestToken } from './token-endpoint.ts'

/**
 * What the end of a known journey yields: a session, or one more identity for the user of this one.
 * @param exits as they were when it began here, if it did
 */
export async function finishJourney(
  client: Client,
  journey: Journey,
  captured: CapturedCallback,
  exits = client.session.exits(),
): Promise<void> {
  const { context, session } = client
  const { parameters } = journey
  // A redirect on the callback's route can carry the code elsewhere.
  if (captured.url.split('#')[0] !== parameters.redirect_uri)
    context.onEvent({
      type: 'warning',
      error: new AuthError('callback_moved', 'callback', parameters.redirect_uri),
    })
  const code = readCallback(new URLSearchParams(captured.parameters), context.issuer)
  if (journey.intent === 'link') {
    const { finishLink } = await load(import('./link.ts'), 'redeem')
    return finishLink(client, journey, code)
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
