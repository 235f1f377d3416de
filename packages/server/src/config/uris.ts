import { type Check, type Complaint, complainIf } from './complaint.ts'
import { isLoopbackHost } from './hosts.ts'

const unfit = /[\s\\\p{Cc}]/u
const normalForm =
  'write it as a browser would show it: scheme and host in lower case, no default port, no "/../", other letters than ASCII in the host as punycode'

/** What every address in a configuration must be: absolute, https (http on loopback only), no more than an address. */
function readAddress(value: string): { url?: URL; complaints: Complaint[] } {
  if (unfit.test(value)) {
    return {
      complaints: complainIf(true, 'holds a space, a backslash or a control character', 'take it out'),
    }
  }
  const url = URL.parse(value)
  if (url === null) {
    return { complaints: complainIf(true, 'is not an absolute URL', 'write it in full, with https://') }
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { complaints: complainIf(true, 'is not an https URL', 'use https://') }
  }
  const complaints = [
    ...complainIf(
      url.protocol === 'http:' && !isLoopbackHost(url.hostname),
      'is not https',
      'use https; http is only for localhost, 127.0.0.0/8 and [::1]',
    ),
    ...complainIf(
      url.username !== '' || url.password !== '',
      'holds user information',
      'take out what stands before "@"',
    ),
    ...complainIf(value.includes('#'), 'holds a fragment', 'take out "#" and what follows it'),
  ]
  return { url, complaints }
}

/** The same for addresses that are compared as strings: one spelling, nothing that looks like a pattern. */
function readComparedAddress(value: string): { url?: URL; complaints: Complaint[] } {
  const { url, complaints } = readAddress(value)
  if (url === undefined) return { complaints }
  const all = [
    ...complaints,
    ...complainIf(
      value.includes('*'),
      'holds a wildcard',
      'list each address in full; they are compared exactly',
    ),
  ]
  const normal = value === url.href || `${value}/` === url.href
  return { url, complaints: all.length > 0 ? all : complainIf(!normal, 'is not in normal form', normalForm) }
}

/** RFC 8414 section 2: https, no query, no fragment; ours also has no trailing slash and a plain path. */
export const checkIssuer: Check<string> = (value) => {
  const { url, complaints } = readComparedAddress(value)
  if (url === undefined) return complaints
  return [
    ...complaints,
    ...complainIf(value.includes('?'), 'holds a query', 'take out "?" and what follows it'),
    ...complainIf(value.endsWith('/'), 'ends in a slash', 'take off the last "/"'),
    ...complainIf(
      !value.endsWith('/') && !/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(url.pathname),
      'has a path with other characters than letters, digits, ".", "_", "~" and "-"',
      'give it a plain path, or none',
    ),
  ]
}

const responseParameters = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri']

/** RFC 9700 section 2.1: absolute https, compared exactly; nothing in it that could be taken for our answer. */
export const checkRedirectUri: Check<string> = (value) => {
  const { url, complaints } = readComparedAddress(value)
  const taken = responseParameters.filter((name) => url?.searchParams.has(name))
  return [
    ...complaints,
    ...complainIf(
      taken.length > 0,
      `has ${taken.join(', ')} in its query, which an answer of this server uses`,
      'rename that parameter',
    ),
  ]
}

/** A page of an app: any query, compared exactly. */
export const checkPage: Check<string> = (value) => readComparedAddress(value).complaints

/** An endpoint of a provider: spelled as the provider likes. */
export const checkEndpoint: Check<string> = (value) => readAddress(value).complaints

/** A host as the proxy's paths name it: `host` or `host:port`, in the one spelling that browsers show. */
export const checkApiHost: Check<string> = (value) => {
  const url = /[/?#@*\\\s]/.test(value) ? null : URL.parse(`https://${value}`)
  return complainIf(
    url === null || url.host !== value || value.endsWith('.'),
    'is not the plain name of a host',
    'write it alone, in lower case, without "https://", path or "*"; a port only where it is not 443: "api.example.com"',
  )
}

/** A provider's issuer (OpenID Connect Discovery section 3): spelled as the provider likes, no query. */
export const checkProviderIssuer: Check<string> = (value) => [
  ...readAddress(value).complaints,
  ...complainIf(value.includes('?'), 'holds a query', 'take out "?" and what follows it'),
]

/** RFC 6454: `scheme://host[:port]`, exactly as browsers send it in `Origin`. */
export const checkOrigin: Check<string> = (value) => {
  if (value === '*' || value === 'null') {
    return complainIf(
      true,
      'is not an origin',
      'list each origin of the app, such as https://app.example.com',
    )
  }
  const { url, complaints } = readComparedAddress(value)
  return [
    ...complaints,
    ...complainIf(
      url !== undefined && complaints.length === 0 && url.origin !== value,
      'has more than scheme, host and port',
      'take off the path and the last "/": https://app.example.com',
    ),
  ]
}

/** RFC 8707 section 2: an absolute URI without fragment; only a name, so any scheme. */
export const checkResource: Check<string> = (value) => [
  ...complainIf(
    unfit.test(value) || !/^[a-z][a-z0-9+.-]*:.+/.test(value) || !URL.canParse(value),
    'is not an absolute URI',
    'name the API as its services do, such as https://api.example.com',
  ),
  ...complainIf(value.includes('#'), 'holds a fragment', 'take out "#" and what follows it'),
]

export const checkWebhookUrl: Check<string> = (value) => readAddress(value).complaints

/** A picture that our own pages may load: its address stands in their policy, exactly. */
export const checkLogo: Check<string> = (value) => {
  const isPath = value.startsWith('/') && !value.startsWith('//')
  const { url, complaints } = readComparedAddress(isPath ? `https://issuer.example${value}` : value)
  if (url === undefined || complaints.length > 0) return complaints
  return complainIf(
    !/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])$/.test(url.hostname) ||
      !/^(?:\/[A-Za-z0-9._~-]+)+$/.test(url.pathname) ||
      /[?#]/.test(value),
    'is not the plain address of a picture',
    'use a host and a path of letters, digits, ".", "_", "~" and "-", without query',
  )
}
