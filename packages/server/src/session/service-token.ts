import { type Clock, seconds } from '../clock.ts'
import type { Config, ServiceConfig } from '../config/types.ts'
import type { SigningKeys } from '../keys/index.ts'
import { randomBytes } from '../random.ts'
import type { TokenResponse } from './tokens.ts'

/**
 * A service's own access token (RFC 6749 section 4.4, RFC 9068): made out to us alone, with the service as its subject.
 * Ids of services never look like those of users, and there is no session in it: it is nobody's (RFC 9700 section 4.15).
 */
export type ServiceTokenMint = (
  service: ServiceConfig,
) => Promise<Pick<TokenResponse, 'access_token' | 'token_type' | 'expires_in'>>

export function createServiceTokenMint(deps: {
  config: Pick<Config, 'issuer' | 'tokens'>
  keys: SigningKeys
  clock: Clock
}): ServiceTokenMint {
  const { config, keys, clock } = deps
  return async ({ id }) => {
    const expiresIn = config.tokens.accessTokenSeconds
    const key = await keys.signer(expiresIn)
    const iat = seconds(clock)
    const accessToken = key.sign('at+jwt', {
      iss: config.issuer,
      sub: id,
      aud: config.issuer,
      client_id: id,
      iat,
      exp: iat + expiresIn,
      jti: randomBytes(16).toString('base64url'),
    })
    return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn }
  }
}
