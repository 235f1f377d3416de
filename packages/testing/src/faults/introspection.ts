import { json } from '../http/answer.ts'
import { type AnswerFault, accepted, type NamedFault, refused } from './kinds.ts'
import { limited, onMembers, transportFaults } from './transport.ts'

/** Faults of the answer of the introspection endpoint (RFC 7662 section 2.2). */
export const introspectionFaults = {
  ...transportFaults,
  'rate-limited': limited,
  'invalid-client': refused('401 invalid_client', () => json({ error: 'invalid_client' }, 401)),
  inactive: accepted('active is false, whatever the token', () => json({ active: false })),
  'missing-active': refused(
    'no active',
    onMembers(() => ({ active: undefined })),
  ),
  'active-string': refused(
    'active is the string "true"',
    onMembers(() => ({ active: 'true' })),
  ),
  'missing-exp': accepted(
    'no exp',
    onMembers(() => ({ exp: undefined })),
  ),
  'exp-not-a-number': accepted(
    'exp is "soon": not known',
    onMembers(() => ({ exp: 'soon' })),
  ),
} as const satisfies Record<string, NamedFault<AnswerFault>>
