import { json } from '../http/answer.ts'
import { type AnswerFault, accepted, ConnectionReset, type NamedFault, refused } from './kinds.ts'
import { limited, transportFaults } from './transport.ts'

const { 'http-500': http500, 'http-503': http503, 'html-502': html502 } = transportFaults
const { hang, huge, redirect, reset } = transportFaults

/** Faults of the answer of the revocation endpoint (RFC 7009 section 2.2), of which the status alone counts. */
export const revocationFaults = {
  ...{ 'http-500': http500, 'http-503': http503, 'html-502': html502, hang, huge, redirect, reset },
  'rate-limited': limited,
  'lost-answer': refused('done, then the connection drops before the answer', async (answer) => {
    await answer()
    throw new ConnectionReset()
  }),
  empty: accepted('done, 200 with an empty body', async (answer) => {
    await answer()
    return new Response(null, { status: 200 })
  }),
  'invalid-client': refused('401 invalid_client, nothing done', () =>
    json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic realm="fake provider"' }),
  ),
  'error-with-200': refused('200 with server_error, nothing done', () => json({ error: 'server_error' })),
  // A client may have another token of the grant to revoke instead.
  'unsupported-token-type': {
    description: '400 unsupported_token_type, nothing done',
    expect: 'either',
    fault: () => json({ error: 'unsupported_token_type' }, 400),
  },
  'invalid-token': accepted('400 invalid_token, as Google says of a token that is over; nothing done', () =>
    json({ error: 'invalid_token' }, 400),
  ),
} as const satisfies Record<string, NamedFault<AnswerFault>>
