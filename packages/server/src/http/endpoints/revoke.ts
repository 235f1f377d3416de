import { ApiError } from '../../errors.ts'
import { createCallingClient } from '../calling-client.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { formEndpoint } from '../form-endpoint.ts'
import { json } from '../respond.ts'

/**
 * RFC 7009: a refresh token ends its session. Holding the token is enough, whatever its generation and without its key:
 * a token that somebody else holds is better dead. An access token cannot be taken back before it expires, and the
 * answer says so.
 */
export function revoke(deps: Deps): Endpoint {
  const { sessions } = deps
  const caller = createCallingClient(deps)
  return formEndpoint(deps, async (params, c, headers) => {
    await caller.count(c, 'revoke', params)
    const client = await caller.authenticate(c, params, c.req.header('authorization'))
    const token = params.get('token')
    if (token === null || token === '') {
      throw new ApiError('invalid_request', { status: 400, description: 'token is missing.' })
    }
    // A compact JWS: one of our access or ID tokens, or nobody's.
    if (/^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token)) {
      throw new ApiError('unsupported_token_type', {
        status: 400,
        description: 'Only a refresh token can be revoked; an access token lives until it expires.',
      })
    }
    await sessions.end(token, { client, requestId: c.var.requestId })
    return json(200, {}, headers)
  })
}
