import { defaultDpopAlgorithms } from '@latchkey/verify/dpop'
import type { ClientConfig, ServiceConfig } from '../../config/types.ts'
import { assertionAlgorithms } from '../client-assertion.ts'
import { anyOrigin } from '../cors.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { json } from '../respond.ts'
import { tokenExchangeGrant } from './token-exchange.ts'

/** RFC 9126 section 5. In same-site mode the journey begins at `/par`. */
const mustPush = (client: ClientConfig): boolean =>
  client.sameSite || client.requirePushedAuthorizationRequests

/** RFC 8414 and OIDC discovery: one document, true in both. */
export function discovery({ config, keys }: Deps): Endpoint {
  const { issuer, clients, services } = config
  const modes = new Set(clients.flatMap((client) => client.responseModes))
  const confidential = clients.some((client) => client.secretHash !== undefined)
  const authMethods = [
    ...(clients.some((client) => client.secretHash === undefined) ? ['none'] : []),
    ...(confidential ? ['client_secret_basic', 'client_secret_post'] : []),
  ]
  const serviceMethods = methodsOf(services)
  const signed = serviceMethods.includes('private_key_jwt')
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    ...(clients.length > 0 && clients.every(mustPush) ? { require_pushed_authorization_requests: true } : {}),
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    response_modes_supported: [...modes],
    grant_types_supported: [
      ...new Set(clients.flatMap((client) => client.grantTypes)),
      ...(services.length > 0 ? ['client_credentials', tokenExchangeGrant] : []),
    ],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: [...new Set([...authMethods, ...serviceMethods])],
    ...(signed ? { token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms } : {}),
    revocation_endpoint_auth_methods_supported: authMethods,
    ...(services.length > 0
      ? {
          introspection_endpoint: `${issuer}/introspect`,
          introspection_endpoint_auth_methods_supported: serviceMethods,
          ...(signed
            ? { introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms }
            : {}),
        }
      : {}),
    authorization_response_iss_parameter_supported: true,
    dpop_signing_alg_values_supported: defaultDpopAlgorithms,
    scopes_supported: [...new Set(clients.flatMap((client) => client.scopes))],
    subject_types_supported: ['public'],
    prompt_values_supported: ['login', 'select_account', 'consent'],
    claims_supported: [
      ...['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'amr', 'at_hash', 'sid'],
      ...['name', 'picture', 'email', 'email_verified'],
    ],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  }
  const answer = () => ({ ...document, id_token_signing_alg_values_supported: keys.algorithms() })
  return () => json(200, answer(), { ...anyOrigin, 'Cache-Control': 'public, max-age=300' })
}

const methodsOf = (services: readonly ServiceConfig[]): string[] => [
  ...(services.some(({ secretHash }) => secretHash !== undefined)
    ? ['client_secret_basic', 'client_secret_post']
    : []),
  ...(services.some(({ jwks }) => jwks !== undefined) ? ['private_key_jwt'] : []),
]
