import type { Clock } from './clock.ts'
import { type DpopKey, dpopProof } from './dpop.ts'
import { sha256 } from './encoding.ts'
import { AuthError, type AuthPhase } from './errors.ts'
import type { Settings } from './options.ts'
import type { AccessToken } from './token-endpoint.ts'

/** What every request needs: the settings, the server's time, and the DPoP nonces by origin. */
export interface Context extends Settings {
  clock: Clock
  nonces: Map<string, string>
}

/** A request that brings no cookies and no referrer, and whose redirects are not followed. */
export const bareRequest = (input: RequestInfo | URL, init?: RequestInit): Request =>
  new Request(input, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual' })

/**
 * Sends a request with a DPoP proof and, if there is one, its token (RFC 9449), once more if the server demands a nonce. What the page's
 * policy blocks and what cannot be reached become errors that say so.
 * @throws AuthError `network_error`, `blocked_by_csp`, `redirect_refused`; the request's abort reason
 */
export async function sendSigned(
  { clock, nonces, fetch }: Context,
  request: Request,
  phase: AuthPhase,
  key: DpopKey,
  token?: AccessToken,
): Promise<Response> {
  const { origin, pathname } = new URL(request.url)
  const target = origin + pathname
  for (let asked = false; ; asked = true) {
    const signed = request.clone()
    const { headers } = signed
    if (token) headers.set('Authorization', `${token.token_type} ${token.access_token}`)
    if (token?.token_type !== 'Bearer') {
      const claims = {
        htm: request.method,
        htu: target,
        iat: Math.floor(clock.now() / 1000),
        nonce: nonces.get(origin),
        ath: token && (await sha256(token.access_token)),
      }
      headers.set('DPoP', await dpopProof(key, claims))
    }
    const response = await explained(target, phase, signed, fetch)
    // A token and its proof are for the URL they were made for.
    if (response.type === 'opaqueredirect') throw new AuthError('redirect_refused', phase, target)
    const nonce = response.headers.get('DPoP-Nonce')
    if (nonce) nonces.set(origin, nonce)
    if (asked || !nonce || !(await wantsNonce(response))) return response
  }
}

/** Tells the server that a session is over (RFC 7009), as far as it can be reached. */
export function revoke({ issuer, clientId, fetch }: Context, refreshToken: string | undefined): void {
  if (!refreshToken) return
  const body = new URLSearchParams({ token: refreshToken, client_id: clientId })
  fetch(bareRequest(`${issuer}/revoke`, { method: 'POST', body, keepalive: true })).catch(() => {})
}

/** Whether a refusal is about the nonce only (RFC 9449 sections 8 and 9). */
export async function wantsNonce(response: Response): Promise<boolean> {
  const { ok, headers } = response
  return !ok && (headers.get('WWW-Authenticate') + (await response.clone().text())).includes('use_dpop_nonce')
}

async function explained(
  target: string,
  phase: AuthPhase,
  request: Request,
  fetching: typeof fetch,
): Promise<Response> {
  let violation: AuthError | undefined
  const stop = watchPolicy(target, phase, (error) => {
    violation = error
  })
  try {
    return await fetching(request)
  } catch (cause) {
    const { aborted, reason } = request.signal
    if (aborted && reason.name !== 'TimeoutError') throw cause
    // The violation's event is a task of its own, behind the rejection.
    await sleep(0)
    throw violation ?? new AuthError('network_error', phase, target, { cause })
  } finally {
    stop()
  }
}

/**
 * Calls `blocked` with the error if the page's Content-Security-Policy blocks something on its way to the URL's origin.
 * Answers how to stop listening.
 */
export function watchPolicy(url: string, phase: AuthPhase, blocked: (error: AuthError) => void): () => void {
  const { origin } = new URL(url)
  const type = 'securitypolicyviolation'
  const listener = ({ blockedURI, effectiveDirective, disposition }: SecurityPolicyViolationEvent) => {
    if (disposition !== 'report' && blockedURI.startsWith(origin))
      blocked(new AuthError('blocked_by_csp', phase, `add ${origin} to ${effectiveDirective}`))
  }
  document.addEventListener(type, listener)
  return () => document.removeEventListener(type, listener)
}

export const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
