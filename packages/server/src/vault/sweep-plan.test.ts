import { describe, expect, it } from 'vitest'
import { expiringMs } from './status.ts'
import { nextSweepAt, planSweep, warningHolds } from './sweep-plan.ts'

const day = 86_400_000
const rules = { narrowsScopes: false }
const unused = { narrowsScopes: false, endsUnusedAfterDays: 100 }
const facts = { id: 'con_1', renewable: true, obtainedAt: 0 }
const ending = { ...facts, hardEndsAt: 100 * day }

describe('when the upkeep looks at a connection next', () => {
  it.each<[string, Parameters<typeof nextSweepAt>, number | undefined]>([
    ['nothing ends', [facts, rules, 0], undefined],
    ['30 days before the end', [ending, rules, 0], 70 * day],
    ['then 7', [ending, rules, 70 * day], 93 * day],
    ['then 1', [ending, rules, 93 * day], 99 * day],
    ['then the end', [ending, rules, 99 * day], 100 * day],
    ['then no more', [ending, rules, 100 * day], undefined],
    ['an end in 3 days: nothing at once', [{ ...facts, hardEndsAt: 3 * day }, rules, 0], 2 * day],
    [
      'no refresh token: the access token’s end',
      [{ ...facts, renewable: false, expiresAt: day }, rules, 0],
      day,
    ],
    ['a refresh token: its end is nobody’s business', [{ ...facts, expiresAt: day }, rules, 0], undefined],
  ])('%s', (_, given, expected) => {
    expect(nextSweepAt(...given)).toBe(expected)
  })

  it('before it would die unused, each at its own moment', () => {
    const moments = ['con_1', 'con_2', 'con_3'].map((id) => nextSweepAt({ ...facts, id }, unused, 0) ?? 0)
    for (const moment of moments) expect(moment >= 75 * day && moment <= 87.5 * day).toBe(true)
    expect(new Set(moments).size).toBe(3)
  })
})

describe('a warning that was sent', () => {
  const warned = { ...ending, warnedDays: 7 }
  it.each<[string, Parameters<typeof warningHolds>, boolean]>([
    ['holds when there was none', [ending, 0], true],
    ['holds while the end is near', [warned, 94 * day], true],
    [
      'holds when the end was told anew with a jitter',
      [{ ...warned, hardEndsAt: 100 * day + 1_000 }, 93 * day],
      true,
    ],
    ['is of an earlier end when this one is far', [warned, 92 * day], false],
    ['is of an earlier end when there is none', [{ ...facts, warnedDays: 7 }, 92 * day], false],
  ])('%s', (_, given, expected) => {
    expect(warningHolds(...given)).toBe(expected)
  })
})

describe('what the upkeep does', () => {
  it('warns for the first time when a connection begins to count as expiring', () => {
    expect(planSweep(ending, rules, 100 * day - expiringMs)).toMatchObject({ warnDays: 30 })
  })

  it.each<[string, Parameters<typeof planSweep>, object]>([
    ['warns 30 days before', [ending, rules, 70 * day], { warnDays: 30, next: 93 * day }],
    ['warns once', [{ ...ending, warnedDays: 30 }, rules, 71 * day], { next: 93 * day }],
    [
      'warns 7 days before',
      [{ ...ending, warnedDays: 30 }, rules, 93 * day],
      { warnDays: 7, next: 99 * day },
    ],
    ['warns 1 day before', [{ ...ending, warnedDays: 7 }, rules, 99 * day], { warnDays: 1, next: 100 * day }],
    ['after long silence, with the nearest', [ending, rules, 99.5 * day], { warnDays: 1, next: 100 * day }],
    [
      'warns anew of an end that was moved on',
      [{ ...ending, warnedDays: 1 }, rules, 70 * day],
      { warnDays: 30, next: 93 * day },
    ],
    ['asks the provider at the end', [{ ...ending, warnedDays: 1 }, rules, 100 * day], { renew: true }],
    ['nothing to warn of', [facts, rules, 70 * day], {}],
    ['notes what is over', [{ ...facts, renewable: false, expiresAt: day }, rules, day], { expired: true }],
    ['leaves what lives', [{ ...facts, renewable: false, expiresAt: day }, rules, day - 1], { next: day }],
  ])('%s', (_, given, expected) => {
    expect(planSweep(...given)).toEqual({ renew: false, expired: false, ...expected })
  })

  it('renews what would die unused', () => {
    const at = nextSweepAt(facts, unused, 0) ?? 0
    expect(planSweep(facts, unused, at - 1)).toMatchObject({ renew: false, next: at })
    expect(planSweep(facts, unused, at)).toMatchObject({ renew: true })
    expect(planSweep({ ...facts, renewable: false }, unused, at)).toMatchObject({ renew: false })
  })

  it.each([
    ['where nothing else is known', { narrowsScopes: false, renewsItself: true as const }],
    ['where it ends before the rest does', { ...unused, renewsItself: true as const }],
  ])('renews an access token that renews itself before it ends, %s', (_, rules_) => {
    const token = { ...facts, expiresAt: 60 * day }
    const at = nextSweepAt(token, rules_, 0) ?? 0
    expect(at >= 45 * day && at <= 52.5 * day).toBe(true)
    expect(planSweep(token, rules_, at - 1)).toMatchObject({ renew: false, next: at })
    expect(planSweep(token, rules_, at)).toMatchObject({ renew: true })
    expect(nextSweepAt(token, rules, 0)).toBeUndefined()
  })
})
