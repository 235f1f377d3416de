import { ApiError } from '../../../errors.ts'
import { hashOf } from '../../../ids.ts'
import { type LogoutToken, type Upstream, UpstreamError } from '../../../upstream/index.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { retrySoon } from '../../errors.ts'
import { hasRepeated, queryOf, readForm } from '../../form.ts'
import { json } from '../../respond.ts'

const reason = 'signed_out_at_provider'

const invalid = (description: string, because?: { detail?: string; cause?: unknown }) =>
  new ApiError('invalid_request', { status: 400, description, ...because })

/**
 * OpenID Connect Back-Channel Logout 1.0 sections 2.5 to 2.8: a provider ends the sessions that it once vouched for. Anybody
 * may post here, so the token has to prove everything.
 */
export function backchannelLogout(deps: Deps): Endpoint {
  const { upstreams, storage, clock, events } = deps
  return async (c) => {
    const upstream = upstreams.get(c.req.param('provider') ?? '')
    if (upstream?.readLogoutToken === undefined) {
      throw new ApiError('not_found', { status: 404, description: 'No provider sends logout tokens here.' })
    }
    const token = await judged(upstream.readLogoutToken, await readLogoutToken(c))
    await endOnce(upstream, token, c.var.requestId)
    return json(200, {})
  }

  /**
   * The order matters. What was used is refused before it can end what began since. Then the sessions end, and only then is
   * the token used up: should the database fail in between, the provider's next try still finds it good. Two uses at once
   * both end the same sessions, and one of them is told so.
   */
  async function endOnce(upstream: Upstream, token: LogoutToken, requestId: string): Promise<void> {
    const { jti, expiresAt, ...named } = token
    const thing = { kind: 'logout_token', key: hashOf(JSON.stringify([upstream.id, jti])) } as const
    const now = clock.now()
    const used = invalid('The logout token was used before.')
    if ((await storage.oneTime.consumeOnce(thing, now)).outcome !== 'absent') throw used
    const ended = await storage.sessions.revokeByUpstream(named, now, reason)
    for (const id of ended) await tell(id, upstream.id, requestId)
    if ((await storage.oneTime.consumeOnce(thing, now, { expiresAt })).outcome !== 'consumed') throw used
  }

  async function tell(id: string, provider: string, requestId: string): Promise<void> {
    // It has ended, whether or not the database can still say whose it was.
    const session = await storage.sessions.find(id).catch(() => undefined)
    events.emit('session.revoked', {
      requestId,
      data: { session_id: id, ...(session && { client_id: session.clientId }), provider, reason },
      ...(session && { subject: session.userId }),
    })
  }
}

/** Section 2.5: one form parameter; others may come along, none twice. */
async function readLogoutToken(c: Ctx): Promise<string> {
  if (queryOf(c.req.raw).size > 0) throw invalid('Parameters belong into the body.')
  const params = await readForm(c.req.raw)
  if (hasRepeated(params)) throw invalid('A parameter is repeated.')
  const token = params.get('logout_token')
  if (token === null || token === '') throw invalid('logout_token is missing.')
  return token
}

async function judged(read: NonNullable<Upstream['readLogoutToken']>, jwt: string): Promise<LogoutToken> {
  try {
    return await read(jwt)
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    const because = { detail: error.summary, cause: error }
    if (error.reason.startsWith('logout_token_'))
      throw invalid('The logout token is not valid here.', because)
    // Its keys could not be had: the token may well be good.
    throw new ApiError('temporarily_unavailable', {
      status: 503,
      description: 'The keys of the provider cannot be read right now. Try again in a moment.',
      headers: retrySoon(),
      ...because,
    })
  }
}
