/**
 * Parses a URL from the configuration: https, or http where the host is this machine; without user information, query
 * and fragment.
 *
 * @throws TypeError naming the option and what is wrong with it
 */
export function configuredUrl(option: string, value: unknown): URL {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (!url) throw new TypeError(`${option} must be an absolute URL`)
  if (!isPrivateOnItsWay(url)) {
    throw new TypeError(`${option} must be an https URL (http only on loopback)`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError(`${option} must have no user information, query or fragment`)
  }
  return url
}

/** https, or http that does not leave this machine. */
export function isPrivateOnItsWay({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}
