import { revocationRequest } from 'oauth4webapi'
import { basicCredentials } from './client-auth.ts'
import type { HeldForRevocation } from './contract.ts'
import { answerOf, type EndpointAnswer, errorOf, refuseUnavailable } from './endpoint-answer.ts'
import { extraHeaders } from './extra-headers.ts'
import { fault } from './failures.ts'
import { type JsonObject, parseObject } from './json.ts'
import { clientOf, requestOptions, type Secrets, type TokenEndpoint } from './token-endpoint.ts'

type Outcome = 'revoked' | 'unsupported'
type Kind = 'refresh_token' | 'access_token'

/**
 * RFC 7009 section 2: the refresh token where there is one; where that kind cannot be revoked, the access token, once. Where the
 * provider has a way of its own (`revocation`), the access token.
 *
 * @param endpoint its `as` names a revocation endpoint
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`, `revocation_error`; `provider_error`:
 *   `invalid_client` and others of RFC 6749 section 5.2, `revocation_error`, `revocation_status`
 */
export async function revokeTokens(
  endpoint: TokenEndpoint,
  { accessToken, refreshToken }: HeldForRevocation,
): Promise<Outcome> {
  if (endpoint.rules.revocation !== 'standard') return revokeByItself(endpoint, accessToken)
  // Where an access token renews itself it is kept as both.
  if (refreshToken === undefined || refreshToken === accessToken)
    return revoke(endpoint, accessToken, 'access_token')
  const outcome = await revoke(endpoint, refreshToken, 'refresh_token')
  return outcome === 'unsupported' ? revoke(endpoint, accessToken, 'access_token') : outcome
}

async function revoke(endpoint: TokenEndpoint, token: string, kind: Kind): Promise<Outcome> {
  const { as, authenticate, clock, provider } = endpoint
  const secrets: Secrets = [token, provider.clientSecret]
  const response = await revocationRequest(as, clientOf(endpoint), authenticate, token, {
    ...requestOptions(endpoint, secrets),
    additionalParameters: { token_type_hint: kind },
  })
  return outcomeOf(await answerOf(response, clock), secrets)
}

/** The ways of providers that do not know RFC 7009. */
async function revokeByItself(endpoint: TokenEndpoint, accessToken: string): Promise<Outcome> {
  const { as, provider, rules, fetch, clock } = endpoint
  const { clientId, clientSecret = '' } = provider
  const extra = extraHeaders(rules, { ...provider, accessToken })
  const headers = { accept: 'application/json', ...extra, authorization: `Bearer ${accessToken}` }
  const response = await fetch(
    as.revocation_endpoint ?? '',
    rules.revocation === 'basic-json-delete'
      ? {
          method: 'DELETE',
          headers: {
            ...headers,
            authorization: basicCredentials(rules, clientId, clientSecret),
            'content-type': 'application/json',
          },
          body: JSON.stringify({ access_token: accessToken }),
        }
      : { method: rules.revocation === 'bearer-post' ? 'POST' : 'DELETE', headers },
  )
  const answer = await answerOf(response, clock)
  // The token is what is refused: it is over already (RFC 6750 section 3.1).
  if (rules.revocation !== 'basic-json-delete' && answer.status === 401) return 'revoked'
  return outcomeOf(answer, [accessToken, clientSecret])
}

/** Section 2.2 wants 200 for a token that is over already; Google answers 400, Slack 200 with these. */
const overAlready = new Set(['invalid_token', 'token_revoked', 'token_expired'])

function outcomeOf(answer: EndpointAnswer, secrets: (string | undefined)[]): Outcome {
  refuseUnavailable(answer, 'revocation endpoint')
  const body = parseObject(answer.text)
  const error = errorIn(body)
  // Section 2.2.1.
  if (error === 'unsupported_token_type') return 'unsupported'
  if (typeof error === 'string' && overAlready.has(error)) return 'revoked'
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
