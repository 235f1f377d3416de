import type { AuthorizationAnswer } from '../authorize/answer.ts'
import type { AuthorizeFault, NamedFault } from './kinds.ts'

type Params = AuthorizationAnswer['params']

const onParams =
  (change: (params: Params) => Params): AuthorizeFault =>
  (answer) => ({ ...answer, params: change(answer.params) })

const without = (...names: string[]) => onParams((params) => params.filter(([name]) => !names.includes(name)))

const replaced = (name: string, value: (old: string) => string) =>
  onParams((params) => params.map(([key, old]) => (key === name ? [key, value(old)] : [key, old])))

const doubled = (name: string, second: (first: string) => string) =>
  onParams((params) =>
    params.flatMap(([key, value]) =>
      key === name
        ? [
            [key, value],
            [key, second(value)],
          ]
        : [[key, value]],
    ),
  )

/** An error instead of the code; `state` and `iss` stay. */
const failing = (error: string, description?: string): AuthorizeFault =>
  onParams((params) => [
    ['error', error],
    ...(description === undefined ? [] : [['error_description', description] as const]),
    ...params.filter(([name]) => name !== 'code' && name !== 'error' && name !== 'error_description'),
  ])

const refused = (description: string, fault: AuthorizeFault): NamedFault<AuthorizeFault> => ({
  description,
  expect: 'refuse',
  fault,
})

const longest = 10 * 1024

/** Faults of what comes back through the browser (RFC 6749 section 4.1.2, RFC 9207). */
export const authorizeFaults = {
  'access-denied': refused('error=access_denied', failing('access_denied')),
  'server-error': refused('error=server_error', failing('server_error')),
  'temporarily-unavailable': refused('error=temporarily_unavailable', failing('temporarily_unavailable')),
  'invalid-request': refused('error=invalid_request', failing('invalid_request')),
  'invalid-scope': refused('error=invalid_scope', failing('invalid_scope')),
  'unauthorized-client': refused('error=unauthorized_client', failing('unauthorized_client')),
  'unsupported-response-type': refused(
    'error=unsupported_response_type',
    failing('unsupported_response_type'),
  ),
  'login-required': refused('error=login_required', failing('login_required')),
  'interaction-required': refused('error=interaction_required', failing('interaction_required')),
  'consent-required': refused('error=consent_required', failing('consent_required')),
  'unknown-error': refused('an error code that no standard knows', failing('purple_elephant')),
  'script-error': refused(
    'error and error_description hold a script element',
    failing('<script>alert(1)</script>', '<script>alert(2)</script>'),
  ),
  'long-error-description': refused(
    '10 KB of error_description',
    failing('server_error', 'x'.repeat(longest)),
  ),
  'error-beside-code': refused(
    'error=access_denied and a good code',
    onParams((params) => [...params, ['error', 'access_denied']]),
  ),
  'missing-code': refused('neither code nor error', without('code')),
  'unknown-code': refused(
    'a code that was never issued',
    replaced('code', (code) => `${code}-never-issued`),
  ),
  'missing-iss': refused('no iss, although the metadata promises it', without('iss')),
  'wrong-iss': refused(
    'iss is somebody else',
    replaced('iss', () => 'https://issuer.example'),
  ),
  'iss-trailing-slash': refused(
    'iss with a slash more',
    replaced('iss', (iss) => `${iss}/`),
  ),
  'missing-state': refused('no state', without('state')),
  'wrong-state': refused(
    'another state of the same shape',
    replaced('state', (state) => Array.from(state).reverse().join('')),
  ),
  'empty-state': refused(
    'state is ""',
    replaced('state', () => ''),
  ),
  'duplicate-code': refused(
    'code twice, the second never issued',
    doubled('code', (code) => `${code}-second`),
  ),
  'duplicate-state': refused(
    'state twice, both the same',
    doubled('state', (state) => state),
  ),
  'duplicate-iss': refused(
    'iss twice, both the same',
    doubled('iss', (iss) => iss),
  ),
  'unasked-form-post': refused('answers by form_post though the query was asked for', (answer) => ({
    ...answer,
    mode: 'form_post',
  })),
  'unasked-fragment': refused('answers in the fragment though the query was asked for', (answer) => ({
    ...answer,
    mode: 'fragment',
  })),
  'extra-parameters': {
    description: 'unknown parameters beside the good ones, session_state among them',
    expect: 'accept',
    fault: onParams((params) => [...params, ['session_state', 'abc.def'], ['hd', 'example.com']]),
  },
} as const satisfies Record<string, NamedFault<AuthorizeFault>>
