import type { ClientConfig } from '../../config/types.ts'
import { ApiError } from '../../errors.ts'
import { redeem } from '../../journey/index.ts'
import type { TokenResponse } from '../../session/index.ts'
import { authenticateClient } from '../client-auth.ts'
import { corsFor } from '../cors.ts'
import type { Ctx, Deps, Endpoint } from '../deps.ts'
import { deviceOf } from '../device.ts'
import { answerError } from '../errors.ts'
import { hasRepeated, queryOf, readForm } from '../form.ts'
import { json } from '../respond.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

type Grant = (
  request: { params: URLSearchParams; client: ClientConfig; jkt?: string },
  c: Ctx,
  deps: Deps,
) => Promise<TokenResponse>

const grants: Record<string, Grant> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
}

/** RFC 6749 section 3.2: a form body and nothing else. Until the code is taken, nothing that is wrong burns it. */
export function token(deps: Deps): Endpoint {
  const { clients, nonces, proofs } = deps
  return async (c) => {
    // Told at every answer, so that the next proof is right at once.
    const headers: Record<string, string> = { 'DPoP-Nonce': nonces.current(), Pragma: 'no-cache' }
    try {
      if ([...queryOf(c.req.raw).keys()].length > 0) throw invalid('Parameters belong into the body.')
      const params = await readForm(c.req.raw)
      Object.assign(
        headers,
        corsFor(c.req.header('origin'), clients.get(params.get('client_id') ?? '')?.origins ?? []),
      )
      if (hasRepeated(params, 'resource')) throw invalid('A parameter is repeated.')
      const grantType = params.get('grant_type')
      if (grantType === null) throw invalid('grant_type is missing.')
      if (!Object.hasOwn(grants, grantType)) {
        throw new ApiError('unsupported_grant_type', {
          status: 400,
          description: 'This grant_type is not offered.',
        })
      }
      const client = authenticateClient(params, c.req.header('authorization'), clients)
      if (!client.grantTypes.some((allowed) => allowed === grantType)) {
        throw new ApiError('unauthorized_client', {
          status: 400,
          description: 'The client may not use this grant_type.',
        })
      }
      const jkt = await provedKey(client, c)
      const answer = await grants[grantType]?.(
        { params, client, ...(jkt === undefined ? {} : { jkt }) },
        c,
        deps,
      )
      return json(200, answer, headers)
    } catch (error) {
      const response = answerError(error, 'api', c)
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      return response
    }
  }

  async function provedKey(client: ClientConfig, c: Ctx): Promise<string | undefined> {
    if (client.dpop === 'off') return
    const jkt = await proofs.atToken(c.req.header('dpop'))
    if (jkt === undefined && client.dpop === 'required' && client.secretHash === undefined) {
      throw new ApiError('invalid_dpop_proof', {
        status: 400,
        description: 'The client must send a DPoP proof.',
      })
    }
    return jkt
  }
}

/** RFC 6749 section 4.1.3 with RFC 7636. */
async function byCode(
  { params, client, jkt }: Parameters<Grant>[0],
  c: Ctx,
  deps: Deps,
): Promise<TokenResponse> {
  const code = params.get('code')
  const codeVerifier = params.get('code_verifier')
  const redirectUri = params.get('redirect_uri')
  if (code === null || code === '') throw invalid('code is missing.')
  if (codeVerifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(codeVerifier)) {
    throw invalid('code_verifier must be 43 to 128 unreserved characters.')
  }
  const redemption = {
    code,
    codeVerifier,
    clientId: client.id,
    ...(redirectUri === null ? {} : { redirectUri }),
    ...(jkt === undefined ? {} : { jkt }),
  }
  const { clock, storage, sessions } = deps
  const { grant, codeKey } = await redeem(redemption, {
    clock,
    oneTime: storage.oneTime,
    sessions: storage.sessions,
  })
  const { userId, identityId, provider, scope, resources, nonce, authTime, amr, acr, upstreamSid } = grant
  const device = deviceOf(c.req.header('user-agent'))
  return sessions.start(
    {
      ...{ userId, identityId, provider, scope, resources, authTime },
      ...(nonce === undefined ? {} : { nonce }),
      ...(amr === undefined ? {} : { amr }),
      ...(acr === undefined ? {} : { acr }),
      ...(upstreamSid === undefined ? {} : { upstreamSid }),
    },
    {
      codeKey,
      client,
      resources: params.getAll('resource'),
      requestId: c.var.requestId,
      ...(jkt === undefined ? {} : { jkt }),
      ...(device === undefined ? {} : { device }),
    },
  )
}

/** RFC 6749 section 6. */
async function byRefreshToken(
  { params, client, jkt }: Parameters<Grant>[0],
  c: Ctx,
  deps: Deps,
): Promise<TokenResponse> {
  const refreshToken = params.get('refresh_token')
  const scope = params.get('scope')
  if (refreshToken === null || refreshToken === '') throw invalid('refresh_token is missing.')
  return deps.sessions.refresh(refreshToken, {
    client,
    resources: params.getAll('resource'),
    requestId: c.var.requestId,
    ...(jkt === undefined ? {} : { jkt }),
    ...(scope === null ? {} : { scope }),
  })
}
