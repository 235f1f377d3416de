import { z } from 'zod'
import { checkMetadata } from '../provider-values.ts'
import { choice, closed, flag, judged, list, verbatim } from './field.ts'
import { common, issuer, url } from './provider-common.ts'

const algorithm = choice(
  ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  'An asymmetric signature algorithm.',
  'use the algorithm that the provider signs with; "none" and HMAC do not exist here',
)

export const oidcProvider = closed(
  {
    type: z.literal('oidc').meta({ description: 'OpenID Connect.' }),
    ...common,
    issuer: issuer("The provider's issuer, as its ID tokens write it. Compared exactly."),
    metadata: verbatim(
      "The provider's metadata (RFC 8414), instead of discovery.",
      'write an object with "authorization_endpoint", "token_endpoint" and "jwks_uri"',
    )
      .check(judged(checkMetadata))
      .optional(),
    discovery_url: url(
      'The discovery document, where it is not at {issuer}/.well-known/openid-configuration.',
    ).optional(),
    id_token_algorithms: list(
      algorithm,
      'Signature algorithms taken for ID tokens.',
      'list asymmetric algorithms, such as ["ES256"]',
    )
      .min(1)
      .default(['RS256', 'PS256', 'ES256', 'EdDSA']),
    sign_out: flag(
      'Signing out of an app by /logout signs out at the provider too (RP-Initiated Logout). Register {issuer}/logout/done/{id} there.',
    ).default(false),
  },
  'A provider that speaks OpenID Connect.',
  'write an object with "type", "issuer", "client_id" and "client_secret"',
)
