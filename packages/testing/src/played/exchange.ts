import type { WireRules } from '@latchkey/providers'
import { type JsonAnswer, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { demandHeaders, queryBeyond, refuse } from './parameters.ts'
import type { Play } from './play.ts'
import { tokensAnswer } from './token-answer.ts'

/** A GET that turns one access token into another (`exchange`, `refreshExchange`). */
export const playedExchange =
  (play: Play, place: 'exchange' | 'refresh', rule: NonNullable<WireRules['exchange']>) =>
  (exchange: Exchange): JsonAnswer => {
    const { client, urls, grants, brief, entry, realm } = play
    if (exchange.request.method !== 'GET') throw refuse('only GET is taken here', 405)
    const params = queryBeyond(urls[place] ?? urls.token, exchange)
    demandHeaders(play, exchange)
    if (params.get('grant_type') !== rule.grantType) throw refuse(`grant_type must be ${rule.grantType}`)
    for (const name of ['client_id', 'client_secret'] as const) {
      const expected = rule.sends.includes(name) ? client[name] : null
      if (params.get(name) !== expected)
        throw new OAuthError('invalid_client', `${name} is wrong`, { status: 401 })
    }
    const presented = params.get(rule.tokenParameter) ?? ''
    const found = place === 'exchange' ? brief.findAccessToken(presented) : grants.findAccessToken(presented)
    if (found === undefined) throw new OAuthError('invalid_grant', 'no such access token')
    if (place === 'refresh') found.grant.refreshes += 1
    return tokensAnswer(play, found.grant, {
      access_token: grants.issueAccessToken(found.grant, found.scope),
      expires_in: entry.refresh.accessTokenSeconds ?? realm.lifetimes.accessToken,
      scope: found.scope,
    })
  }
