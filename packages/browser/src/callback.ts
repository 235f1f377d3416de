import type { CapturedCallback } from './capture.ts'
import { AuthError, isCode } from './errors.ts'
import type { Kv } from './kv.ts'
import { type Context, revoke } from './request.ts'
import type { Session } from './session.ts'
import { type Journey, journeyKey } from './start.ts'
import { requestToken } from './token-endpoint.ts'

/**
 * Finishes the journey that the page came back from, and goes where its start wanted to.
 * @throws AuthError `state_missing`, those of `readCallback` and of redeeming
 */
export async function finishCallback(
  context: Context,
  kv: Kv,
  session: Session,
  captured: CapturedCallback,
): Promise<void> {
  const live = await session.sync()
  const response = new URLSearchParams(captured.parameters)
  // Taken, not read: of all tabs and reloads, one gets it.
  const journey = await kv.update<Journey>(journeyKey(response.get('state')), () => undefined)
  if (!journey) {
    context.navigate('/')
    if (live) return
    throw new AuthError('state_missing', 'callback')
  }
  const { key, parameters, returnTo } = journey
  // A redirect on the callback's route can carry the code elsewhere.
  if (captured.url.split('#')[0] !== parameters.redirect_uri)
    context.onEvent({
      type: 'warning',
      error: new AuthError('callback_moved', 'callback', parameters.redirect_uri),
    })
  try {
    const code = readCallback(response, context.issuer)
    const grant = await requestToken(
      context,
      key,
      { grant_type: 'authorization_code', code, ...parameters },
      'redeem',
    )
    revoke(context, await session.begin(key, grant))
  } finally {
    context.navigate(returnTo)
  }
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
