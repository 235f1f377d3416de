import { HTTPException } from 'hono/http-exception'

/** One request, its body read once. */
export interface Exchange {
  readonly request: Request
  readonly url: URL
  readonly query: URLSearchParams
  /** The `application/x-www-form-urlencoded` body; empty for anything else. */
  readonly form: URLSearchParams
  /** The body as it came. */
  readonly body: string
}

/** What a client may send: a generous bound for any OAuth request. */
const longestBody = 1024 * 1024

const isForm = (request: Request): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '')

const readBody = async (request: Request): Promise<string> => {
  if (request.method === 'GET' || request.method === 'HEAD') return ''
  // A body of unknown length would have to be counted while it comes; no OAuth client sends one.
  if (request.headers.has('transfer-encoding'))
    throw new HTTPException(411, { message: 'Content-Length is required' })
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) throw new HTTPException(413)
  return request.text()
}

/** @throws HTTPException 411, 413 */
export const readExchange = async (request: Request): Promise<Exchange> => {
  const url = new URL(request.url)
  const body = await readBody(request)
  const form = new URLSearchParams(body !== '' && isForm(request) ? body : '')
  return { request, url, query: url.searchParams, form, body }
}

/** Names that come more than once, `resource` apart (RFC 6749 section 3.1, RFC 8707 section 2). */
export const repeatedParameter = (params: URLSearchParams): string | undefined => {
  const seen = new Set<string>()
  for (const name of params.keys()) {
    if (name !== 'resource' && seen.has(name)) return name
    seen.add(name)
  }
  return undefined
}
