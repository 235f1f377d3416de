import type { ServiceConfig } from '../config/types.ts'
import type { Ctx, Deps, Endpoint } from './deps.ts'
import { formEndpoint } from './form-endpoint.ts'
import type { Answer } from './respond.ts'

/** A form POST by a service that authenticated. No browser calls it: no answer has a CORS header. */
export function serviceEndpoint(
  { authenticateService }: Pick<Deps, 'authenticateService'>,
  work: (
    params: URLSearchParams,
    service: ServiceConfig,
    headers: Record<string, string>,
    c: Ctx,
  ) => Promise<Answer>,
): Endpoint {
  return formEndpoint({ clients: new Map() }, async (params, c, headers) =>
    work(params, await authenticateService(params, c), headers, c),
  )
}
