import { LatchkeyError } from '../errors.ts'
import type { JsonObject } from './json.ts'

/**
 * The issuers of a provider that has one for each tenant and names the tenant in a claim. Every comparison is of whole strings, and
 * a tenant is a UUID or nothing, so that no part of an issuer is anybody's to choose.
 */
export interface TenantIssuers {
  /**
   * Whom a discovery document speaks for: one tenant, with its issuer, or where the configuration asks for no certain one, all of
   * them. Undefined: for somebody else.
   */
  speaksFor(issuer: unknown): { issuer: string; tenant?: string } | undefined
  /** The tenant whose issuer this is. */
  tenantIn(issuer: unknown): string | undefined
  /** The tenant that claims name in both places, `iss` and their own claim. */
  tenantOf(claims: JsonObject): string | undefined
  /** Whether a published key may sign for an issuer: some are of one tenant alone, and say so. */
  signsFor(key: JsonObject, issuer: unknown): boolean
}

const template = /^(https?:\/\/[^/{}?#]+\/(?:[^{}?#]+\/)?)\{([A-Za-z_]\w{0,63})\}((?:\/[^{}?#]*)?)$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * @param pattern the rule `issuerTemplate`: `https://login.example/{tid}/v2.0`
 * @param configured the provider's issuer as configured, with a word (`common`), a domain or the tenant itself in that place
 * @returns undefined where the configuration names the tenant itself: its issuer is compared as any other
 * @throws LatchkeyError `invalid_configuration`
 */
export function createTenantIssuers(pattern: string, configured: string): TenantIssuers | undefined {
  const [, before, claim, after] = template.exec(pattern) ?? []
  if (before === undefined || claim === undefined || after === undefined) {
    throw new LatchkeyError('invalid_configuration', `${pattern} is not the template of an issuer`)
  }
  const partOf = (issuer: unknown): string | undefined => {
    if (typeof issuer !== 'string' || !issuer.startsWith(before) || !issuer.endsWith(after)) return undefined
    const part = issuer.slice(before.length, issuer.length - after.length)
    return part !== '' && !part.includes('/') ? part : undefined
  }
  const asked = partOf(configured)
  if (asked === undefined) {
    throw new LatchkeyError('invalid_configuration', `the issuer ${configured} does not fit ${pattern}`)
  }
  if (uuid.test(asked.toLowerCase())) return undefined

  const tenantIn = (issuer: unknown): string | undefined => {
    const part = partOf(issuer)
    return part !== undefined && uuid.test(part) ? part : undefined
  }
  // What a document or a key says instead of a tenant: Microsoft `{tenantid}`, whatever the claim is called.
  const isOpen = (issuer: unknown): boolean =>
    issuer === `${before}{tenantid}${after}` || issuer === `${before}{${claim}}${after}`
  const asksForOne = asked.includes('.')
  return {
    tenantIn,
    speaksFor(issuer) {
      const tenant = tenantIn(issuer)
      if (tenant !== undefined && typeof issuer === 'string') return { issuer, tenant }
      return !asksForOne && (isOpen(issuer) || issuer === configured) ? { issuer: configured } : undefined
    },
    tenantOf(claims) {
      const tenant = tenantIn(claims.iss)
      return tenant !== undefined && Object.hasOwn(claims, claim) && claims[claim] === tenant
        ? tenant
        : undefined
    },
    signsFor: ({ issuer: owner }, issuer) => owner === undefined || owner === issuer || isOpen(owner),
  }
}

/** An account of one of many tenants. No tenant holds the separator. */
export const accountOf = (tenant: string, subject: string): string => `${tenant}/${subject}`
