import { isLoopbackHost } from '../config/index.ts'
import { ApiError } from '../errors.ts'

/** What a service wants to call, as it stands in its request. */
export interface ProxyTarget {
  host: string
  /** With the query, if any; byte for byte. */
  path: string
}

/**
 * The address behind a path of the proxy. The host must stand in the list byte for byte, and nothing of the address may mean
 * anything else to a parser of URLs than what it says.
 * @throws ApiError `not_found` where the provider's API is not called for anybody, `access_denied`, `invalid_request`
 */
export function targetOf(
  { host, path }: ProxyTarget,
  { hosts, allowPrivate }: { hosts: readonly string[]; allowPrivate: boolean },
): URL {
  if (hosts.length === 0) {
    throw new ApiError('not_found', {
      status: 404,
      description: 'The API of this provider is not called by way of Latchkey: it has no "api_hosts".',
    })
  }
  if (!hosts.includes(host)) {
    throw new ApiError('access_denied', {
      status: 403,
      description: 'This host is not among the "api_hosts" of the provider.',
    })
  }
  const asked = path.startsWith('/') ? path : `/${path}`
  const url = URL.parse(`https://${host}${asked}`)
  if (url === null || url.host !== host || url.pathname + url.search !== asked || climbs(url.pathname)) {
    throw new ApiError('invalid_request', {
      status: 400,
      description:
        'The path must be in normal form: no "." or ".." segment, however it is written, and no "\\".',
    })
  }
  // The configuration has seen to it that no other kind is listed.
  if (allowPrivate && isLoopbackHost(url.hostname)) url.protocol = 'http:'
  return url
}

/** Whether somebody who decodes it, even twice, comes upon a dot segment or a backslash. */
function climbs(pathname: string): boolean {
  const once = decoded(pathname)
  return (
    [once, decoded(once)].some((text) => text.split(/[/\\]/).some((part) => part === '.' || part === '..')) ||
    /[\\\0\r\n]/.test(decoded(once))
  )
}

const decoded = (text: string): string =>
  text.replace(/%(2e|2f|5c|25|00|0d|0a)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
