import type { Entry, Placeholder } from './entry.ts'
import type { WireRules } from './wire.ts'

export interface TenantProblem {
  /** The placeholder's name, which is the key of the configuration. */
  name: string
  /** `missing`, or what is wrong with the value. */
  problem: string
  placeholder: Placeholder
}

/** An entry whose placeholders are filled, or all that keeps it from that. */
export type Filled = { entry: Entry; problems: [] } | { entry: undefined; problems: TenantProblem[] }

/** An installation on one's own machine, for development. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const host = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i
const line = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u
const segment = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}$/

/**
 * Fills an entry's placeholders. A value can name a tenant and nothing else: none leaves the provider's own domains, its
 * path or its query.
 */
export function fillTenant(entry: Entry, values: Readonly<Record<string, unknown>>): Filled {
  const problems: TenantProblem[] = []
  const filled = new Map<string, string>()
  for (const [name, placeholder] of Object.entries(entry.tenant ?? {})) {
    const value = values[name] ?? placeholder.default
    const problem = value === undefined ? 'missing' : problemOf(value, placeholder)
    if (problem !== undefined || typeof value !== 'string') {
      problems.push({ name, problem: problem ?? 'must be a string', placeholder })
    } else {
      filled.set(name, placeholder.kind === 'url' ? value.replace(/\/$/, '') : value)
    }
  }
  if (problems.length > 0) return { entry: undefined, problems }
  const fill = (text: string): string =>
    text.replaceAll(/\{([a-zA-Z]+)\}/g, (whole, name: string) => filled.get(name) ?? whole)
  const { issuer, apiHosts, authorizeParams, connectAuthorizeParams, wire } = entry
  return {
    problems: [],
    entry: {
      ...entry,
      endpoints: fillAll(entry.endpoints, fill),
      ...(issuer !== undefined && { issuer: fill(issuer) }),
      ...(apiHosts !== undefined && { apiHosts: apiHosts.map(fill) }),
      ...(authorizeParams !== undefined && { authorizeParams: fillAll(authorizeParams, fill) }),
      ...(connectAuthorizeParams !== undefined && {
        connectAuthorizeParams: fillAll(connectAuthorizeParams, fill),
      }),
      ...(wire !== undefined && { wire: fillWire(wire, fill) }),
    },
  }
}

function fillWire(wire: Partial<WireRules>, fill: (text: string) => string): Partial<WireRules> {
  const { callbackTenant, headers, redirectUriValue, tokenExtra, refreshExtra, userinfoQuery, userinfoBody } =
    wire
  return {
    ...wire,
    ...(callbackTenant !== undefined && { callbackTenant: fillAll(callbackTenant, fill) }),
    ...(headers !== undefined && { headers: fillAll(headers, fill) }),
    ...(redirectUriValue !== undefined && { redirectUriValue: fill(redirectUriValue) }),
    ...(tokenExtra !== undefined && { tokenExtra: fillAll(tokenExtra, fill) }),
    ...(refreshExtra !== undefined && { refreshExtra: fillAll(refreshExtra, fill) }),
    ...(userinfoQuery !== undefined && { userinfoQuery: fillAll(userinfoQuery, fill) }),
    ...(userinfoBody !== undefined && { userinfoBody: fillAll(userinfoBody, fill) }),
  }
}

const fillAll = (values: object, fill: (text: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, text]: [string, string]) => [name, fill(text)]))

function problemOf(value: unknown, placeholder: Placeholder): string | undefined {
  if (typeof value !== 'string' || value === '') return 'must be a string'
  const { kind, choices = [], domains = [], pattern } = placeholder
  if (kind === 'choice' && !choices.includes(value)) return `must be one of ${choices.join(', ')}`
  if (kind === 'label' && !label.test(value)) return 'must be one label of a host name'
  if (kind === 'value' && !line.test(value)) return 'must be one line of text'
  if (kind === 'segment' && !segment.test(value)) return 'must be one segment of a path'
  if (kind === 'host') {
    if (!host.test(value)) return 'must be a host name'
    const below = domains.some((domain) => value === domain || value.endsWith(`.${domain}`))
    if (domains.length > 0 && !below) return `must be ${domains.join(' or ')}, or a host below`
  }
  if (kind === 'url') {
    // Normal form: nothing is resolved, stripped or converted later, and no empty query swallows the rest.
    const url = URL.parse(value)
    const normal = url !== null && (url.href === value || url.href === `${value}/`)
    const plain = normal && !/[?#]/.test(value) && url.username === '' && url.password === ''
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname))
    if (!plain || !secure) {
      return 'must be an https URL (http on loopback only) in its normal form, without query'
    }
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) return `must match ${pattern}`
  return undefined
}
