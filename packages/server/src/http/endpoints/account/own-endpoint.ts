import { ApiError } from '../../../errors.ts'
import { type Caller, createAccessTokenReader } from '../../access-token.ts'
import { corsFor, isSameSiteOrigin } from '../../cors.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { answerError } from '../../errors.ts'
import { type Answer, withHeaders } from '../../respond.ts'

export const noContent: Answer = { status: 204, headers: { 'Cache-Control': 'no-store' }, body: null }

/**
 * For the signed-in user alone: with their access token, while its session lives. Called by the clients' SPAs. Every
 * answer, errors included, carries `headers`.
 */
export function ownEndpoint(
  deps: Deps,
  work: (caller: Caller, c: Ctx, headers: Record<string, string>) => Promise<Answer> | Answer,
  /** Whether a journey's cookie is looked at, so that clients in same-site mode call it with credentials. */
  withCookie = false,
): Endpoint {
  const read = createAccessTokenReader(deps)
  const origins = deps.config.clients.flatMap((client) => client.origins)
  return async (c) => {
    const origin = c.req.header('origin')
    let headers = corsFor(origin, origins, withCookie && isSameSiteOrigin(origin, deps.clients.values()))
    try {
      const caller = await read(c)
      const client = deps.clients.get(caller.session.clientId)
      headers = corsFor(origin, origins, withCookie && isSameSiteOrigin(origin, client ? [client] : []))
      return withHeaders(await work(caller, c, headers), headers)
    } catch (error) {
      return withHeaders(answerError(error, 'api', c), headers)
    }
  }
}

/** What is somebody else's does not exist. */
export const notFound = (): ApiError =>
  new ApiError('not_found', { status: 404, description: 'There is nothing of yours at this address.' })
