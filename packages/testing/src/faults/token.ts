import { type JsonAnswer, json } from '../http/answer.ts'
import { type AnswerFault, accepted, ConnectionReset, type NamedFault, refused } from './kinds.ts'
import { onAnswer, onMembers, transportFaults } from './transport.ts'

const formEncoded = (answer: JsonAnswer): Response => {
  const fields = Object.entries(answer.members).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const headers = { ...answer.headers, 'content-type': 'application/x-www-form-urlencoded' }
  return new Response(new URLSearchParams(fields).toString(), { status: answer.status, headers })
}

/** Faults of the token answer (RFC 6749 sections 5.1 and 5.2). */
export const tokenFaults = {
  ...transportFaults,
  // RFC 6749 section 5.1 asks for application/json; elsewhere careful clients differ.
  'wrong-content-type': { ...transportFaults['wrong-content-type'], expect: 'refuse' },
  'lost-answer': refused('done, then the connection drops before the answer', async (answer) => {
    await answer()
    throw new ConnectionReset()
  }),
  'error-with-200': refused('200 with bad_verification_code, nothing done', () =>
    json({ error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }),
  ),
  'error-beside-tokens': refused(
    'done, 200 with good tokens and an error member',
    onMembers(() => ({ error: 'invalid_scope' })),
  ),
  'invalid-grant': refused('400 invalid_grant, nothing done', () => json({ error: 'invalid_grant' }, 400)),
  'invalid-client': refused('401 invalid_client, nothing done', () =>
    json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic realm="fake provider"' }),
  ),
  'missing-access-token': refused(
    'done, no access_token',
    onMembers(() => ({ access_token: undefined })),
  ),
  'empty-access-token': refused(
    'done, access_token is ""',
    onMembers(() => ({ access_token: '' })),
  ),
  'access-token-number': refused(
    'done, access_token is a number',
    onMembers(() => ({ access_token: 12_345 })),
  ),
  'missing-token-type': refused(
    'done, no token_type',
    onMembers(() => ({ token_type: undefined })),
  ),
  'unknown-token-type': refused(
    'done, token_type is mac',
    onMembers(() => ({ token_type: 'mac' })),
  ),
  'token-type-lower-case': accepted(
    'done, token_type is bearer in lower case',
    onMembers(() => ({ token_type: 'bearer' })),
  ),
  'negative-expires-in': refused(
    'done, expires_in is -1',
    onMembers(() => ({ expires_in: -1 })),
  ),
  'expires-in-string': {
    description: 'done, expires_in is the string "3600"',
    expect: 'either',
    fault: onMembers(() => ({ expires_in: '3600' })),
  },
  'expires-in-not-a-number': refused(
    'done, expires_in is "soon"',
    onMembers(() => ({ expires_in: 'soon' })),
  ),
  'missing-expires-in': accepted(
    'done, no expires_in',
    onMembers(() => ({ expires_in: undefined })),
  ),
  'form-encoded': refused('done, application/x-www-form-urlencoded instead of JSON', onAnswer(formEncoded)),
} as const satisfies Record<string, NamedFault<AnswerFault>>
