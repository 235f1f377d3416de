import type { Clock } from './clock.ts'
import type { Directory } from './directory.ts'
import { type DpopKey, dpopProof } from './dpop.ts'
import { sha256 } from './encoding.ts'
import { AuthError, type AuthPhase } from './errors.ts'
import type { Settings } from './options.ts'
import type { AccessToken } from './token-endpoint.ts'

/** What every request needs: the settings, the server's time, and the DPoP nonces by origin. */
export interface Context extends Settings {
  clock: Clock
  nonces: Map<string, string>
  /** What the server told about the client, once asked. */
  directory?: Promise<Directory> | undefined
}

/**
 * A request that brings no cookies and no referrer, and whose redirects are not followed.
 * @param credentials `include` brings the server's cookies: in same-site mode, where a journey needs its own
 */
export const bareRequest = (
  input: RequestInfo | URL,
  init?: RequestInit,
  credentials: RequestCredentials = 'omit',
): Request => new Request(input, { ...init, credentials, referrerPolicy: 'no-referrer', redirect: 'manual' })

/**
 * Sends a request, with a DPoP proof if there is a key, and its token if there is one (RFC 9449); once more if the server
 * demands a nonce.
 * What the page's policy blocks and what cannot be reached become errors that say so.
 * @throws AuthError `network_error`, `blocked_by_csp`, `redirect_refused`; the request's abort reason
 */
export async function sendSigned(
  context: Context,
  request: Request,
  phase: AuthPhase,
  key?: DpopKey,
  token?: AccessToken,
): Promise<Response> {
  const { nonces } = context
  const { signal, url } = request
  const { origin, pathname } = new URL(url)
  let violation: AuthError | undefined
  const stop = watchPolicy(url, phase, (error) => {
    violation = error
  })
  try {
    for (let asked = false; ; asked = true) {
      const signed = request.clone()
      const { headers } = signed
      if (token) headers.set('Authorization', `${token.token_type} ${token.access_token}`)
      if (key && token?.token_type !== 'Bearer') {
        const claims = {
          htm: request.method,
          htu: origin + pathname,
          iat: Math.floor(context.clock.now() / 1000),
          nonce: nonces.get(origin),
          ath: token && (await sha256(token.access_token)),
        }
        headers.set('DPoP', await dpopProof(key, claims))
      }
      const response = await context.fetch(signed)
      // A token and its proof are for the URL they were made for.
      if (response.type === 'opaqueredirect') throw new AuthError('redirect_refused', phase)
      const nonce = response.headers.get('DPoP-Nonce')
      if (nonce) nonces.set(origin, nonce)
      if (asked || !nonce || !(await wantsNonce(response))) return response
    }
  } catch (cause) {
    if (cause instanceof AuthError || (signal.aborted && signal.reason.name !== 'TimeoutError')) throw cause
    // The violation's event is a task of its own, behind the rejection.
    await sleep(0)
    throw violation ?? new AuthError('network_error', phase, undefined, { cause })
  } finally {
    stop()
  }
}

/** Tells the server that a session is over (RFC 7009), as far as it can be reached. */
export function revoke(context: Context, session: { refresh_token?: string | undefined } | undefined): void {
  if (!session?.refresh_token) return
  const body = new URLSearchParams({ token: session.refresh_token, client_id: context.clientId })
  context
    .fetch(bareRequest(`${context.issuer}/revoke`, { method: 'POST', body, keepalive: true }))
    .catch(() => {})
}

/** Whether a refusal is about the nonce only (RFC 9449 sections 8 and 9). */
export async function wantsNonce(response: Response): Promise<boolean> {
  const challenge = response.headers.get('WWW-Authenticate')
  return !response.ok && (challenge + (await response.clone().text())).includes('use_dpop_nonce')
}

/**
 * Calls `blocked` with the error if the page's Content-Security-Policy blocks something on its way to the URL's origin.
 * Answers how to stop listening.
 */
export function watchPolicy(url: string, phase: AuthPhase, blocked: (error: AuthError) => void): () => void {
  const { origin } = new URL(url)
  const type = 'securitypolicyviolation'
  const listener = (event: SecurityPolicyViolationEvent) => {
    if (event.disposition !== 'report' && event.blockedURI.startsWith(origin))
      blocked(new AuthError('blocked_by_csp', phase, `add ${origin} to ${event.effectiveDirective}`))
  }
  document.addEventListener(type, listener)
  return () => document.removeEventListener(type, listener)
}

export const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
