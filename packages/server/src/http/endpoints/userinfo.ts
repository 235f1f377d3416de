import { ApiError } from '../../errors.ts'
import { profileClaims } from '../../session/index.ts'
import { createAccessTokenReader } from '../access-token.ts'
import { corsFor } from '../cors.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { answerError } from '../errors.ts'
import { json, withHeaders } from '../respond.ts'

/** OIDC Core section 5.3. Asks the database, so that it ends with the session. */
export function userinfo(deps: Deps): Endpoint {
  const read = createAccessTokenReader(deps)
  return async (c) => {
    const origins = deps.config.clients.flatMap((client) => client.origins)
    const headers = corsFor(c.req.header('origin'), origins)
    try {
      const { user, scopes } = await read(c)
      if (!scopes.includes('openid')) {
        throw new ApiError('insufficient_scope', {
          status: 403,
          description: 'The access token lacks the scope openid.',
          headers: { 'WWW-Authenticate': 'DPoP error="insufficient_scope", scope="openid"' },
        })
      }
      return json(200, { sub: user.id, ...profileClaims(user, scopes) }, headers)
    } catch (error) {
      return withHeaders(answerError(error, 'api', c), headers)
    }
  }
}
