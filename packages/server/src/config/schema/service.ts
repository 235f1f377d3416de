import type { z } from 'zod'
import { checkPublicKey } from '../provider-values.ts'
import { clientId, resource, scope } from './client.ts'
import { closed, dictionary, judged, list, text, verbatim } from './field.ts'
import { providerId } from './provider.ts'

export const service = closed(
  {
    id: clientId,
    secret: text(
      'For client_secret_basic and client_secret_post.',
      'give at least 32 random characters, or use "jwks"',
    ).optional(),
    jwks: closed(
      {
        keys: list(
          verbatim('A public JWK.', 'write a JWK').check(judged(checkPublicKey)),
          'Public keys.',
          "list the service's public keys as JWKs",
        ).optional(),
      },
      "For private_key_jwt: the service's public keys (RFC 7517 section 5).",
      'write { "keys": [...] }',
    ).optional(),
    resource: resource(
      'The audience of user tokens that are for this service: it is told about no others. Default: about all.',
    ).optional(),
    vault: dictionary(
      providerId,
      list(scope, 'Scopes of the provider; ["*"] for all.', 'list scopes, or ["*"] for all'),
      'Connections the service may use: provider -> scopes. Default: none.',
      'write an object such as { "slack": ["channels:read"] }',
    ).default({}),
  },
  'A micro service that asks Latchkey: about tokens, about ended sessions, for a token of its own.',
  'write an object with "id" and "secret"',
)

export type Service = z.output<typeof service>
