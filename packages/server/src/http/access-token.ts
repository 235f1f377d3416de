import { type JWTPayload, jwtVerify } from 'jose'
import { ApiError } from '../errors.ts'
import { fromBase64url } from '../sealing/index.ts'
import { type Session, StorageError, type User } from '../storage/index.ts'
import type { Ctx, Deps } from './deps.ts'
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
 * The function it gives throws ApiError `invalid_token`, `invalid_dpop_proof`.
 */
export function createAccessTokenReader(deps: Deps): (c: Ctx) => Promise<Caller> {
  const { config, keys, clock, storage, proofs } = deps
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
    const [session, user] = await Promise.all([storage.sessions.find(sid), storage.users.find(sub)])
    const now = clock.now()
    const alive =
      session?.revokedAt === undefined &&
      session !== undefined &&
      now < session.idleExpiresAt &&
      now < session.absoluteExpiresAt
    if (!alive || user === undefined || user.disabledAt !== undefined)
      throw invalidToken('the session or the user has ended')
    return { user, session, scopes: scope.split(' ') }
  }

  async function verified(token: string): Promise<JWTPayload> {
    // `jose` takes padding and spare bits of the last character, so that one token would have many spellings.
    if (!token.split('.').every((part) => fromBase64url(part) !== undefined)) {
      throw invalidToken('not canonical base64url')
    }
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid = '', alg }) => {
          const key = keys.find(kid) ?? (await keys.findRenewed(kid))
          if (key === undefined || key.algorithm !== alg) throw new Error('no such key')
          return key.publicKey
        },
        {
          issuer: config.issuer,
          audience: config.issuer,
          typ: 'at+jwt',
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'iat', 'jti'],
        },
      )
      return payload
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
