import type { DpopKey } from './dpop.ts'
import { type Claims, jwtClaims } from './encoding.ts'
import { AuthError, type AuthErrorCode, type AuthPhase, isCode } from './errors.ts'
import { bareRequest, type Context, sendSigned, sleep } from './request.ts'
import type { User } from './types.ts'

/** An access token and how long it is good. */
export interface AccessToken {
  access_token: string
  token_type: 'DPoP' | 'Bearer'
  /** Seconds. */
  expires_in: number
  /** Milliseconds, in the server's time. */
  expires: number
}

/** What the token endpoint gave (RFC 6749 section 5.1), checked. */
export interface Grant {
  token: AccessToken
  refresh_token?: string | undefined
  /** The ID token's claims; absent when none came. */
  user?: User | undefined
}

/**
 * `POST {issuer}/token` with a DPoP proof.
 *
 * A network failure is retried twice. An authorization code is retried only as long as the server cannot have used it
 * up: it does not before it has seen its nonce in a proof.
 * @throws AuthError of the given phase
 */
export async function requestToken(
  context: Context,
  key: DpopKey,
  parameters: Record<string, string>,
  phase: AuthPhase,
  credentials?: RequestCredentials,
): Promise<Grant> {
  const url = `${context.issuer}/token`
  const body = new URLSearchParams({ ...parameters, client_id: context.clientId })
  for (let failures = 1; ; failures++) {
    try {
      const signal = AbortSignal.timeout(20_000)
      const request = bareRequest(url, { method: 'POST', body, signal }, credentials)
      const response = await sendSigned(context, request, phase, key)
      return readGrant(context, await readAnswer(context, response, phase), phase)
    } catch (error) {
      const again = error instanceof AuthError && error.code === 'network_error' && failures < 3
      if (!again || (parameters.code && context.nonces.has(new URL(url).origin))) throw error
      await sleep(jittered(300 * failures))
    }
  }
}

/** RFC 6749 section 6. Without a refresh token there is nothing left to try. */
export async function refreshGrant(
  context: Context,
  { key, refresh_token }: { key: DpopKey; refresh_token: string },
  phase: AuthPhase,
): Promise<Grant> {
  if (!refresh_token) throw new AuthError('invalid_grant', phase)
  return requestToken(context, key, { grant_type: 'refresh_token', refresh_token }, phase)
}

/**
 * A JSON answer's members; none of an empty one.
 * @throws AuthError what a refusal says; `network_error` when the rest of an answer did not come
 */
export async function readAnswer(context: Context, response: Response, phase: AuthPhase): Promise<Claims> {
  const answer = response.status === 204 ? {} : await response.json().catch(() => undefined)
  if (!response.ok) throw refusal(context, response, { ...answer }, phase)
  if (!answer) throw new AuthError('network_error', phase)
  return { ...answer }
}

/** Half to one and a half times as much; where in its second a client's clock is spreads clients well enough. */
export const jittered = (milliseconds: number): number =>
  milliseconds * (0.5 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 256)

/** What a successful answer means; sets the clock. */
export function readGrant(context: Context, answer: Claims, phase: AuthPhase): Grant {
  const { access_token, expires_in, id_token, server_time } = answer
  const { clock } = context
  if (typeof server_time === 'number') clock.set(server_time)
  // Straight from the token endpoint over TLS, so its signature need not be checked (OIDC Core section 3.1.3.7).
  const claims = typeof id_token === 'string' && jwtClaims(id_token)
  const user = claims && isUser(claims, context) ? claims : undefined
  if (typeof access_token !== 'string' || typeof expires_in !== 'number' || (claims && !user))
    throw new AuthError('invalid_response', phase)
  return {
    token: {
      access_token,
      token_type: answer.token_type === 'Bearer' ? 'Bearer' : 'DPoP',
      expires_in,
      expires: clock.now() + expires_in * 1000,
    },
    refresh_token: text(answer.refresh_token),
    user,
  }
}

const isUser = (claims: Claims, { issuer, clientId }: Context): claims is Claims & User =>
  claims.iss === issuer && [claims.aud].flat().includes(clientId) && !!text(claims.sub)

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What a refusal means. An outage is never a refusal, whatever its body says. */
function refusal(
  context: Context,
  { status, headers }: Response,
  answer: Claims,
  phase: AuthPhase,
): AuthError {
  const { error, request_id } = answer
  let code: AuthErrorCode = isCode(error) ? error : 'invalid_response'
  if (status >= 500 || status === 429) code = 'temporarily_unavailable'
  else if (code === 'invalid_dpop_proof') {
    const time = Date.parse(`${headers.get('Date')}`)
    if (time && context.clock.set(time) > 300_000) code = 'clock_skew'
  }
  return new AuthError(code, phase, undefined, {
    requestId: text(request_id),
    retryAfter: Number(headers.get('Retry-After')) || undefined,
  })
}
