import type { Context } from 'hono'
import { asJson, type Encode, type JsonAnswer, json } from '../http/answer.ts'
import { type Handler, jsonEndpoint, receive } from '../http/endpoint.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Realm } from '../realm.ts'
import type { RequestPoint } from '../record.ts'
import { playedAuthorization, playedDecision } from './authorize.ts'
import { playedDiscovery } from './discovery.ts'
import { playedExchange } from './exchange.ts'
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
  faultPoint?: 'discovery' | 'token' | 'jwks' | 'userinfo' | 'revocation' | 'introspection'
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
  const { realm, urls, rules } = play
  const { patience, faults } = realm
  const routes = new Map<string, Route>([
    ['authorization', { point: 'authorize', handler: playedAuthorization(play) }],
    ['decision', { point: 'decision', handler: playedDecision(play) }],
  ])
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
  return routes
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
    const protocol = found?.play.entry.protocol === 'oidc' ? 'oidc' : 'oauth2'
    return receive({ recorder, point, protocol }, handler)(context)
  }
}
