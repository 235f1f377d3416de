import { json } from '../http/answer.ts'
import { type AnswerFault, type NamedFault, refused } from './kinds.ts'
import { onMembers, transportFaults } from './transport.ts'

/** Of an answer that holds credentials, when all is well a form (RFC 5849 sections 2.1 and 2.3). */
const common = {
  ...transportFaults,
  'wrong-content-type': refused(
    'done, JSON labelled text/plain',
    transportFaults['wrong-content-type'].fault,
  ),
  json: refused('done, JSON instead of a form', async (answer) => {
    const { members, headers } = await answer()
    return Response.json(members, { headers })
  }),
  'html-labelled-form': refused('200 with an HTML page labelled as a form, nothing done', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return new Response('<!doctype html><title>a=b&oauth_token=c&oauth_token_secret=d</title>', { headers })
  }),
  'too-many-requests': refused('429, nothing done', () => json({}, 429, { 'retry-after': '30' })),
  'missing-token': refused(
    'done, no oauth_token',
    onMembers(() => ({ oauth_token: undefined })),
  ),
  'empty-token': refused(
    'done, oauth_token is empty',
    onMembers(() => ({ oauth_token: '' })),
  ),
  'token-with-a-line-break': refused(
    'done, oauth_token holds a line break',
    onMembers(({ oauth_token }) => ({ oauth_token: `${String(oauth_token)}\r\nx: y` })),
  ),
  'missing-secret': refused(
    'done, no oauth_token_secret',
    onMembers(() => ({ oauth_token_secret: undefined })),
  ),
  'empty-secret': refused(
    'done, oauth_token_secret is empty',
    onMembers(() => ({ oauth_token_secret: '' })),
  ),
  'huge-secret': refused(
    'done, oauth_token_secret of 5,000 characters',
    onMembers(() => ({ oauth_token_secret: 's'.repeat(5_000) })),
  ),
  'repeated-token': refused(
    'done, oauth_token twice',
    onMembers(({ oauth_token }) => ({ oauth_token: [oauth_token, 'another'] })),
  ),
  'repeated-field': refused(
    'done, a field of its own twice',
    onMembers(() => ({ user_id: ['1001', '1002'] })),
  ),
  'problem-with-200': refused(
    '200 with oauth_problem beside good credentials',
    onMembers(() => ({ oauth_problem: 'token_rejected' })),
  ),
  'unknown-consumer': refused('401 with oauth_problem=consumer_key_unknown, nothing done', () =>
    json({ oauth_problem: 'consumer_key_unknown' }, 401),
  ),
  'status-201': refused('done, with status 201', async (answer) => ({ ...(await answer()), status: 201 })),
} as const satisfies Record<string, NamedFault<AnswerFault>>

/** Faults of temporary credentials. */
export const requestTokenFaults = {
  ...common,
  'callback-not-confirmed': refused(
    'done, oauth_callback_confirmed is false',
    onMembers(() => ({ oauth_callback_confirmed: 'false' })),
  ),
  'confirmation-missing': refused(
    'done, no oauth_callback_confirmed, as by a server of version 1.0',
    onMembers(() => ({ oauth_callback_confirmed: undefined })),
  ),
  'other-token': refused(
    'done, with the name of a token that was never issued',
    onMembers(() => ({ oauth_token: 'never-issued' })),
  ),
} as const satisfies Record<string, NamedFault<AnswerFault>>

/** Faults of token credentials. */
export const accessTokenFaults = {
  ...common,
  'other-secret': refused(
    'done, with a secret that does not belong to the token',
    onMembers(() => ({ oauth_token_secret: 'of-another-token' })),
  ),
  'person-refused': refused('401 with oauth_problem=permission_denied, nothing done', () =>
    json({ oauth_problem: 'permission_denied' }, 401),
  ),
  'somebody-else': {
    description: 'done, and the fields beside the credentials name somebody else',
    expect: 'either',
    fault: onMembers(() => ({ user_id: '9999', screen_name: 'somebody' })),
  },
} as const satisfies Record<string, NamedFault<AnswerFault>>
