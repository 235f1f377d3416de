import type { TokenSigning } from '../contract.ts'
import { answerOf, refuseUnavailable } from '../endpoint-answer.ts'
import { parametersIn } from './encoding.ts'
import { get, type Place } from './endpoints.ts'

/** RFC 5849 section 3.1: the prefix is the protocol's own, that of its extensions, too (`oauth_session_handle` renews a token). */
const isOurs = (name: string): boolean => name.toLowerCase().startsWith('oauth_')

/** Problems (OAuth Problem Reporting) that are the token's own. */
const ofTheToken = new Set(['token_expired', 'token_rejected', 'token_revoked', 'token_used'])

/** Signs whatever services send to the provider's API with the tokens of connections (section 3). */
export function tokenSigning(place: Place): TokenSigning {
  const { provider, sign } = place
  const own = [provider.requestTokenEndpoint, provider.authorizationEndpoint, provider.accessTokenEndpoint]
  const reserved = new Set(own.map(addressOf))
  return {
    revealsSecrets: provider.signatureMethod === 'PLAINTEXT',

    sign(request, credentials) {
      const { url, form = '' } = request
      const named = [...parametersIn(url.search.slice(1)), ...parametersIn(form)].map(([name]) => name)
      // These endpoints give credentials, which are nobody's but the vault's.
      if (spellingsOf(url.href).some((at) => reserved.has(at)) || named.some(isOurs)) return undefined
      return sign(request, credentials)
    },

    async stillGood(credentials) {
      if (provider.userinfoEndpoint === undefined) return undefined
      const response = await get(place, provider.userinfoEndpoint, credentials)
      const answer = await answerOf(response, place.clock)
      refuseUnavailable(answer, 'userinfo')
      if (answer.status === 200) return true
      if (answer.status !== 401) return undefined
      const said = `${response.headers.get('www-authenticate') ?? ''} ${answer.text}`
      const [, problem] = /oauth_problem=["']?([a-z_]+)/.exec(said) ?? []
      return problem === undefined ? false : !ofTheToken.has(problem)
    },
  }
}

/** Scheme, host and path, however they are spelled. Some servers take no notice of what follows `;` (RFC 3986 section 3.3). */
const addressOf = (address: string): string => {
  const { origin, pathname } = new URL(address)
  const path = pathname.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const plain = path
    .replace(/;[^/]*/g, '')
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
  return `${origin}${plain}`.toLowerCase()
}

/** And without the ending by which some frameworks choose the form of an answer: `.json`. */
const spellingsOf = (address: string): string[] => {
  const at = addressOf(address)
  return [at, at.replace(/\.[a-z]{1,8}$/, '')]
}
