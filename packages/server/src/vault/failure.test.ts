import { describe, expect, it } from 'vitest'
import { UpstreamError } from '../upstream/index.ts'
import { backOff } from './back-off.ts'
import { judgeFailure } from './failure.ts'

const away = (reason: string, options = {}) => new UpstreamError('temporarily_unavailable', reason, options)
const fault = (reason: string) => new UpstreamError('provider_error', reason)

describe('what a failed renewal means', () => {
  it.each<[unknown, object]>([
    [fault('invalid_grant'), { kind: 'revoked' }],
    [fault('invalid_client'), { kind: 'settings', mayBeSpent: false }],
    [fault('unauthorized_client'), { kind: 'settings', mayBeSpent: false }],
    [fault('invalid_scope'), { kind: 'settings', mayBeSpent: false }],
    [fault('unsupported_grant_type'), { kind: 'settings', mayBeSpent: false }],
    [fault('blocked_address'), { kind: 'settings', mayBeSpent: false }],
    [away('rate_limited'), { kind: 'rate_limit', mayBeSpent: false }],
    [
      away('rate_limited', { retryAfterMs: 7_000 }),
      { kind: 'rate_limit', mayBeSpent: false, retryAfterMs: 7_000 },
    ],
    [away('provider_5xx'), { kind: 'outage', mayBeSpent: true }],
    [
      away('provider_5xx', { retryAfterMs: 7_000 }),
      { kind: 'outage', mayBeSpent: true, retryAfterMs: 7_000 },
    ],
    [away('timeout'), { kind: 'outage', mayBeSpent: true }],
    [away('connection'), { kind: 'outage', mayBeSpent: true }],
    [away('refused'), { kind: 'outage', mayBeSpent: false }],
    [away('dns'), { kind: 'outage', mayBeSpent: false }],
    [away('breaker_open'), { kind: 'outage', mayBeSpent: false }],
    [fault('token_malformed'), { kind: 'settings', mayBeSpent: true }],
    [fault('token_type'), { kind: 'settings', mayBeSpent: true }],
    [fault('refresh_identity'), { kind: 'settings', mayBeSpent: true }],
    // A page instead of an answer: maintenance, or something in between.
    [fault('token_status'), { kind: 'outage', mayBeSpent: true }],
    [fault('token_not_json'), { kind: 'outage', mayBeSpent: true }],
    [fault('token_error'), { kind: 'outage', mayBeSpent: false }],
    [new TypeError('a bug'), { kind: 'outage', mayBeSpent: true }],
    ['thrown', { kind: 'outage', mayBeSpent: true }],
  ])('%s', (error, expected) => {
    expect(judgeFailure(error)).toEqual(expected)
  })
})

describe('how long a provider is left alone', () => {
  const longest = { random: () => 0 }
  it.each([
    ['outage', [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]],
    ['settings', [300, 600, 1200, 2400, 3600, 3600]],
    ['rate_limit', [60, 120, 240, 480, 900, 900]],
  ] as const)('%s', (kind, waits) => {
    expect(waits.map((_, failures) => backOff(kind, failures, longest) / 1000)).toEqual(waits)
    expect(backOff(kind, 5_000, longest) / 1000).toBe(waits.at(-1))
  })

  it('as long as it asks for, and not all of them at the same time', () => {
    expect(backOff('rate_limit', 3, { retryAfterMs: 10_000, ...longest })).toBe(10_000)
    expect(backOff('rate_limit', 3, { retryAfterMs: 10_000, random: () => 1 })).toBe(12_500)
    expect(backOff('outage', 0, { random: () => 1 })).toBe(1_500)
  })
})
