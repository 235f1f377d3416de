import type { Grant } from '../grants.ts'
import { type JsonAnswer, json, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { bearerToken } from './access.ts'
import { authenticateApp, basicOf } from './client.ts'
import { ownRevocation } from './own-revocation.ts'
import { byStandardNames, demandHeaders, jsonBody, queryBeyond, refuse } from './parameters.ts'
import type { Play } from './play.ts'

const end = (play: Play, grant: Grant): void => {
  const { grants, entry } = play
  const ended = entry.refresh.revocationEndsAccount === true ? grants.list().map((one) => one.grant) : [grant]
  for (const one of ended) {
    if (one.persona.id === grant.persona.id) grants.revoke(one, 'client')
  }
}

const foundIn = ({ grants, brief }: Play, token: string) =>
  grants.findRefreshToken(token) ?? grants.findAccessToken(token) ?? brief.findAccessToken(token)

/** RFC 7009, and RFC 7662 where `inspect`: the parameters, from an app that has proved itself. */
const asked = async (play: Play, url: string, exchange: Exchange): Promise<string> => {
  if (exchange.request.method !== 'POST') throw refuse('only POST is taken here', 405)
  if (queryBeyond(url, exchange).size > 0) throw refuse('parameters belong into the body')
  demandHeaders(play, exchange)
  const params = byStandardNames(exchange.form, play.rules.tokenNames)
  const token = params.get('token')
  await authenticateApp(play, exchange, params, token)
  if (token === undefined) throw refuse('token is missing')
  return token
}

const tokenIn = ({ request }: Exchange): string =>
  (request.headers.get('authorization') ?? '').replace('Bearer ', '')

/** What GitHub wants: a DELETE from the app, with the token in JSON. */
const byApp = (play: Play, exchange: Exchange): string => {
  if (exchange.request.method !== 'DELETE') throw refuse('only DELETE is taken here', 405)
  if (exchange.request.headers.get('authorization') !== basicOf(play)) {
    throw new OAuthError('invalid_client', 'the Basic credentials are wrong', { status: 401 })
  }
  const token = jsonBody(exchange).get('access_token')
  if (token === null) throw refuse('access_token is missing')
  return token
}

/** The way of revocation that the rules name. */
export const playedRevocation =
  (play: Play) =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const { rules, urls } = play
    const { method } = exchange.request
    if (rules.revocationRequest !== undefined) {
      for (const grant of ownRevocation(play, rules.revocationRequest, exchange)) end(play, grant)
      return json({})
    }
    if (rules.revocation === 'bearer-post' || rules.revocation === 'bearer-delete') {
      if (method !== (rules.revocation === 'bearer-post' ? 'POST' : 'DELETE'))
        throw refuse(`no ${method}`, 405)
      if (exchange.body !== '') throw refuse('no body is taken here')
      demandHeaders(play, exchange, { access_token: tokenIn(exchange) })
      end(play, bearerToken(play, exchange).grant)
      return json({})
    }
    const isStandard = rules.revocation === 'standard'
    const token = isStandard ? await asked(play, urls.revocation ?? '', exchange) : byApp(play, exchange)
    const found = foundIn(play, token)
    if (found !== undefined) end(play, found.grant)
    return json({})
  }

/** RFC 7662. */
export const playedIntrospection =
  (play: Play) =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const found = foundIn(play, await asked(play, play.urls.introspection ?? '', exchange))
    if (found === undefined) return json({ active: false })
    const { grant, scope, expiresAt } = found
    return json({ active: true, sub: grant.persona.subject, scope: scope.join(' '), exp: expiresAt })
  }
