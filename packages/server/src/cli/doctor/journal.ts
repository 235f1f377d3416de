import type { ProviderOutcome } from '../../storage/index.ts'
import { time } from '../print.ts'
import { about, type Finding } from './finding.ts'
import { remedyFor } from './remedies.ts'

/** Milliseconds after which a failure that has passed is no news. */
const recent = 7 * 24 * 3_600_000

/** Failures that pass by themselves, or that people bring about. */
export const outages: ReadonlySet<string> = new Set([
  ...['aborted', 'breaker_open', 'callback_error', 'connection', 'dns', 'provider_5xx', 'rate_limited'],
  ...['refused', 'timeout', 'too_many_calls'],
])
const everyday = new Set(['invalid_grant'])

/** How it went with a provider, by what the servers have noted. */
export function journalFindings(
  provider: string,
  outcomes: readonly ProviderOutcome[],
  now: number,
): Finding[] {
  const { ok, warn, fail, unverifiable } = about('provider answers', provider)
  const own = outcomes.filter((row) => row.provider === provider)
  const good = own.find(({ outcome }) => outcome === 'ok')
  const since = good?.lastAt ?? 0
  const bad = own.filter(
    ({ outcome, lastAt }) => outcome !== 'ok' && !everyday.has(outcome) && lastAt > now - recent,
  )
  const findings = bad
    .toSorted((one, other) => other.lastAt - one.lastAt)
    .map(({ outcome, count, lastAt }) => {
      const seen = `${outcome}, ${count} times, last ${time(lastAt)}`
      if (lastAt < since) return warn(`${seen}; it has worked again since`, remedyFor(outcome))
      return outages.has(outcome)
        ? warn(seen, 'it could not be reached; that passes, or see its status page')
        : fail(`${seen}; nothing has worked since`, remedyFor(outcome))
    })
  if (good !== undefined) return [ok(`${good.count} went well, the last ${time(good.lastAt)}`), ...findings]
  return findings.length > 0 ? findings : [unverifiable('nothing has been asked of it yet')]
}
