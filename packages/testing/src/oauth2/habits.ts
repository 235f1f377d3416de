import { asJson, type Encode, type JsonAnswer } from '../http/answer.ts'
import type { Persona } from '../personas.ts'

/**
 * Bad habits of plain OAuth 2.0 providers, named as in a provider's `quirks`:
 * `form-encoded-response`: token answers are form-encoded; `error-with-http-200`: errors of the token endpoint come
 * with status 200; `no-token-type`: token answers lack `token_type`; `no-expires-in`: and `expires_in`;
 * `scope-not-echoed`: and `scope`; `rotating-refresh-token`: as `refreshTokens.rotate`, here alone.
 */
export type Quirk =
  | 'form-encoded-response'
  | 'error-with-http-200'
  | 'no-token-type'
  | 'no-expires-in'
  | 'scope-not-echoed'
  | 'rotating-refresh-token'

/** How the plain OAuth 2.0 side behaves. */
export interface OAuth2Options {
  /** `none`: a code challenge is ignored, as by a server that never heard of PKCE. Default `S256`. */
  pkce?: 'S256' | 'none'
  quirks?: readonly Quirk[]
  /** The user record at userinfo. Default: `id` (a number), `login`, `name`, `email` (null without one), `email_verified`. */
  user?: (persona: Persona) => Record<string, unknown>
  /** Dotted path under which the record is wrapped: `data.user` makes `{"data":{"user":{...}}}`. */
  wrap?: string
  /** The record's member that is the account id. Default `id`. */
  subject?: string
}

export interface OAuth2Habits {
  pkce: 'S256' | 'none'
  quirks: ReadonlySet<Quirk>
  user: (persona: Persona) => Record<string, unknown>
  wrap: readonly string[]
  subject: string
}

const defaultUser = (persona: Persona): Record<string, unknown> => ({
  id: persona.account_id ?? persona.subject,
  login: persona.claims.preferred_username ?? persona.id,
  name: persona.claims.name,
  email: persona.claims.email ?? null,
  email_verified: persona.claims.email_verified,
})

export const oauth2Habits = (options: OAuth2Options = {}): OAuth2Habits => ({
  pkce: options.pkce ?? 'S256',
  quirks: new Set(options.quirks),
  user: options.user ?? defaultUser,
  wrap: options.wrap === undefined || options.wrap === '' ? [] : options.wrap.split('.'),
  subject: options.subject ?? 'id',
})

const lacking = (quirks: ReadonlySet<Quirk>): ReadonlySet<string> => {
  const names = new Set<string>()
  if (quirks.has('no-token-type')) names.add('token_type')
  if (quirks.has('no-expires-in')) names.add('expires_in')
  if (quirks.has('scope-not-echoed')) names.add('scope')
  return names
}

const asForm: Encode = ({ status, headers, members }) => {
  const fields = Object.entries(members).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return new Response(new URLSearchParams(fields).toString(), {
    status,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
  })
}

/** How the token endpoint writes its answers. */
export const tokenEncoding = (habits: OAuth2Habits): Encode => {
  const { quirks } = habits
  const missing = lacking(quirks)
  const write = quirks.has('form-encoded-response') ? asForm : asJson
  return (answer) => {
    const members = Object.fromEntries(Object.entries(answer.members).filter(([name]) => !missing.has(name)))
    const friendly = quirks.has('error-with-http-200') && answer.status >= 400 && answer.status < 500
    return write({ ...answer, members, status: friendly ? 200 : answer.status })
  }
}

const wrapped = (path: readonly string[], members: Record<string, unknown>): Record<string, unknown> =>
  path.reduceRight<Record<string, unknown>>((inner, name) => ({ [name]: inner }), members)

/** How userinfo writes the user record: errors are never wrapped. */
export const userEncoding =
  (habits: OAuth2Habits): Encode =>
  (answer: JsonAnswer) =>
    asJson(answer.status === 200 ? { ...answer, members: wrapped(habits.wrap, answer.members) } : answer)
