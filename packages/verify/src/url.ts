/**
 * Parses a URL from the configuration: https, or http where the host is this machine; without user information, query
 * and fragment.
 *
 * @throws TypeError naming the option and what is wrong with it
 */
export function configuredUrl(option: string, value: unknown): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (!url) throw new TypeError(`${option} must be an absolute URL`)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError(`${option} must be an https URL (http only on loopback)`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError(`${option} must have no user information, query or fragment`)
  }
  return url
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}
