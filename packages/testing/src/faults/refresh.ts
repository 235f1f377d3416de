import { json } from '../http/answer.ts'
import { type AnswerFault, accepted, type NamedFault, refused } from './kinds.ts'
import { tokenFaults } from './token.ts'
import { limited, onMembers } from './transport.ts'

const {
  // Said of codes.
  'error-with-200': _code,
  // Damage that is refused at sign-in, and here counts as left out: the old refresh token may be spent by now.
  'negative-expires-in': negativeExpiry,
  'expires-in-not-a-number': wordyExpiry,
  ...common
} = tokenFaults

const error =
  (code: string, status: number): AnswerFault =>
  () =>
    json({ error: code }, status)

/** The same members but one; what is wrong with it counts as left out. */
const damaged = (what: string, members: Record<string, unknown>): NamedFault<AnswerFault> =>
  accepted(
    `done, ${what}: the client keeps what it has`,
    onMembers(() => members),
  )

/** Faults of the answer to a refresh. `done`: the provider has given new tokens, and rotated where it does. */
export const refreshFaults = {
  ...common,
  'rate-limited': limited,
  'slow-down': refused('400 slow_down, nothing done', error('slow_down', 400)),
  'error-with-200': refused('200 with bad_refresh_token, nothing done', error('bad_refresh_token', 200)),
  'invalid-grant-with-200': refused('200 with invalid_grant, nothing done', error('invalid_grant', 200)),
  'invalid-scope': refused('400 invalid_scope, nothing done', error('invalid_scope', 400)),
  'unauthorized-client': refused('400 unauthorized_client, nothing done', error('unauthorized_client', 400)),
  'unsupported-grant-type': refused(
    '400 unsupported_grant_type, nothing done',
    error('unsupported_grant_type', 400),
  ),
  'temporarily-unavailable': refused(
    '400 temporarily_unavailable, nothing done',
    error('temporarily_unavailable', 400),
  ),
  'negative-expires-in': { ...negativeExpiry, expect: 'accept' },
  'expires-in-not-a-number': { ...wordyExpiry, expect: 'accept' },
  'missing-refresh-token': damaged('no refresh_token', { refresh_token: undefined }),
  'null-refresh-token': damaged('refresh_token is null', { refresh_token: null }),
  'empty-refresh-token': damaged('refresh_token is ""', { refresh_token: '' }),
  'refresh-token-number': refused(
    'done, refresh_token is a number',
    onMembers(() => ({ refresh_token: 12_345 })),
  ),
  'missing-scope': damaged('no scope', { scope: undefined }),
  'scope-number': damaged('scope is a number', { scope: 7 }),
  'expires-in-null': damaged('expires_in is null', { expires_in: null }),
  'fewer-scopes': accepted(
    'done, scope lacks the last one',
    onMembers(({ scope }) => ({ scope: String(scope).split(' ').slice(0, -1).join(' ') })),
  ),
  'refresh-expires-in': accepted(
    'done, refresh_expires_in is 1800',
    onMembers(() => ({ refresh_expires_in: 1800 })),
  ),
  'foreign-id-token': refused(
    'done, id_token is no JWT',
    onMembers(() => ({ id_token: 'nonsense' })),
  ),
} as const satisfies Record<string, NamedFault<AnswerFault>>
