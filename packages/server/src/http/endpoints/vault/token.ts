import type { Deps, Endpoint } from '../../deps.ts'
import { json } from '../../respond.ts'
import { vaultEndpoint } from './vault-endpoint.ts'

/** Hands a service the access token of a connection. */
export function vaultToken(deps: Deps): Endpoint {
  const { serving } = deps
  return vaultEndpoint(deps, async (service, c) => {
    const by = { service, requestId: c.var.requestId }
    const handed = await serving.handOut(c.req.param('id') ?? '', by)
    const { accessToken, tokenType, expiresAt, scopes, providerData } = handed
    return json(200, {
      access_token: accessToken,
      token_type: tokenType,
      ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
      scopes,
      ...(providerData === undefined ? {} : { provider_data: providerData }),
    })
  })
}
