import type { ReturnTarget } from '../journey/index.ts'
import { onwardPage, type PageNeeds, pageHeaders } from './pages/index.ts'

/** What an endpoint answers, as data: it becomes a `Response` once, when nothing is added to it any more. */
export interface Answer {
  status: number
  headers: Record<string, string>
  /** A stream is sent as it comes. */
  body: string | ReadableStream<Uint8Array> | null
  cookies?: string[]
}

export function toResponse(
  { status, headers, body, cookies = [] }: Answer,
  everywhere: Record<string, string> = {},
): Response {
  const all = { ...everywhere, ...headers }
  const [cookie, ...more] = cookies
  if (cookie !== undefined) all['Set-Cookie'] = cookie
  const response = new Response(body, { status, headers: all })
  for (const further of more) response.headers.append('Set-Cookie', further)
  return response
}

export const withHeaders = (answer: Answer, headers: Record<string, string>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  body: JSON.stringify(body),
})

export const page = (
  status: number,
  html: string,
  options?: PageNeeds & { headers?: Record<string, string> },
): Answer => ({ status, headers: { ...pageHeaders(options), ...options?.headers }, body: html })

/**
 * Sends the browser elsewhere. The answer to a GET is 303, never 307 (RFC 9700 section 4.12). The answer to a POST
 * navigation is a page with `Refresh`: Chromium holds every redirect after a form submission against the SPA's CSP
 * `form-action`, a refresh it does not.
 */
export function goTo(
  method: string,
  url: string,
  { cookies = [], ...names }: { providerName?: string; cookies?: string[] } = {},
): Answer {
  if (method === 'POST') {
    return { ...page(200, onwardPage({ url, ...names }), { headers: { Refresh: `0;url=${url}` } }), cookies }
  }
  const headers = { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
  return { status: 303, headers, body: null, cookies }
}

/** The SPA's address with the answer in it, always with `iss` (RFC 9207). The address itself stays byte for byte. */
export function returnUrl(target: ReturnTarget, issuer: string, answer: Record<string, string>): string {
  const params = new URLSearchParams(answer)
  if (target.state !== undefined) params.set('state', target.state)
  params.set('iss', issuer)
  if (target.responseMode === 'fragment') return `${target.redirectUri}#${params}`
  return withQuery(target.redirectUri, params)
}

/** A registered address with something more in its query; the address itself stays byte for byte. */
export const withQuery = (uri: string, params: URLSearchParams): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${params}`
