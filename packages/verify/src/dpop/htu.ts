/**
 * Up to the path. Visible ASCII that RFC 3986 allows in a URI, and the `|` that browsers leave in a path as it is: what a
 * lenient URL parser would repair (`\`, blanks, `<`) is refused.
 */
const httpUri = /^https?:\/\/[a-z0-9\-._~%!$&'()*+,;=:[\]]+(?:\/[a-z0-9\-._~%!$&'()*+,;=:@/[\]|]*)?$/i
const percentEncoded = /%([0-9a-f]{2})/gi
const brokenPercent = /%(?![0-9a-f]{2})/i
const unreserved = /[a-z0-9\-._~]/i

/**
 * The normal form in which two `htu` values are compared (RFC 9449 section 4.3; RFC 3986 sections 6.2.2 and 6.2.3):
 * scheme and host in lower case, no default port, no dot segments, percent-encoding in one spelling, `/` for an empty
 * path, neither query nor fragment. `undefined` where the text is no absolute http(s) URI or has user information.
 */
export function normalizeHtu(uri: string): string | undefined {
  // First of all: a browser sends queries, the request's own among them, that no URI may have, of any length.
  const end = uri.search(/[?#]/)
  const bare = end < 0 ? uri : uri.slice(0, end)
  if (bare.length > 4096 || !httpUri.test(bare) || brokenPercent.test(bare)) return undefined
  const url = URL.parse(bare)
  if (!url) return undefined
  return url.origin + url.pathname.replace(percentEncoded, onePercentEncoding)
}

/** A URL in which there is nothing to normalise and nothing to refuse. */
const plain = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?\/[a-z0-9/_.-]*$/

/** Whether two URLs are one in their normal form; never when either has none. */
export function isSameHtu(one: string, other: string): boolean {
  // Nearly every proof: worth a sixth of what comes before the signature.
  if (one === other && plain.test(one)) return true
  const normal = normalizeHtu(one)
  return normal !== undefined && normal === normalizeHtu(other)
}

function onePercentEncoding(triplet: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16))
  return unreserved.test(character) ? character : triplet.toUpperCase()
}
