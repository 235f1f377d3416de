import { ApiError } from '../../../errors.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { readObject } from '../../json-body.ts'
import { json } from '../../respond.ts'
import { vaultEndpoint } from './vault-endpoint.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/** Characters of a form, as many as the proxy takes. */
const longestForm = 65_536

/** Signs a request of OAuth 1.0a that the service will send itself: `{"method","url","form"?}`. */
export function vaultSign(deps: Deps): Endpoint {
  const { serving } = deps
  return vaultEndpoint(deps, async (service, c) => {
    const { method, url, form } = await readObject(c.req.raw)
    if (typeof method !== 'string' || !/^[A-Za-z]{1,16}$/.test(method))
      throw invalid('method must be a method of HTTP.')
    if (typeof url !== 'string') throw invalid('url must be an absolute URL.')
    if (form !== undefined && (typeof form !== 'string' || form.length > longestForm)) {
      throw invalid('form must be the body as it will be sent, a text of at most 64 KiB.')
    }
    const by = { service, requestId: c.var.requestId }
    const request = { method, url, ...(form === undefined ? {} : { form }) }
    const { authorization, expiresAt } = await serving.sign(c.req.param('id') ?? '', by, request)
    return json(200, { authorization, expires_at: new Date(expiresAt).toISOString() })
  })
}
