import { createHash } from 'node:crypto'
import type { Grant, IssuedToken } from '../grants.ts'
import { type JsonAnswer, OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { keptValue } from './callback.ts'
import { authenticateApp } from './client.ts'
import { playedIdToken } from './id-token.ts'
import {
  byStandardNames,
  demand,
  demandHeaders,
  type Parameters,
  refuse,
  tokenParameters,
} from './parameters.ts'
import { theApp } from './person.ts'
import { endOf, type Play } from './play.ts'
import { tokensAnswer } from './token-answer.ts'

const invalidGrant = (description: string): OAuthError => new OAuthError('invalid_grant', description)

/** Undefined: nothing is said of it, because they do not end. */
const expiryOf = ({ entry, rules, realm }: Play): number | undefined =>
  entry.refresh.neverExpires === true || rules.zeroExpiry === 'never'
    ? undefined
    : (entry.refresh.accessTokenSeconds ?? realm.lifetimes.accessToken)

/** Tokens of a grant, once everything is checked. */
const issue = (
  play: Play,
  grant: Grant,
  refreshToken: string | undefined,
  refreshed: boolean,
): JsonAnswer => {
  const brief = !refreshed && play.rules.exchange !== undefined
  const accessToken = (brief ? play.brief : play.grants).issueAccessToken(grant, grant.scope)
  return tokensAnswer(play, grant, {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: brief ? 3600 : expiryOf(play),
    scope: grant.scope,
    id_token: playedIdToken(play, { grant, accessToken, refreshed }),
  })
}

const checkPkce = (
  { entry, rules }: Play,
  challenge: string | undefined,
  verifier: string | undefined,
): void => {
  if (entry.pkce === 'none') {
    if (verifier !== undefined) throw refuse('code_verifier is unknown here')
    return
  }
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  const plain = rules.unsafeCodeChallenge === 'plain'
  if ((verifier === undefined || plain ? verifier : hash(verifier)) !== challenge)
    throw invalidGrant('code_verifier does not fit')
}

/** What came in the callback and is wanted back; later, what a client has kept of it. */
const demandReturned = (
  { rules, states }: Play,
  grant: Grant,
  params: Parameters,
  wanted: (name: string) => boolean = () => true,
): void => {
  for (const name of (rules.sendFromCallback ?? []).filter(wanted)) {
    demand(params, { [name]: name === 'state' ? (states.get(grant) ?? '') : keptValue(name) })
  }
}

const redeem = (play: Play, params: Parameters): JsonAnswer => {
  const { grants, rules, entry, client } = play
  demand(params, rules.tokenExtra, { client_id: client.client_id })
  const found = grants.findCode(params.get('code') ?? '')
  if (found === undefined) throw invalidGrant('no such code')
  if (found.used) {
    grants.revoke(found.grant, 'code-reuse')
    throw invalidGrant('the code was used before')
  }
  if (!rules.tokenOmits.includes('redirect_uri') && params.get('redirect_uri') !== found.redirectUri) {
    throw invalidGrant('redirect_uri is another')
  }
  demandReturned(play, found.grant, params)
  checkPkce(play, found.challenge, params.get('code_verifier'))
  found.used = true
  play.codes.set(found.grant, params.get('code') ?? '')
  const renewable =
    found.grant.offline === true && entry.refresh.issued !== 'no' && rules.refreshExchange === undefined
  return issue(play, found.grant, renewable ? grants.issueRefreshToken(found.grant) : undefined, false)
}

/** A token of the app's own: whose profile it opens, userinfo is told by the code (WeCom). */
const appToken = (play: Play, params: Parameters): JsonAnswer => {
  const { grants, client, rules, realm } = play
  demand(params, rules.tokenExtra, { client_id: client.client_id })
  const grant = grants.open({
    ...{ protocol: 'oauth2', clientId: client.client_id, persona: theApp, scope: [] },
    ...{ authTime: Math.floor(realm.clock.now() / 1000), statesAuthTime: false },
  })
  return issue(play, grant, undefined, false)
}

/** A rotated token works on for `graceSeconds`, and no longer. */
const isSpent = ({ entry, realm }: Play, { replacedAt }: IssuedToken): boolean =>
  replacedAt !== undefined && realm.clock.now() >= replacedAt + (entry.refresh.graceSeconds ?? 0) * 1000

const refresh = (play: Play, params: Parameters): JsonAnswer => {
  const { grants, rules, entry, client, realm } = play
  demand(params, rules.refreshExtra, { client_id: client.client_id })
  const presented = params.get('refresh_token') ?? ''
  const found = grants.findRefreshToken(presented)
  if (found === undefined) throw invalidGrant('no such refresh token')
  const { grant } = found
  if (isSpent(play, found)) {
    grant.reuses += 1
    throw invalidGrant('the refresh token was used before')
  }
  if (realm.clock.now() >= endOf(play, grant) * 1000) throw invalidGrant('the consent is over')
  if (rules.refreshRedirectUri && !params.has('redirect_uri')) throw refuse('redirect_uri is needed, too')
  demandReturned(play, grant, params, (name) => rules.keepFromCallback.includes(name))
  grant.refreshes += 1
  if (entry.refresh.omitted === true) return issue(play, grant, undefined, true)
  if (entry.refresh.rotates !== true) return issue(play, grant, presented, true)
  found.replacedAt ??= realm.clock.now()
  return issue(play, grant, grants.issueRefreshToken(grant), true)
}

const refreshes = ({ rules }: Play, params: Parameters): boolean => {
  const type = params.get('grant_type')
  if (rules.tokenOmits.includes('grant_type')) return params.has('refresh_token')
  if (type !== 'refresh_token' && type !== rules.grantType) {
    throw new OAuthError('unsupported_grant_type', `grant_type must be ${rules.grantType} or refresh_token`)
  }
  return type === 'refresh_token'
}

/** The token endpoint, and that of refreshes where it is another. */
export const playedToken =
  (play: Play, place: 'token' | 'refresh') =>
  async (exchange: Exchange): Promise<JsonAnswer> => {
    const { rules, urls, entry } = play
    const url = urls[place] ?? urls.token
    const params = byStandardNames(tokenParameters(play, url, exchange), rules.tokenNames)
    demandHeaders(play, exchange)
    const unwanted = rules.tokenOmits.find((name) => params.has(name))
    if (unwanted !== undefined) throw refuse(`${unwanted} must not be sent`)
    await authenticateApp(play, exchange, params, params.get('code') ?? params.get('refresh_token'))
    const isRefresh = refreshes(play, params)
    const apart = entry.endpoints.refresh !== undefined && rules.refreshExchange === undefined
    if (apart && isRefresh !== (place === 'refresh')) throw refuse('this is the other endpoint’s')
    if (isRefresh) return refresh(play, params)
    return rules.tokenOmits.includes('code') ? appToken(play, params) : redeem(play, params)
  }
