import { knownQuirks } from '@latchkey/providers'
import { z } from 'zod'
import { isPlainObject } from '../path.ts'
import {
  checkAuthorizeParameter,
  checkEmailDomain,
  checkMetadata,
  checkPrivateKey,
  checkProviderId,
  checkSubject,
} from '../provider-values.ts'
import { checkApiHost, checkEndpoint, checkProviderIssuer, checkRedirectUri } from '../uris.ts'
import { scope } from './client.ts'
import {
  choice,
  closed,
  dictionary,
  flag,
  judged,
  list,
  message,
  remedied,
  text,
  verbatim,
  wholeNumber,
} from './field.ts'

const url = (description: string) =>
  text(description, "give the https URL from the provider's documentation", checkEndpoint)

const issuer = (description: string) =>
  text(
    description,
    'give the value of "issuer" in the provider\'s discovery document, exactly',
    checkProviderIssuer,
  )

const scopes = (description: string) =>
  list(scope, description, 'list scopes of the provider, each a string', 100)

const claimRemedy = 'write the value that the claim must have as a string or boolean, or a list of strings'

const days = (description: string) => wholeNumber({ min: 1, max: 3650 }, description)

const refreshRules = closed(
  {
    access_token_seconds: wholeNumber(
      { min: 30, max: 31_622_400 },
      'How long an access token lives where no answer of the provider tells. Default: 3600 where there is a refresh token, else until a service reports it refused.',
    ).optional(),
    ends_after_days: days(
      'A connection ends this long after it was made, whatever one does. Default: as the provider tells, else never.',
    ).optional(),
    ends_unused_after_days: days(
      'A refresh token ends when it is not used for so long: it is used before. Default: never.',
    ).optional(),
    narrows_scopes: flag(
      'A refresh may ask for fewer scopes and keeps the others (RFC 6749 section 6): services that may have some of the granted scopes get tokens with those.',
    ).default(false),
  },
  "How the provider's tokens end, where it does not say so itself.",
  'write an object such as { "ends_after_days": 365 }',
)

const common = {
  name: text('For people, on buttons and pages. Default: the id with a capital.', 'give a short name')
    .max(80)
    .optional(),
  client_id: text(
    'What the provider calls this installation.',
    'copy it from the registration at the provider',
  ),
  client_secret: text(
    'The secret that goes with it.',
    'copy it from the registration at the provider, best by way of the environment',
  ).optional(),
  private_key: verbatim('A private JWK, for private_key_jwt.', 'write the private key as a JWK')
    .check(judged(checkPrivateKey))
    .optional(),
  token_endpoint_auth_method: choice(
    ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    'How Latchkey proves itself to the provider. Default: client_secret_basic with a secret, private_key_jwt with a key, else none.',
    "leave it out, or see the provider's documentation",
  ).optional(),
  sign_in: flag('May sign people in.').default(true),
  connect: flag('People may connect an account of theirs there.').default(false),
  scopes: scopes(
    'Asked for at sign-in. Default: openid, profile, email with OpenID Connect, else none.',
  ).optional(),
  scope_separator: choice(
    [' ', ',', '+', ';'],
    'Between scopes. Default: a space.',
    "leave it out, or give the one character of the provider's documentation",
  ).optional(),
  connect_scopes: scopes('Asked for when connecting. Default: those of sign-in.').optional(),
  authorize_params: dictionary(
    text('The name of a parameter.', 'write a name', checkAuthorizeParameter),
    text('A value.', 'write the value as a string'),
    'Sent with each authorization request. Names that the protocol uses are refused.',
    'write an object of strings, such as { "access_type": "offline" }',
  ).default({}),
  connect_authorize_params: dictionary(
    text('The name of a parameter.', 'write a name', checkAuthorizeParameter),
    text('A value.', 'write the value as a string'),
    'Sent, too, when an account is to be connected; each comes before its like in authorize_params.',
    'write an object of strings, such as { "access_type": "offline", "prompt": "consent" }',
  ).default({}),
  revocation_endpoint: url(
    "Where tokens are revoked (RFC 7009). Default with OpenID Connect: what the provider's metadata says.",
  ).optional(),
  introspection_endpoint: url(
    "Where the provider tells about its tokens (RFC 7662). Default with OpenID Connect: what the provider's metadata says.",
  ).optional(),
  revocation_ends_account: flag(
    'Revoking one token ends all grants of the account, as at Google. Tokens of an account that is connected elsewhere, too, are then forgotten without it.',
  ).default(false),
  refresh: refreshRules.prefault({}),
  api_hosts: list(
    text('A host, with a port where it is not 443.', 'write the host alone', checkApiHost),
    'Where services may call the API with the tokens of connected accounts by way of Latchkey, at /vault/connections/{id}/proxy. Compared exactly.',
    'list hosts, such as ["api.slack.com"]',
    100,
  ).default([]),
  require_claims: dictionary(
    text('The name of a claim.', 'write a name'),
    z.union(
      [
        text('The value.', claimRemedy),
        z.boolean(),
        list(text('A value.', claimRemedy), 'One of these values.', claimRemedy).min(1),
      ],
      { error: remedied(claimRemedy) },
    ),
    'Only people with these verified claims come in, such as { "hd": "example.com" } at Google. A list: one of its values. A claim that is a list: must hold it. Else access_denied.',
    'write an object such as { "hd": "example.com" } or { "tid": ["...", "..."] }',
  ).default({}),
  allowed_email_domains: list(
    text('A domain.', 'write a domain', checkEmailDomain),
    'Only people with a verified e-mail address of one of these domains come in. Else access_denied.',
    'list domains, such as ["example.com"]',
  )
    .min(1)
    .optional(),
  response_mode: choice(
    ['query', 'form_post'],
    'How the provider answers.',
    'use "query", or "form_post" for a provider that insists',
  ).default('query'),
  redirect_uri: text(
    'Where an old registration cannot change. Default: {issuer}/callback/{id}.',
    'leave it out, or give the URI as it is registered',
    checkRedirectUri,
  ).optional(),
  pkce: choice(
    ['S256', 'none'],
    'Proof Key for Code Exchange (RFC 7636). "none" only for a provider that fails with it.',
    'leave it out',
  ).default('S256'),
  quirks: list(
    choice([...knownQuirks.keys()], 'A deviation from the standard.', 'use one of these').meta({
      enumDescriptions: [...knownQuirks.values()],
    }),
    'Where the provider deviates from the standard.',
    'list names of quirks',
  ).default([]),
}

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

const field = (description: string) =>
  text(description, 'give the name of a field, with dots where objects nest: "user.id"')

export const oauth2Provider = closed(
  {
    type: z.literal('oauth2').meta({ description: 'Plain OAuth 2.0.' }),
    ...common,
    authorization_endpoint: url('Where people are sent.'),
    token_endpoint: url('Where the code is exchanged.'),
    userinfo_endpoint: url('Where it says whose account it is.'),
    issuer: issuer('When given, "iss" is required in answers and compared (RFC 9207).').optional(),
    subject: text(
      "The field of the userinfo answer that holds the account's immutable id, with dots where objects nest.",
      'give the name of that field, such as "id" or "data.user_id"',
      checkSubject,
    ),
    profile: closed(
      {
        name: field("The person's name.").optional(),
        email: field('The e-mail address.').optional(),
        email_verified: field('Whether the provider has verified it: the boolean true.').optional(),
        picture: field('The URL of a picture.').optional(),
        label: field('What the account is called for people.').optional(),
      },
      'Fields of the userinfo answer, where they differ from the claims of OpenID Connect.',
      'write an object such as { "name": "display_name" }',
    ).default({}),
  },
  'A provider that speaks plain OAuth 2.0.',
  'write an object with "type", the three endpoints, "client_id", "client_secret" and "subject"',
)

export const provider = z.discriminatedUnion('type', [oidcProvider, oauth2Provider], {
  error: (issue) => {
    const type = isPlainObject(issue.input) ? issue.input.type : undefined
    if (!isPlainObject(issue.input)) return remedied('write an object with "type" and "client_id"')(issue)
    if (type === undefined) {
      return message('is missing, and the catalogue is still empty', 'give "type": "oidc" or "oauth2"')
    }
    if (type === 'oauth1') {
      return message('is OAuth 1.0a, which is not supported yet', 'take this provider out for now')
    }
    return message('must be "oidc" or "oauth2"', 'give what the provider speaks; "oidc" where it can')
  },
})

export const providerId = text('The id of a provider.', 'choose a short name', checkProviderId).meta({
  pattern: '^[a-z0-9-]{1,64}$',
})

export type Provider = z.output<typeof provider>
