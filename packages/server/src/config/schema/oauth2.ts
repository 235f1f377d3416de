import { z } from 'zod'
import { checkSubject } from '../provider-values.ts'
import { checkMemberPath } from '../wire-values.ts'
import { choice, closed, list, remedied, text } from './field.ts'
import { common, issuer, url } from './provider-common.ts'

const field = (description: string) =>
  text(description, 'give the name of a field, with dots where objects nest: "user.id"', checkMemberPath)

const subjectRemedy =
  'give the name of the field with the immutable id, such as "id" or "data.user_id", or a list of such names'
const subjectField = text('A field.', subjectRemedy, checkSubject)
const nameRemedy = 'give the name of a field, such as "name", or a list of such names'

const subject = z
  .union([subjectField, list(subjectField, 'Fields.', subjectRemedy, 4).min(1)], {
    error: remedied(subjectRemedy),
  })
  .meta({
    description:
      "The field that holds the account's immutable id, with dots where objects nest. Several are joined with a slash.",
  })

const profile = closed(
  {
    name: z
      .union([field("The person's name."), list(field('A field.'), 'Fields.', nameRemedy, 4).min(1)], {
        error: remedied(nameRemedy),
      })
      .meta({ description: "The person's name. Several are joined with a space." })
      .optional(),
    email: field('The e-mail address.').optional(),
    email_verified: field('Whether the provider has verified it: the boolean true.').optional(),
    picture: field('The URL of a picture.').optional(),
    label: field('What the account is called for people.').optional(),
  },
  'Fields of the userinfo answer, where they differ from the claims of OpenID Connect.',
  'write an object such as { "name": "display_name" }',
).default({})

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
    identity_from: choice(
      ['userinfo', 'token-response', 'nothing'],
      'What tells whose account it is. "nothing": accounts can be connected, one for each person, and nobody signs in.',
      'leave it out, or use one of these',
    ).default('userinfo'),
    subject: subject.optional(),
    profile,
  },
  'A provider that speaks plain OAuth 2.0.',
  'write an object with "type", the three endpoints, "client_id", "client_secret" and "subject"',
)
