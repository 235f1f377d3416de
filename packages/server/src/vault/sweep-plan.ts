import type { RefreshRules } from '../config/types.ts'
import type { Connection } from '../storage/index.ts'
import { fractionOf } from './freshness.ts'

const day = 86_400_000

/** Days before a hard end at which its user is warned. */
const warnings = [30, 7, 1] as const

type Facts = Pick<Connection, 'id' | 'renewable' | 'obtainedAt' | 'expiresAt' | 'hardEndsAt' | 'warnedDays'>

/** What the sweep is to do with a connection at `now`. */
export interface SweepPlan {
  /** A warning that is due and was not sent. */
  warnDays?: number
  /** It would die unused, or its end has come: the provider is asked. */
  renew: boolean
  /** It has no refresh token, and its access token is over. */
  expired: boolean
  /** When to look at it next. */
  next?: number
}

export function planSweep(facts: Facts, rules: RefreshRules, now: number): SweepPlan {
  const { hardEndsAt, renewable, expiresAt } = facts
  const due = warnings.filter((days) => hardEndsAt !== undefined && isDue(hardEndsAt, days, now)).at(-1)
  const warned = warnedFor(facts, now)
  const next = nextSweepAt({ ...facts, ...(due === undefined ? {} : { warnedDays: due }) }, rules, now)
  const unused = unusedRenewalAt(facts, rules)
  return {
    ...(due === undefined || (warned !== undefined && warned <= due) ? {} : { warnDays: due }),
    renew:
      renewable &&
      ((unused !== undefined && now >= unused) || (hardEndsAt !== undefined && now >= hardEndsAt)),
    expired: !renewable && expiresAt !== undefined && now >= expiresAt,
    ...(next === undefined ? {} : { next }),
  }
}

/** When the sweep is to look at a connection next, after `now`. Undefined: never. */
export function nextSweepAt(facts: Facts, rules: RefreshRules, now: number): number | undefined {
  const { hardEndsAt, renewable, expiresAt } = facts
  const moments = [
    ...(hardEndsAt === undefined ? [] : [...warnings.map((days) => hardEndsAt - days * day), hardEndsAt]),
    unusedRenewalAt(facts, rules),
    renewable ? undefined : expiresAt,
  ].filter((moment) => moment !== undefined && moment > now)
  return moments.length === 0 ? undefined : Math.min(...moments.map(Number))
}

const isDue = (hardEndsAt: number, days: number, now: number): boolean =>
  now >= hardEndsAt - days * day && now < hardEndsAt

/** A warning is sent when the upkeep comes by, some time after its moment; an end that is told anew each time jitters. */
const slackMs = 3_600_000

/** Whether the last warning is one of the end as it is now told; else it is forgotten. */
export function warningHolds({ hardEndsAt, warnedDays }: Facts, now: number): boolean {
  return (
    warnedDays === undefined || (hardEndsAt !== undefined && now >= hardEndsAt - warnedDays * day - slackMs)
  )
}

/** The last warning, unless it was of an earlier end: a provider may have moved the end on since. */
function warnedFor({ hardEndsAt, warnedDays }: Facts, now: number): number | undefined {
  if (hardEndsAt === undefined || warnedDays === undefined) return
  return isDue(hardEndsAt, warnedDays, now) ? warnedDays : undefined
}

/**
 * Three quarters to seven eighths into its unused life, each connection at its own moment. Where an access token is what renews
 * it, that life is the token's own, should it be the shorter.
 */
function unusedRenewalAt(
  { id, renewable, obtainedAt, expiresAt }: Facts,
  { endsUnusedAfterDays, renewsItself }: RefreshRules,
): number | undefined {
  if (!renewable) return
  const lives = [
    ...(endsUnusedAfterDays === undefined ? [] : [endsUnusedAfterDays * day]),
    ...(renewsItself === undefined || expiresAt === undefined ? [] : [expiresAt - obtainedAt]),
  ]
  if (lives.length === 0) return
  return Math.floor(obtainedAt + Math.min(...lives) * (0.75 + fractionOf(id) / 8))
}
