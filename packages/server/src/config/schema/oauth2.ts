import { z } from 'zod'
import { closed } from './field.ts'
import { field, identityFrom, profile, sharedAccount, subject } from './identity.ts'
import { common, issuer, url } from './provider-common.ts'

const emails = closed(
  {
    list: field('The list, where the answer is not the list itself.').optional(),
    email: field('The address, in each element.'),
    verified: field('Whether it is verified: the boolean true.').optional(),
    primary: field('Whether it is the main one: the boolean true.').optional(),
  },
  'How the answer of "emails_endpoint" is read: the first address that is both primary and verified.',
  'write an object such as { "email": "email", "verified": "verified", "primary": "primary" }',
)

export const oauth2Provider = closed(
  {
    type: z.literal('oauth2').meta({ description: 'Plain OAuth 2.0.' }),
    ...common,
    authorization_endpoint: url('Where people are sent.'),
    token_endpoint: url('Where the code is exchanged.'),
    userinfo_endpoint: url(
      'Where it says whose account it is. Required with "identity_from": "userinfo".',
    ).optional(),
    emails_endpoint: url('A list of addresses, where userinfo has none. With "emails".').optional(),
    emails: emails.optional(),
    issuer: issuer('When given, "iss" is required in answers and compared (RFC 9207).').optional(),
    identity_from: identityFrom.default('userinfo'),
    subject: subject.optional(),
    shared_account: sharedAccount,
    profile,
  },
  'A provider that speaks plain OAuth 2.0.',
  'write an object with "type", the three endpoints, "client_id", "client_secret" and "subject"',
)
