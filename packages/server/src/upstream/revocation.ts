import { revocationRequest } from 'oauth4webapi'
import { answerOf, type EndpointAnswer, errorOf, refuseUnavailable } from './endpoint-answer.ts'
import { fault } from './failures.ts'
import { type JsonObject, parseObject } from './json.ts'
import { clientOf, requestOptions, type TokenEndpoint } from './token-endpoint.ts'

type Outcome = 'revoked' | 'unsupported'
type Kind = 'refresh_token' | 'access_token'

/**
 * RFC 7009 section 2: the refresh token where there is one; where that kind cannot be revoked, the access token, once.
 *
 * @param endpoint its `as` names a revocation endpoint
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`, `revocation_error`; `provider_error`:
 *   `invalid_client` and others of RFC 6749 section 5.2, `revocation_error`, `revocation_status`
 */
export async function revokeTokens(
  endpoint: TokenEndpoint,
  { accessToken, refreshToken }: { accessToken: string; refreshToken?: string },
): Promise<Outcome> {
  if (refreshToken === undefined) return revoke(endpoint, accessToken, 'access_token')
  const outcome = await revoke(endpoint, refreshToken, 'refresh_token')
  return outcome === 'unsupported' ? revoke(endpoint, accessToken, 'access_token') : outcome
}

async function revoke(endpoint: TokenEndpoint, token: string, kind: Kind): Promise<Outcome> {
  const { as, authenticate, clock, provider } = endpoint
  const response = await revocationRequest(as, clientOf(endpoint), authenticate, token, {
    ...requestOptions(endpoint),
    additionalParameters: { token_type_hint: kind },
  })
  return outcomeOf(await answerOf(response, clock), [token, provider.clientSecret])
}

function outcomeOf(answer: EndpointAnswer, secrets: (string | undefined)[]): Outcome {
  refuseUnavailable(answer, 'revocation endpoint')
  const body = parseObject(answer.text)
  const error = errorIn(body)
  // Section 2.2.1.
  if (error === 'unsupported_token_type') return 'unsupported'
  // Section 2.2 wants 200 for a token that is over already; Google answers 400 with this.
  if (error === 'invalid_token') return 'revoked'
  if (body !== undefined && error !== undefined) {
    throw errorOf(body, answer, { otherwise: 'revocation_error', secrets })
  }
  // Some answer 204.
  if (answer.status >= 200 && answer.status < 300) return 'revoked'
  throw fault('revocation_status', { detail: `status ${answer.status}` })
}

/** Some say errors with status 200. */
const errorIn = (body: JsonObject | undefined): unknown =>
  body?.error === null || body?.error === '' ? undefined : body?.error
