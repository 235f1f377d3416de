import type { Grant, IssuedToken } from '../grants.ts'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { demand, demandHeaders, jsonBody, queryBeyond, refuse } from './parameters.ts'
import { repeatedMembers, theApp, toldWithTokens } from './person.ts'
import type { Play } from './play.ts'
import { readAt, valueIn } from './values.ts'

const invalidToken = (description: string): OAuthError =>
  new OAuthError('invalid_token', description, { status: 401 })

type Place = 'userinfo' | 'emails'

const place = '{access_token}'
const isString = (value: string | undefined): value is string => value !== undefined

const inHeader = ({ rules }: Play, { request }: Exchange): string | undefined => {
  const header = request.headers.get('authorization')
  if (rules.authorizationScheme === 'none') {
    if (header !== null && rules.headers.Authorization === undefined)
      throw refuse('no Authorization header here')
    return undefined
  }
  const token = valueIn(`${rules.authorizationScheme} ${place}`, 'access_token', header ?? '')
  if (token === undefined) throw invalidToken(`Authorization: ${rules.authorizationScheme} is needed`)
  return token
}

const templates = (
  wanted: Readonly<Record<string, string>>,
  get: (name: string) => string | null | undefined,
) =>
  Object.entries(wanted).flatMap(([name, template]) =>
    template.includes(place) ? [valueIn(template, 'access_token', get(name) ?? '')] : [],
  )

const bodyTokens = ({ rules }: Play, exchange: Exchange) => {
  const wanted = rules.userinfoBody ?? {}
  if (!Object.values(wanted).some((template) => template.includes(place))) return []
  const sent = rules.userinfoBodyForm === 'form' ? exchange.form : jsonBody(exchange)
  return templates(wanted, (name) => sent.get(name))
}

/** Every place where the rules and the URL want the token. */
const tokensIn = (play: Play, at: Place, url: string, exchange: Exchange): string[] => {
  const { rules } = play
  const path = new URL(url).pathname
  const found = [
    inHeader(play, exchange),
    ...templates(rules.headers, (name) => exchange.request.headers.get(name)),
    ...templates(rules.userinfoQuery, (name) => exchange.query.get(name)),
    ...(at === 'userinfo' ? bodyTokens(play, exchange) : []),
    ...(decodeURIComponent(path).includes(place)
      ? [valueIn(decodeURIComponent(path), 'access_token', decodeURIComponent(exchange.url.pathname))]
      : []),
  ]
  return found.filter(isString)
}

const demandBody = ({ rules }: Play, exchange: Exchange, known: Record<string, string>): void => {
  if (rules.userinfoBody === undefined) return
  const client = { client_id: '{client_id}', client_secret: '{client_secret}' }
  const wanted = { ...rules.userinfoBody, ...(rules.userinfoClient === 'post' && client) }
  demand(rules.userinfoBodyForm === 'form' ? exchange.form : jsonBody(exchange), wanted, known)
}

const issuedFor = ({ grants, brief }: Play, token: string): IssuedToken => {
  const issued = grants.findAccessToken(token) ?? brief.findAccessToken(token)
  if (issued === undefined) throw invalidToken('the access token is over, revoked or of somebody else')
  return issued
}

/** The access token in the Authorization header (RFC 6750 section 2.1), whatever userinfo wants. */
export const bearerToken = (play: Play, exchange: Exchange): IssuedToken => {
  const header = exchange.request.headers.get('authorization') ?? ''
  const token = valueIn(`Bearer ${place}`, 'access_token', header)
  if (token === undefined) throw invalidToken('Authorization: Bearer is needed')
  return issuedFor(play, token)
}

/** The code that userinfo is told: the one that was redeemed, or that is to be now. */
const codeOf = ({ codes, rules }: Play, { grant }: IssuedToken, { query }: Exchange): string => {
  const [name] = Object.entries(rules.userinfoQuery).find(([, template]) => template === '{code}') ?? []
  return codes.get(grant) ?? (name === undefined ? '' : (query.get(name) ?? ''))
}

const redeemed = ({ grants }: Play, code = ''): Grant => {
  const found = grants.findCode(code)
  if (found === undefined || found.used) throw new OAuthError('invalid_grant', 'no such code')
  found.used = true
  return found.grant
}

/**
 * The access token of a request for somebody's profile, which must stand in every place where the rules want it and in no
 * other; what else they want with it must be there.
 * @throws OAuthError `invalid_token`, `invalid_request`
 */
export const usedToken = (play: Play, at: Place, exchange: Exchange): IssuedToken => {
  const { rules, urls, client } = play
  const url = urls[at] ?? urls.api
  const [token, ...others] = tokensIn(play, at, url, exchange)
  if (token === undefined || others.some((other) => other !== token)) throw invalidToken('no access token')
  const issued = issuedFor(play, token)
  const told = toldWithTokens(play, issued.grant)
  const known: Record<string, string> = {
    ...{ client_id: client.client_id, access_token: token, code: codeOf(play, issued, exchange) },
    client_secret: client.client_secret,
    ...Object.fromEntries(repeatedMembers(play).map((name) => [`token.${name}`, String(readAt(told, name))])),
  }
  demandHeaders(play, exchange, known)
  // The entry's own query may hold the token, too.
  const rest = queryBeyond(url.replaceAll(place, encodeURIComponent(token)), exchange)
  const wanted = Object.entries(rules.userinfoQuery).filter(
    ([, template]) => at === 'userinfo' || template.includes(place),
  )
  demand(rest, Object.fromEntries(wanted), known)
  if (at === 'emails') return issued
  if (exchange.request.method !== rules.userinfoMethod) throw refuse(`only ${rules.userinfoMethod}`, 405)
  demandBody(play, exchange, known)
  return issued.grant.persona === theApp ? { ...issued, grant: redeemed(play, known.code) } : issued
}
