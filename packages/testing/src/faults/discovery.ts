import { type AnswerFault, type NamedFault, refused } from './kinds.ts'
import { onMembers, transportFaults } from './transport.ts'

/** Faults of the metadata (OpenID Connect Discovery 1.0 section 4.3, RFC 8414 section 3.3). */
export const discoveryFaults = {
  ...transportFaults,
  'issuer-mismatch': refused(
    'the issuer is somebody else',
    onMembers(() => ({ issuer: 'https://issuer.example' })),
  ),
  'issuer-trailing-slash': refused(
    'the issuer with a slash more or less',
    onMembers(({ issuer }) => ({
      issuer: String(issuer).endsWith('/') ? String(issuer).slice(0, -1) : `${String(issuer)}/`,
    })),
  ),
  'issuer-missing': refused(
    'no issuer',
    onMembers(() => ({ issuer: undefined })),
  ),
  'jwks-uri-missing': refused(
    'no jwks_uri',
    onMembers(() => ({ jwks_uri: undefined })),
  ),
  'token-endpoint-missing': refused(
    'no token_endpoint',
    onMembers(() => ({ token_endpoint: undefined })),
  ),
  'endpoints-not-http': refused(
    'the endpoints are file: URLs',
    onMembers(() => ({ token_endpoint: 'file:///etc/hostname', jwks_uri: 'file:///etc/hostname' })),
  ),
  'alg-none-listed': {
    description: 'lists none among the ID token algorithms; the tokens are signed well',
    expect: 'accept',
    fault: onMembers((members) => {
      const listed = members.id_token_signing_alg_values_supported
      return { id_token_signing_alg_values_supported: ['none', ...(Array.isArray(listed) ? listed : [])] }
    }),
  },
} as const satisfies Record<string, NamedFault<AnswerFault>>
