import type { ServiceConfig } from '../../../config/types.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import type { Answer } from '../../respond.ts'

/** For services, with their own access token. No browser calls it: no answer has a CORS header. */
export const vaultEndpoint =
  (
    { readServiceCaller }: Pick<Deps, 'readServiceCaller'>,
    work: (service: ServiceConfig, c: Ctx) => Promise<Answer>,
  ): Endpoint =>
  async (c) =>
    work(await readServiceCaller(c), c)
