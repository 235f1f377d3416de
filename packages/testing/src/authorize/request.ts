import { allowsRedirect, type Client } from '../clients.ts'
import { repeatedParameter } from '../http/exchange.ts'
import type { Protocol, Realm } from '../realm.ts'
import type { ResponseMode } from './answer.ts'

export interface AuthorizationRequest {
  protocol: Protocol
  client: Client
  redirectUri: string
  mode: ResponseMode
  state: string | null
  scope: readonly string[]
  nonce?: string
  /** S256; absent where it is ignored. */
  challenge?: string
  statesAuthTime: boolean
  promptNone: boolean
  params: URLSearchParams
}

/** Who may be told: the client through the browser, or only the person before it. */
export type ReadRequest =
  | { ok: true; request: AuthorizationRequest }
  | { ok: false; tell: 'person'; code: string; description: string }
  | {
      ok: false
      tell: 'client'
      error: string
      description: string
      redirectUri: string
      mode: ResponseMode
      state: string | null
    }

const person = (code: string, description: string): ReadRequest => ({
  ok: false,
  tell: 'person',
  code,
  description,
})

const challengeShape = /^[A-Za-z0-9_-]{43}$/

const modeOf = (asked: string | null, protocol: Protocol): ResponseMode | undefined => {
  if (asked === null || asked === 'query') return 'query'
  return asked === 'form_post' && protocol === 'oidc' ? 'form_post' : undefined
}

type Flaw = [error: string, description: string]

/** RFC 7636 section 4.3: a challenge without a method would be plain, which is not offered. */
const pkceFlaw = (params: URLSearchParams, required: boolean): Flaw | undefined => {
  const challenge = params.get('code_challenge')
  const method = params.get('code_challenge_method')
  if (challenge === null) {
    if (method !== null) return ['invalid_request', 'code_challenge_method without code_challenge']
    return required ? ['invalid_request', 'code_challenge is required'] : undefined
  }
  if (method !== 'S256') return ['invalid_request', 'code_challenge_method must be S256']
  return challengeShape.test(challenge)
    ? undefined
    : ['invalid_request', 'code_challenge must be 43 base64url characters']
}

const flawOf = (
  params: URLSearchParams,
  mode: ResponseMode | undefined,
  pkceRequired: boolean | undefined,
): Flaw | undefined => {
  const repeated = repeatedParameter(params)
  if (repeated !== undefined) return ['invalid_request', `${repeated} comes more than once`]
  if (params.has('request')) return ['request_not_supported', 'request objects are not supported']
  if (params.has('request_uri')) return ['request_uri_not_supported', 'request_uri is not supported']
  if (mode === undefined) return ['invalid_request', 'response_mode is not supported']
  const type = params.get('response_type')
  if (type === null) return ['invalid_request', 'response_type is missing']
  if (type !== 'code') return ['unsupported_response_type', 'only code is supported']
  const maxAge = params.get('max_age')
  if (maxAge !== null && !/^\d{1,10}$/.test(maxAge))
    return ['invalid_request', 'max_age must be a number of seconds']
  return pkceRequired === undefined ? undefined : pkceFlaw(params, pkceRequired)
}

/** Judges an authorization request (RFC 6749 sections 3.1 and 4.1.1, OpenID Connect Core section 3.1.2.2). */
export const readAuthorizationRequest = (
  realm: Realm,
  protocol: Protocol,
  params: URLSearchParams,
): ReadRequest => {
  if (params.getAll('client_id').length !== 1)
    return person('invalid_request', 'The request names no client, or several.')
  const client = realm.clients.find(params.get('client_id'))
  if (client === undefined) return person('invalid_client', 'No client of this id is registered here.')
  const redirectUri = params.get('redirect_uri')
  if (redirectUri === null || params.getAll('redirect_uri').length !== 1) {
    return person('invalid_request', 'The request names no redirect_uri, or several.')
  }
  if (!allowsRedirect(client, redirectUri)) {
    return person(
      'invalid_redirect_uri',
      'This redirect_uri is not registered for the client, character by character.',
    )
  }

  const ignoresPkce = protocol === 'oauth2' && realm.habits.pkce === 'none'
  const mode = modeOf(params.get('response_mode'), protocol)
  const flaw = flawOf(params, mode, ignoresPkce ? undefined : (client.require_pkce ?? realm.requirePkce))
  // A state that came twice is nobody's state.
  const state = params.getAll('state').length === 1 ? params.get('state') : null
  if (flaw !== undefined || mode === undefined) {
    const [error, description] = flaw ?? ['invalid_request', 'response_mode is not supported']
    return { ok: false, tell: 'client', error, description, redirectUri, mode: mode ?? 'query', state }
  }

  const challenge = params.get('code_challenge')
  const nonce = params.get('nonce')
  return {
    ok: true,
    request: {
      protocol,
      client,
      redirectUri,
      mode,
      state,
      scope: (params.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
      ...(nonce === null ? {} : { nonce }),
      ...(challenge === null || ignoresPkce ? {} : { challenge }),
      statesAuthTime: params.has('max_age'),
      promptNone: (params.get('prompt') ?? '').split(' ').includes('none'),
      params,
    },
  }
}
