import type { Exchange } from '../http/exchange.ts'

/** RFC 5849 section 3.6, from the platform's own encoding, which leaves five characters alone too many. */
export const escaped = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * What the client has signed (RFC 5849 section 3.4.1), as seen from here: parameters of query and form as they arrived, and those
 * of the header but for `realm` and the signature itself.
 */
export const signedText = (exchange: Exchange, header: readonly (readonly [string, string])[]): string => {
  const { request, url, query, form } = exchange
  const counted = header.filter(([name]) => name !== 'realm' && name !== 'oauth_signature')
  const lines = [...query, ...form, ...counted].map(([name, value]): [string, string] => [
    escaped(name),
    escaped(value),
  ])
  lines.sort(
    ([a, x], [b, y]) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)) || Buffer.compare(Buffer.from(x), Buffer.from(y)),
  )
  const parameters = lines.map((line) => line.join('=')).join('&')
  return [request.method, `${url.origin}${url.pathname}`, parameters].map(escaped).join('&')
}
