import type { JWTPayload } from 'jose'
import type { ServiceConfig } from '../../config/types.ts'
import { ApiError } from '../../errors.ts'
import { StorageError } from '../../storage/index.ts'
import type { HandedToken } from '../../vault/index.ts'
import type { Ctx, Deps } from '../deps.ts'
import { createOwnTokens } from '../own-tokens.ts'
import { type Answer, json } from '../respond.ts'

/** RFC 8693. */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

const refusal =
  (code: string) =>
  (description: string, detail?: string): ApiError =>
    new ApiError(code, { status: 400, description, ...(detail === undefined ? {} : { detail }) })
const invalid = refusal('invalid_request')
const wrongTarget = refusal('invalid_target')

/**
 * A service that a user has called exchanges the user's access token for that user's token at a provider. The service is the
 * actor; what it may have, its policy says, not the user's token.
 */
export function tokenExchange(
  deps: Deps,
): (
  params: URLSearchParams,
  service: ServiceConfig,
  headers: Record<string, string>,
  c: Ctx,
) => Promise<Answer> {
  const { clock, serving, storage } = deps
  const tokens = createOwnTokens(deps)

  return async (params, service, headers, c) => {
    const { subjectToken, provider, connectionId } = readRequest(params)
    const { userId, sessionId } = await subjectOf(subjectToken, service)
    const id = await connectionOf(service, userId, provider, connectionId)
    const by = { service, requestId: c.var.requestId, sessionId }
    const handed = await serving.handOut(id, by).catch((error: unknown) => {
      throw inWordsOfTheGrant(error)
    })
    requireScopes(params.get('scope'), handed)
    return json(200, shown(handed, clock.now()), headers)
  }

  async function subjectOf(
    token: string,
    { resource }: ServiceConfig,
  ): Promise<{ userId: string; sessionId: string }> {
    if (resource === undefined) {
      throw refusal('unauthorized_client')('This service has no resource: no user’s token is made out to it.')
    }
    const holder = await tokens.holder(await read(token, resource))
    if (holder === undefined) throw badSubject('the session or the user has ended')
    return { userId: holder.user.id, sessionId: holder.session.id }
  }

  async function read(token: string, resource: string): Promise<JWTPayload> {
    try {
      return await tokens.read(token, resource)
    } catch (error) {
      if (error instanceof StorageError) throw error
      throw badSubject(error instanceof Error ? error.message : 'not verified')
    }
  }

  /** What is somebody else's, or not for this service, does not exist. */
  async function connectionOf(
    service: ServiceConfig,
    userId: string,
    provider: string,
    connectionId: string | undefined,
  ): Promise<string> {
    if (connectionId !== undefined) {
      const row = await storage.connections.find(connectionId)
      if (row?.userId !== userId || row.provider !== provider) throw noConnection()
      return row.id
    }
    const { page } = await serving.listFor(service, { userId, provider }, { limit: 2 })
    const [only, another] = page
    if (only === undefined) throw noConnection()
    if (another !== undefined)
      throw wrongTarget('The user has several such accounts: name one by connection_id.')
    return only.id
  }
}

const shown = (
  { connection, accessToken, tokenType, expiresAt, scopes, providerData }: HandedToken,
  now: number,
): Record<string, unknown> => ({
  access_token: accessToken,
  issued_token_type: accessTokenType,
  token_type: tokenType,
  ...(expiresAt === undefined ? {} : { expires_in: Math.max(0, Math.floor((expiresAt - now) / 1000)) }),
  scope: scopes.join(' '),
  connection_id: connection.id,
  ...(providerData === undefined ? {} : { provider_data: providerData }),
})

function readRequest(params: URLSearchParams) {
  const subjectToken = params.get('subject_token') ?? ''
  const provider = params.get('audience') ?? ''
  const connectionId = params.get('connection_id')
  const requested = params.get('requested_token_type')
  if (subjectToken === '') throw invalid('subject_token is missing.')
  if (params.get('subject_token_type') !== accessTokenType) {
    throw invalid(`subject_token_type must be ${accessTokenType}.`)
  }
  if (requested !== null && requested !== accessTokenType) {
    throw invalid(`requested_token_type must be ${accessTokenType}.`)
  }
  if (params.has('actor_token') || params.has('actor_token_type')) {
    throw invalid('There is no actor_token here: the service itself is the actor.')
  }
  if (provider === '') throw invalid('audience is missing: it names the provider.')
  if (params.has('resource')) throw wrongTarget('The provider is named by audience alone.')
  return { subjectToken, provider, connectionId: connectionId ?? undefined }
}

/** Nothing is widened, and a token cannot be split: asking for less than it can is answered with what it can. */
function requireScopes(scope: string | null, { scopes }: HandedToken): void {
  const missing = (scope ?? '').split(' ').filter((one) => one !== '' && !scopes.includes(one))
  if (missing.length > 0) throw refusal('invalid_scope')('The user did not grant this at the provider.')
}

const badSubject = (detail: string) =>
  invalid('subject_token is not an access token that is good for this service now.', detail)

const noConnection = () => wrongTarget('The user has no such account connected for this service.')

/** RFC 8693 section 2.2.2 has words of its own for what the vault refuses. */
function inWordsOfTheGrant(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  if (error.code === 'not_found' || error.code === 'access_denied') return noConnection()
  if (error.code === 'unsupported_token_type') return wrongTarget(error.description)
  if (error.code !== 'needs_reconnect') return error
  const { description, members } = error
  return new ApiError('invalid_grant', { status: 400, description, members, detail: error.code })
}
