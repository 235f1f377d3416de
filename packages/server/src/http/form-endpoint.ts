import { ApiError } from '../errors.ts'
import { corsFor } from './cors.ts'
import type { Ctx, Deps, Endpoint } from './deps.ts'
import { answerError } from './errors.ts'
import { hasRepeated, queryOf, readForm } from './form.ts'
import { type Answer, withHeaders } from './respond.ts'

/**
 * An endpoint that a client of ours calls with a form (RFC 6749 section 3.2): parameters in the body alone and none
 * twice but `resource`. Every answer, errors included, carries `headers` and the CORS headers of that client.
 */
export function formEndpoint(
  deps: Pick<Deps, 'clients'>,
  work: (params: URLSearchParams, c: Ctx, headers: Record<string, string>) => Promise<Answer>,
  ownHeaders: () => Record<string, string> = () => ({}),
  /** Whether a journey's cookie is looked at, so that clients in same-site mode call it with credentials. */
  withCookie = false,
): Endpoint {
  return async (c) => {
    const headers = ownHeaders()
    try {
      if (c.req.raw.url.includes('?') && queryOf(c.req.raw).size > 0) {
        throw new ApiError('invalid_request', {
          status: 400,
          description: 'Parameters belong into the body.',
        })
      }
      const params = await readForm(c.req.raw)
      const client = deps.clients.get(params.get('client_id') ?? '')
      const credentials = withCookie && client?.sameSite === true
      Object.assign(headers, corsFor(c.req.header('origin'), client?.origins ?? [], credentials))
      if (hasRepeated(params, 'resource')) {
        throw new ApiError('invalid_request', { status: 400, description: 'A parameter is repeated.' })
      }
      return await work(params, c, headers)
    } catch (error) {
      return withHeaders(answerError(error, 'api', c), headers)
    }
  }
}
