import { ApiError } from '../../../errors.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { readObject } from '../../json-body.ts'
import { json } from '../../respond.ts'
import { vaultEndpoint } from './vault-endpoint.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/** A service says that the provider answered 401 to a token: `{"status":401,"access_token_hash"?}`. */
export function vaultReport(deps: Deps): Endpoint {
  const { serving } = deps
  return vaultEndpoint(deps, async (service, c) => {
    const { status, access_token_hash: hash } = await readObject(c.req.raw)
    if (status !== 401) throw invalid('status must be 401: there is nothing else to report.')
    if (hash !== undefined && (typeof hash !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(hash))) {
      throw invalid('access_token_hash must be a SHA-256 in base64url.')
    }
    const by = { service, requestId: c.var.requestId }
    const about = hash === undefined ? {} : { accessTokenHash: hash }
    return json(200, { status: await serving.report(c.req.param('id') ?? '', by, about) })
  })
}
