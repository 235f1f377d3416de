import { ApiError } from '../../../errors.ts'
import type { Deps, Endpoint } from '../../deps.ts'
import { vaultEndpoint } from './vault-endpoint.ts'

/**
 * Calls the provider's API with the token of a connection: `/vault/connections/{id}/proxy/{host}/{path}?{query}`. What the
 * provider answers is handed back as it comes, with `Latchkey-Upstream: {host}`; an answer without it is Latchkey's own.
 */
export function vaultProxy(deps: Deps): Endpoint {
  const { serving, config } = deps
  const { pathname } = new URL(config.issuer)
  const at = pathname === '/' ? '' : pathname.replaceAll('.', '\\.')
  // Of the address as it came: the router's parameters are decoded.
  const shape = new RegExp(`^[a-z]+://[^/]+${at}/vault/connections/[^/?]+/proxy/([^/?]*)([^#]*)$`)
  return vaultEndpoint(deps, async (service, c) => {
    const { url, method, headers, body, signal } = c.req.raw
    const [, host, path] = shape.exec(url) ?? []
    if (host === undefined || path === undefined) throw nothing()
    const by = { service, requestId: c.var.requestId }
    return serving.proxy(c.req.param('id') ?? '', by, { host, path, method, headers, body, signal })
  })
}

const nothing = () =>
  new ApiError('not_found', {
    status: 404,
    description: 'The host of the API to call is missing in this path.',
  })
