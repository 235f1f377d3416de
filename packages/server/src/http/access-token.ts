import type { JWTPayload } from 'jose'
import { ApiError } from '../errors.ts'
import { type Session, StorageError, type User } from '../storage/index.ts'
import type { Ctx, Deps } from './deps.ts'
import { createOwnTokens } from './own-tokens.ts'
import { dpopAlgs } from './proof.ts'

export interface Caller {
  user: User
  session: Session
  scopes: string[]
}

const challenge = `DPoP error="invalid_token", ${dpopAlgs}`
const invalidToken = (detail: string) =>
  new ApiError('invalid_token', {
    status: 401,
    description: 'The access token is missing, invalid or expired.',
    headers: { 'WWW-Authenticate': challenge },
    detail,
  })

/**
 * Reads the access token of a request to our own API: a token of ours for this issuer, with its DPoP proof when it is
 * bound, whose session and user are alive now.
 * The function it gives throws ApiError `invalid_token`, `invalid_dpop_proof`, `rate_limited`.
 */
export function createAccessTokenReader(deps: Deps): (c: Ctx) => Promise<Caller> {
  const { config, limits, proofs } = deps
  const tokens = createOwnTokens(deps)
  const { origin } = new URL(config.issuer)

  return async (c) => {
    const [scheme, token] = readAuthorization(c.req.header('authorization'))
    const payload = await verified(token)
    const jkt = boundTo(payload)
    if ((jkt === undefined) !== (scheme === 'bearer')) throw invalidToken('scheme and binding differ')
    if (jkt !== undefined) {
      await proofs.withAccessToken(c.req.header('dpop'), {
        method: c.req.method,
        // The path is the route's; whatever host the request names, the origin is ours.
        htu: origin + new URL(c.req.url).pathname,
        accessToken: token,
        jkt,
      })
    }
    const { sid, sub, scope } = payload
    if (typeof sid !== 'string' || sub === undefined || typeof scope !== 'string')
      throw invalidToken('claims are missing')
    await limits.countUser(c, sub)
    const holder = await tokens.holder(payload)
    if (holder === undefined) throw invalidToken('the session or the user has ended')
    return { ...holder, scopes: scope.split(' ') }
  }

  async function verified(token: string): Promise<JWTPayload> {
    try {
      return await tokens.read(token, config.issuer)
    } catch (error) {
      // Whether there is such a key could not be found out.
      if (error instanceof StorageError) throw error
      throw invalidToken(error instanceof Error ? error.message : 'not verified')
    }
  }
}

function readAuthorization(header: string | undefined): [scheme: 'dpop' | 'bearer', token: string] {
  const [, scheme, token] = /^(dpop|bearer) ([A-Za-z0-9._~+/-]{1,8192}=*)$/i.exec(header ?? '') ?? []
  if (scheme === undefined || token === undefined) {
    throw new ApiError('invalid_token', {
      status: 401,
      description: 'An access token is needed in the Authorization header.',
      headers: { 'WWW-Authenticate': `DPoP ${dpopAlgs}` },
    })
  }
  return [scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token]
}

function boundTo(payload: JWTPayload): string | undefined {
  const { cnf } = payload
  if (typeof cnf !== 'object' || cnf === null || !('jkt' in cnf)) return
  return typeof cnf.jkt === 'string' ? cnf.jkt : undefined
}
