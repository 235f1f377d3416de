import { sendAnswer } from '../authorize/answer.ts'
import { allowsRedirect } from '../clients.ts'
import { seconds } from '../clock.ts'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { choosePage } from '../pages/choose.ts'
import { pageResponse } from '../pages/layout.ts'
import { errorPage } from '../pages/notes.ts'
import type { Persona } from '../personas.ts'
import { callbackParameters } from './callback.ts'
import { byStandardNames, demand, type Parameters, queryBeyond, refuse } from './parameters.ts'
import type { Play } from './play.ts'
import { scopesOf } from './scopes.ts'

interface Asked {
  redirectUri: string
  state?: string
  scope: readonly string[]
  nonce?: string
  challenge?: string
  /** As it came, for the page. */
  params: URLSearchParams
  /** The parameters that it takes to get a refresh token were there. */
  offline: boolean
}

/** Character by character; a state in the query is the app's own. */
const isRegistered = ({ rules, registered, client }: Play, uri: string): boolean => {
  if (registered.uri === undefined) return allowsRedirect(client, uri)
  return registered.uri === (rules.stateIn === 'redirect-uri' ? uri.split('?')[0] : uri)
}

/** Not to be told to the app by way of the browser: the app itself is not known yet. */
const appOf = (play: Play, params: Parameters): string => {
  const { rules, registered } = play
  if (params.get('client_id') !== play.client.client_id) throw refuse('no such app is registered')
  const sent = params.get('redirect_uri')
  if (rules.redirectUriValue !== undefined) {
    if (sent !== rules.redirectUriValue) throw refuse(`redirect_uri must be ${rules.redirectUriValue}`)
    if (registered.uri === undefined) throw refuse('no address is registered under this name: register it')
    return registered.uri
  }
  if (sent === undefined || !isRegistered(play, sent))
    throw refuse('redirect_uri is missing or not registered')
  return sent
}

const challengeOf = ({ entry, quirks, rules }: Play, params: Parameters): string | undefined => {
  const challenge = params.get('code_challenge')
  if (entry.pkce === 'none') {
    if (challenge !== undefined || params.has('code_challenge_method')) throw refuse('PKCE is unknown here')
    return undefined
  }
  if (challenge === undefined) {
    if (quirks.has('pkce-required')) throw refuse('code_challenge is needed')
    return undefined
  }
  const method = rules.unsafeCodeChallenge ?? 'S256'
  if ((params.get('code_challenge_method') ?? 'plain') !== method)
    throw refuse(`code_challenge_method must be ${method}`)
  return challenge
}

const judge = (
  play: Play,
  params: Parameters,
  sent: URLSearchParams,
): Omit<Asked, 'redirectUri' | 'state'> => {
  const { rules, entry } = play
  if (params.get('response_type') !== rules.responseType) {
    throw new OAuthError('unsupported_response_type', `response_type must be ${rules.responseType}`)
  }
  const mode = params.get('response_mode')
  if (entry.responseMode === 'form_post' ? mode !== 'form_post' : mode === 'form_post') {
    throw refuse('response_mode is not the one of this provider')
  }
  demand(sent, entry.authorizeParams ?? {}, { client_id: play.client.client_id })
  const nonce = params.get('nonce')
  const challenge = challengeOf(play, params)
  const extra = Object.entries(entry.connectAuthorizeParams ?? {})
  return {
    scope: scopesOf(play, params.get('scope')),
    ...(nonce === undefined ? {} : { nonce }),
    ...(challenge === undefined ? {} : { challenge }),
    params: sent,
    offline: extra.every(([name, value]) => sent.get(name) === value),
  }
}

const send = (
  play: Play,
  to: Pick<Asked, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
  persona?: Persona,
): Response | Promise<Response> => {
  const { realm, entry, urls } = play
  const drafted = {
    redirectUri: to.redirectUri,
    mode: entry.responseMode ?? ('query' as const),
    params: callbackParameters(play, answer, to.state, persona),
  }
  const fault = realm.faults.take('authorize')
  const sent = fault === undefined ? drafted : fault(drafted, { issuer: urls.base, origin: realm.origin })
  return sendAnswer(sent, entry.name)
}

/** Names of scopes without which there is no refresh token, where the entry says so. */
const offlineScopes = ({ entry, quirks }: Play): readonly string[] =>
  quirks.has('offline-needs-scope')
    ? (entry.scopes?.connect ?? []).filter((scope) => /offline|refresh/i.test(scope))
    : []

const decide = (play: Play, asked: Asked, persona: Persona | 'deny'): Response | Promise<Response> => {
  const { realm, rules, grants, client, entry } = play
  if (persona === 'deny' || persona.decision === 'deny') {
    const error = rules.callbackRefusals[0] ?? 'access_denied'
    return send(play, asked, { error, error_description: 'The person declined' })
  }
  const scope = realm.consent.choice?.(asked.scope, persona) ?? asked.scope
  const grant = grants.open({
    protocol: entry.protocol === 'oidc' ? 'oidc' : 'oauth2',
    clientId: client.client_id,
    persona,
    scope,
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
    authTime: seconds(realm.clock),
    statesAuthTime: asked.params.has('max_age'),
    offline: asked.offline && offlineScopes(play).every((one) => scope.includes(one)),
  })
  if (asked.state !== undefined) play.states.set(grant, asked.state)
  const code = grants.issueCode({
    grant,
    redirectUri: rules.redirectUriValue ?? asked.redirectUri,
    ...(asked.challenge === undefined ? {} : { challenge: asked.challenge }),
  })
  return send(play, asked, { code: `${code}${rules.codeSuffix ?? ''}` }, persona)
}

const showPersonas = (play: Play, asked: Asked): Promise<Response> =>
  pageResponse(
    choosePage({
      provider: play.entry.name,
      action: `${play.urls.base}/decision`,
      clientId: play.client.client_id,
      destination: new URL(asked.redirectUri).origin,
      scope: asked.scope,
      params: [...asked.params],
      personas: play.realm.personas.list,
    }),
  )

type Next = (asked: Asked) => Response | Promise<Response>

/** Reads the request; what is wrong with it goes to the app where there is one, else to the person. */
const reading = (play: Play, sent: URLSearchParams, next: Next): Response | Promise<Response> => {
  let to: Pick<Asked, 'redirectUri' | 'state'> | undefined
  try {
    const params = byStandardNames(sent, play.rules.authorizeNames)
    const state = params.get('state')
    to = { redirectUri: appOf(play, params), ...(state === undefined ? {} : { state }) }
    return next({ ...to, ...judge(play, params, sent) })
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    if (to !== undefined) return send(play, to, { error: error.code, error_description: error.message })
    return pageResponse(
      errorPage({ provider: play.entry.name, code: error.code, description: error.message }),
      { status: 400 },
    )
  }
}

/** The authorization endpoint: the page of personas, or an answer at once under `autoApprove`. */
export const playedAuthorization =
  (play: Play) =>
  (exchange: Exchange): Response | Promise<Response> => {
    let sent: URLSearchParams
    try {
      sent = queryBeyond(play.urls.authorization, exchange)
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      const { code, message: description } = error
      return pageResponse(errorPage({ provider: play.entry.name, code, description }), { status: 400 })
    }
    return reading(play, sent, (asked) => {
      const { choice } = play.realm.approval
      const persona = play.realm.personas.find(typeof choice === 'function' ? choice(sent) : choice)
      return persona === undefined ? showPersonas(play, asked) : decide(play, asked, persona)
    })
  }

/** Where the page's buttons post to. */
export const playedDecision =
  (play: Play) =>
  (exchange: Exchange): Response | Promise<Response> => {
    const sent = new URLSearchParams(exchange.form)
    const chosen = play.realm.personas.find(sent.get('persona') ?? '')
    const persona = sent.get('decision') === 'deny' ? 'deny' : chosen
    sent.delete('persona')
    sent.delete('decision')
    return reading(play, sent, (asked) =>
      persona === undefined ? showPersonas(play, asked) : decide(play, asked, persona),
    )
  }
