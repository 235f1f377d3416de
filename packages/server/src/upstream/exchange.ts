import type { TokenExchange } from '@latchkey/providers'
import type { Tokens } from './contract.ts'
import { answerOf } from './endpoint-answer.ts'
import { extraHeaders } from './extra-headers.ts'
import { mergedData } from './provider-data.ts'
import type { TokenEndpoint } from './token-endpoint.ts'
import { withNames, withQuery } from './token-request.ts'
import { readTokenResponse, type TokenReading } from './token-response.ts'

/** Where one access token is turned into another. */
export interface ExchangeEndpoint extends Pick<TokenEndpoint, 'provider' | 'rules' | 'fetch' | 'clock'> {
  url: string
  exchange: TokenExchange
}

/**
 * One GET, whose query carries the token and what the rule says; nothing of it is ever part of an error.
 * @throws UpstreamError what `readTokenResponse` throws
 */
export async function exchangeToken(
  { provider, rules, fetch, clock, url, exchange }: ExchangeEndpoint,
  accessToken: string,
  reading: TokenReading,
): Promise<Tokens> {
  const { clientId: client_id, clientSecret: client_secret = '' } = provider
  const client = { client_id, client_secret }
  const sent = withNames(
    new URLSearchParams(exchange.sends.map((name): [string, string] => [name, client[name]])),
    rules.tokenNames,
  )
  sent.set('grant_type', exchange.grantType)
  sent.set(exchange.tokenParameter, accessToken)
  const response = await fetch(withQuery(url, sent), {
    headers: { accept: 'application/json', ...extraHeaders(rules, { ...provider, accessToken }) },
  })
  const answer = await answerOf(response, clock)
  return readTokenResponse(answer, { ...reading, secrets: [accessToken, provider.clientSecret] })
}

/** What is kept of both: the longer-lived token with its own end, and what only the first answer said. */
export function exchanged(short: Tokens, longer: Tokens): Tokens {
  const { idToken, scope } = short
  const providerData = mergedData(short.providerData, longer.providerData)
  return {
    ...(scope !== undefined && { scope }),
    ...longer,
    ...(idToken !== undefined && { idToken }),
    ...(providerData !== undefined && { providerData }),
  }
}
