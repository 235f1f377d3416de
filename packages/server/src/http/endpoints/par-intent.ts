import type { ClientConfig } from '../../config/types.ts'
import { ApiError } from '../../errors.ts'
import type { Intent, JourneyRequest } from '../../journey/index.ts'
import { wantedScopes } from '../../vault/index.ts'
import { createAccessTokenReader } from '../access-token.ts'
import type { Ctx, Deps } from '../deps.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/** @throws ApiError `invalid_request` */
export function kindIn(params: URLSearchParams): Intent['kind'] {
  const intent = params.get('intent') ?? 'sign_in'
  if (intent === 'sign_in' || intent === 'link' || intent === 'connect') return intent
  throw invalid('intent must be sign_in, link or connect.')
}

/**
 * Whose journey it is. Anybody may push a sign-in; a link or a connect begins with the access token of the user, and of
 * the client that pushes.
 * The function it gives throws ApiError `invalid_request`, `invalid_scope`, `invalid_token`, `invalid_dpop_proof`.
 */
export function createIntentReader(deps: Deps) {
  const readCaller = createAccessTokenReader(deps)
  return async function readIntent(
    kind: Intent['kind'],
    params: URLSearchParams,
    client: ClientConfig,
    { provider }: JourneyRequest,
    c: Ctx,
  ): Promise<Intent> {
    if (kind === 'sign_in') return { kind }
    const { user, session } = await readCaller(c)
    if (session.clientId !== client.id) throw invalid('The access token is another client’s.')
    if (provider === undefined) throw invalid('provider is missing.')
    if (kind === 'link') return { kind, userId: user.id }
    const connectionId = params.get('connection_id')
    const named = readProviderScope(params.get('provider_scope'))
    const before = connectionId === null ? undefined : await requestedBefore(connectionId, user.id, provider)
    const scopes = wantedScopes({
      configured: deps.upstreams.get(provider)?.connectScopes ?? [],
      ...(named === undefined ? {} : { named }),
      ...(before === undefined ? {} : { before }),
    })
    return { kind, userId: user.id, scopes, ...(connectionId === null ? {} : { connectionId }) }
  }

  async function requestedBefore(id: string, userId: string, provider: string): Promise<string[]> {
    const connection = await deps.storage.connections.find(id)
    if (connection?.userId === userId && connection.provider === provider) return connection.requestedScopes
    throw invalid('connection_id is none of this user’s connections at this provider.')
  }
}

/** RFC 6749 section 3.3. Undefined when nothing was asked for: the configured ones then. */
function readProviderScope(scope: string | null): string[] | undefined {
  if (scope === null) return
  if (Buffer.byteLength(scope) > 1024) throw invalid('provider_scope is longer than 1,024 bytes.')
  const scopes = scope.split(' ').filter((one) => one !== '')
  if (scopes.length === 0) return
  if (scopes.every((one) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(one))) return scopes
  throw new ApiError('invalid_scope', {
    status: 400,
    description: 'provider_scope holds a character that no scope has.',
  })
}
