import { type JsonAnswer, json, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { issuerTemplateOf } from './id-token.ts'
import type { Play } from './play.ts'

const methods = {
  basic: 'client_secret_basic',
  post: 'client_secret_post',
  none: 'none',
  private_key_jwt: 'private_key_jwt',
} as const

/** OpenID Connect Discovery 1.0 section 3, as far as the entry says something of it. */
export const playedDiscovery =
  (play: Play) =>
  ({ url }: Exchange): JsonAnswer => {
    const { urls, entry, realm, quirks } = play
    if (url.pathname !== new URL(urls.discovery).pathname) {
      throw new OAuthError('not_found', 'the discovery document is elsewhere', { status: 404 })
    }
    const method = methods[entry.clientAuthentication ?? 'post']
    return json({
      issuer: issuerTemplateOf(play) ?? urls.issuer,
      authorization_endpoint: urls.authorization,
      token_endpoint: urls.token,
      jwks_uri: urls.jwks,
      userinfo_endpoint: urls.userinfo,
      revocation_endpoint: urls.revocation,
      introspection_endpoint: urls.introspection,
      ...(quirks.has('discovery-lacks-scopes')
        ? {}
        : { scopes_supported: entry.scopes?.signIn ?? ['openid'] }),
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [realm.keys.active.alg],
      token_endpoint_auth_methods_supported: [method],
      ...(entry.pkce === 'none' ? {} : { code_challenge_methods_supported: ['S256'] }),
    })
  }
