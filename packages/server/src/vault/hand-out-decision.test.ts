import { describe, expect, it } from 'vitest'
import type { Connection } from '../storage/index.ts'
import { decideHandOut } from './hand-out-decision.ts'

type Row = Parameters<typeof decideHandOut>[0]

const end = 3_600_000
const renewal: Connection['renewal'] = { fence: 1, failures: 0 }
const row: Row = { id: 'con_1', obtainedAt: 0, expiresAt: end, renewable: true, renewal }
const resting = (retryAt: number, failure = 'outage'): Row => ({
  ...row,
  renewal: { ...renewal, failures: 1, failure, retryAt },
})
const give = (renewBehind = false) => ({ kind: 'give', renewBehind })
const needs = (reason: string, mark: boolean) => ({ kind: 'needs_reconnect', reason, mark })
/** Just before it is short: every connection ages by then. */
const ageing = end - 60_001

describe('what whoever asks for a token gets', () => {
  it.each<[string, Row, number, object]>([
    ['fresh', row, 0, give()],
    ['ageing: it is renewed behind', row, ageing, give(true)],
    ['ageing, and the provider rests', resting(end), ageing, give()],
    ['short', row, end - 60_000, { kind: 'renew' }],
    ['short, and the provider rests', resting(end), end - 60_000, give()],
    ['short, and the rest is over', resting(end - 60_000), end - 60_000, { kind: 'renew' }],
    ['over', row, end, { kind: 'renew' }],
    [
      'over, and the provider rests',
      resting(end + 5),
      end,
      { kind: 'wait', failure: 'outage', retryAt: end + 5 },
    ],
    [
      'over, limited',
      resting(end + 5, 'rate_limit'),
      end,
      { kind: 'wait', failure: 'rate_limit', retryAt: end + 5 },
    ],
    ['not renewable, alive', { ...row, renewable: false }, end - 1, give()],
    ['not renewable, over', { ...row, renewable: false }, end, needs('expired', true)],
    [
      'broken, though the token lives',
      { ...row, needsReconnect: { reason: 'revoked', since: 1 } },
      5,
      needs('revoked', false),
    ],
  ])('%s', (_, one, now, expected) => {
    expect(decideHandOut(one, now)).toEqual(expected)
  })

  it('a token without an end is given, renewable or not', () => {
    const { expiresAt: _, ...endless } = row
    for (const renewable of [true, false])
      expect(decideHandOut({ ...endless, renewable }, end)).toEqual(give())
  })

  it('a short token is given once its renewal was tried', () => {
    expect(decideHandOut(row, end - 1, { tried: true })).toEqual(give())
    expect(decideHandOut(row, end, { tried: true })).toEqual({ kind: 'renew' })
  })
})
