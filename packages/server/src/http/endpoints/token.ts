import type { ClientConfig } from '../../config/types.ts'
import { ApiError } from '../../errors.ts'
import { redeem, type SignInGrant } from '../../journey/index.ts'
import type { SessionGrant, TokenResponse } from '../../session/index.ts'
import { createCallingClient } from '../calling-client.ts'
import type { Ctx, Deps, Endpoint } from '../deps.ts'
import { deviceOf } from '../device.ts'
import { formEndpoint } from '../form-endpoint.ts'
import { holdsCookieOf } from '../journey-cookie.ts'
import { redeemDeps } from '../redeem-deps.ts'
import { type Answer, json } from '../respond.ts'
import { tokenExchange, tokenExchangeGrant } from './token-exchange.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

interface Proved {
  client: ClientConfig
  jkt?: string
}
/** What a well-formed request asks for: read before the proof is looked at, done after it. */
type Work = (proved: Proved, c: Ctx, deps: Deps, headers: Record<string, string>) => Promise<TokenResponse>

const grants = new Map<string, (params: URLSearchParams) => Work>([
  ['authorization_code', byCode],
  ['refresh_token', byRefreshToken],
])

/** RFC 6749 section 3.2. Until the code is taken, nothing that is wrong burns it. */
export function token(deps: Deps): Endpoint {
  const { authenticateService, config, gate, mintForService, nonces, proofs, services } = deps
  const caller = createCallingClient(deps)
  const exchange = tokenExchange(deps)
  // The nonce is told at every answer, so that the next proof is right at once.
  return formEndpoint(deps, answer, () => ({ 'DPoP-Nonce': nonces.current(), Pragma: 'no-cache' }), true)

  async function answer(params: URLSearchParams, c: Ctx, headers: Record<string, string>): Promise<Answer> {
    const grantType = params.get('grant_type')
    if (grantType === null) throw invalid('grant_type is missing.')
    if (grantType === 'client_credentials' && services.size > 0) {
      c.set('grant', grantType)
      return byService(params, c, headers)
    }
    if (grantType === tokenExchangeGrant && services.size > 0) {
      c.set('grant', 'token_exchange')
      const service = await authenticateService(params, c)
      return exchange(params, service, headers, c)
    }
    const read = grants.get(grantType)
    if (read !== undefined) c.set('grant', grantType)
    await caller.count(c, 'token', params)
    if (read === undefined) {
      throw new ApiError('unsupported_grant_type', {
        status: 400,
        description: 'This grant_type is not offered.',
      })
    }
    const client = await caller.authenticate(c, params, c.req.header('authorization'))
    if (!client.grantTypes.some((allowed) => allowed === grantType)) {
      throw new ApiError('unauthorized_client', {
        status: 400,
        description: 'The client may not use this grant_type.',
      })
    }
    const work = read(params)
    const done = async (): Promise<Answer> => {
      const jkt = await provedKey(client, c)
      const proved = { client, ...(jkt === undefined ? {} : { jkt }) }
      return json(200, await work(proved, c, deps, headers), headers)
    }
    // Of the two, those who are signed in already come first: nothing is burned, and the code lives a while.
    return grantType === 'authorization_code' ? gate.within('redeem', done) : done()
  }

  /** RFC 6749 section 4.4. Services have no scopes, and a token of theirs is for us alone. */
  async function byService(
    params: URLSearchParams,
    c: Ctx,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const service = await authenticateService(params, c)
    if (/[^ ]/.test(params.get('scope') ?? '')) {
      throw new ApiError('invalid_scope', { status: 400, description: 'A service has no scopes.' })
    }
    if (params.getAll('resource').some((resource) => resource !== config.issuer)) {
      throw new ApiError('invalid_target', {
        status: 400,
        description: 'A service’s token is for Latchkey alone.',
      })
    }
    return json(200, await mintForService(service), headers)
  }

  async function provedKey(client: ClientConfig, c: Ctx): Promise<string | undefined> {
    if (client.dpop === 'off') return
    const jkt = await proofs.atToken(c.req.header('dpop'))
    if (jkt === undefined && client.dpop === 'required') {
      throw new ApiError('invalid_dpop_proof', {
        status: 400,
        description: 'The client must send a DPoP proof.',
      })
    }
    return jkt
  }
}

/** RFC 6749 section 4.1.3 with RFC 7636. */
function byCode(params: URLSearchParams): Work {
  const code = params.get('code')
  const codeVerifier = params.get('code_verifier')
  const redirectUri = params.get('redirect_uri')
  const resources = params.getAll('resource')
  if (code === null || code === '') throw invalid('code is missing.')
  if (codeVerifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(codeVerifier)) {
    throw invalid('code_verifier must be 43 to 128 unreserved characters.')
  }
  return async ({ client, jkt }, c, deps, headers) => {
    const { sessions, cookies } = deps
    const { requestId } = c.var
    const key = jkt === undefined ? {} : { jkt }
    const { grant, codeKey } = await redeem(
      'sign_in',
      {
        ...{ code, codeVerifier, clientId: client.id, requestId, ...key },
        ...(redirectUri === null ? {} : { redirectUri }),
        holdsCookieOf: (id) => holdsCookieOf(c, deps, id),
      },
      redeemDeps(deps),
    )
    // Whatever comes of it, the code is gone.
    if (grant.cookieId !== undefined) headers['Set-Cookie'] = cookies.drop(grant.cookieId)
    const device = deviceOf(c.req.header('user-agent'))
    return sessions.start(sessionGrantOf(grant), {
      ...{ codeKey, client, resources, requestId },
      ...key,
      ...(device === undefined ? {} : { device }),
    })
  }
}

function sessionGrantOf(grant: SignInGrant): SessionGrant {
  const {
    kind: _,
    clientId: __,
    redirectUri: ___,
    codeChallenge: ____,
    dpopJkt: _____,
    cookieId: ______,
    ...kept
  } = grant
  return kept
}

/** RFC 6749 section 6. */
function byRefreshToken(params: URLSearchParams): Work {
  const refreshToken = params.get('refresh_token')
  const scope = params.get('scope')
  const resources = params.getAll('resource')
  if (refreshToken === null || refreshToken === '') throw invalid('refresh_token is missing.')
  return ({ client, jkt }, c, { sessions }) =>
    sessions.refresh(refreshToken, {
      ...{ client, resources, requestId: c.var.requestId },
      ...(jkt === undefined ? {} : { jkt }),
      ...(scope === null ? {} : { scope }),
    })
}
