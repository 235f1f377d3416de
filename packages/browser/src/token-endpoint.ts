import type { DpopKey } from './dpop.ts'
import { jwtPayload } from './encoding.ts'
import { AuthError, type AuthPhase, wireCode } from './errors.ts'
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
): Promise<Grant> {
  const { issuer, clientId, nonces } = context
  const url = `${issuer}/token`
  const body = new URLSearchParams({ ...parameters, client_id: clientId })
  for (let failures = 1; ; failures++) {
    try {
      const request = bareRequest(url, { method: 'POST', body, signal: AbortSignal.timeout(20_000) })
      const response = await sendSigned(context, request, phase, key)
      const answer = await response.json().catch(() => undefined)
      if (!response.ok) throw refusal(context, response, record(answer), phase)
      if (!answer) throw new AuthError('network_error', phase, 'half an answer')
      return readGrant(context, record(answer), phase)
    } catch (error) {
      const again = error instanceof AuthError && error.code === 'network_error' && failures < 3
      if (!again || (parameters.code && nonces.has(new URL(url).origin))) throw error
      await sleep(jittered(300 * failures))
    }
  }
}

/** Half to one and a half times as much. */
export const jittered = (milliseconds: number): number =>
  milliseconds * (0.5 + (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 256)

type Answer = Record<string, unknown>

/** What a successful answer means; sets the clock. */
export function readGrant({ issuer, clientId, clock }: Context, answer: Answer, phase: AuthPhase): Grant {
  const { access_token, token_type, expires_in, refresh_token, id_token, server_time } = answer
  if (typeof server_time === 'number') clock.set(server_time)
  // Straight from the token endpoint over TLS, so its signature need not be checked (OIDC Core section 3.1.3.7).
  const user = typeof id_token === 'string' ? record(jwtPayload(id_token)) : undefined
  if (
    typeof access_token !== 'string' ||
    typeof expires_in !== 'number' ||
    (user && !(user.iss === issuer && [user.aud].flat().includes(clientId) && isUser(user)))
  )
    throw new AuthError('invalid_response', phase)
  return {
    token: {
      access_token,
      token_type: /^dpop$/i.test(`${token_type}`) ? 'DPoP' : 'Bearer',
      expires_in,
      expires: clock.now() + expires_in * 1000,
    },
    refresh_token: refresh_token ? `${refresh_token}` : undefined,
    user: isUser(user) ? user : undefined,
  }
}

function isUser(claims: Answer | undefined): claims is Answer & User {
  return typeof claims?.sub === 'string'
}

function record(value: unknown): Answer {
  return { ...(value as object) }
}

/** What a refusal means. An outage is never a refusal, whatever its body says. */
function refusal(
  { clock }: Context,
  { status, headers }: Response,
  answer: Answer,
  phase: AuthPhase,
): AuthError {
  const { error, request_id, server_time } = answer
  let code = status >= 500 || status === 429 ? 'temporarily_unavailable' : wireCode(error, 'invalid_response')
  if (code === 'invalid_dpop_proof') {
    const time = Number(server_time) || Date.parse(headers.get('Date') ?? '')
    if (time && clock.set(time) > 300_000) code = 'clock_skew'
  }
  return new AuthError(code, phase, '', {
    requestId: request_id ? `${request_id}` : undefined,
    retryAfter: Number(headers.get('Retry-After')) || undefined,
  })
}
