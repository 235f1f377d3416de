import { knownQuirks } from '@latchkey/providers'
import { z } from 'zod'
import { checkAuthorizeParameter, checkEmailDomain, checkPrivateKey } from '../provider-values.ts'
import { checkApiHost, checkEndpoint, checkLogo, checkProviderIssuer, checkRedirectUri } from '../uris.ts'
import { scope } from './client.ts'
import {
  choice,
  closed,
  dictionary,
  flag,
  judged,
  list,
  remedied,
  text,
  verbatim,
  wholeNumber,
} from './field.ts'
import { wire } from './wire.ts'

export const url = (description: string) =>
  text(description, "give the https URL from the provider's documentation", checkEndpoint)

export const issuer = (description: string) =>
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

export const privateKey = (description: string) =>
  verbatim(description, 'write the private key as a JWK').check(judged(checkPrivateKey))

/** What every provider has, whatever it speaks. */
export const base = {
  name: text('For people, on buttons and pages. Default: the id with a capital.', 'give a short name')
    .max(80)
    .optional(),
  logo: text(
    "A picture for buttons: an https URL without query, or a path on the issuer's host. Default: the first letter of the name.",
    'give a URL such as "https://cdn.example.com/acme.svg", or a path such as "/logos/acme.svg"',
    checkLogo,
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
  redirect_uri: text(
    'Where an old registration cannot change. Default: {issuer}/callback/{id}.',
    'leave it out, or give the URI as it is registered',
    checkRedirectUri,
  ).optional(),
}

/** What those have that speak OAuth 2.0, with OpenID Connect or without. */
export const common = {
  ...base,
  client_id: text(
    'What the provider calls this installation.',
    'copy it from the registration at the provider',
  ),
  client_secret: text(
    'The secret that goes with it.',
    'copy it from the registration at the provider, best by way of the environment',
  ).optional(),
  private_key: privateKey('A private JWK, for private_key_jwt.').optional(),
  token_endpoint_auth_method: choice(
    ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    'How Latchkey proves itself to the provider. Default: client_secret_basic with a secret, private_key_jwt with a key, else none.',
    "leave it out, or see the provider's documentation",
  ).optional(),
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
  refresh_endpoint: url('Where tokens are refreshed, if not at the token endpoint.').optional(),
  exchange_endpoint: url(
    'Where a short-lived token is exchanged for a long-lived one, with "exchange" of "wire".',
  ).optional(),
  client_secret_issuer: text(
    'Who signs the client secret, where that is a JWT: the team id at Apple.',
    'copy it from the registration at the provider',
  ).optional(),
  response_mode: choice(
    ['query', 'form_post'],
    'How the provider answers.',
    'use "query", or "form_post" for a provider that insists',
  ).default('query'),
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
  wire: wire.optional(),
}
