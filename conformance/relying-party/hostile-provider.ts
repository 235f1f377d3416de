import type { FaultPoint, faultTable } from '@latchkey/testing'
import type { Ending } from './room.ts'

/** Where faults strike on the way of a sign-in. What comes after one is played in packages/server/src/upstream, OAuth 1.0a in conformance/oauth1. */
export type JourneyPoint = Exclude<
  FaultPoint,
  'refresh' | 'revocation' | 'introspection' | 'request_token' | 'oauth1_callback' | 'access_token'
>

/** What must come of one fault. */
export interface Expected {
  /** Rows of the checklist, and numbers of known vulnerabilities elsewhere, that it guards. */
  guards: string
  /** How the journey ends. */
  ends: Ending
  /** What our log says under the request id that the app was told. Absent: nothing went wrong. */
  reason?: string
  /** Modules of the OpenID Foundation's conformance suite that play the same. */
  suite?: string[]
  /** The last endpoint that may be reached; default: the fault's own. A journey that ends well reaches all. */
  stopsAfter?: JourneyPoint
  /** Over plain OAuth 2.0, where that differs; `false`: the fault does not show there. */
  plain?: Partial<Expected> | false
  /** At a provider that answers by form_post, where that differs. */
  posted?: Partial<Expected>
  /** Takes the server's whole patience: played all at once, in `slow-provider.test.ts`. */
  slow?: true
}

type Options = Omit<Expected, 'guards' | 'ends' | 'reason'>

const ends =
  (ending: Ending) =>
  (guards: string, reason: string, options: Options = {}): Expected => ({
    guards,
    ends: ending,
    reason,
    ...options,
  })

/** The provider's answer failed a check. */
const refused = ends('provider_error')
/** The provider could not be had. */
const outage = ends('temporarily_unavailable')
/** The person or the provider said no. */
const denied = ends('access_denied')
/** Not known to be ours: a page, no redirect. */
const lost = ends('400 invalid_callback')
const strayed = ends('403 wrong_browser')
const welcome = (guards: string, options: Options = {}): Expected => ({ guards, ends: 'code', ...options })

const fapi = (name: string): string => `fapi2-security-profile-final-client-test-${name}`
const oidcc = (name: string): string => `oidcc-client-test-${name}`

/** What can go wrong with any JSON answer; `what` begins the reasons. */
const transport = (what: string) => ({
  'http-500': outage('R26', 'provider_5xx'),
  'http-503': outage('R26', 'provider_5xx'),
  html: refused('R26 R27', `${what}_not_json`),
  'html-502': outage('R26', 'provider_5xx'),
  empty: refused('R26 R27 61', `${what}_not_json`),
  hang: outage('R26', 'timeout', { slow: true }),
  slow: outage('R26', 'timeout', { slow: true }),
  huge: refused('R26', 'too_large'),
  reset: outage('R26', 'connection'),
  redirect: refused('R25', 'redirected'),
  truncated: refused('R26', `${what}_not_json`),
  'wrong-content-type': refused('R27', `${what}_not_json`),
  'deep-json': refused('R26', 'too_deep'),
  array: refused('R27', `${what}_not_json`),
})

const discovery = {
  ...transport('metadata'),
  'issuer-mismatch': refused('R18', 'metadata_issuer', {
    suite: [oidcc('discovery-issuer-mismatch'), fapi('discovery-issuer-mismatch')],
  }),
  'issuer-trailing-slash': refused('R18', 'metadata_issuer'),
  'issuer-missing': refused('R18', 'metadata_issuer'),
  'jwks-uri-missing': refused('R18', 'metadata_incomplete'),
  'token-endpoint-missing': refused('R18', 'metadata_incomplete'),
  'endpoints-not-http': refused('R18', 'insecure_url'),
  'alg-none-listed': welcome('R08'),
}

const onlyQuery: Options = { plain: false }

const authorize = {
  'access-denied': denied('R21', 'callback_error', { suite: ['oidcc-client-test-form-post-error'] }),
  'server-error': outage('R21', 'callback_error'),
  'temporarily-unavailable': outage('R21', 'callback_error'),
  'invalid-request': refused('R21', 'callback_error'),
  'invalid-scope': refused('R21', 'callback_error'),
  'unauthorized-client': refused('R21', 'callback_error'),
  'unsupported-response-type': refused('R21', 'callback_error'),
  'login-required': denied('R21', 'callback_error'),
  'interaction-required': denied('R21', 'callback_error'),
  'consent-required': denied('R21', 'callback_error'),
  'unknown-error': refused('R21', 'callback_error'),
  'script-error': refused('R21', 'callback_error'),
  'long-error-description': outage('R21', 'callback_error', {
    // 10 KB do not fit into the address of our own GET.
    posted: { ends: '400 invalid_callback', reason: 'the form is too large' },
  }),
  'error-beside-code': denied('R21 6', 'callback_error'),
  'missing-code': refused('R27', 'callback_malformed'),
  'unknown-code': refused('R26', 'invalid_grant', { stopsAfter: 'token' }),
  'missing-iss': refused('R19 6', 'callback_issuer_missing', {
    ...onlyQuery,
    suite: [fapi('remove-authorization-response-iss')],
  }),
  'wrong-iss': refused('R19', 'callback_issuer', {
    ...onlyQuery,
    suite: [fapi('invalid-authorization-response-iss')],
  }),
  'iss-trailing-slash': refused('R10 R19', 'callback_issuer', onlyQuery),
  'missing-state': lost('R01 5 6', 'state is missing or malformed', {
    suite: [fapi('ensure-authorization-response-with-invalid-missing-state-fails')],
  }),
  'wrong-state': strayed('R01 R02 4 5', 'no cookie', {
    suite: [fapi('ensure-authorization-response-with-invalid-state-fails')],
  }),
  'empty-state': lost('R01 5 6', 'state is missing or malformed'),
  'duplicate-code': lost('R22 41', 'a parameter is repeated'),
  'duplicate-state': lost('R22 41', 'a parameter is repeated'),
  'duplicate-iss': lost('R22 41', 'a parameter is repeated', onlyQuery),
  'unasked-form-post': {
    guards: 'R22',
    ends: '405 method_not_allowed',
    posted: { ends: 'code' },
  },
  'unasked-fragment': lost('R22', 'state is missing or malformed', {
    posted: { reason: 'no form_post answer' },
  }),
  'extra-parameters': welcome('R22'),
}

const token = {
  ...transport('token'),
  'lost-answer': outage('R26', 'connection'),
  'error-with-200': refused('R28 61', 'token_error'),
  'error-beside-tokens': refused('R28 61', 'invalid_scope'),
  'invalid-grant': refused('R27', 'invalid_grant'),
  'invalid-client': refused('R29', 'invalid_client'),
  'missing-access-token': refused('R27 61', 'token_malformed'),
  'empty-access-token': refused('R27 61', 'token_malformed'),
  'access-token-number': refused('R27', 'token_malformed'),
  'missing-token-type': refused('R27', 'token_malformed'),
  'unknown-token-type': refused('R27', 'token_type'),
  'token-type-lower-case': welcome('R27', { suite: [fapi('token-type-case-insensitivity')] }),
  'negative-expires-in': refused('R27', 'token_malformed'),
  'expires-in-string': refused('R27', 'token_malformed'),
  'expires-in-not-a-number': refused('R27', 'token_malformed'),
  'missing-expires-in': welcome('R27', { suite: [fapi('token-endpoint-response-without-expires_in')] }),
  'form-encoded': refused('R27', 'token_not_json'),
}

const id_token = {
  'alg-none': refused('R07 R08', 'id_token_algorithm', {
    suite: [oidcc('idtoken-sig-none'), fapi('invalid-null-alg')],
  }),
  'alg-none-mixed-case': refused('R07 R08', 'id_token_algorithm'),
  'hs256-public-pem': refused('R08 52', 'id_token_algorithm', { suite: [oidcc('invalid-sig-hs256')] }),
  'hs256-public-jwk': refused('R08 52', 'id_token_algorithm', { suite: [oidcc('invalid-sig-hs256')] }),
  'hs256-client-secret': refused('R08', 'id_token_algorithm', { suite: [oidcc('invalid-sig-hs256')] }),
  'other-algorithm': refused('R08', 'id_token_key', { suite: [fapi('invalid-alternate-alg')] }),
  'bad-signature': refused('R07 28', 'id_token_signature', {
    suite: [oidcc('invalid-sig-rs256'), oidcc('invalid-sig-es256')],
  }),
  'empty-signature': refused('R07 28', 'id_token_signature'),
  'foreign-key': refused('R07 R09', 'id_token_signature'),
  'wrong-kid': refused('R09', 'id_token_key'),
  'missing-kid': welcome('R07', { suite: [oidcc('kid-absent-single-jwks')] }),
  'kid-path': refused('R09', 'id_token_key'),
  'jwk-header': refused('R09', 'id_token_signature'),
  'jku-header': refused('R09', 'id_token_signature'),
  'x5u-header': refused('R09', 'id_token_signature'),
  'x5c-header': refused('R09', 'id_token_signature'),
  'unknown-crit': refused('R09', 'id_token_critical'),

  'wrong-iss': refused('R10 19', 'id_token_issuer', { suite: [oidcc('invalid-iss'), fapi('invalid-iss')] }),
  'iss-suffix': refused('R10', 'id_token_issuer'),
  'iss-trailing-slash': refused('R10', 'id_token_issuer'),
  'iss-upper-case': refused('R10', 'id_token_issuer'),
  'missing-iss': refused('R10', 'id_token_issuer', { suite: [fapi('invalid-missing-iss')] }),
  'wrong-aud': refused('R11', 'id_token_audience', { suite: [oidcc('invalid-aud'), fapi('invalid-aud')] }),
  'missing-aud': refused('R11', 'id_token_audience', {
    suite: [oidcc('missing-aud'), fapi('invalid-missing-aud')],
  }),
  'aud-array': welcome('R11', { suite: [fapi('valid-aud-as-array')] }),
  'extra-aud': refused('R11', 'id_token_audience', { suite: [fapi('invalid-secondary-aud')] }),
  'extra-aud-azp': refused('R11', 'id_token_audience', { suite: [fapi('invalid-secondary-aud')] }),
  'wrong-azp': refused('R11', 'id_token_authorized_party'),
  'own-azp': welcome('R11'),
  expired: refused('R12', 'id_token_expired', { suite: [fapi('invalid-expired-exp')] }),
  'missing-exp': refused('R12', 'id_token_time', { suite: [fapi('invalid-missing-exp')] }),
  'exp-string': refused('R12', 'id_token_time'),
  'missing-iat': refused('R12', 'id_token_time', { suite: [oidcc('missing-iat')] }),
  'future-iat': refused('R12', 'id_token_time'),
  'future-nbf': refused('R12', 'id_token_time'),
  'missing-sub': refused('R12', 'id_token_subject', { suite: [oidcc('missing-sub')] }),
  'empty-sub': refused('R12', 'id_token_subject'),
  'sub-number': refused('R12', 'id_token_subject'),
  'other-sub': refused('R15', 'userinfo_subject', { stopsAfter: 'userinfo' }),
  'missing-nonce': refused('R05 6', 'id_token_nonce', { suite: [fapi('invalid-missing-nonce')] }),
  'wrong-nonce': refused('R05', 'id_token_nonce', { suite: [oidcc('nonce-invalid'), fapi('invalid-nonce')] }),
  'wrong-at-hash': refused('R07', 'id_token_access_token', { suite: [oidcc('invalid-athash')] }),
  'missing-at-hash': welcome('R07', { suite: [oidcc('missing-athash')] }),
  'old-auth-time': refused('R14', 'id_token_auth_time'),
  'missing-auth-time': refused('R14', 'id_token_auth_time'),
  'email-verified-string': welcome('R32 22'),

  'missing-id-token': refused('R06 R27', 'id_token_missing'),
  garbage: refused('R07', 'id_token_malformed'),
  'typ-access-token': refused('R07 48', 'id_token_type'),
}

const jwks = {
  ...transport('jwks'),
  'no-keys': refused('R09 R17', 'id_token_key'),
  'keys-missing': refused('R09', 'jwks_malformed'),
  rotated: refused('R09 R17', 'id_token_key'),
  'no-alg': welcome('R08 52'),
  // A kid in the token's header that no published key has.
  'no-kid': refused('R09', 'id_token_key'),
  'encryption-only': refused('R09', 'id_token_key'),
  'unknown-key-beside': welcome('R09'),
}

const userinfo = {
  ...transport('userinfo'),
  'http-401': refused('R15', 'userinfo_status'),
  'other-subject': refused('R15', 'userinfo_subject', {
    suite: [oidcc('userinfo-invalid-sub')],
    // Nothing to compare it with: this is who signed in.
    plain: { ends: 'code' },
  }),
  'missing-subject': refused('R15', 'userinfo_subject', { plain: { reason: 'subject_malformed' } }),
  'empty-subject': refused('R15', 'userinfo_subject', { plain: { reason: 'subject_malformed' } }),
  'subject-object': refused('R15', 'userinfo_subject', { plain: { reason: 'subject_malformed' } }),
  'email-verified-string': welcome('R32 22'),
}

/** A fault without a row does not compile. */
const complete = {
  discovery,
  authorize,
  token,
  id_token,
  jwks,
  userinfo,
} satisfies { [P in JourneyPoint]: Record<keyof (typeof faultTable)[P], Expected> }

/** Every fault that the hostile provider can play, and what must come of it. */
export const hostileProvider: { readonly [P in JourneyPoint]: Readonly<Record<string, Expected>> } = complete
