import { type JsonAnswer, json } from '../http/answer.ts'
import type { Realm } from '../realm.ts'

/** OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2: only what is true. */
export const discovery = (realm: Realm) => (): JsonAnswer => {
  const { endpoints } = realm
  const claims = new Set(realm.personas.list.flatMap((persona) => Object.keys(persona.claims)))
  const authentication = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']
  const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
  return json({
    issuer: realm.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userinfo,
    jwks_uri: endpoints.jwks,
    end_session_endpoint: endpoints.end_session,
    backchannel_logout_supported: true,
    revocation_endpoint: endpoints.revocation,
    introspection_endpoint: endpoints.introspection,
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'],
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash', ...claims],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [realm.keys.active.alg],
    token_endpoint_auth_methods_supported: authentication,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint_auth_methods_supported: authentication,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    introspection_endpoint_auth_methods_supported: authentication,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: realm.issParameter,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    claims_parameter_supported: false,
  })
}
