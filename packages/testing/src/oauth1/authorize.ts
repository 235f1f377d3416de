import { sendAnswer } from '../authorize/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { choosePage } from '../pages/choose.ts'
import { pageResponse } from '../pages/layout.ts'
import { errorPage } from '../pages/notes.ts'
import type { Persona } from '../personas.ts'
import type { Realm } from '../realm.ts'
import { scopesIn } from './endpoints.ts'
import type { RequestToken } from './store.ts'

type Answering = Response | Promise<Response>

/** A person before the page, and what they are asked (RFC 5849 section 2.2). */
interface Asking {
  temporary: RequestToken
  callback: string
  scope: readonly string[]
  params: URLSearchParams
}

const refuse = (realm: Realm, description: string): Answering =>
  pageResponse(errorPage({ provider: realm.name, code: 'token_rejected', description }), { status: 400 })

const read = (realm: Realm, params: URLSearchParams): Asking | string => {
  const { habits, store } = realm.oauth1
  const [token, ...more] = params.getAll('oauth_token')
  const temporary = token === undefined || more.length > 0 ? undefined : store.findRequestToken(token)
  if (temporary === undefined) return 'This request token is unknown here, or too old.'
  if (temporary.used || temporary.approved !== undefined) return 'This request token was used before.'
  const callback = habits.version10 ? params.get('oauth_callback') : temporary.callback
  if (callback === null || callback === undefined || !URL.canParse(callback)) {
    return 'It is not known where to go from here.'
  }
  const scope = [...temporary.scope, ...scopesIn(params.get(habits.scopeParameter))]
  return { temporary, callback, scope, params }
}

const goBack = (realm: Realm, { callback }: Asking, params: [string, string][]): Answering => {
  const answer = { redirectUri: callback, mode: 'query', params } as const
  const fault = realm.faults.take('oauth1_callback')
  const sent = fault === undefined ? answer : fault(answer, { issuer: realm.issuer, origin: realm.origin })
  return sendAnswer(sent, realm.name)
}

const decide = (realm: Realm, asking: Asking, persona: Persona | 'deny'): Answering => {
  const { temporary, scope } = asking
  const { habits } = realm.oauth1
  const named: [string, string] = ['oauth_token', temporary.token]
  if (persona === 'deny' || persona.decision === 'deny') {
    temporary.used = true
    if (habits.refusal === 'denied') return goBack(realm, asking, [['denied', temporary.token]])
    if (habits.refusal === 'no-verifier') return goBack(realm, asking, [named])
    return goBack(realm, asking, [named, ['oauth_problem', 'user_refused']])
  }
  const verifier = realm.ids().slice(0, 20)
  temporary.approved = { persona, scope: realm.consent.choice?.(scope, persona) ?? scope, verifier }
  return goBack(realm, asking, habits.version10 ? [named] : [named, ['oauth_verifier', verifier]])
}

const showPersonas = (realm: Realm, { temporary, callback, scope, params }: Asking): Promise<Response> =>
  pageResponse(
    choosePage({
      provider: realm.name,
      action: `${realm.endpoints.oauth1.authorization}/decision`,
      clientId: temporary.clientId,
      destination: new URL(callback).origin,
      ...{ scope, params: [...params], personas: realm.personas.list },
    }),
  )

/** The page of personas, or an answer at once under `autoApprove`. */
export const approve =
  (realm: Realm) =>
  (exchange: Exchange): Answering => {
    const asking = read(realm, exchange.query)
    if (typeof asking === 'string') return refuse(realm, asking)
    const { choice } = realm.approval
    const persona = realm.personas.find(typeof choice === 'function' ? choice(asking.params) : choice)
    return persona === undefined ? showPersonas(realm, asking) : decide(realm, asking, persona)
  }

/** Where the page's buttons post to. */
export const approval =
  (realm: Realm) =>
  (exchange: Exchange): Answering => {
    const params = new URLSearchParams(exchange.form)
    const denies = params.get('decision') === 'deny'
    const persona = denies ? 'deny' : realm.personas.find(params.get('persona') ?? '')
    params.delete('persona')
    params.delete('decision')
    const asking = read(realm, params)
    if (typeof asking === 'string') return refuse(realm, asking)
    return persona === undefined ? showPersonas(realm, asking) : decide(realm, asking, persona)
  }
