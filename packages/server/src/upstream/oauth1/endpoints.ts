import type { OAuth1ProviderConfig } from '../../config/types.ts'
import type { Credentials, Tokens, UpstreamRequest, ValidatedCallback } from '../contract.ts'
import { answerOf } from '../endpoint-answer.ts'
import { fault } from '../failures.ts'
import type { JsonObject } from '../json.ts'
import type { GuardedResponse } from '../net/guarded-fetch.ts'
import { checkedUrl } from '../net/url.ts'
import type { ProviderContext } from '../provider-context.ts'
import { jsonBody } from '../response.ts'
import { readCredentials } from './answer.ts'
import type { Further, Signer } from './signer.ts'

/** A provider and how we speak to it. */
export interface Place extends ProviderContext {
  provider: OAuth1ProviderConfig
  sign: Signer
}

/** What a request asks for in the provider's parameter for scopes, if it goes to this endpoint. */
export function scopeAt(
  at: 'request-token' | 'authorization',
  { scopeParameter, scopes, scopeSeparator }: OAuth1ProviderConfig,
  request: Pick<UpstreamRequest, 'scopes'>,
): Record<string, string> {
  const asked = request.scopes ?? scopes
  if (scopeParameter?.at !== at || asked.length === 0) return {}
  return { [scopeParameter.parameter]: asked.join(scopeSeparator) }
}

/** The journey's id travels in the callback's query: there is no `state` in this protocol. */
export const callbackOf = ({ redirectUri, state }: UpstreamRequest): string =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`

/**
 * Temporary credentials (RFC 5849 section 2.1).
 * @throws UpstreamError what `readCredentials` does, and `provider_error`: `callback_not_confirmed`
 */
export async function fetchTemporary(place: Place, request: UpstreamRequest): Promise<Credentials> {
  const { provider } = place
  const response = await post(place, provider.requestTokenEndpoint, undefined, {
    form: { ...provider.requestTokenParams, ...scopeAt('request-token', provider, request) },
    further: provider.unsafeVersion10 ? {} : { oauth_callback: callbackOf(request) },
  })
  const secrets = [provider.clientSecret, request.state]
  const { credentials, fields } = readCredentials(
    await answerOf(response, place.clock),
    'request_token',
    secrets,
  )
  // Without this word a server of the older version may send anybody's browser anywhere.
  if (!provider.unsafeVersion10 && fields.get('oauth_callback_confirmed') !== 'true') {
    throw fault('callback_not_confirmed')
  }
  return credentials
}

/**
 * Token credentials for temporary ones (section 2.3), and what else the answer says.
 * @throws UpstreamError what `readCredentials` does
 */
export async function fetchTokens(
  place: Place,
  temporary: Credentials,
  callback: ValidatedCallback,
): Promise<{ tokens: Tokens; fields: JsonObject }> {
  const { provider } = place
  const verifier = callback.get('oauth_verifier')
  const response = await post(place, provider.accessTokenEndpoint, temporary, {
    form: {},
    further: verifier === null ? {} : { oauth_verifier: verifier },
  })
  const secrets = [provider.clientSecret, temporary.token, temporary.secret, verifier ?? undefined]
  const answer = readCredentials(await answerOf(response, place.clock), 'access_token', secrets)
  const { token, secret } = answer.credentials
  const seconds = answer.fields.get('oauth_expires_in') ?? ''
  return {
    tokens: {
      ...{ accessToken: token, tokenSecret: secret, tokenType: 'OAuth1' },
      // Of the session extension; 0 is its word for a token without an end.
      ...(/^[1-9]\d{0,9}$/.test(seconds) && { expiresIn: Number(seconds) }),
    },
    fields: Object.fromEntries([...answer.fields].filter(([name]) => !name.startsWith('oauth_'))),
  }
}

/**
 * Who it is, by a signed request.
 * @throws UpstreamError `temporarily_unavailable`: `provider_5xx`; `provider_error`: `userinfo_status`, `userinfo_not_json`
 */
export const askSigned = async (place: Place, endpoint: string, held: Credentials): Promise<JsonObject> =>
  jsonBody(await get(place, endpoint, held), 'userinfo')

export function get(place: Place, endpoint: string, held: Credentials): Promise<GuardedResponse> {
  const url = checkedUrl(endpoint, place.allowPrivate)
  const authorization = place.sign({ method: 'GET', url }, held)
  return place.fetch(url, { headers: { accept: 'application/json', authorization } })
}

function post(
  { allowPrivate, fetch, sign }: Place,
  endpoint: string,
  held: Credentials | undefined,
  { form, further }: { form: Record<string, string>; further: Further },
): Promise<GuardedResponse> {
  const url = checkedUrl(endpoint, allowPrivate)
  const body = new URLSearchParams(form)
  const authorization = sign({ method: 'POST', url, form: body.toString() }, held, further)
  return fetch(url, {
    method: 'POST',
    headers: { accept: 'application/x-www-form-urlencoded', authorization },
    ...(body.size > 0 && { body }),
  })
}
