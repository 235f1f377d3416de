import type { TokenSigning } from '../contract.ts'
import { answerOf, refuseUnavailable } from '../endpoint-answer.ts'
import { parametersIn } from './encoding.ts'
import { get, type Place } from './endpoints.ts'

/** RFC 5849 section 3.1: each of them at most once in a request, so that a caller's would stand beside ours. */
const ours = new Set([
  ...['oauth_consumer_key', 'oauth_token', 'oauth_signature_method', 'oauth_signature', 'oauth_timestamp'],
  ...['oauth_nonce', 'oauth_version', 'oauth_callback', 'oauth_verifier'],
])

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
      if (reserved.has(addressOf(url.href)) || named.some((name) => ours.has(name))) return undefined
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

/** Scheme, host and path, however they are spelled. */
const addressOf = (address: string): string => {
  const { origin, pathname } = new URL(address)
  const path = pathname.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return `${origin}${path.replace(/\/+/g, '/').replace(/\/$/, '')}`.toLowerCase()
}
