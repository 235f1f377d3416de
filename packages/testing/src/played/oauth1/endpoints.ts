import { allowsRedirect } from '../../clients.ts'
import { type Encode, type JsonAnswer, OAuthError } from '../../http/answer.ts'
import type { Handler } from '../../http/endpoint.ts'
import type { Exchange } from '../../http/exchange.ts'
import { approval, approve } from '../../oauth1/authorize.ts'
import { accessToken, requestToken, signedApi, signedUser } from '../../oauth1/endpoints.ts'
import { asForm, tellingProblems } from '../../oauth1/problem.ts'
import { pageResponse } from '../../pages/layout.ts'
import { errorPage } from '../../pages/notes.ts'
import { demand, queryBeyond, refuse } from '../parameters.ts'
import type { Play } from '../play.ts'
import { scopesOf } from '../scopes.ts'
import { signedRealm } from './side.ts'

type Answers = (exchange: Exchange) => JsonAnswer

interface SignedEndpoints {
  requestToken: Answers
  authorization: Handler
  decision: Handler
  accessToken: Answers
  userinfo: Answers
  api: Answers
  /** Of answers that hold credentials. */
  encode: Encode
}

const demandMethod = ({ request }: Exchange, method: 'GET' | 'POST'): void => {
  if (request.method !== method) throw refuse(`only ${method}`, 405)
}

/** Nothing that the entry does not know. */
const demandNoOther = (params: URLSearchParams, known: readonly string[]): void => {
  const other = [...params.keys()].find((name) => !known.includes(name))
  if (other !== undefined) throw refuse(`${other} is unknown here`)
}

/** The parameter for scopes, at the one endpoint that takes it, joined as the entry says. */
const scopeNames = (
  play: Play,
  at: 'request-token' | 'authorization',
  params: URLSearchParams,
): readonly string[] => {
  const { scope } = play.entry.oauth1 ?? {}
  if (scope?.at !== at) return []
  const asked = scopesOf(play, params.get(scope.parameter) ?? undefined)
  if (asked.length === 0 && play.entry.scopes?.signIn !== undefined)
    throw refuse(`${scope.parameter} is missing`)
  return [scope.parameter]
}

/** What the entry wants with a request for temporary credentials, in the body, and nothing beside. */
const demandRequest = (play: Play, exchange: Exchange): void => {
  const { urls, entry } = play
  demandMethod(exchange, 'POST')
  if (queryBeyond(urls.requestToken ?? '', exchange).size > 0) throw refuse('parameters belong into the body')
  const wanted = entry.oauth1?.requestTokenParams ?? {}
  demand(exchange.form, wanted)
  demandNoOther(exchange.form, [...Object.keys(wanted), ...scopeNames(play, 'request-token', exchange.form)])
}

/** And with a person's browser. */
const demandAuthorization = (play: Play, params: URLSearchParams): void => {
  const { entry, client, registered } = play
  const wanted = entry.authorizeParams ?? {}
  demand(params, wanted)
  const version10 = entry.oauth1?.unsafeVersion10 === true
  demandNoOther(params, [
    ...Object.keys({ ...wanted, ...entry.connectAuthorizeParams }),
    ...scopeNames(play, 'authorization', params),
    ...(version10 ? ['oauth_token', 'oauth_callback'] : ['oauth_token']),
  ])
  const callback = params.get('oauth_callback')
  if (!version10) return
  const redirect_uris = registered.uri === undefined ? {} : { redirect_uris: [registered.uri] }
  const address = callback?.replace(/[?&]state=[^&#]*$/, '') ?? ''
  if (!allowsRedirect({ client_id: client.client_id, ...redirect_uris }, address))
    throw refuse('oauth_callback is missing or not registered')
}

/** A page for the person where the request is not one of this provider's. */
const judging =
  (play: Play, paramsOf: (exchange: Exchange) => URLSearchParams, next: Handler): Handler =>
  (exchange) => {
    try {
      demandAuthorization(play, paramsOf(exchange))
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      const { code, message: description } = error
      return pageResponse(errorPage({ provider: play.entry.name, code, description }), { status: 400 })
    }
    return next(exchange)
  }

/** What the page was asked with: its form carries that along, the URL's own parameters too. */
const carriedAlong = ({ urls }: Play, { form }: Exchange): URLSearchParams => {
  const params = new URLSearchParams(form)
  const own = new URL(urls.authorization).searchParams
  for (const name of ['persona', 'decision', ...own.keys()]) params.delete(name)
  return params
}

/**
 * What an entry of OAuth 1.0a consists of.
 * @throws TypeError for an entry that does not say how requests are signed
 */
export const signedEndpoints = (play: Play): SignedEndpoints => {
  const { urls } = play
  const realm = signedRealm(play)
  const first = requestToken(realm)
  const second = accessToken(realm)
  const user = signedUser(realm)
  const told = (answers: Answers): Answers => tellingProblems(urls.base, answers)
  return {
    requestToken: told((exchange) => {
      demandRequest(play, exchange)
      return first(exchange)
    }),
    authorization: judging(play, (exchange) => queryBeyond(urls.authorization, exchange), approve(realm)),
    decision: judging(play, (exchange) => carriedAlong(play, exchange), approval(realm)),
    accessToken: told((exchange) => {
      demandMethod(exchange, 'POST')
      if (queryBeyond(urls.token, exchange).size > 0 || exchange.body !== '')
        throw refuse('no parameters here')
      return second(exchange)
    }),
    userinfo: told((exchange) => {
      demandMethod(exchange, 'GET')
      if (queryBeyond(urls.userinfo ?? '', exchange).size > 0) throw refuse('no parameters here')
      return user(exchange)
    }),
    api: told(signedApi(realm)),
    encode: asForm(realm.oauth1.habits.contentType),
  }
}
