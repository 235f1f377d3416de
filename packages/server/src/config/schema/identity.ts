import { z } from 'zod'
import { checkSubject } from '../provider-values.ts'
import { checkMemberPath } from '../wire-values.ts'
import { choice, closed, flag, list, remedied, text } from './field.ts'

export const field = (description: string) =>
  text(description, 'give the name of a field, with dots where objects nest: "user.id"', checkMemberPath)

const subjectRemedy =
  'give the name of the field with the immutable id, such as "id" or "data.user_id", or a list of such names'
const subjectField = text('A field.', subjectRemedy, checkSubject)
const nameRemedy = 'give the name of a field, such as "name", or a list of such names'

export const subject = z
  .union([subjectField, list(subjectField, 'Fields.', subjectRemedy, 4).min(1)], {
    error: remedied(subjectRemedy),
  })
  .meta({
    description:
      "The field that holds the account's immutable id, with dots where objects nest. Several are joined with a slash.",
  })

export const profile = closed(
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

export const sharedAccount = flag(
  'The account is one that several people may hold, such as a company: it can be connected, and signs nobody in.',
).default(false)

export const identityFrom = choice(
  ['userinfo', 'token-response', 'nothing'],
  'What tells whose account it is. "nothing": accounts can be connected, one for each person, and nobody signs in.',
  'leave it out, or use one of these',
)
