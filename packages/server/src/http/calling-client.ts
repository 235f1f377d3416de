import type { ClientConfig } from '../config/types.ts'
import { authenticateClient, claimedId } from './client-auth.ts'
import type { Ctx, Deps } from './deps.ts'
import type { CountedRequest } from './rate-limits.ts'

/** The client that a form POST comes from, and how often it may come. */
export interface CallingClient {
  /**
   * Counts the request where anybody could have sent it: for a client without a secret, or for none that is known. One with
   * a secret is the server of a whole app, and speaks for all its people from one address.
   * @throws ApiError `rate_limited`
   */
  count(c: Ctx, request: CountedRequest, params: URLSearchParams): Promise<void>
  /**
   * @param authorization the header, where it is about the client
   * @throws ApiError `invalid_client`, `invalid_request`; `rate_limited` when too many secrets were wrong
   */
  authenticate(c: Ctx, params: URLSearchParams, authorization: string | undefined): Promise<ClientConfig>
}

export function createCallingClient({ clients, limits }: Pick<Deps, 'clients' | 'limits'>): CallingClient {
  const hasSecret = (id: string | undefined) => clients.get(id ?? '')?.secretHash !== undefined
  return {
    async count(c, request, params) {
      const id = claimedId(params, c.req.header('authorization'))
      if (!hasSecret(id)) await limits.count(c, request, id)
    },
    async authenticate(c, params, authorization) {
      const prove = () => authenticateClient(params, authorization, clients)
      const id = claimedId(params, authorization)
      return hasSecret(id) ? limits.guard(c, id, prove) : prove()
    },
  }
}
