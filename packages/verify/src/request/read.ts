import { Refused } from '../token/check.ts'

/**
 * A request as any framework has it: a Fetch API `Request`, a Node `IncomingMessage` (Express's and Fastify's raw one
 * included), or an object of the caller's.
 */
export type IncomingRequest = {
  readonly method?: string | undefined
  /** Absolute or beginning at the path. Only path and query are looked at, never the host. */
  readonly url?: string | undefined
  /** The URL before a router cut it down (Express, Fastify). */
  readonly originalUrl?: string | undefined
  readonly headers: { get(name: string): string | null } | IncomingHeaders
  /** Names and values in turn. Where it is there it is preferred, as `headers` hides repeated ones (Node). */
  readonly rawHeaders?: readonly string[] | undefined
}

type IncomingHeaders = { readonly [name: string]: string | readonly string[] | undefined }

export type Credentials = { readonly scheme: 'Bearer' | 'DPoP'; readonly token: string }

/**
 * The access token of a request, from its `Authorization` header and from nowhere else (RFC 6750 section 2.1).
 *
 * Whether what it holds is a token shows when it is verified.
 *
 * @throws Refused `missing` (also for another scheme), `several`
 */
export function readCredentials(request: IncomingRequest): Credentials {
  const values = readHeader(request, 'authorization')
  const [value] = values
  if (value === undefined) throw new Refused('missing')
  if (values.length > 1 || hasQueryToken(requestTarget(request))) throw new Refused('several')

  const space = value.indexOf(' ')
  const scheme = schemes[(space < 0 ? value : value.slice(0, space)).toLowerCase()]
  // Proxies and the Fetch API's Headers join repeated headers with a comma, which no token contains.
  if (!scheme) throw new Refused(/,\s*(?:bearer|dpop)\s/i.test(value) ? 'several' : 'missing')
  const token = space < 0 ? '' : withoutBlanksAround(value.slice(space))
  if (token.includes(',')) throw new Refused('several')
  return { scheme, token }
}

/** Not `trim`, to which a no-break space and others beyond ASCII are blanks; nor a pattern, which would backtrack. */
function withoutBlanksAround(text: string): string {
  let start = 0
  let end = text.length
  while (text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  return text.slice(start, end)
}

const schemes: { readonly [lowerCase: string]: Credentials['scheme'] | undefined } = Object.assign(
  Object.create(null),
  { bearer: 'Bearer', dpop: 'DPoP' },
)

/** All values of a header; `name` in lower case. */
export function readHeader(request: IncomingRequest, name: string): string[] {
  const { headers, rawHeaders } = request
  const values: string[] = []
  if (rawHeaders && rawHeaders.length > 0) {
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const [header = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]]
      if (header.length === name.length && header.toLowerCase() === name) values.push(value)
    }
    return values
  }
  if (hasGet(headers)) {
    const value = headers.get(name)
    return value === null ? [] : [value]
  }
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined || header.length !== name.length || header.toLowerCase() !== name) continue
    if (typeof value === 'string') values.push(value)
    else values.push(...value)
  }
  return values
}

function hasGet(headers: IncomingRequest['headers']): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function'
}

/** Path and query as they came in. */
export function requestTarget(request: IncomingRequest): string {
  const url = request.originalUrl ?? request.url ?? ''
  if (url.startsWith('/')) return url
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

function hasQueryToken(target: string): boolean {
  const query = target.indexOf('?')
  return query >= 0 && /[?&]access_token=/.test(target.slice(query))
}
