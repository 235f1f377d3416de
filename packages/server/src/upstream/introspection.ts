import { introspectionRequest } from 'oauth4webapi'
import type { Introspected } from './contract.ts'
import { answerOf, errorOf, refuseUnavailable } from './endpoint-answer.ts'
import { fault } from './failures.ts'
import { parseObject } from './json.ts'
import { isJsonType } from './response.ts'
import { isTime } from './signed-token.ts'
import { clientOf, requestOptions, type Secrets, type TokenEndpoint } from './token-endpoint.ts'

/**
 * Asks what has become of an access token (RFC 7662 section 2).
 *
 * @param endpoint its `as` names an introspection endpoint
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`, `introspection_error`; `provider_error`:
 *   `invalid_client` and others of RFC 6749 section 5.2, `introspection_error`, `introspection_status`,
 *   `introspection_malformed`
 */
export async function introspectToken(endpoint: TokenEndpoint, accessToken: string): Promise<Introspected> {
  const { as, authenticate, clock, provider } = endpoint
  const secrets: Secrets = [accessToken, provider.clientSecret]
  const response = await introspectionRequest(as, clientOf(endpoint), authenticate, accessToken, {
    ...requestOptions(endpoint, secrets),
    additionalParameters: { token_type_hint: 'access_token' },
  })
  const answer = await answerOf(response, clock)
  refuseUnavailable(answer, 'introspection endpoint')
  const body = isJsonType(answer.type) ? parseObject(answer.text) : undefined
  if (body?.error !== undefined && body.active === undefined) {
    throw errorOf(body, answer, { otherwise: 'introspection_error', secrets })
  }
  if (answer.status !== 200) throw fault('introspection_status', { detail: `status ${answer.status}` })
  const { active, exp } = body ?? {}
  if (typeof active !== 'boolean') throw fault('introspection_malformed')
  return { active, ...(active && isTime(exp) && exp > 0 && { expiresAt: Math.floor(exp * 1_000) }) }
}
