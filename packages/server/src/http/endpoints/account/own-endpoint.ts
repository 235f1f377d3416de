import { ApiError } from '../../../errors.ts'
import { type Caller, createAccessTokenReader } from '../../access-token.ts'
import { corsFor } from '../../cors.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { answerError } from '../../errors.ts'
import { type Answer, withHeaders } from '../../respond.ts'

export const noContent: Answer = { status: 204, headers: { 'Cache-Control': 'no-store' }, body: null }

/** For the signed-in user alone: with their access token, while its session lives. Called by the clients' SPAs. */
export function ownEndpoint(
  deps: Deps,
  work: (caller: Caller, c: Ctx) => Promise<Answer> | Answer,
): Endpoint {
  const read = createAccessTokenReader(deps)
  const origins = deps.config.clients.flatMap((client) => client.origins)
  return async (c) => {
    const cors = corsFor(c.req.header('origin'), origins)
    try {
      return withHeaders(await work(await read(c), c), cors)
    } catch (error) {
      return withHeaders(answerError(error, 'api', c), cors)
    }
  }
}

/** What is somebody else's does not exist. */
export const notFound = (): ApiError =>
  new ApiError('not_found', { status: 404, description: 'There is nothing of yours at this address.' })
