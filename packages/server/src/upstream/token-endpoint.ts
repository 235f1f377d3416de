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
import { scopeText, sentRedirectUri } from './authorization-url.ts'
import type { HeldForRefresh, JourneyProof, ProviderData, Tokens, ValidatedCallback } from './contract.ts'
import { answerOf } from './endpoint-answer.ts'
import { exchanged, exchangeToken } from './exchange.ts'
import type { JsonObject } from './json.ts'
import type { GuardedFetch, GuardedFetchInit } from './net/guarded-fetch.ts'
import { dataFromCallback, mergedData, sentFromCallback } from './provider-data.ts'
import { atTokenHost } from './token-host.ts'
import { type BuiltRequest, requestFor, sideRequestFor, type TokenRequest } from './token-request.ts'
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

/**
 * For a request that oauth4webapi builds and authenticates, to another endpoint than the token endpoint.
 * @param secrets what is sent and must not reach a log is added to them
 */
export const requestOptions = (endpoint: TokenEndpoint, secrets: Secrets = []) =>
  optionsFor(endpoint, secrets, (built) => sideRequestFor(endpoint.rules, built, factsOf(endpoint)))

const tokenRequestOptions = (endpoint: TokenEndpoint, secrets: Secrets, said: Said) => {
  const facts = { ...factsOf(endpoint), fromCallback: sentFromCallback(endpoint.rules, said) }
  return optionsFor(endpoint, secrets, (built) => requestFor(endpoint.rules, built, facts))
}

/** What the callback said: now, or as far as it was kept. */
type Said = URLSearchParams | ProviderData | undefined

export type Secrets = (string | undefined)[]

const factsOf = ({ provider, rules }: TokenEndpoint) => ({
  clientId: provider.clientId,
  ...(provider.clientSecret !== undefined && { clientSecret: provider.clientSecret }),
  redirectUri: rules.redirectUriValue ?? provider.redirectUri,
})

const confidential = ['client_secret', 'client_assertion', 'hash', 'code', 'code_verifier', 'refresh_token']

const optionsFor = (
  { fetch, allowPrivate }: TokenEndpoint,
  secrets: Secrets,
  asSent: (built: BuiltRequest) => TokenRequest,
) => ({
  [customFetch]: (url: string, { method = 'POST', headers = {}, body, signal }: GuardedFetchInit) => {
    // It builds forms only.
    const form = new URLSearchParams(body instanceof URLSearchParams ? body : '')
    secrets.push(...confidential.map((name) => form.get(name) ?? undefined))
    // Of Basic, that is both halves in one word.
    secrets.push(headers.authorization?.split(' ')[1])
    // We are who calls.
    const { 'user-agent': _library, ...others } = headers
    const { url: to, ...init } = asSent({ url, method, headers: others, body: form })
    // What came is handed on unread: it need be no more of a Response than is read of it here.
    return fetch(to, { ...init, signal }) as Promise<Response>
  },
  [allowInsecureRequests]: allowPrivate,
})

/** What a code was worth. */
export interface Redeemed {
  tokens: Tokens
  /** The whole answer, the tokens in it too: for reading who somebody is, never kept. */
  answer: JsonObject
  /** The access token in it, before any exchange: an ID token's `at_hash` is about this one. */
  issued: string
  /** Where an endpoint of the provider is for this account. */
  placed: (url: string) => string
}

/**
 * Redeems a code (RFC 6749 section 4.1.3) and exchanges the token where that is the rule. oauth4webapi builds and authenticates
 * the request; the answer is read by `readTokenResponse`, whose refusals have stable names and know the provider's quirks.
 *
 * @throws UpstreamError
 */
export async function redeemCode(
  endpoint: TokenEndpoint,
  callback: ValidatedCallback,
  proof: JourneyProof,
): Promise<Redeemed> {
  const { provider, authenticate, rules } = endpoint
  const { received } = callback
  const secrets: Secrets = [callback.get('code') ?? undefined, proof.codeVerifier, provider.clientSecret]
  const response = await authorizationCodeGrantRequest(
    serverAt(endpoint, endpoint.as.token_endpoint, received),
    clientOf(endpoint),
    authenticate,
    callback,
    sentRedirectUri(rules, proof),
    provider.pkce === 'S256' ? proof.codeVerifier : nopkce,
    tokenRequestOptions(endpoint, secrets, received),
  )
  const reading = { ...readingOf(endpoint), secrets }
  const answer = readTokenBody(await answerOf(response, endpoint.clock), reading)
  const tokens = withData(readTokens(answer, reading), dataFromCallback(rules, received))
  const placed = (url: string): string => atTokenHost(url, endpoint, received)
  const about = { answer, issued: tokens.accessToken, placed }
  const { exchangeEndpoint } = provider
  if (rules.exchange === undefined || exchangeEndpoint === undefined) {
    return { tokens: renewedByItself(tokens, rules), ...about }
  }
  const longer = await exchangeToken(
    { ...endpoint, url: placed(exchangeEndpoint), exchange: rules.exchange },
    tokens.accessToken,
    { ...readingOf(endpoint), exchanged: true },
  )
  return { tokens: renewedByItself(exchanged(tokens, longer), rules), ...about }
}

/**
 * Uses a refresh token (RFC 6749 section 6), once: nothing is sent a second time, since the first may have spent it.
 * @throws UpstreamError
 */
export async function refreshTokens(endpoint: TokenEndpoint, held: HeldForRefresh): Promise<Tokens> {
  const { provider, as, authenticate, rules } = endpoint
  const { providerData, refreshToken } = held
  const reading = { ...readingOf(endpoint), refreshed: true }
  const url = provider.refreshEndpoint ?? as.token_endpoint
  if (rules.refreshExchange !== undefined && url !== undefined) {
    const at = { ...endpoint, url: atTokenHost(url, endpoint, providerData), exchange: rules.refreshExchange }
    return renewedByItself(await exchangeToken(at, refreshToken, reading), rules)
  }
  const scope = held.scopes === undefined ? undefined : scopeText(held.scopes, provider, rules)
  const secrets: Secrets = [refreshToken, provider.clientSecret]
  const server = serverAt(endpoint, url, providerData)
  const response = await refreshTokenGrantRequest(server, clientOf(endpoint), authenticate, refreshToken, {
    ...tokenRequestOptions(endpoint, secrets, providerData),
    ...(scope !== undefined && { additionalParameters: { scope } }),
  })
  return readTokenResponse(await answerOf(response, endpoint.clock), { ...reading, secrets })
}

/** The provider with its token endpoint where this account's tokens are. */
const serverAt = (endpoint: TokenEndpoint, url: string | undefined, said: Said): AuthorizationServer => ({
  ...endpoint.as,
  ...(url !== undefined && { token_endpoint: atTokenHost(url, endpoint, said) }),
})

function withData(tokens: Tokens, fromCallback: ProviderData): Tokens {
  const providerData = mergedData(fromCallback, tokens.providerData)
  return { ...tokens, ...(providerData !== undefined && { providerData }) }
}

/** Where an access token is what renews it, it is kept as its own refresh token. */
const renewedByItself = (tokens: Tokens, { refreshExchange }: WireRules): Tokens =>
  refreshExchange === undefined ? tokens : { ...tokens, refreshToken: tokens.accessToken }

const readingOf = ({ provider, rules, clock }: TokenEndpoint) => ({
  rules,
  scopeSeparator: rules.scopeSeparator ?? provider.scopeSeparator,
  now: seconds(clock),
})
