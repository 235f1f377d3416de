import type { Clock } from '../clock.ts'
import { RedirectError } from '../errors.ts'
import { newJourneyId } from '../ids.ts'
import { type Upstream, UpstreamError } from '../upstream/index.ts'
import { mostCookieBytes } from './cookies.ts'
import { type Journey, type JourneyCodec, newSeed, upstreamSecrets } from './journey.ts'
import type { JourneyRequest } from './request.ts'
import { redirectErrorOf } from './upstream-error.ts'

export interface Begun {
  /** The provider's `state` and the name of the cookie. */
  id: string
  sealed: string
  location: URL
}

/**
 * Sends a journey on to its provider. Nothing is stored: all of it travels in the cookie.
 * @throws RedirectError
 */
export async function begin(
  request: JourneyRequest,
  upstream: Upstream,
  deps: { clock: Clock; codec: JourneyCodec; callbackUri: string },
): Promise<Begun> {
  const journey: Journey = {
    ...request,
    provider: upstream.id,
    hints: {},
    seed: newSeed(),
    startedAt: deps.clock.now(),
  }
  const id = request.cookieId ?? newJourneyId()
  const sealed = deps.codec.seal(journey, id)
  if (sealed.length > mostCookieBytes) {
    throw new RedirectError(
      'invalid_request',
      'state, nonce, scope, provider_scope and resource are too long together',
    )
  }
  try {
    const location = await upstream.authorizationUrl({
      ...upstreamSecrets(journey),
      ...request.hints,
      ...(request.intent.kind === 'connect' ? { scopes: request.intent.scopes, connecting: true } : {}),
      state: id,
      redirectUri: deps.callbackUri,
      ...(journey.maxAge === undefined ? {} : { maxAge: journey.maxAge }),
    })
    return { id, sealed, location }
  } catch (error) {
    if (error instanceof UpstreamError) throw redirectErrorOf(error, request.intent)
    throw error
  }
}
