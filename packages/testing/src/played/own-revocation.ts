import type { RevocationRequest } from '@latchkey/providers'
import type { Grant } from '../grants.ts'
import { OAuthError } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { keptValue } from './callback.ts'
import { basicOf } from './client.ts'
import { demandHeaders, parametersIn, refuse } from './parameters.ts'
import { toldWithTokens } from './person.ts'
import type { Play } from './play.ts'
import { filled, namesIn, readAt, valueIn } from './values.ts'

/** What came for a template of the request, the header's among them. */
interface Came {
  template: string
  text: string
}

/** Everything that the request consists of is there, in its place, and nothing else is. */
const partsOf = (play: Play, wanted: RevocationRequest, exchange: Exchange): Came[] => {
  const { sends, as, method, authorization } = wanted
  const header = exchange.request.headers.get('authorization')
  if (authorization === 'basic' && header !== basicOf(play)) {
    throw new OAuthError('invalid_client', 'the Basic credentials are wrong', { status: 401 })
  }
  if (authorization === undefined && header !== null) throw refuse('no Authorization header is taken here')
  const params = parametersIn(as, method, play.urls.revocation ?? '', exchange)
  for (const name of params.keys()) if (!Object.hasOwn(sends, name)) throw refuse(`${name} is not known here`)
  const came = Object.entries(sends).map(([name, template]): Came => {
    const text = params.get(name)
    if (text === null) throw refuse(`${name} is missing`)
    return { template, text }
  })
  if (authorization === undefined || authorization === 'basic') return came
  return [...came, { template: authorization, text: header ?? '' }]
}

/** Grants of which the app was told this with its tokens, or at the callback. */
const grantsNamed = (play: Play, name: string, value: string): Grant[] =>
  play.grants
    .list()
    .map(({ grant }) => grant)
    .filter((grant) => {
      const told = readAt(toldWithTokens(play, grant), name)
      return value === (typeof told === 'number' ? String(told) : (told ?? keptValue(name)))
    })

/** The grants that one part names; undefined for a part that names none: who the app is. */
const grantsOf = (play: Play, { template, text }: Came): Grant[] | undefined => {
  const { grants, brief, client } = play
  const [name = ''] = namesIn(template).filter((one) => !one.startsWith('client_'))
  if (name === '') {
    const known = { client_id: client.client_id, client_secret: client.client_secret }
    if (text === filled(template, known)) return undefined
    throw new OAuthError('invalid_client', 'the app has not proved itself', { status: 401 })
  }
  const value = valueIn(template, name, text) ?? ''
  if (name.startsWith('data.')) return grantsNamed(play, name.slice('data.'.length), value)
  const found =
    name === 'refresh_token'
      ? grants.findRefreshToken(value)
      : (grants.findAccessToken(value) ?? brief.findAccessToken(value))
  if (found === undefined) throw new OAuthError('invalid_token', `${name} is over or of another kind`)
  return [found.grant]
}

/**
 * What a request of the provider's own form ends: the grants that all its parts agree on.
 * @throws OAuthError `invalid_client`, `invalid_request`, `invalid_token`
 */
export const ownRevocation = (play: Play, wanted: RevocationRequest, exchange: Exchange): Grant[] => {
  const parts = partsOf(play, wanted, exchange)
  const token = parts.flatMap(({ template, text }) => valueIn(template, 'access_token', text) ?? [])[0]
  demandHeaders(play, exchange, token === undefined ? undefined : { access_token: token })
  const [first = [], ...others] = parts.flatMap((part) => {
    const named = grantsOf(play, part)
    return named === undefined ? [] : [named]
  })
  return first.filter((grant) => others.every((other) => other.includes(grant)))
}
