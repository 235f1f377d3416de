import type { z } from 'zod'
import type { Complaint } from './complaint.ts'
import type { Mistake } from './errors.ts'
import { nearest } from './nearest.ts'
import { formatPath, type Path, valueAt } from './path.ts'

/** A mistake that still knows its place as keys. */
export interface Finding extends Complaint {
  path: Path
}

/** What zod found, each fault of its own: see `schema/field.ts` for what the messages hold. */
export function findingsOf(issues: readonly z.core.$ZodIssue[], input: unknown, at: Path = []): Finding[] {
  const mistyped = new Set(
    issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('\n')),
  )
  return issues.flatMap((issue) => {
    // zod measures a string that stands in place of a list, too
    if ((issue.code === 'too_big' || issue.code === 'too_small') && mistyped.has(issue.path.join('\n')))
      return []
    const path = [...at, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey([...path, key], key, issue.message.split('\n')))
    }
    if (issue.code === 'invalid_key') return findingsOf(issue.issues, input, path)
    if (issue.code === 'invalid_union') {
      const branch = issue.errors.find(startsRight)
      if (branch !== undefined) return findingsOf(branch, input, path)
    }
    const found = finding(path, issue.message)
    if (issue.code !== 'invalid_value') return [found]
    const given = valueAt(input, path)
    const meant = typeof given === 'string' ? nearest(given, issue.values.map(String)) : undefined
    return [meant === undefined ? found : { ...found, remedy: `did you mean "${meant}"?` }]
  })
}

/** Of a union's branches, the one that the value is of the right type for. */
const startsRight = (branch: readonly z.core.$ZodIssue[]): boolean =>
  branch.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys' || code === 'custom')

function finding(path: Path, message: string): Finding {
  const [problem = '', remedy = ''] = message.split('\n')
  return { path, problem, remedy }
}

function unknownKey(path: Path, key: string, known: string[]): Finding {
  const problem = 'is not a known key'
  const meant = nearest(key, known)
  if (meant !== undefined) return { path, problem, remedy: `did you mean "${meant}"?` }
  return { path, problem, remedy: `take it out; known here: ${known.join(', ')}` }
}

/** Keys whose values may be shown in an error. Everything else may hold a secret. */
const shown = new Set(
  `issuer listen id redirect_uris post_logout_redirect_uris origins resources resource scopes connect_scopes api_hosts
  grant_types dpop response_modes same_site allow_get_authorize
  require_pushed_authorization_requests type token_endpoint_auth_method sign_in connect
  scope_separator response_mode redirect_uri pkce quirks id_token_algorithms authorization_endpoint token_endpoint
  userinfo_endpoint emails_endpoint refresh_endpoint exchange_endpoint discovery_url revocation_endpoint
  introspection_endpoint revocation_ends_account catalogue identity_from shared_account client_secret_issuer
  ends_after_days ends_unused_after_days narrows_scopes subject signup linking verified_email algorithm access_token_seconds session_idle_seconds
  session_absolute_seconds code_seconds refresh_grace_seconds admins authorize_per_minute callback_per_minute
  token_per_minute account_per_minute trusted_proxies allow_private_network_providers`.split(/\s+/),
)

/** The value as it stands in the configuration, where that is safe: nothing from the environment, no user information or query of a URL. */
function quote(path: Path, input: unknown): string | undefined {
  const key = path.findLast((step) => typeof step === 'string')
  const value = valueAt(input, path)
  if (key === undefined || !shown.has(key)) return undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || value.includes('${') || /[@?]/.test(value)) return undefined
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}...` : value)
}

/**
 * Findings for people, in the order of `input`, which is the configuration as written, before variables are
 * replaced.
 */
export function mistakesOf(findings: readonly Finding[], input: unknown): Mistake[] {
  return findings.map(({ path, problem, remedy }) => {
    const quoted = quote(path, input)
    return {
      path: formatPath(path),
      problem: quoted === undefined ? problem : `${quoted} ${problem}`,
      remedy,
    }
  })
}
