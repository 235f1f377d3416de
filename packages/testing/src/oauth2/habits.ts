import { asJson, type Encode, type JsonAnswer } from '../http/answer.ts'
import type { Persona } from '../personas.ts'
import type { Quirk } from './quirks.ts'

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

const wrapped = (path: readonly string[], members: Record<string, unknown>): Record<string, unknown> =>
  path.reduceRight<Record<string, unknown>>((inner, name) => ({ [name]: inner }), members)

/** How userinfo writes the user record: errors are never wrapped. */
export const userEncoding =
  (habits: OAuth2Habits): Encode =>
  (answer: JsonAnswer) =>
    asJson(answer.status === 200 ? { ...answer, members: wrapped(habits.wrap, answer.members) } : answer)
