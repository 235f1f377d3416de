import type { WireRules } from '@latchkey/providers'
import type { UpstreamIdentity } from './contract.ts'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import { displayLine, hasControls } from './text.ts'

export type IdentityClaims = Omit<UpstreamIdentity, 'tokens'>

/** In characters; `methods` counts entries. */
const max = {
  subject: 255,
  name: 200,
  picture: 2_048,
  email: 254,
  localPart: 64,
  session: 255,
  reference: 255,
  methods: 16,
}

/**
 * Who somebody is, from the claims of a verified ID token and, where asked, userinfo. What the ID token says
 * comes first; an e-mail address and the word on whether it is verified are always taken from the same source.
 *
 * @param emailRule what the provider's word on an address is worth
 * @throws UpstreamError `provider_error`: `subject_malformed`
 */
export function identityFromClaims(
  idToken: JsonObject,
  userinfo: JsonObject = {},
  emailRule: WireRules['emailVerified'] = 'as-said',
): IdentityClaims {
  const mailSource = idToken.email === undefined ? userinfo : idToken
  const { sub, auth_time, amr, acr, sid } = idToken
  const authTime = typeof auth_time === 'number' ? auth_time : undefined
  const methods = Array.isArray(amr) ? amr.flatMap((method) => displayLine(method, 64) ?? []) : []
  const context = displayLine(acr, max.reference)
  const session = typeof sid === 'string' && sid !== '' && sid.length <= max.session ? sid : undefined
  return {
    ...person({
      subject: sub,
      name: idToken.name ?? userinfo.name,
      login: idToken.preferred_username ?? userinfo.preferred_username,
      email: mailSource.email,
      emailVerified: vouchedFor(mailSource.email_verified, emailRule),
      picture: idToken.picture ?? userinfo.picture,
    }),
    ...(authTime !== undefined && { authTime }),
    ...(methods.length > 0 && { amr: methods.slice(0, max.methods) }),
    ...(context !== undefined && { acr: context }),
    ...(session !== undefined && { sid: session }),
  }
}

/**
 * Whether an address counts as verified. Only the boolean `true` says so: the string "false" is truthy. Whatever else is said holds
 * even against a provider that hands out verified addresses only: there `false` has many spellings.
 */
export const vouchedFor = (said: unknown, rule: WireRules['emailVerified']): boolean =>
  (rule !== 'never' && said === true) || (rule === 'always' && (said === undefined || said === 'true'))

/** What a provider says of a person, not yet looked at. */
export interface PersonFields {
  subject: unknown
  name: unknown
  /** What to call the account, where the configuration names it; otherwise e-mail address, user name or name. */
  label?: unknown
  /** A user name at the provider: for display only, people change it. */
  login: unknown
  email: unknown
  /** See `vouchedFor`. */
  emailVerified: boolean
  picture: unknown
}

/**
 * Checks, bounds and cleans. Only the subject is required; of the rest, what does not fit is left out.
 * @throws UpstreamError `provider_error`: `subject_malformed`
 */
export function person(fields: PersonFields): IdentityClaims {
  const subject = readSubject(fields.subject)
  const name = displayLine(fields.name, max.name)
  const mail = parseEmail(fields.email)
  const picture = readPicture(fields.picture)
  const label =
    displayLine(fields.label, max.name) ?? mail?.address ?? displayLine(fields.login, max.name) ?? name
  return {
    subject,
    ...(label !== undefined && { label }),
    ...(name !== undefined && { name }),
    ...(mail !== undefined && { email: mail.address }),
    // An address that we had to rewrite is not the verified one.
    emailVerified: fields.emailVerified && mail?.rewritten === false,
    ...(picture !== undefined && { picture }),
  }
}

/** An id as text: providers give numbers, too. Beyond exactness two accounts could come out the same. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined
}

/** Kept byte for byte: it is what accounts are filed under. */
function readSubject(value: unknown): string {
  const text = idText(value)
  const fits = text !== undefined && text !== '' && text.length <= max.subject
  if (!fits || hasControls(text) || !text.isWellFormed()) throw fault('subject_malformed')
  return text
}

/**
 * An e-mail address: normalised to NFKC first, then exactly one `@` with something on both sides, so that
 * look-alike signs cannot smuggle in a second one. Undefined for anything else. Letter case is kept.
 */
export function parseEmail(value: unknown): { address: string; rewritten: boolean } | undefined {
  if (typeof value !== 'string' || value.length > max.email || !value.isWellFormed()) return undefined
  const address = value.normalize('NFKC')
  const [local = '', domain = '', ...more] = address.split('@')
  if (more.length > 0 || local === '' || local.length > max.localPart || domain === '') return undefined
  if (address.length > max.email || /\s/.test(address) || hasControls(address)) return undefined
  return { address, rewritten: address !== value }
}

function readPicture(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > max.picture) return undefined
  const url = URL.parse(value)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined
}
