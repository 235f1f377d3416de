import type { JWTPayload } from 'jose'
import type { ServiceConfig } from '../../config/types.ts'
import { ApiError } from '../../errors.ts'
import { StorageError } from '../../storage/index.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { createOwnTokens } from '../own-tokens.ts'
import { json } from '../respond.ts'
import { serviceEndpoint } from '../service-endpoint.ts'

/**
 * RFC 7662, for services. Active is an access token of ours whose session and user are alive now, or a configured
 * service's own; a service with a `resource` sees those that are made out to it. Everything else, a refresh token always,
 * is `{"active":false}` and no more: those belong to clients (section 4).
 */
export function introspect(deps: Deps): Endpoint {
  const { services } = deps
  const tokens = createOwnTokens(deps)

  return serviceEndpoint(deps, async (params, service, headers) => {
    const token = params.get('token')
    if (token === null || token === '') {
      throw new ApiError('invalid_request', { status: 400, description: 'token is missing.' })
    }
    const payload = await tokens.read(token).catch((error: unknown) => {
      if (error instanceof StorageError) throw error
      return undefined
    })
    const active = payload !== undefined && isFor(service, payload) && (await isAlive(payload))
    return json(200, active ? shown(payload) : { active: false }, headers)
  })

  async function isAlive(payload: JWTPayload): Promise<boolean> {
    if (payload.sid !== undefined) return (await tokens.holder(payload)) !== undefined
    return payload.sub === payload.client_id && services.has(payload.sub ?? '')
  }
}

const isFor = ({ resource }: ServiceConfig, { aud }: JWTPayload): boolean =>
  resource === undefined || [aud].flat().includes(resource)

/** All that the token says, which whoever holds it can read; `token_type` as RFC 9449 section 6.2 has it. */
const shown = (payload: JWTPayload) => ({
  ...payload,
  active: true,
  token_type: payload.cnf === undefined ? 'Bearer' : 'DPoP',
})
