import type { WireRules } from '@latchkey/providers'
import { z } from 'zod'
import type { SnakeCase } from '../catalogue/names.ts'
import type { Check } from '../complaint.ts'
import { checkApiHost } from '../uris.ts'
import {
  checkHeaderName,
  checkHeaderValue,
  checkIssuerTemplate,
  checkMemberPath,
  checkParameterName,
  checkRenames,
  checkResponseType,
  checkRevocationAuthorization,
  checkRevocationValue,
  checkTokenParameter,
} from '../wire-values.ts'
import { choice, closed, dictionary, flag, judged, list, remedied, text } from './field.ts'

const parameter = (description: string) =>
  text(description, 'write the name of a parameter', checkParameterName)
const member = (description: string) =>
  text(description, 'give the name of a member, with dots where objects nest', checkMemberPath)
const strings = (check: Check<string>, description: string, example: string) =>
  dictionary(
    text('A name.', 'write a name', check),
    text('A value.', 'write the value as a string'),
    description,
    `write an object of strings, such as ${example}`,
  ).optional()

/** The names that a request has anyway come in, so that none can be taken for another. */
function renames<const T extends readonly string[]>(
  names: T,
  value: (name: string) => z.ZodString,
  others: readonly string[],
  description: string,
  example: string,
) {
  const shape: { [K in T[number]]?: z.ZodOptional<z.ZodString> } = {}
  for (const name of names) Object.assign(shape, { [name]: value(name).optional() })
  return closed(shape, description, `write an object such as ${example}`)
    .check(judged<object>(checkRenames([...names, ...others], ['code', 'refresh_token'])))
    .optional()
}

const parameterNames = [
  ...(['client_id', 'client_secret', 'redirect_uri', 'response_type', 'scope', 'state', 'code'] as const),
  ...(['grant_type', 'refresh_token'] as const),
] as const
const called = (name: string) => parameter(`What the provider calls ${name}.`)

const exchange = (description: string) =>
  closed(
    {
      grant_type: text('The value of grant_type.', 'write it as the provider documents it'),
      token_parameter: parameter('The parameter that carries the access token.'),
      sends: list(
        choice(['client_id', 'client_secret'], 'A credential.', 'use "client_id" or "client_secret"'),
        'Credentials that go along.',
        'list "client_id", "client_secret", both or none',
      ),
    },
    description,
    'write { "grant_type": "...", "token_parameter": "access_token", "sends": ["client_secret"] }',
  ).optional()

const shape = {
  scope_separator: choice(
    [' ', ',', ';'],
    'Between scopes, whatever "scope_separator" of the provider says.',
    'use "scope_separator" of the provider',
  ).optional(),
  send_scope: flag('Whether there is a parameter for scopes. Default: true.').optional(),
  authorize_names: renames(
    parameterNames,
    called,
    ['nonce', 'code_challenge', 'code_challenge_method', 'response_mode', 'max_age', 'prompt', 'login_hint'],
    'What this provider calls the parameters of the authorization request.',
    '{ "client_id": "client_key" }',
  ),
  redirect_uri_value: text(
    'The value of redirect_uri, where the provider wants the name of a registered address (eBay). The answer still comes to {issuer}/callback/{id}.',
    'copy it from the registration at the provider',
  ).optional(),
  response_type: text(
    'The value of response_type. Default: code.',
    'leave it out',
    checkResponseType,
  ).optional(),
  state_in: choice(
    ['parameter', 'redirect-uri'],
    'Where state travels: "redirect-uri" where the provider does not send it back. Default: "parameter".',
    'leave it out',
  ).optional(),
  unsafe_code_challenge: z
    .literal('plain', { error: remedied('use "plain", or leave it out') })
    .meta({
      description:
        "PKCE's code challenge is the verifier itself, readable in the browser's address. Default: its SHA-256.",
    })
    .optional(),
  callback_names: renames(
    ['code', 'error', 'error_description'] as const,
    called,
    ['state', 'iss'],
    'What this provider calls the parameters of its answer.',
    '{ "code": "auth_code" }',
  ),
  callback_refusals: list(
    text('A value of error.', 'write it as a string'),
    'Values of error, beside access_denied, that mean that the person said no.',
    'list them, such as ["user_cancelled"]',
  ).optional(),
  code_suffix: text('Stripped off the end of the code.', 'write it as a string').optional(),
  callback_signature: z
    .literal('hmac-sha256-query', { error: remedied('use "hmac-sha256-query", or leave it out') })
    .meta({
      description:
        'The answer is signed with the client secret, in its parameter hmac, and dated in timestamp (Shopify). Unsigned ones are refused.',
    })
    .optional(),
  callback_tenant: strings(
    checkParameterName,
    'Parameters of the answer, each with the one value that is taken: the tenant.',
    '{ "shop": "acme.myshopify.com" }',
  ),
  token_host: closed(
    {
      parameter: parameter('The parameter of the answer that names the host.'),
      hosts: list(
        text('A host.', 'write the host alone', checkApiHost),
        'Hosts that are taken.',
        'list hosts, such as ["api.example.com"]',
      ).min(1),
    },
    'The code is redeemed at the host that the answer names, one of these.',
    'write { "parameter": "...", "hosts": ["..."] }',
  ).optional(),
  keep_from_callback: list(
    parameter('A parameter.'),
    'Parameters of the answer that services need with the token. They get them as provider_data.',
    'list names, such as ["realmId"]',
  ).optional(),
  send_from_callback: list(
    parameter('A parameter.'),
    'Parameters of the answer that the token endpoint wants back with the code; with each refresh, too, what keep_from_callback names as well.',
    'list names, such as ["device_id"]',
  ).optional(),
  token_method: choice(
    ['POST', 'GET'],
    'The method of the token request. Default: "POST".',
    'leave it out',
  ).optional(),
  token_parameters: choice(
    ['form', 'json', 'query'],
    'Where its parameters travel. Default: "form".',
    'leave it out',
  ).optional(),
  token_names: renames(
    parameterNames,
    called,
    ['code_verifier', 'client_assertion_type'],
    'What this provider calls the parameters of the token request.',
    '{ "client_id": "client_key" }',
  ),
  grant_type: text(
    'The value of grant_type when a code is redeemed. Default: authorization_code.',
    'leave it out',
  ).optional(),
  token_extra: strings(
    checkTokenParameter,
    'Sent, too, when a code is redeemed. A value may hold {client_id}.',
    '{ "expiring": "1" }',
  ),
  refresh_extra: strings(
    checkTokenParameter,
    'Sent, too, when a token is refreshed. A value may hold {client_id}.',
    '{ "type": "refresh" }',
  ),
  token_omits: list(
    choice(
      ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri', 'scope'],
      'A parameter, by its standard name.',
      'use one of these',
    ),
    'Parameters that must not be sent to the token endpoint.',
    'list names, such as ["redirect_uri"]',
  ).optional(),
  refresh_redirect_uri: flag('redirect_uri is sent with a refresh, too. Default: false.').optional(),
  basic_credentials: choice(
    ['encoded', 'raw'],
    'Whether id and secret are form-encoded in Basic (RFC 6749 section 2.3.1). Default: "encoded".',
    'leave it out',
  ).optional(),
  client_secret: choice(
    ['as-it-is', 'signed-jwt', 'sha256-of-secret-and-code'],
    'What stands for the client secret: a JWT that "private_key" signs (Apple), or a hash over it and the code (Smartsheet). Default: "as-it-is".',
    'leave it out',
  ).optional(),
  assertion_audience: z
    .literal('token-endpoint', { error: remedied('use "token-endpoint", or leave it out') })
    .meta({ description: 'Whom the assertion of private_key_jwt is for. Default: the issuer.' })
    .optional(),
  client_secret_header: text(
    'The header of token requests that carries the client secret, which then is in no parameter.',
    'write a name',
    checkHeaderName,
  ).optional(),
  headers: dictionary(
    text('The name of a header.', 'write a name', checkHeaderName),
    text('A value.', 'write the value as a string', checkHeaderValue),
    'Sent with token requests and with each request that carries a token, those of services to the API among them. A value may hold {client_id}, with a token also {access_token} and {token.<member>}, and {client_secret}.',
    'write an object of strings, such as { "Notion-Version": "2022-06-28" }',
  ).optional(),
  token_body: choice(
    ['json', 'form'],
    'How the token response is written. Default: "json".',
    'leave it out',
  ).optional(),
  token_fields: choice(
    ['strict', 'lenient'],
    '"lenient": token_type may be missing or of its own kind, numbers may be strings. Default: "strict".',
    'leave it out',
  ).optional(),
  token_path: member(
    'The object that holds the members of the token response. Default: the answer.',
  ).optional(),
  token_members: renames(
    ['access_token', 'refresh_token', 'expires_in', 'refresh_expires_in', 'scope', 'id_token'] as const,
    (name) => member(`Where ${name} stands.`),
    [],
    'Where members of the token response stand that are called otherwise, inside token_path.',
    '{ "access_token": "accessToken" }',
  ),
  token_success: closed(
    {
      member: member('A member of the whole answer.'),
      good: z
        .union([z.boolean(), z.number(), z.string().max(256)], {
          error: remedied('write a boolean, a number or a string'),
        })
        .meta({ description: 'The value that means success.' }),
    },
    'The answer is an error when this member is there with another value.',
    'write an object such as { "member": "ok", "good": true }',
  ).optional(),
  token_refusals: list(
    z
      .union([z.number(), text('A value.', 'write it as a string')], {
        error: remedied('write a string or a number'),
      })
      .meta({ description: 'A value.' }),
    'Values of error, or of the member that token_success names, that mean that a refresh token is over. Beside invalid_grant.',
    'list values, such as ["token_expired", 40004]',
  ).optional(),
  scope_form: choice(
    ['string', 'array-or-string'],
    'How granted scopes are written. Default: "string".',
    'leave it out',
  ).optional(),
  zero_expiry: choice(
    ['expired', 'never'],
    'What expires_in 0 means. Default: "expired".',
    'leave it out',
  ).optional(),
  expiry_form: choice(
    ['seconds', 'unix-time', 'date'],
    'expires_in as seconds from now, as seconds since 1970, or as a date of RFC 3339. Default: "seconds".',
    'leave it out',
  ).optional(),
  keep_from_token: list(
    member('A member.'),
    'Members of the token response, from the whole answer, that services need with the token. They get them as provider_data.',
    'list members, such as ["instance_url", "team.id"]',
  ).optional(),
  exchange: exchange(
    'A short-lived token is exchanged for a long-lived one at "exchange_endpoint", straight after the code.',
  ),
  refresh_exchange: exchange(
    'There is no refresh token: the access token is exchanged for a newer one at "refresh_endpoint".',
  ),
  revocation: choice(
    ['standard', 'bearer-post', 'bearer-delete', 'basic-json-delete'],
    'How a token is revoked: by RFC 7009; by an empty POST or DELETE with the access token as Bearer; by a DELETE with Basic and JSON (GitHub). Default: "standard".',
    'leave it out',
  ).optional(),
  revocation_request: closed(
    {
      method: choice(['POST', 'DELETE', 'GET'], 'Its method.', 'use "POST", "DELETE" or "GET"'),
      sends: dictionary(
        parameter('A parameter.'),
        text('A value.', 'write the value as a string', checkRevocationValue),
        'Its parameters, each with a value.',
        'write an object of strings, such as { "access_token": "{access_token}" }',
      ),
      as: choice(
        ['form', 'json', 'query'],
        'Where they travel. With GET always in the query.',
        'use "form", "json" or "query"',
      ),
      authorization: text(
        '"basic": id and secret. Else a scheme and what follows it, such as Client {client_secret}. Default: no such header.',
        'write "basic", or such as "Client {client_secret}"',
        checkRevocationAuthorization,
      ).optional(),
    },
    'Another way to revoke a token, instead of "revocation". Values of "sends" and "authorization" may hold {client_id}, {client_secret}, {access_token}, {refresh_token} and {data.<name>}, a member of provider_data; an account that lacks one of them is forgotten without it.',
    'write an object such as { "method": "POST", "sends": { "token": "{access_token}" }, "as": "json", "authorization": "basic" }',
  ).optional(),
  userinfo_method: choice(
    ['GET', 'POST'],
    'The method at userinfo. Default: "GET".',
    'leave it out',
  ).optional(),
  userinfo_body: strings(
    checkParameterName,
    'Sent with a POST, such as a GraphQL query.',
    '{ "query": "{ viewer { id } }" }',
  ),
  userinfo_body_form: choice(
    ['json', 'form'],
    'How that is written. Default: "json".',
    'leave it out',
  ).optional(),
  userinfo_client: choice(
    ['post'],
    "The client's id and secret go into that form, too, as at a token introspection endpoint. Default: they do not.",
    'leave it out',
  ).optional(),
  userinfo_query: strings(
    checkParameterName,
    "Sent in userinfo's query. A value may hold {client_id}, {access_token} and {token.<member>}, and {code} where the code is redeemed here.",
    '{ "access_token": "{access_token}" }',
  ),
  userinfo_type: choice(
    ['json', 'any', 'jsonp'],
    'How userinfo is written: JSON, JSON under another content type, JSON in a call of a function. Default: "json".',
    'leave it out',
  ).optional(),
  authorization_scheme: choice(
    ['Bearer', 'OAuth', 'OAuth2', 'none'],
    'The scheme before the access token at userinfo and at the API; "none": other rules put it elsewhere. Default: "Bearer".',
    'leave it out',
  ).optional(),
  unsafe_nonce_may_miss: flag(
    'An ID token without nonce passes; only together with PKCE. Default: false.',
  ).optional(),
  issuer_template: text(
    "The ID token's issuer, with the claim that names the tenant: it must be a UUID.",
    'write it as "https://login.example.com/{tid}/v2.0"',
    checkIssuerTemplate,
  ).optional(),
  email_verified: choice(
    ['as-said', 'never', 'always'],
    'Whether e-mail addresses count as verified. "always" only for a provider that hands out no others. Default: "as-said".',
    'leave it out',
  ).optional(),
  name_in_form_post: flag(
    "The person's name comes in the first form_post answer alone (Apple). Default: false.",
  ).optional(),
} satisfies Record<SnakeCase<keyof WireRules>, z.ZodType>

export const wire = closed(
  shape,
  'Where the provider deviates from the standard with a value of its own; "quirks" are the common ones by name.',
  'write an object such as { "token_path": "data" }',
)
