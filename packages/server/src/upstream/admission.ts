import { domainToASCII } from 'node:url'
import type { AnyProviderConfig } from '../config/types.ts'
import type { IdentityClaims } from './claims.ts'
import { UpstreamError } from './contract.ts'
import { atPath } from './profile.ts'
import { forLogs } from './text.ts'

export type AdmissionRules = Pick<AnyProviderConfig, 'requireClaims' | 'allowedEmailDomains'>

/**
 * Whether somebody belongs to the domain or organisation that the provider is restricted to. Judged by what has been
 * verified, after every other check: a hint in the request restricts nothing.
 *
 * @param sources what the provider said, the most trustworthy first: a claim is taken from the first that has it
 * @throws UpstreamError `access_denied`: `claim_not_allowed`, `email_domain_not_allowed`
 */
export function checkAdmission(sources: unknown[], identity: IdentityClaims, rules: AdmissionRules): void {
  for (const [name, allowed] of Object.entries(rules.requireClaims)) {
    const claim = sources.map((source) => claimOf(source, name)).find((value) => value !== undefined)
    const values: unknown[] = Array.isArray(claim) ? claim : [claim]
    if (!values.some((value) => allowed.some((one) => one === value))) {
      throw new UpstreamError('access_denied', 'claim_not_allowed', { detail: forLogs([name]) })
    }
  }
  if (rules.allowedEmailDomains === undefined) return
  // `person` has seen to it that there is one `@`, and that what it had to normalise is not verified.
  const domain = identity.emailVerified ? identity.email?.split('@')[1] : undefined
  if (domain === undefined || !rules.allowedEmailDomains.includes(asciiDomain(domain))) {
    throw new UpstreamError('access_denied', 'email_domain_not_allowed')
  }
}

/** Whether a claim that is required has to be looked for elsewhere. */
export const lacksRequired = (source: unknown, { requireClaims }: AdmissionRules): boolean =>
  Object.keys(requireClaims).some((name) => claimOf(source, name) === undefined)

/** A name as it stands, since names of claims may be addresses; else a path, with dots where objects nest. */
function claimOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined
  return Object.getOwnPropertyDescriptor(source, name)?.value ?? atPath(source, name)
}

/** Domains in the one form in which they are compared: ASCII (UTS 46), lower case. '' for what is none. */
export const asciiDomain = (domain: string): string => domainToASCII(domain).toLowerCase()
