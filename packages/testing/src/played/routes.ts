import type { Context } from 'hono'
import type { FaultPoint } from '../faults/kinds.ts'
import { asJson, type Encode, type JsonAnswer, json } from '../http/answer.ts'
import { type Handler, jsonEndpoint, receive } from '../http/endpoint.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import type { RequestPoint } from '../record.ts'
import { playedAuthorization, playedDecision } from './authorize.ts'
import { playedDiscovery } from './discovery.ts'
import { playedExchange } from './exchange.ts'
import { signedEndpoints } from './oauth1/endpoints.ts'
import type { Play } from './play.ts'
import { playedIntrospection, playedRevocation } from './revocation.ts'
import { playedToken } from './token.ts'
import { tokenEncodingOf, userEncodingOf } from './token-answer.ts'
import { playedApi, playedEmails, playedUserinfo } from './userinfo.ts'

interface Route {
  point: RequestPoint
  handler: Handler
}

interface JsonRoute {
  point: RequestPoint
  answer: (exchange: Exchange) => JsonAnswer | Promise<JsonAnswer>
  encode?: Encode
  faultPoint?: Exclude<FaultPoint, 'authorize' | 'oauth1_callback' | 'id_token' | 'refresh'>
}

/** Wherever this provider takes its parameters. */
const isRefresh = ({ rules, urls }: Play, { url, form, query, body }: Exchange): boolean => {
  if (rules.refreshExchange !== undefined)
    return url.pathname === new URL(urls.refresh ?? urls.token).pathname
  const name = rules.tokenNames.refresh_token ?? 'refresh_token'
  const type = form.get('grant_type') ?? query.get('grant_type')
  if (type !== null) return type === 'refresh_token'
  return form.has(name) || query.has(name) || body.includes(`"grant_type":"refresh_token"`)
}

/** The routes of one played entry, by the first segment below its own. */
const routesOf = (play: Play): Map<string, Route> => {
  const { realm, urls } = play
  const { patience, faults } = realm
  const routes = new Map<string, Route>()
  const serve = (name: string, { point, answer, encode = asJson, faultPoint }: JsonRoute): void => {
    const take = (at: NonNullable<typeof faultPoint>, exchange: Exchange) =>
      (at === 'token' && isRefresh(play, exchange) ? faults.take('refresh') : undefined) ?? faults.take(at)
    const fault =
      faultPoint === undefined ? {} : { fault: (exchange: Exchange) => take(faultPoint, exchange) }
    const handler = jsonEndpoint({
      handler: answer,
      encode,
      detour: `${urls.base}/elsewhere`,
      patience,
      ...fault,
    })
    routes.set(name, { point, handler })
  }
  const show = (name: 'authorization' | 'decision', handler: Handler): void => {
    routes.set(name, { point: name === 'decision' ? name : 'authorize', handler })
  }
  if (play.entry.protocol === 'oauth1') addSigned(play, { serve, show })
  else addTokens(play, { serve, show })
  return routes
}

interface Table {
  serve(name: string, route: JsonRoute): void
  show(name: 'authorization' | 'decision', handler: Handler): void
}

/** OAuth 1.0a. */
const addSigned = (play: Play, { serve, show }: Table): void => {
  const at = signedEndpoints(play)
  const { encode } = at
  serve('requestToken', {
    ...{ point: 'request_token', answer: at.requestToken, encode, faultPoint: 'request_token' },
  })
  show('authorization', at.authorization)
  show('decision', at.decision)
  serve('token', { point: 'access_token', answer: at.accessToken, encode, faultPoint: 'access_token' })
  if (play.urls.userinfo !== undefined) {
    const userEncode = userEncodingOf(play)
    serve('userinfo', { point: 'userinfo', answer: at.userinfo, encode: userEncode, faultPoint: 'userinfo' })
  }
  serve('api', { point: 'api', answer: at.api })
}

/** OAuth 2.0 and OpenID Connect. */
const addTokens = (play: Play, { serve, show }: Table): void => {
  const { realm, urls, rules } = play
  show('authorization', playedAuthorization(play))
  show('decision', playedDecision(play))
  const encode = tokenEncodingOf(play)
  const userEncode = userEncodingOf(play)

  serve('token', { point: 'token', answer: playedToken(play, 'token'), encode, faultPoint: 'token' })
  serve('api', { point: 'api', answer: playedApi(play) })
  if (urls.refresh !== undefined) {
    const rule = rules.refreshExchange
    const answer = rule === undefined ? playedToken(play, 'refresh') : playedExchange(play, 'refresh', rule)
    serve('refresh', { point: 'token', answer, encode, faultPoint: 'token' })
  }
  if (urls.exchange !== undefined && rules.exchange !== undefined) {
    const answer = playedExchange(play, 'exchange', rules.exchange)
    serve('exchange', { point: 'token', answer, encode, faultPoint: 'token' })
  }
  if (urls.userinfo !== undefined) {
    const answer = playedUserinfo(play)
    serve('userinfo', { point: 'userinfo', answer, encode: userEncode, faultPoint: 'userinfo' })
  }
  if (urls.emails !== undefined) {
    serve('emails', {
      point: 'userinfo',
      answer: playedEmails(play),
      encode: userEncode,
      faultPoint: 'userinfo',
    })
  }
  if (urls.revocation !== undefined) {
    serve('revocation', { point: 'revocation', answer: playedRevocation(play), faultPoint: 'revocation' })
  }
  if (urls.introspection !== undefined) {
    const answer = playedIntrospection(play)
    serve('introspection', { point: 'introspection', answer, faultPoint: 'introspection' })
  }
  if (play.entry.protocol === 'oidc') {
    const [place = ''] = urls.discovery.slice(urls.base.length + 1).split('/')
    serve(place, { point: 'discovery', answer: playedDiscovery(play), faultPoint: 'discovery' })
    serve('jwks', { point: 'jwks', answer: () => json(realm.keys.published()), faultPoint: 'jwks' })
  }
}

const unknown: Route = {
  point: 'other',
  handler: () =>
    asJson(json({ error: 'not_found', error_description: 'Nothing is played at this path' }, 404)),
}

/** Answers `/played/{id}/{name}` and below. */
export const playedRoutes = (
  { recorder }: Realm,
  plays: readonly Play[],
): ((context: Context) => Promise<Response>) => {
  const byId = new Map(plays.map((play) => [play.entry.id, { play, routes: routesOf(play) }]))
  return async (context) => {
    const [, , id = '', name = ''] = new URL(context.req.url).pathname.split('/')
    const found = byId.get(id)
    const { point, handler } = found?.routes.get(name) ?? unknown
    const protocol = found?.play.entry.protocol ?? 'oauth2'
    return receive({ recorder, point, protocol }, handler)(context)
  }
}
