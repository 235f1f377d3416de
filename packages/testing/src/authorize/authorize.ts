import { seconds } from '../clock.ts'
import type { Exchange } from '../http/exchange.ts'
import { choosePage } from '../pages/choose.ts'
import { pageResponse } from '../pages/layout.ts'
import { errorPage } from '../pages/notes.ts'
import type { Persona } from '../personas.ts'
import type { Protocol, Realm } from '../realm.ts'
import { type AuthorizationAnswer, type ResponseMode, sendAnswer } from './answer.ts'
import { type AuthorizationRequest, type ReadRequest, readAuthorizationRequest } from './request.ts'

interface Recipient {
  protocol: Protocol
  redirectUri: string
  mode: ResponseMode
  state: string | null
}

/** Sends the browser back with `params`, `state` and, at the OpenID provider, `iss` (RFC 9207 section 2). */
const answerTo = (
  realm: Realm,
  recipient: Recipient,
  params: [string, string][],
): Response | Promise<Response> => {
  const issued = recipient.protocol === 'oidc' && realm.issParameter
  const answer: AuthorizationAnswer = {
    redirectUri: recipient.redirectUri,
    mode: recipient.mode,
    params: [
      ...params,
      ...(recipient.state === null ? [] : [['state', recipient.state] as const]),
      ...(issued ? [['iss', realm.issuer] as const] : []),
    ],
  }
  const fault = realm.faults.take('authorize')
  const sent = fault === undefined ? answer : fault(answer, { issuer: realm.issuer, origin: realm.origin })
  return sendAnswer(sent, realm.name)
}

const refuse = (
  realm: Realm,
  protocol: Protocol,
  refusal: ReadRequest & { ok: false },
): Response | Promise<Response> => {
  if (refusal.tell === 'client') {
    const { error, description } = refusal
    return answerTo(realm, { protocol, ...refusal }, [
      ['error', error],
      ['error_description', description],
    ])
  }
  return pageResponse(errorPage({ provider: realm.name, ...refusal }), { status: 400 })
}

const decide = (
  realm: Realm,
  request: AuthorizationRequest,
  persona: Persona | 'deny',
): Response | Promise<Response> => {
  if (persona === 'deny' || persona.decision === 'deny') {
    return answerTo(realm, request, [
      ['error', 'access_denied'],
      ['error_description', 'The person declined'],
    ])
  }
  const code = realm.grants.issueCode({
    grant: realm.grants.open({
      protocol: request.protocol,
      clientId: request.client.client_id,
      persona,
      scope: realm.consent.choice?.(request.scope, persona) ?? request.scope,
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
      authTime: seconds(realm.clock),
      statesAuthTime: request.statesAuthTime,
    }),
    redirectUri: request.redirectUri,
    ...(request.challenge === undefined ? {} : { challenge: request.challenge }),
  })
  return answerTo(realm, request, [['code', code]])
}

const showPersonas = (realm: Realm, request: AuthorizationRequest): Promise<Response> => {
  const endpoint =
    request.protocol === 'oidc' ? realm.endpoints.authorization : realm.endpoints.oauth2.authorization
  const loginHint = request.params.get('login_hint')
  return pageResponse(
    choosePage({
      provider: realm.name,
      action: `${endpoint}/decision`,
      clientId: request.client.client_id,
      destination: new URL(request.redirectUri).origin,
      scope: request.scope,
      params: [...request.params],
      personas: realm.personas.list,
      ...(loginHint === null ? {} : { loginHint }),
    }),
  )
}

const autoApproved = (realm: Realm, request: AuthorizationRequest): Persona | undefined => {
  const { choice } = realm.approval
  return realm.personas.find(typeof choice === 'function' ? choice(request.params) : choice)
}

/** The authorization endpoint: the page of personas, or an answer at once under `autoApprove`. */
export const authorize =
  (realm: Realm, protocol: Protocol) =>
  (exchange: Exchange): Response | Promise<Response> => {
    const params = exchange.request.method === 'POST' ? exchange.form : exchange.query
    const read = readAuthorizationRequest(realm, protocol, params)
    if (!read.ok) return refuse(realm, protocol, read)
    const persona = autoApproved(realm, read.request)
    if (persona !== undefined) return decide(realm, read.request, persona)
    // No session is ever kept, so without a page nobody is signed in (OpenID Connect Core section 3.1.2.6).
    if (read.request.promptNone) return answerTo(realm, read.request, [['error', 'login_required']])
    return showPersonas(realm, read.request)
  }

/** Where the page's buttons post to: the request again, and `persona` or `decision=deny`. */
export const decision =
  (realm: Realm, protocol: Protocol) =>
  (exchange: Exchange): Response | Promise<Response> => {
    const params = new URLSearchParams(exchange.form)
    const persona =
      params.get('decision') === 'deny' ? 'deny' : realm.personas.find(params.get('persona') ?? '')
    params.delete('persona')
    params.delete('decision')
    const read = readAuthorizationRequest(realm, protocol, params)
    if (!read.ok) return refuse(realm, protocol, read)
    return persona === undefined ? showPersonas(realm, read.request) : decide(realm, read.request, persona)
  }
