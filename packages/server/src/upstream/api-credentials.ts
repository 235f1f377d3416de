import type { WireRules } from '@latchkey/providers'
import type { ProviderConfig } from '../config/types.ts'
import type { ApiCredentials, Tokens } from './contract.ts'
import { extraHeaders, fillValues } from './extra-headers.ts'

const carries = (text: string): boolean => text.includes('{access_token}')
const isSecret = (text: string): boolean => carries(text) || text.includes('{client_secret}')
/** It says which app calls, and every HTTP library sends one of its own, so that nobody could be seen to choose another. */
const isOurs = (name: string): boolean => name.toLowerCase() === 'user-agent'

const those = (
  values: Readonly<Record<string, string>>,
  wanted: (name: string, text: string) => boolean,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name, text]) => wanted(name, text)))

/**
 * How the provider's API is shown a token: as its rules have it at userinfo. Where they put it into userinfo's path or body alone,
 * or ask an introspection endpoint instead, that says nothing of the API, and the token is a Bearer (RFC 6750 section 2.1).
 */
export function createApiCredentials(
  { clientId, clientSecret }: Pick<ProviderConfig, 'clientId' | 'clientSecret'>,
  { headers, userinfoQuery, authorizationScheme }: WireRules,
): (tokens: Pick<Tokens, 'accessToken' | 'providerData'>) => ApiCredentials {
  const demands = those(headers, (name, text) => isSecret(text) || isOurs(name))
  const offers = those(headers, (name) => !Object.hasOwn(demands, name))
  const inHeader = Object.values(demands).some(carries)
  const inQuery =
    authorizationScheme === 'none' && !inHeader ? those(userinfoQuery, (_, text) => carries(text)) : {}
  const isElsewhere = inHeader || Object.keys(inQuery).length > 0
  const scheme = authorizationScheme !== 'none' ? authorizationScheme : isElsewhere ? undefined : 'Bearer'
  const sendsSecret = Object.values(demands).some((text) => text.includes('{client_secret}'))

  return ({ accessToken, providerData }) => {
    const given = {
      ...{ clientId, accessToken },
      ...(clientSecret !== undefined && { clientSecret }),
      ...(providerData !== undefined && { providerData }),
    }
    return {
      offered: extraHeaders({ headers: offers }, given),
      demanded: {
        ...extraHeaders({ headers: demands }, given),
        ...(scheme !== undefined && { authorization: `${scheme} ${accessToken}` }),
      },
      query: Object.fromEntries(fillValues(inQuery, { client_id: clientId, access_token: accessToken })),
      secrets: [accessToken, ...(sendsSecret && clientSecret ? [clientSecret] : [])],
    }
  }
}
