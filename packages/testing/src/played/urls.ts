import type { Entry } from '@latchkey/providers'

/** The URLs of one played entry, with `{access_token}` and `{client_id}` where the entry's have them. */
export interface PlayedUrls {
  /** `{origin}/played/{id}`. */
  base: string
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
}

type Place = Exclude<keyof PlayedUrls, 'base'>

/** The entry's own query, and those segments of its path that depend on a token or a client. */
const tailOf = (url: string): string => {
  const [path = '', query] = url.split('?', 2)
  const segments = path.split('/').filter((segment) => /\{(access_token|client_id)\}/.test(segment))
  return [...segments.map((segment) => `/${segment}`), ...(query === undefined ? [] : [`?${query}`])].join('')
}

const optional = ['emails', 'refresh', 'exchange', 'revocation', 'introspection'] as const

export const urlsOf = (entry: Entry, origin: string): PlayedUrls => {
  const base = `${origin}/played/${entry.id}`
  const { endpoints, protocol } = entry
  const at = (place: Place, url = ''): string => `${base}/${place}${tailOf(url)}`
  const own = optional.flatMap((place) => {
    const url = endpoints[place]
    return url === undefined ? [] : [[place, at(place, url)] as const]
  })
  const hasUserinfo = endpoints.userinfo !== undefined || protocol === 'oidc'
  return {
    base,
    authorization: at('authorization', endpoints.authorization),
    token: at('token', endpoints.token),
    jwks: at('jwks'),
    api: at('api'),
    discovery:
      endpoints.discovery === undefined ? `${base}/.well-known/openid-configuration` : at('discovery'),
    ...(hasUserinfo ? { userinfo: at('userinfo', endpoints.userinfo) } : {}),
    ...Object.fromEntries(own),
  }
}
