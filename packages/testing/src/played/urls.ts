import type { Entry } from '@latchkey/providers'

/** The URLs of one played entry, with `{access_token}` and `{client_id}` where the entry's have them. */
export interface PlayedUrls {
  /** `{origin}/played/{id}`. */
  base: string
  /** The same, but for a provider that has one for each tenant: there it is that of no tenant in particular. */
  issuer: string
  authorization: string
  token: string
  jwks: string
  /** Something to use access tokens at, in the way that userinfo wants them. */
  api: string
  discovery: string
  userinfo?: string
  emails?: string
  refresh?: string
  exchange?: string
  revocation?: string
  introspection?: string
  /** OAuth 1.0a: temporary credentials; `token` gives token credentials there. */
  requestToken?: string
}

type Place = Exclude<keyof PlayedUrls, 'base' | 'issuer'>

/** The entry's own query, and those segments of its path that depend on a token or a client. */
const tailOf = (url: string): string => {
  const [path = '', query] = url.split('?', 2)
  const segments = path.split('/').filter((segment) => /\{(access_token|client_id)\}/.test(segment))
  return [...segments.map((segment) => `/${segment}`), ...(query === undefined ? [] : [`?${query}`])].join('')
}

const optional = ['emails', 'refresh', 'exchange', 'revocation', 'introspection', 'requestToken'] as const

export const urlsOf = (entry: Entry, origin: string): PlayedUrls => {
  const base = `${origin}/played/${entry.id}`
  const { endpoints, protocol } = entry
  const at = (place: Place, url = ''): string => `${base}/${place}${tailOf(url)}`
  const own = optional.flatMap((place) => {
    const url = endpoints[place]
    return url === undefined ? [] : [[place, at(place, url)] as const]
  })
  const hasUserinfo = endpoints.userinfo !== undefined || protocol === 'oidc'
  const issuer = entry.wire?.issuerTemplate === undefined ? base : `${base}/common/v2.0`
  return {
    ...{ base, issuer },
    authorization: at('authorization', endpoints.authorization),
    token: at('token', endpoints.token),
    jwks: at('jwks'),
    api: at('api'),
    discovery:
      endpoints.discovery === undefined ? `${issuer}/.well-known/openid-configuration` : at('discovery'),
    ...(hasUserinfo ? { userinfo: at('userinfo', endpoints.userinfo) } : {}),
    ...Object.fromEntries(own),
  }
}
