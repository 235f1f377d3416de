import type { WireRules } from '@latchkey/providers'
import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  clockSkew,
  customFetch,
  nopkce,
  refreshTokenGrantRequest,
} from 'oauth4webapi'
import { type Clock, seconds, systemClock } from '../clock.ts'
import type { ProviderConfig } from '../config/types.ts'
import { scopeText } from './authorization-url.ts'
import type { HeldForRefresh, JourneyProof, Tokens, ValidatedCallback } from './contract.ts'
import { answerOf } from './endpoint-answer.ts'
import type { JsonObject } from './json.ts'
import type { GuardedFetch } from './net/guarded-fetch.ts'
import { readTokenBody, readTokenResponse, readTokens } from './token-response.ts'

/** A provider's server and how we speak to it where we authenticate ourselves. */
export interface TokenEndpoint {
  provider: ProviderConfig
  as: AuthorizationServer
  authenticate: ClientAuth
  rules: WireRules
  fetch: GuardedFetch
  clock: Clock
  allowPrivate: boolean
}

export const clientOf = ({ provider, clock }: TokenEndpoint): Client => ({
  client_id: provider.clientId,
  // Assertions are dated by it; oauth4webapi itself knows the system's clock only.
  [clockSkew]: seconds(clock) - seconds(systemClock),
})

/** For a request that oauth4webapi builds and authenticates. */
export const requestOptions = ({ fetch, allowPrivate }: TokenEndpoint) => ({
  // What came is handed on unread: it need be no more of a Response than is read of it here.
  [customFetch]: (url: string, init: Parameters<GuardedFetch>[1]) => fetch(url, init) as Promise<Response>,
  [allowInsecureRequests]: allowPrivate,
})

/** What a code was worth. */
export interface Redeemed {
  tokens: Tokens
  /** The whole answer, the tokens in it too: for reading who somebody is, never kept. */
  answer: JsonObject
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
): Promise<Redeemed> {
  const { provider, as, authenticate } = endpoint
  const response = await authorizationCodeGrantRequest(
    as,
    clientOf(endpoint),
    authenticate,
    callback,
    proof.redirectUri,
    provider.pkce === 'S256' ? proof.codeVerifier : nopkce,
    requestOptions(endpoint),
  )
  const reading = {
    ...readingOf(endpoint),
    secrets: [callback.get('code') ?? undefined, proof.codeVerifier, provider.clientSecret],
  }
  const answer = readTokenBody(await answerOf(response, endpoint.clock), reading)
  return { tokens: readTokens(answer, reading), answer }
}

/**
 * Uses a refresh token (RFC 6749 section 6), once: nothing is sent a second time, since the first may have spent it.
 * @throws UpstreamError
 */
export async function refreshTokens(endpoint: TokenEndpoint, held: HeldForRefresh): Promise<Tokens> {
  const { provider, as, authenticate, rules } = endpoint
  const scope = held.scopes === undefined ? undefined : scopeText(held.scopes, provider, rules)
  const response = await refreshTokenGrantRequest(as, clientOf(endpoint), authenticate, held.refreshToken, {
    ...requestOptions(endpoint),
    ...(scope !== undefined && { additionalParameters: { scope } }),
  })
  return readTokenResponse(await answerOf(response, endpoint.clock), {
    ...readingOf(endpoint),
    secrets: [held.refreshToken, provider.clientSecret],
    refreshed: true,
  })
}

const readingOf = ({ provider, rules }: TokenEndpoint) => ({
  rules,
  scopeSeparator: rules.scopeSeparator ?? provider.scopeSeparator,
})
