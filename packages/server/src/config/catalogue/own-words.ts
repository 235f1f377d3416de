import { whyNoSignIn } from '@latchkey/providers'
import type { Finding } from '../findings.ts'
import { nearest } from '../nearest.ts'
import { type Path, valueAt } from '../path.ts'
import { expandEntry } from './expand.ts'
import { addedTo } from './lay-over.ts'
import { type KnownProvider, type LookedUp, tenantKeys } from './look-up.ts'

/**
 * What was found in providers that the catalogue wrote out, in words of what the configuration itself says. What is
 * found where nothing could be written out is a consequence, and left out.
 */
export function inOwnWords(findings: readonly Finding[], { value, known }: LookedUp): Finding[] {
  return findings.flatMap((finding) => {
    const [room, key, ...inner] = finding.path
    if (room !== 'providers' || typeof key !== 'string') return [finding]
    if (valueAt(value, ['providers', key]) === null) return []
    const provider = known.get(key)
    return provider === undefined || inner.length === 0
      ? [finding]
      : [ofProvider(finding, key, inner, provider)]
  })
}

function ofProvider(finding: Finding, key: string, inner: Path, provider: KnownProvider): Finding {
  const { entry, own, expanded } = provider
  const [field = ''] = inner
  if (finding.problem === 'is not a known key' && inner.length === 1) {
    const meant = nearest(String(field), tenantKeys(entry))
    return meant === undefined ? finding : { ...finding, remedy: `did you mean "${meant}"?` }
  }
  const nobody = expanded.identity_from === 'nothing' || expanded.shared_account === true
  if (field === 'sign_in' && (nobody || provesNothing(provider))) return signsNobodyIn(key, provider)
  const mine = shifted(inner, offsetOf(String(field), provider))
  if (valueAt(own, mine) !== undefined) return { ...finding, path: ['providers', key, ...mine] }
  const missing = valueAt(expanded, inner) === undefined
  if (missing) return registered(finding, inner, entry)
  return {
    path: ['providers', key],
    problem: `does not fit what the catalogue says of ${entry.name}: "${inner.join('.')}" ${finding.problem}`,
    remedy: `write ${JSON.stringify(field)} here, which comes before the catalogue's: ${finding.remedy}`,
  }
}

/** OAuth Core 1.0, where the configuration does not say otherwise. */
const provesNothing = ({ entry, expanded }: KnownProvider): boolean =>
  entry.oauth1?.unsafeVersion10 === true && expanded.unsafe_version_10 === true

/** The catalogue has no way to tell people apart there, or to tell that safely: accounts can be connected. */
function signsNobodyIn(key: string, { entry, own }: KnownProvider): Finding {
  const because = whyNoSignIn(entry)?.replace(/\.$/, '')
  const cannot = `${entry.name} signs nobody in${because === undefined ? '' : `: ${because}`}`
  if (own.sign_in === true) {
    const remedy = 'take it out, and set "connect": true to have accounts connected'
    return { path: ['providers', key, 'sign_in'], problem: `is on, and ${cannot}`, remedy }
  }
  const problem = `is not on, and ${cannot}`
  return {
    path: ['providers', key, 'connect'],
    problem,
    remedy: 'set "connect": true, or take the provider out',
  }
}

/** Where what is missing comes from. */
function registered(finding: Finding, inner: Path, { links, name }: KnownProvider['entry']): Finding {
  const credential = /^(client|consumer)_(id|key|secret)$/.test(String(inner[0]))
  if (!credential || inner.length !== 1 || links.console === undefined) return finding
  return { ...finding, remedy: `copy it from the registration at ${name}, ${links.console}` }
}

/** In lists that grow, the catalogue's elements come first. */
function offsetOf(field: string, { entry, own }: KnownProvider): number {
  if (!addedTo.has(field) || !Array.isArray(own[field])) return 0
  const before = expandEntry(entry)[field]
  return Array.isArray(before) ? before.length : 0
}

const shifted = ([field, index, ...rest]: Path, offset: number): Path => {
  if (field === undefined) return []
  if (index === undefined) return [field]
  return [field, typeof index === 'number' ? index - offset : index, ...rest]
}
