import type { JSONWebKeySet } from 'jose'

export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none'

/** A registration at the fake provider, in the words of RFC 7591. */
export interface Client {
  client_id: string
  /** Without a secret and without `jwks` the client is public. */
  client_secret?: string
  /** Compared exactly. Absent: any http(s) URI on loopback without a fragment. */
  redirect_uris?: readonly string[]
  /** Compared exactly. Absent: as for `redirect_uris`. */
  post_logout_redirect_uris?: readonly string[]
  /** Where `sendLogout` posts logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.2). */
  backchannel_logout_uri?: string
  /** The one method taken. Absent: Basic or body with a secret, `private_key_jwt` with `jwks`, else `none`. */
  token_endpoint_auth_method?: ClientAuthentication
  /** Public keys for `private_key_jwt`. */
  jwks?: JSONWebKeySet
  /** An authorization request without a code challenge is refused. Default: the provider's `requirePkce`. */
  require_pkce?: boolean
}

/** Registered when no clients are given. */
export const defaultClient = {
  client_id: 'test-client',
  client_secret: 'test-secret-that-is-no-secret',
} as const satisfies Client

export interface Clients {
  readonly list: readonly Client[]
  find(id: string | null): Client | undefined
}

export const createClients = (given: readonly Client[] = [defaultClient]): Clients => {
  const byId = new Map(given.map((client) => [client.client_id, client]))
  return { list: given, find: (id) => (id === null ? undefined : byId.get(id)) }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const isLoopback = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false
  const url = new URL(uri)
  return /^https?:$/.test(url.protocol) && loopback.has(url.hostname) && !uri.includes('#')
}

const allows = (registered: readonly string[] | undefined, uri: string): boolean =>
  registered === undefined ? isLoopback(uri) : registered.includes(uri)

/** Exact string comparison (RFC 9700 section 2.1). */
export const allowsRedirect = (client: Client, uri: string): boolean => allows(client.redirect_uris, uri)

export const allowsLogoutRedirect = (client: Client, uri: string): boolean =>
  allows(client.post_logout_redirect_uris, uri)

/** The methods this client may use at the token endpoint. */
export const authenticationMethods = (client: Client): readonly ClientAuthentication[] => {
  if (client.token_endpoint_auth_method !== undefined) return [client.token_endpoint_auth_method]
  const methods: ClientAuthentication[] = []
  if (client.client_secret !== undefined) methods.push('client_secret_basic', 'client_secret_post')
  if (client.jwks !== undefined) methods.push('private_key_jwt')
  return methods.length > 0 ? methods : ['none']
}
