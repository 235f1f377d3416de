import type { AuthorizeFault, NamedFault } from './kinds.ts'
import { authorizing, doubled, onParams, replaced, without } from './params.ts'

/** Faults of what comes back through the browser (RFC 5849 section 2.2). */
export const oauth1CallbackFaults = {
  'missing-token': authorizing('no oauth_token', without('oauth_token')),
  'empty-token': authorizing(
    'oauth_token is ""',
    replaced('oauth_token', () => ''),
  ),
  'other-token': authorizing(
    'the request token of somebody else',
    replaced('oauth_token', (token) => Array.from(token).reverse().join('')),
  ),
  'duplicate-token': authorizing(
    'oauth_token twice, both the same',
    doubled('oauth_token', (token) => token),
  ),
  'missing-verifier': authorizing('no oauth_verifier', without('oauth_verifier')),
  'empty-verifier': authorizing(
    'oauth_verifier is ""',
    replaced('oauth_verifier', () => ''),
  ),
  'wrong-verifier': authorizing(
    'another verifier',
    replaced('oauth_verifier', (verifier) => `${verifier}x`),
  ),
  'huge-verifier': authorizing(
    'oauth_verifier of 5,000 characters',
    replaced('oauth_verifier', () => 'v'.repeat(5_000)),
  ),
  'duplicate-verifier': authorizing(
    'oauth_verifier twice',
    doubled('oauth_verifier', () => 'another'),
  ),
  'denied-beside-verifier': authorizing(
    'denied and a good verifier',
    onParams((params) => [...params, ['denied', 'x']]),
  ),
  'error-access-denied': authorizing(
    'error=access_denied',
    onParams(() => [['error', 'access_denied']]),
  ),
  'server-error': authorizing(
    'error=server_error',
    onParams(() => [['error', 'server_error']]),
  ),
  'user-refused': authorizing(
    'oauth_problem=user_refused',
    onParams(() => [['oauth_problem', 'user_refused']]),
  ),
  'unknown-problem': authorizing(
    'oauth_problem that nobody knows, with a script element',
    onParams(() => [['oauth_problem', '<script>alert(1)</script>']]),
  ),
  'second-state': authorizing(
    'state once more',
    onParams((params) => [...params, ['state', 'another']]),
  ),
  'extra-parameters': {
    description: 'unknown parameters beside the good ones',
    expect: 'accept',
    fault: onParams((params) => [...params, ['lang', 'en'], ['session', 'x']]),
  },
} as const satisfies Record<string, NamedFault<AuthorizeFault>>
