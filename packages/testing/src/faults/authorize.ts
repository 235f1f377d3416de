import type { AuthorizeFault, NamedFault } from './kinds.ts'
import { authorizing, doubled, onParams, replaced, without } from './params.ts'

/** An error instead of the code; `state` and `iss` stay. */
const failing = (error: string, description?: string): AuthorizeFault =>
  onParams((params) => [
    ['error', error],
    ...(description === undefined ? [] : [['error_description', description] as const]),
    ...params.filter(([name]) => name !== 'code' && name !== 'error' && name !== 'error_description'),
  ])

const longest = 10 * 1024

/** Faults of what comes back through the browser (RFC 6749 section 4.1.2, RFC 9207). */
export const authorizeFaults = {
  'access-denied': authorizing('error=access_denied', failing('access_denied')),
  'server-error': authorizing('error=server_error', failing('server_error')),
  'temporarily-unavailable': authorizing('error=temporarily_unavailable', failing('temporarily_unavailable')),
  'invalid-request': authorizing('error=invalid_request', failing('invalid_request')),
  'invalid-scope': authorizing('error=invalid_scope', failing('invalid_scope')),
  'unauthorized-client': authorizing('error=unauthorized_client', failing('unauthorized_client')),
  'unsupported-response-type': authorizing(
    'error=unsupported_response_type',
    failing('unsupported_response_type'),
  ),
  'login-required': authorizing('error=login_required', failing('login_required')),
  'interaction-required': authorizing('error=interaction_required', failing('interaction_required')),
  'consent-required': authorizing('error=consent_required', failing('consent_required')),
  'unknown-error': authorizing('an error code that no standard knows', failing('purple_elephant')),
  'script-error': authorizing(
    'error and error_description hold a script element',
    failing('<script>alert(1)</script>', '<script>alert(2)</script>'),
  ),
  'long-error-description': authorizing(
    '10 KB of error_description',
    failing('server_error', 'x'.repeat(longest)),
  ),
  'error-beside-code': authorizing(
    'error=access_denied and a good code',
    onParams((params) => [...params, ['error', 'access_denied']]),
  ),
  'missing-code': authorizing('neither code nor error', without('code')),
  'unknown-code': authorizing(
    'a code that was never issued',
    replaced('code', (code) => `${code}-never-issued`),
  ),
  'missing-iss': authorizing('no iss, although the metadata promises it', without('iss')),
  'wrong-iss': authorizing(
    'iss is somebody else',
    replaced('iss', () => 'https://issuer.example'),
  ),
  'iss-trailing-slash': authorizing(
    'iss with a slash more',
    replaced('iss', (iss) => `${iss}/`),
  ),
  'missing-state': authorizing('no state', without('state')),
  'wrong-state': authorizing(
    'another state of the same shape',
    replaced('state', (state) => Array.from(state).reverse().join('')),
  ),
  'empty-state': authorizing(
    'state is ""',
    replaced('state', () => ''),
  ),
  'duplicate-code': authorizing(
    'code twice, the second never issued',
    doubled('code', (code) => `${code}-second`),
  ),
  'duplicate-state': authorizing(
    'state twice, both the same',
    doubled('state', (state) => state),
  ),
  'duplicate-iss': authorizing(
    'iss twice, both the same',
    doubled('iss', (iss) => iss),
  ),
  'unasked-form-post': authorizing('answers by form_post though the query was asked for', (answer) => ({
    ...answer,
    mode: 'form_post',
  })),
  'unasked-fragment': authorizing('answers in the fragment though the query was asked for', (answer) => ({
    ...answer,
    mode: 'fragment',
  })),
  'extra-parameters': {
    description: 'unknown parameters beside the good ones, session_state among them',
    expect: 'accept',
    fault: onParams((params) => [...params, ['session_state', 'abc.def'], ['hd', 'example.com']]),
  },
} as const satisfies Record<string, NamedFault<AuthorizeFault>>
