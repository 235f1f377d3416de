import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  clockSkew,
  customFetch,
  nopkce,
} from 'oauth4webapi'
import { type Clock, seconds, systemClock } from '../clock.ts'
import type { ProviderConfig } from '../config/types.ts'
import type { JourneyProof, ValidatedCallback } from './contract.ts'
import type { GuardedFetch, GuardedResponse } from './net/guarded-fetch.ts'
import type { WireRules } from './quirks/index.ts'
import { mediaType } from './response.ts'
import { readTokenResponse, type Tokens } from './token-response.ts'

export interface TokenEndpoint {
  provider: ProviderConfig
  as: AuthorizationServer
  authenticate: ClientAuth
  rules: WireRules
  fetch: GuardedFetch
  clock: Clock
  allowPrivate: boolean
}

/**
 * Redeems a code (RFC 6749 section 4.1.3). oauth4webapi builds and authenticates the request; the answer is
 * read by `readTokenResponse`, whose refusals have stable names and know the provider's quirks.
 *
 * @throws UpstreamError
 */
export async function redeemCode(
  endpoint: TokenEndpoint,
  callback: ValidatedCallback,
  proof: JourneyProof,
): Promise<Tokens> {
  const { provider, as, authenticate, rules, fetch, clock, allowPrivate } = endpoint
  const client: Client = {
    client_id: provider.clientId,
    // Assertions are dated by it; oauth4webapi itself knows the system's clock only.
    [clockSkew]: seconds(clock) - seconds(systemClock),
  }
  const response: GuardedResponse = await authorizationCodeGrantRequest(
    as,
    client,
    authenticate,
    callback,
    proof.redirectUri,
    provider.pkce === 'S256' ? proof.codeVerifier : nopkce,
    {
      // What came is handed on unread: it need be no more of a Response than is read below.
      [customFetch]: (url, init) => fetch(url, init) as Promise<Response>,
      [allowInsecureRequests]: allowPrivate,
    },
  )
  const answer = { status: response.status, type: mediaType(response), text: await response.text() }
  return readTokenResponse(answer, rules, [
    callback.get('code') ?? undefined,
    proof.codeVerifier,
    provider.clientSecret,
  ])
}
