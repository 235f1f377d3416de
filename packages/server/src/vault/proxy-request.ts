import type { Upstream } from '../upstream/index.ts'
import type { HandedToken } from './hand-outs.ts'
import { authorizationFor } from './signing.ts'

/** A request of a service as it is to go on, but for the token. */
export interface Unauthorized {
  method: string
  url: URL
  /** Names in lower case. */
  headers: Record<string, string>
  /** Its body, where that is signed. */
  form: string
}

export interface Authorized {
  url: URL
  headers: Record<string, string>
  /** What of it is to be seen by the provider alone. */
  secrets: readonly string[]
}

/**
 * The request with a connection's token, wherever the provider wants that. What carries it takes the place of whatever the service
 * sent under that name; what else the provider wants is added where the service says nothing of its own.
 * @throws ApiError as `authorizationFor`
 */
export function authorized(
  request: Unauthorized,
  held: HandedToken,
  upstream: Pick<Upstream, 'signing' | 'apiCredentials'> | undefined,
): Authorized {
  const { url, headers } = request
  const { accessToken, tokenSecret } = held
  if (tokenSecret !== undefined || upstream?.apiCredentials === undefined) {
    const authorization = authorizationFor(request, held, upstream?.signing)
    const secrets = tokenSecret === undefined ? [accessToken] : [accessToken, tokenSecret]
    return { url, headers: { ...headers, authorization }, secrets }
  }
  const { offered, demanded, query, secrets } = upstream.apiCredentials(held)
  const wanted = Object.entries(offered).filter(([name]) => !isChosen(name, headers[name]))
  return {
    url: withQuery(url, query),
    headers: { ...headers, ...Object.fromEntries(wanted), ...demanded },
    secrets,
  }
}

/** What says "anything" is no choice: HTTP libraries send it by themselves. */
const isChosen = (name: string, value: string | undefined): boolean =>
  value !== undefined && !(name === 'accept' && value.trim() === '*/*')

/** Ours in the place of theirs; what else there is stays as it is, byte for byte. */
function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const ours = new URLSearchParams(query).toString()
  if (ours === '') return url
  const theirs = url.search
    .slice(1)
    .split('&')
    .filter((piece) => piece !== '' && !Object.hasOwn(query, nameOf(piece)))
  const there = new URL(url)
  there.search = [...theirs, ours].join('&')
  return there
}

const nameOf = (piece: string): string => [...new URLSearchParams(piece).keys()][0] ?? ''
