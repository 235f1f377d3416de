import type { WireRules } from '@latchkey/providers'
import { type AuthorizationServer, type Client, validateAuthResponse } from 'oauth4webapi'
import type { Clock } from '../clock.ts'
import { type JourneyProof, UpstreamError, type ValidatedCallback } from './contract.ts'
import { fault, outage } from './failures.ts'
import { checkSignedCallback } from './signed-callback.ts'
import { forLogs } from './text.ts'
import { checkTokenHost } from './token-host.ts'

export interface CallbackRules {
  as: AuthorizationServer
  client: Client
  /** What `iss` must be (RFC 9207); undefined where the provider's issuer is not known: then it is not looked at. */
  issuer: string | undefined
  issRequired: boolean
  wire: WireRules
  /** Signs callbacks, where they are signed. */
  clientSecret: string | undefined
  clock: Clock
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
 * RFC 9207 section 2.4 and the signature first, so that an error is not believed either when somebody else sent it; then what
 * the answer says.
 *
 * @throws UpstreamError `provider_error`: `callback_state`, `callback_issuer`, `callback_issuer_missing`,
 *   `callback_malformed`, `callback_error`, `callback_tenant`, `callback_token_host` and what `checkSignedCallback` throws;
 *   `access_denied`: `callback_error`; `temporarily_unavailable`: `callback_error`
 */
export function judgeCallback(
  params: URLSearchParams,
  proof: JourneyProof,
  rules: CallbackRules,
): ValidatedCallback {
  const { wire } = rules
  const codeName = wire.callbackNames.code ?? 'code'
  const errorNames = new Set(['error', wire.callbackNames.error ?? 'error'])
  const once = [...errorNames, codeName, 'state', 'iss', ...Object.keys(wire.callbackTenant)]
  for (const name of [...once, ...wire.keepFromCallback, ...(wire.sendFromCallback ?? [])]) {
    if (params.getAll(name).length > 1) throw fault('callback_malformed', { detail: `${name} repeated` })
  }
  if (params.get('state') !== proof.state) throw fault('callback_state')
  const iss = params.get('iss')
  if (rules.issuer !== undefined) {
    if (iss === null && rules.issRequired) throw fault('callback_issuer_missing')
    if (iss !== null && iss !== rules.issuer) throw fault('callback_issuer', { detail: forLogs([iss]) })
  }
  if (wire.callbackSignature !== undefined) checkSignedCallback(params, rules.clientSecret, rules.clock)
  const given = params.get(codeName)
  const error = [...errorNames].map((name) => params.get(name)).find((value) => value !== null)
  if (error !== undefined) {
    const description = params.get(wire.callbackNames.error_description ?? 'error_description')
    const { state, nonce, codeVerifier } = proof
    throw errorAnswer(error, description, wire, [state, nonce, codeVerifier, given ?? undefined])
  }
  for (const [name, tenant] of Object.entries(wire.callbackTenant)) {
    if (params.get(name) !== tenant) throw fault('callback_tenant', { detail: name })
  }
  checkTokenHost(wire, params)
  const code = withoutSuffix(given ?? '', wire.codeSuffix)
  if (code === '' || code.length > maxCodeLength) throw fault('callback_malformed')
  const judged = { code, state: proof.state, iss: rules.issuer === undefined ? null : iss }
  return Object.assign(asValidated(judged, proof, rules), { received: new URLSearchParams(params) })
}

const withoutSuffix = (code: string, suffix = ''): string =>
  suffix !== '' && code.endsWith(suffix) ? code.slice(0, -suffix.length) : code

/** What an `error` at the callback means. */
export function errorAnswer(
  error: string,
  description: string | null,
  wire: Pick<WireRules, 'callbackRefusals'>,
  secrets: (string | undefined)[],
): UpstreamError {
  const detail = forLogs([error, description], secrets)
  if (refusals.has(error) || wire.callbackRefusals.includes(error))
    return new UpstreamError('access_denied', 'callback_error', { detail })
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
