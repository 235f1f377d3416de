import { z } from 'zod'
import { checkOAuth1Parameter } from '../wire-values.ts'
import { choice, closed, dictionary, flag, text } from './field.ts'
import { identityFrom, profile, sharedAccount, subject } from './identity.ts'
import { base, privateKey, url } from './provider-common.ts'

const parameters = (description: string) =>
  dictionary(
    text('The name of a parameter.', 'write a name', checkOAuth1Parameter),
    text('A value.', 'write the value as a string'),
    description,
    'write an object of strings, such as { "expiration": "never" }',
  ).default({})

export const oauth1Provider = closed(
  {
    type: z.literal('oauth1').meta({ description: 'OAuth 1.0a (RFC 5849).' }),
    ...base,
    consumer_key: text(
      'What the provider calls this installation.',
      'copy it from the registration at the provider',
    ),
    consumer_secret: text(
      'The secret that goes with it. Required but with RSA-SHA1.',
      'copy it from the registration at the provider, best by way of the environment',
    ).optional(),
    private_key: privateKey('A private RSA key as a JWK, for RSA-SHA1.').optional(),
    signature_method: choice(
      ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'PLAINTEXT'],
      'How requests are signed.',
      "use what the provider's documentation says",
    ).default('HMAC-SHA1'),
    request_token_endpoint: url('Where temporary credentials are fetched.'),
    authorization_endpoint: url('Where people are sent.'),
    access_token_endpoint: url('Where token credentials are fetched.'),
    userinfo_endpoint: url(
      'Where it says whose account it is. Without it, the answer with the token credentials does.',
    ).optional(),
    request_token_params: parameters('Sent, too, when temporary credentials are fetched.'),
    authorize_params: parameters('Sent with each authorization request.'),
    connect_authorize_params: parameters('Sent, too, when an account is to be connected.'),
    scope_parameter: closed(
      {
        parameter: text('The name of the parameter.', 'write a name', checkOAuth1Parameter),
        at: choice(
          ['request-token', 'authorization'],
          'Where it goes.',
          'use "request-token" or "authorization"',
        ),
      },
      'The parameter that carries scopes. Default: there are none.',
      'write { "parameter": "scope", "at": "authorization" }',
    ).optional(),
    unsafe_version_10: flag(
      'OAuth Core 1.0, from before 1.0a: nothing shows that who approved is who began.',
    ).default(false),
    identity_from: identityFrom.optional(),
    subject: subject.optional(),
    shared_account: sharedAccount,
    profile,
  },
  'A provider that speaks OAuth 1.0a.',
  'write an object with "type", the three endpoints, "consumer_key", "consumer_secret" and "subject"',
)
