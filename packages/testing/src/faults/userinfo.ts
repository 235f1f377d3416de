import { json } from '../http/answer.ts'
import { type AnswerFault, type NamedFault, refused } from './kinds.ts'
import { onMembers, transportFaults } from './transport.ts'

/** Faults of the user's record: `sub` at the OpenID provider, `id` at the plain OAuth 2.0 one. */
export const userinfoFaults = {
  ...transportFaults,
  'http-401': refused('401 invalid_token', () =>
    json({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer error="invalid_token"' }),
  ),
  'other-subject': refused(
    'the record of somebody else',
    onMembers((members) => ('sub' in members ? { sub: 'fake-somebody-else' } : { id: 9999 })),
  ),
  'missing-subject': refused(
    'no sub, no id',
    onMembers(() => ({ sub: undefined, id: undefined })),
  ),
  'empty-subject': refused(
    'sub or id is ""',
    onMembers((members) => ('sub' in members ? { sub: '' } : { id: '' })),
  ),
  'subject-object': refused(
    'sub or id is an object',
    onMembers((members) => ('sub' in members ? { sub: { id: 1 } } : { id: { value: 1 } })),
  ),
  'email-verified-string': {
    description: 'email_verified is the string "true": not verified (OpenID Connect Core section 5.1)',
    expect: 'accept',
    fault: onMembers(() => ({ email_verified: 'true' })),
  },
} as const satisfies Record<string, NamedFault<AnswerFault>>
