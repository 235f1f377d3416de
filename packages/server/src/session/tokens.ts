import { type Clock, seconds } from '../clock.ts'
import type { ClientConfig, Config } from '../config/types.ts'
import { atHash, type SigningKeys } from '../keys/index.ts'
import type { Logger } from '../logging.ts'
import { randomBytes } from '../random.ts'
import type { Session, User } from '../storage/index.ts'
import { furtherClaims } from './claims.ts'
import type { RefreshTokens } from './refresh-token.ts'

/** RFC 6749 section 5.1, with `server_time` in milliseconds so that a client can tell how wrong its own clock is. */
export interface TokenResponse {
  access_token: string
  token_type: 'DPoP' | 'Bearer'
  expires_in: number
  refresh_token?: string
  scope: string
  id_token?: string
  server_time: number
}

export interface TokenMint {
  /**
   * Does all that can fail, the owner's `claims` hook and the noting of the key's use, before anything is stored or moved:
   * a session that moved on and was not answered would end as a stolen one once its grace is over. What it gives signs,
   * and nothing more.
   */
  prepare(user: User, client: ClientConfig): Promise<Mint>
}

/** `scope` and `resources` may be narrower than the session's; `nonce` is the one of the authorization request. */
type Mint = (
  session: Session,
  grant: { scope: string; resources: string[]; counter: number; nonce?: string },
) => TokenResponse

export function createTokenMint(deps: {
  config: Pick<Config, 'issuer' | 'tokens' | 'hooks'>
  keys: SigningKeys
  refreshTokens: RefreshTokens
  clock: Clock
  logger: Logger
}): TokenMint {
  const { config, keys, refreshTokens, clock, logger } = deps
  const lifetime = config.tokens.accessTokenSeconds

  return {
    async prepare(user, client) {
      const further = await furtherClaims(config.hooks.claims, user, client, logger)
      const key = await keys.signer(lifetime)
      return (session, grant) => {
        const iat = seconds(clock)
        // No token outlives its session.
        const expiresIn = Math.max(1, Math.min(lifetime, Math.floor(session.idleExpiresAt / 1000) - iat))
        const common = {
          iss: config.issuer,
          sub: user.id,
          iat,
          exp: iat + expiresIn,
          sid: session.id,
          auth_time: session.authTime,
        }
        const methods = {
          amr: session.amr ?? ['fed'],
          ...(session.acr === undefined ? {} : { acr: session.acr }),
        }
        // RFC 9068 section 2.2.
        const accessToken = key.sign('at+jwt', {
          ...further,
          ...common,
          ...methods,
          aud: grant.resources,
          client_id: client.id,
          jti: randomBytes(16).toString('base64url'),
          scope: grant.scope,
          idp: session.provider,
          ...(session.dpopJkt === undefined ? {} : { cnf: { jkt: session.dpopJkt } }),
        })
        const scopes = grant.scope.split(' ')
        return {
          access_token: accessToken,
          token_type: session.dpopJkt === undefined ? 'Bearer' : 'DPoP',
          expires_in: expiresIn,
          ...(client.grantTypes.includes('refresh_token')
            ? { refresh_token: refreshTokens.of(session.id, grant.counter) }
            : {}),
          scope: grant.scope,
          ...(scopes.includes('openid')
            ? {
                // OIDC Core section 2.
                id_token: key.sign('JWT', {
                  ...common,
                  ...methods,
                  aud: client.id,
                  at_hash: atHash(accessToken, key.algorithm),
                  ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
                  ...profileClaims(user, scopes),
                }),
              }
            : {}),
          server_time: clock.now(),
        }
      }
    },
  }
}

/** The claims that `profile` and `email` ask for (OIDC Core section 5.4). */
export function profileClaims(user: User, scopes: readonly string[]): Record<string, unknown> {
  return {
    ...(scopes.includes('profile') && user.name !== undefined ? { name: user.name } : {}),
    ...(scopes.includes('profile') && user.picture !== undefined ? { picture: user.picture } : {}),
    ...(scopes.includes('email') && user.email !== undefined
      ? { email: user.email, email_verified: user.emailVerified === true }
      : {}),
  }
}
