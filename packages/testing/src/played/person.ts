import type { ProfileFields } from '@latchkey/providers'
import type { Grant } from '../grants.ts'
import type { Persona } from '../personas.ts'
import { keptValue } from './callback.ts'
import type { Play } from './play.ts'
import { type Members, namesIn, put } from './values.ts'

/** Whose token it is that no code was redeemed for. */
export const theApp: Persona = { id: 'the-app', subject: 'the-app', shows: '', claims: {} }

/** The account's id at this path of several: the first is the number, further ones have their own. */
const idsOf = ({ subject }: ProfileFields, persona: Persona): [path: string, value: unknown][] => {
  const account = persona.account_id ?? persona.subject
  return [subject].flat().map((path, index) => [path, index === 0 ? account : `${path}-${String(account)}`])
}

const fieldsOf = ({ entry }: Play): ProfileFields | undefined =>
  'subject' in entry.identity ? entry.identity : undefined

/** What a client takes for the subject that reads the entry as it is meant. */
export const subjectAt = (play: Play, persona: Persona): string => {
  const fields = fieldsOf(play)
  if (fields === undefined) return persona.subject
  return idsOf(fields, persona)
    .map(([, value]) => String(value))
    .join('/')
}

/** The answer of userinfo, or who the token response says it is: members at the entry's paths, and no others. */
export const profileOf = (play: Play, persona: Persona): Members => {
  const fields = fieldsOf(play)
  const members: Members = {}
  if (fields === undefined) return { greeting: 'nobody in particular' }
  const { claims } = persona
  for (const [path, value] of idsOf(fields, persona)) put(members, path, value)
  const [first, second, ...more] = fields.name === undefined ? [] : [fields.name].flat()
  if (second === undefined) {
    if (first !== undefined) put(members, first, claims.name)
  } else if (first !== undefined) {
    put(members, first, claims.given_name)
    put(members, second, claims.family_name)
    for (const path of more) put(members, path, '')
  }
  if (fields.email !== undefined) put(members, fields.email, claims.email ?? null)
  if (typeof fields.emailVerified === 'string') put(members, fields.emailVerified, claims.email_verified)
  // Where one member is both, an address is a login name, too.
  if (fields.login !== undefined) put(members, fields.login, claims.preferred_username ?? persona.id)
  if (fields.picture !== undefined) put(members, fields.picture, `https://pictures.example/${persona.id}.png`)
  return members
}

/** The list at `endpoints.emails`: the good one is the last, behind addresses that must not be taken. */
export const emailsOf = (play: Play, persona: Persona): Members => {
  const shape = fieldsOf(play)?.emails
  if (shape === undefined) return {}
  const { email, email_verified: verified } = persona.claims
  const said: [address: unknown, verified: unknown, primary: boolean][] = [
    [`unchecked-${persona.id}@example.net`, false, false],
    [`second-${persona.id}@example.net`, true, false],
    ...(email === undefined ? [] : [[email, verified, true] satisfies [unknown, unknown, boolean]]),
  ]
  // Where nothing tells them apart there is one.
  const told = shape.verified === undefined && shape.primary === undefined ? said.slice(2) : said
  const members: Members = {}
  const place = shape.list === undefined || shape.list === '' ? '' : `${shape.list}.`
  for (const [index, [address, isVerified, isPrimary]] of told.entries()) {
    put(members, `${place}${index}.${shape.email}`, address)
    if (shape.verified !== undefined) put(members, `${place}${index}.${shape.verified}`, isVerified)
    if (shape.primary !== undefined) put(members, `${place}${index}.${shape.primary}`, isPrimary)
  }
  return members
}

/** Members of the token response that later requests must repeat: `{token.openid}`. */
export const repeatedMembers = ({ rules }: Play): string[] =>
  [rules.headers, rules.userinfoQuery, rules.userinfoBody ?? {}]
    .flatMap((templates) => Object.values(templates).flatMap(namesIn))
    .flatMap((name) => (name.startsWith('token.') ? [name.slice('token.'.length)] : []))

/** What a token response says beside the tokens: whose they are, what services need with them. */
export const toldWithTokens = (play: Play, { persona }: Pick<Grant, 'persona'>): Members => {
  const members = play.entry.identity.from === 'token-response' ? profileOf(play, persona) : {}
  for (const path of play.rules.keepFromToken) put(members, path, keptValue(path))
  for (const name of repeatedMembers(play)) put(members, name, `${name}-of-${persona.id}`)
  return members
}
