import type { WireRules } from '@latchkey/providers'
import { OAuthError } from '../http/answer.ts'
import { type Exchange, repeatedParameter } from '../http/exchange.ts'
import type { Play } from './play.ts'
import { filled, isMembers, namesIn } from './values.ts'

/** Parameters by their standard names. */
export type Parameters = ReadonlyMap<string, string>

export const refuse = (description: string, status = 400): OAuthError =>
  new OAuthError('invalid_request', description, { status })

const once = (params: URLSearchParams): URLSearchParams => {
  const repeated = repeatedParameter(params)
  if (repeated !== undefined) throw refuse(`${repeated} comes more than once`)
  return params
}

/** The query without what belongs to the URL itself, which must be there. */
export const queryBeyond = (url: string, exchange: Exchange): URLSearchParams => {
  const rest = new URLSearchParams(once(exchange.query))
  for (const [name, value] of new URL(url).searchParams) {
    if (rest.get(name) !== value) throw refuse(`the URL lacks ${name}=${value}`)
    rest.delete(name)
  }
  return rest
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    throw refuse('the body must be JSON')
  }
}

/** A JSON object of strings, as parameters. */
export const jsonBody = ({ request, body }: Exchange): URLSearchParams => {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw refuse('the body must be JSON', 415)
  }
  const value = parsed(body)
  if (!isMembers(value)) throw refuse('the body must be a JSON object')
  return new URLSearchParams(
    Object.entries(value).map(([name, member]): [string, string] => {
      if (typeof member !== 'string') throw refuse(`${name} must be a string`)
      return [name, member]
    }),
  )
}

const isForm = ({ request }: Exchange): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '')

/** What came to an endpoint by its one method, in the one place where this provider takes it. */
export const parametersIn = (
  place: 'form' | 'json' | 'query',
  only: string,
  url: string,
  exchange: Exchange,
): URLSearchParams => {
  const { method } = exchange.request
  if (method !== only) throw refuse(`${method} is not taken here, only ${only}`, 405)
  const query = queryBeyond(url, exchange)
  if (only === 'GET' || place === 'query') {
    if (exchange.body !== '' && exchange.form.size > 0) throw refuse('parameters belong into the query')
    return query
  }
  if (query.size > 0) throw refuse('parameters belong into the body')
  if (place === 'json') return once(jsonBody(exchange))
  if (!isForm(exchange)) throw refuse('the body must be a form', 415)
  return once(exchange.form)
}

export const tokenParameters = ({ rules }: Play, url: string, exchange: Exchange): URLSearchParams =>
  parametersIn(rules.tokenParameters, rules.tokenMethod, url, exchange)

/** Renamed parameters are taken under their new name alone. */
export const byStandardNames = (params: URLSearchParams, names: WireRules['tokenNames']): Parameters => {
  const renamed = Object.entries(names)
  const targets = new Set(renamed.map(([, name]) => name))
  const found = new Map([...params].filter(([name]) => !targets.has(name)))
  for (const [standard, name] of renamed) {
    if (name !== standard && !targets.has(standard) && params.has(standard)) {
      throw refuse(`${standard} is called ${name} here`)
    }
    const value = params.get(name)
    if (value !== null) found.set(standard, value)
  }
  return found
}

/** Parameters that must be there, each with its value; `known` fills what stands in braces. */
export const demand = (
  params: Pick<URLSearchParams, 'get'> | Parameters,
  wanted: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>> = {},
): void => {
  for (const [name, template] of Object.entries(wanted)) {
    const value = filled(template, known)
    if (params.get(name) !== value) throw refuse(`${name} must be ${value}`)
  }
}

/** The headers of the rules; those with the access token only where there is one. */
export const demandHeaders = (
  { rules, client, tenant }: Play,
  exchange: Exchange,
  known?: Readonly<Record<string, string>>,
): void => {
  const wanted = Object.entries(rules.headers).filter(
    ([, value]) =>
      known !== undefined || !namesIn(value).some((name) => /^(access_token|token\.)/.test(name)),
  )
  demand(exchange.request.headers, Object.fromEntries(wanted), {
    ...tenant,
    ...{ client_id: client.client_id, client_secret: client.client_secret },
    ...known,
  })
}
