import type { ReturnTarget } from '../journey/index.ts'
import { onwardPage, pageHeaders } from './pages/index.ts'

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  })
}

export function page(
  status: number,
  html: string,
  options?: { forms?: boolean; headers?: Record<string, string> },
): Response {
  return new Response(html, { status, headers: { ...pageHeaders(options), ...options?.headers } })
}

/**
 * Sends the browser elsewhere. The answer to a GET is 303, never 307 (RFC 9700 section 4.12). The answer to a POST
 * navigation is a page with `Refresh`: Chromium holds every redirect after a form submission against the SPA's CSP
 * `form-action`, a refresh it does not.
 */
export function goTo(
  method: string,
  url: string,
  options: { providerName?: string; cookies?: string[] } = {},
): Response {
  const { cookies = [], ...names } = options
  const response =
    method === 'POST'
      ? page(200, onwardPage({ url, ...names }), { headers: { Refresh: `0;url=${url}` } })
      : new Response(null, {
          status: 303,
          headers: { Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
        })
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
  return response
}

/** The SPA's address with the answer in it, always with `iss` (RFC 9207). The address itself stays byte for byte. */
export function returnUrl(target: ReturnTarget, issuer: string, answer: Record<string, string>): string {
  const params = new URLSearchParams(answer)
  if (target.state !== undefined) params.set('state', target.state)
  params.set('iss', issuer)
  if (target.responseMode === 'fragment') return `${target.redirectUri}#${params}`
  return `${target.redirectUri}${target.redirectUri.includes('?') ? '&' : '?'}${params}`
}
