import { isIP } from 'node:net'
import { fault } from '../failures.ts'
import { type AddressClass, classifyAddress } from './address.ts'

/**
 * Which addresses may be connected to: public ones over https; where private networks are allowed also private
 * and loopback ones over https, and loopback over http.
 */
export function mayConnect(protocol: string, to: AddressClass, allowPrivate: boolean): boolean {
  if (protocol === 'https:')
    return to === 'public' || (allowPrivate && (to === 'private' || to === 'loopback'))
  return protocol === 'http:' && allowPrivate && to === 'loopback'
}

/** The host as one resolves it: an IPv6 literal without its brackets. */
export const hostOf = (url: URL): string =>
  url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname

/**
 * Parses an address of a provider and applies every rule that needs no network. The URL parser has turned
 * decimal, octal and shortened IPv4 forms into the plain one by then.
 *
 * @throws UpstreamError `provider_error`: `invalid_url`, `credentials_in_url`, `insecure_url`, `blocked_address`
 */
export function checkedUrl(value: string | URL, allowPrivate: boolean): URL {
  const url = typeof value === 'string' ? URL.parse(value) : value
  if (url === null) throw fault('invalid_url')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowPrivate)) throw fault('insecure_url')
  if (url.username !== '' || url.password !== '') throw fault('credentials_in_url')
  const host = hostOf(url)
  if (isIP(host) !== 0 && !mayConnect(url.protocol, classifyAddress(host), allowPrivate)) {
    throw fault('blocked_address', { detail: host })
  }
  return url
}
