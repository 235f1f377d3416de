import type { Grant } from '../grants.ts'
import { asJson, type Encode, type JsonAnswer, json, noStore } from '../http/answer.ts'
import { toldWithTokens } from './person.ts'
import type { Play } from './play.ts'
import { listed, type Members, put } from './values.ts'

/** By their standard names; what is undefined is not there. */
export interface IssuedTokens {
  access_token: string
  refresh_token?: string | undefined
  /** Seconds; absent where nothing is said. */
  expires_in?: number | undefined
  scope: readonly string[]
  id_token?: string | undefined
}

const scopeAs = (play: Play, granted: readonly string[]): unknown => {
  const { quirks, rules, entry } = play
  if (quirks.has('scope-null')) return null
  const scopes = quirks.has('extra-scopes-returned') ? [...granted, 'extra.scope'] : granted
  const echoed = quirks.has('scope-not-echoed') && scopes.length > 1 ? scopes.slice(0, -1) : scopes
  if (rules.scopeForm === 'array-or-string') return echoed
  return echoed.join(rules.scopeSeparator ?? entry.scopes?.separator ?? ' ')
}

const expiryAs = ({ rules, realm }: Play, seconds: number | undefined): unknown => {
  if (seconds === undefined) return rules.zeroExpiry === 'never' ? 0 : undefined
  const at = realm.clock.now() + seconds * 1000
  if (rules.expiryForm === 'date') return new Date(at).toISOString()
  if (rules.expiryForm === 'unix-time') return Math.floor(at / 1000)
  return rules.tokenFields === 'lenient' ? String(seconds) : seconds
}

/** The token response in this provider's own shape (RFC 6749 section 5.1, where it is kept to). */
export const tokensAnswer = (play: Play, grant: Grant, tokens: IssuedTokens): JsonAnswer => {
  const { rules, quirks } = play
  const lenient = rules.tokenFields === 'lenient'
  const whole = toldWithTokens(play, grant)
  const inside = rules.tokenPath === undefined ? '' : `${rules.tokenPath}.`
  const members: Members = {
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token ?? (lenient ? null : undefined),
    expires_in: quirks.has('no-expires-in') ? undefined : expiryAs(play, tokens.expires_in),
    scope: scopeAs(play, tokens.scope),
    id_token: tokens.id_token ?? (lenient ? '' : undefined),
    token_type: lenient ? undefined : 'Bearer',
  }
  const names = new Map(Object.entries(rules.tokenMembers))
  for (const [name, value] of Object.entries(members))
    put(whole, `${inside}${names.get(name) ?? name}`, value)
  // The app's own token, which is nobody's: it must not be taken for the person's.
  if (quirks.has('two-tokens-in-one-response')) put(whole, 'access_token', 'the-token-of-the-app')
  if (rules.tokenSuccess !== undefined) put(whole, rules.tokenSuccess.member, rules.tokenSuccess.good)
  return json(whole, 200, noStore)
}

const bad = (good: boolean | number | string): boolean | number | string =>
  typeof good === 'boolean' ? !good : typeof good === 'number' ? good + 40_029 : `not-${good}`

/** How this provider says no: with a status or with 200, by `error` or by a member of its own. */
const refusalAs = ({ rules, quirks }: Play, answer: JsonAnswer): JsonAnswer => {
  const { error, error_description: message, ...rest } = answer.members
  const own = rules.tokenSuccess
  const kept = quirks.has('error-with-http-200') || own !== undefined ? 200 : answer.status
  const status = error === 'invalid_grant' && quirks.has('invalid-grant-as-403') ? 403 : kept
  const [over] = error === 'invalid_grant' ? (rules.tokenRefusals ?? []) : []
  if (own === undefined) {
    return {
      ...answer,
      status,
      members: { ...answer.members, ...(over === undefined ? {} : { error: over }) },
    }
  }
  const isMember = over !== undefined && typeof over === typeof own.good
  const said = { [own.member]: isMember ? over : bad(own.good), message }
  return { ...answer, status, members: { ...rest, ...said, ...(isMember ? {} : { error: over }) } }
}

const asForm = ({ members, status, headers }: JsonAnswer): Response => {
  const fields = Object.entries(members).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null
      ? []
      : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
  )
  return new Response(new URLSearchParams(fields).toString(), {
    status,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

const written = (answer: JsonAnswer, value: unknown): Response =>
  new Response(JSON.stringify(value), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
  })

/** Writes answers of the token endpoints down. */
export const tokenEncodingOf =
  (play: Play): Encode =>
  (answer) => {
    const refused = answer.members.error !== undefined && answer.members.access_token === undefined
    const shaped = refused ? refusalAs(play, answer) : answer
    if (play.rules.tokenBody === 'form') return asForm(shaped)
    return refused ? asJson(shaped) : written(shaped, listed(shaped.members))
  }

/** Writes answers of userinfo down. */
export const userEncodingOf =
  ({ rules }: Play): Encode =>
  (answer) => {
    const value = listed(answer.members)
    if (answer.status !== 200 || rules.userinfoType === 'json') return written(answer, value)
    const text = JSON.stringify(value)
    const jsonp = rules.userinfoType === 'jsonp'
    return new Response(jsonp ? `callback( ${text} );\n` : text, {
      headers: {
        ...answer.headers,
        'content-type': jsonp ? 'application/javascript' : 'text/html; charset=utf-8',
      },
    })
  }
