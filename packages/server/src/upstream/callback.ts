import { type AuthorizationServer, type Client, validateAuthResponse } from 'oauth4webapi'
import { type JourneyProof, UpstreamError, type ValidatedCallback } from './contract.ts'
import { fault, outage } from './failures.ts'
import { forLogs } from './text.ts'

export interface CallbackRules {
  as: AuthorizationServer
  client: Client
  /** What `iss` must be (RFC 9207); undefined where the provider's issuer is not known: then it is not looked at. */
  issuer: string | undefined
  issRequired: boolean
}

const maxCodeLength = 8_192

/** The user or the provider said no, in the standards' words and in those of some large providers. */
const refusals = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
  'user_cancelled_authorize',
  'user_cancelled_login',
  'user_denied',
])

const outages = new Set(['server_error', 'temporarily_unavailable'])

/** Whether an `error` of the provider, at the callback or in a token response, says that it is out. */
export const saysUnavailable = (error: string): boolean => outages.has(error)

/**
 * RFC 9207 section 2.4 first, so that an error is not believed either when another server sent it; then what
 * the answer says.
 *
 * @throws UpstreamError `provider_error`: `callback_state`, `callback_issuer`, `callback_issuer_missing`,
 *   `callback_malformed`, `callback_error`; `access_denied`: `callback_error`; `temporarily_unavailable`:
 *   `callback_error`
 */
export function judgeCallback(
  params: URLSearchParams,
  proof: JourneyProof,
  rules: CallbackRules,
): ValidatedCallback {
  for (const name of ['state', 'iss', 'error', 'code']) {
    if (params.getAll(name).length > 1) throw fault('callback_malformed', { detail: `${name} repeated` })
  }
  if (params.get('state') !== proof.state) throw fault('callback_state')
  const iss = params.get('iss')
  if (rules.issuer !== undefined) {
    if (iss === null && rules.issRequired) throw fault('callback_issuer_missing')
    if (iss !== null && iss !== rules.issuer) throw fault('callback_issuer', { detail: forLogs([iss]) })
  }
  const error = params.get('error')
  if (error !== null)
    throw errorAnswer(error, params.get('error_description'), [proof.state, params.get('code') ?? undefined])
  const code = params.get('code')
  if (code === null || code === '' || code.length > maxCodeLength) throw fault('callback_malformed')
  return asValidated({ code, state: proof.state, iss: rules.issuer === undefined ? null : iss }, proof, rules)
}

function errorAnswer(
  error: string,
  description: string | null,
  secrets: (string | undefined)[],
): UpstreamError {
  const detail = forLogs([error, description], secrets)
  if (refusals.has(error)) return new UpstreamError('access_denied', 'callback_error', { detail })
  if (saysUnavailable(error)) return outage('callback_error', { detail })
  return fault('callback_error', { detail })
}

/** oauth4webapi sends a code only from parameters that it has passed itself: a second opinion on the above. */
function asValidated(
  judged: { code: string; state: string; iss: string | null },
  proof: JourneyProof,
  { as, client }: CallbackRules,
): ValidatedCallback {
  const params = new URLSearchParams({ code: judged.code, state: judged.state })
  if (judged.iss !== null) params.set('iss', judged.iss)
  try {
    // The brand exists in types only; this is where it is given.
    return validateAuthResponse(as, client, params, proof.state) as ValidatedCallback
  } catch {
    // Without the cause: it holds the code.
    throw fault('callback_malformed')
  }
}
