import type { RevocationRequest, WireRules } from '@latchkey/providers'
import { revocationRequest } from 'oauth4webapi'
import { basicCredentials } from './client-auth.ts'
import type { HeldForRevocation } from './contract.ts'
import { answerOf, type EndpointAnswer, errorOf, refuseUnavailable } from './endpoint-answer.ts'
import { extraHeaders, fillValues, type Placeholders } from './extra-headers.ts'
import { fault } from './failures.ts'
import { type JsonObject, parseObject } from './json.ts'
import { ownRevocation } from './revocation-rule.ts'
import { clientOf, requestOptions, type Secrets, type TokenEndpoint } from './token-endpoint.ts'
import { withQuery } from './token-request.ts'

type Outcome = 'revoked' | 'unsupported'
type Kind = 'refresh_token' | 'access_token'

/**
 * RFC 7009 section 2: the refresh token where there is one; where that kind cannot be revoked, the access token, once. Where the
 * provider has a way of its own (`revocation`, `revocationRequest`), what that sends.
 *
 * @param endpoint its `as` names a revocation endpoint
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`, `rate_limited`, `revocation_error`; `provider_error`:
 *   `invalid_client` and others of RFC 6749 section 5.2, `revocation_error`, `revocation_status`
 */
export async function revokeTokens(endpoint: TokenEndpoint, held: HeldForRevocation): Promise<Outcome> {
  const { accessToken, refreshToken } = held
  const own = ownRevocation(endpoint.rules)
  if (own !== undefined) return revokeByItself(endpoint, own, held)
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

/** In the way of a provider that does not know RFC 7009, once. What it wants and this account lacks, nobody can send. */
async function revokeByItself(
  endpoint: TokenEndpoint,
  request: RevocationRequest,
  held: HeldForRevocation,
): Promise<Outcome> {
  const { as, provider, rules, fetch, clock } = endpoint
  const { accessToken, refreshToken } = held
  const placeholders = placeholdersOf(provider, held)
  const sent = fillValues(request.sends, placeholders)
  const authorization = authorizationOf(request, rules, placeholders)
  const complete = sent.length === Object.keys(request.sends).length
  if (!complete || (request.authorization !== undefined && authorization === undefined)) return 'unsupported'
  const extra = extraHeaders(rules, { ...provider, accessToken })
  const { url, headers, body } = carried(as.revocation_endpoint ?? '', request, new URLSearchParams(sent))
  const response = await fetch(url, {
    method: request.method,
    headers: {
      ...{ accept: 'application/json', ...extra, ...headers },
      ...(authorization !== undefined && { authorization }),
    },
    ...(body !== undefined && { body }),
  })
  const answer = await answerOf(response, clock)
  // The token is what is refused: it is over already (RFC 6750 section 3.1).
  if (request.authorization?.includes('{access_token}') && answer.status === 401) return 'revoked'
  const secrets = [accessToken, refreshToken, provider.clientSecret, authorization?.split(' ')[1]]
  return outcomeOf(answer, secrets)
}

const placeholdersOf = (
  { clientId, clientSecret }: TokenEndpoint['provider'],
  { accessToken, refreshToken, providerData = {} }: HeldForRevocation,
): Placeholders => ({
  client_id: clientId,
  ...(clientSecret !== undefined && { client_secret: clientSecret }),
  access_token: accessToken,
  ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  ...Object.fromEntries(Object.entries(providerData).map(([name, value]) => [`data.${name}`, value])),
})

function authorizationOf(
  { authorization }: RevocationRequest,
  rules: WireRules,
  placeholders: Placeholders,
): string | undefined {
  if (authorization === undefined) return undefined
  if (authorization === 'basic') {
    const { client_id = '', client_secret = '' } = placeholders
    return basicCredentials(rules, client_id, client_secret)
  }
  return fillValues({ authorization }, placeholders)[0]?.[1]
}

/** The parameters in their place: nothing but a rule puts them into the URL. */
function carried(url: string, { method, as }: RevocationRequest, sent: URLSearchParams) {
  if (sent.size === 0) return { url }
  if (method === 'GET' || as === 'query') return { url: withQuery(url, sent) }
  if (as === 'form') return { url, body: sent }
  const headers = { 'content-type': 'application/json' }
  return { url, headers, body: JSON.stringify(Object.fromEntries(sent)) }
}

/** Section 2.2 wants 200 for a token that is over already; Google answers 400, Slack 200, Weibo 403 with these. */
const overAlready = new Set(['invalid_token', 'token_revoked', 'token_expired', 'expired_token'])

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
