import type { Clock } from '../clock.ts'
import type { ServiceConfig } from '../config/types.ts'
import type { OneTimeStore } from '../storage/index.ts'
import { claimedIssuer, createAssertionVerifier } from './client-assertion.ts'
import { claimedId, isSecret, readCredentials, unauthenticated } from './client-auth.ts'
import type { Ctx } from './deps.ts'
import type { RateLimits } from './rate-limits.ts'

/**
 * The service that a form POST comes from, by `client_secret_basic`, `client_secret_post` or `private_key_jwt`: one of
 * them, and one that it is configured for. Nobody else is a service: a client of a browser's is `invalid_client`.
 * @throws ApiError `invalid_client`, `invalid_request`; `rate_limited` after too many that failed; StorageError
 */
export type ServiceAuthenticator = (params: URLSearchParams, c: Ctx) => Promise<ServiceConfig>

export function createServiceAuthenticator(deps: {
  issuer: string
  services: ReadonlyMap<string, ServiceConfig>
  clock: Clock
  oneTime: Pick<OneTimeStore, 'consumeOnce'>
  limits: Pick<RateLimits, 'guard'>
}): ServiceAuthenticator {
  const { services, limits } = deps
  const assertions = createAssertionVerifier(deps)
  return async (params, c) => {
    const authorization = c.req.header('authorization')
    const claimed = claimedId(params, authorization) ?? claimedIssuer(params.get('client_assertion') ?? '')
    return limits.guard(c, claimed, () => authenticate(params, authorization))
  }

  async function authenticate(
    params: URLSearchParams,
    authorization: string | undefined,
  ): Promise<ServiceConfig> {
    const { id, secret, assertion } = readCredentials(params, authorization)
    const service = services.get(id ?? (assertion === undefined ? undefined : claimedIssuer(assertion)) ?? '')
    if (service === undefined) throw unauthenticated('unknown service')
    if (assertion !== undefined) {
      await assertions.verify(assertion, service)
      return service
    }
    if (service.secretHash === undefined || !isSecret(secret, service.secretHash)) {
      throw unauthenticated('wrong or missing secret of a service')
    }
    return service
  }
}
