import type { Clock } from '../clock.ts'
import { RedirectError } from '../errors.ts'
import { newJourneyId } from '../ids.ts'
import { type Upstream, UpstreamError, type UpstreamRequest } from '../upstream/index.ts'
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
 * Sends a journey on to its provider. Nothing is stored: all of it travels in the cookie, what the provider gave for it
 * (RFC 5849 section 2.1) too.
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
  const sealed = sealedToFit(journey, id, deps.codec)
  const asked: UpstreamRequest = {
    ...upstreamSecrets(journey),
    ...request.hints,
    ...(request.intent.kind === 'connect' ? { scopes: request.intent.scopes, connecting: true } : {}),
    state: id,
    redirectUri: deps.callbackUri,
    ...(journey.maxAge === undefined ? {} : { maxAge: journey.maxAge }),
  }
  try {
    const temporary = await upstream.requestCredentials?.(asked)
    if (temporary === undefined) return { id, sealed, location: await upstream.authorizationUrl(asked) }
    const carrying = sealedToFit({ ...journey, temporary }, id, deps.codec)
    return { id, sealed: carrying, location: await upstream.authorizationUrl({ ...asked, temporary }) }
  } catch (error) {
    if (error instanceof UpstreamError) throw redirectErrorOf(error, request.intent)
    throw error
  }
}

/** @throws RedirectError `invalid_request` */
function sealedToFit(journey: Journey, id: string, codec: JourneyCodec): string {
  const sealed = codec.seal(journey, id)
  if (sealed.length <= mostCookieBytes) return sealed
  throw new RedirectError(
    'invalid_request',
    'state, nonce, scope, provider_scope and resource are too long together',
  )
}
