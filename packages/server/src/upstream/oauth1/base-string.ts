import type { SignedRequest } from '../contract.ts'
import { type Parameter, parametersIn, percentEncode } from './encoding.ts'

/**
 * What is signed (RFC 5849 section 3.4.1): the method, the address, and the parameters of query, form and header.
 * @param protocol those of the Authorization header, without `realm` and `oauth_signature`
 */
export function baseString(
  { method, url, form = '' }: SignedRequest,
  protocol: readonly Parameter[],
): string {
  const parameters = [...parametersIn(url.search.slice(1)), ...parametersIn(form), ...protocol]
  return [method.toUpperCase(), baseUri(url), normalized(parameters)].map(percentEncode).join('&')
}

/** Section 3.4.1.2. The parser has put scheme and host into lower case and dropped a default port. */
const baseUri = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`

/** Section 3.4.1.3.2: by encoded name, then by encoded value. Both are ASCII, so that code units are octets. */
const normalized = (parameters: readonly Parameter[]): string =>
  parameters
    .toSorted(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
