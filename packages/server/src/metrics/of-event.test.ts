import { describe, expect, it } from 'vitest'
import { countsOf } from './of-event.ts'

describe('countsOf', () => {
  it.each([
    ['user.signed_in', { provider: 'acme' }, [['sign_ins_total', { provider: 'acme', outcome: 'ok' }]]],
    [
      'sign_in.failed',
      { provider: 'acme', error: 'access_denied' },
      [['sign_ins_total', { provider: 'acme', outcome: 'access_denied' }]],
    ],
    ['session.created', { provider: 'acme' }, [['sessions_created_total', { provider: 'acme' }]]],
    ['session.revoked', { reason: 'signed_out' }, [['sessions_ended_total', { reason: 'signed_out' }]]],
    [
      'session.reuse_detected',
      {},
      [
        ['refresh_token_reuse_total', {}],
        ['sessions_ended_total', { reason: 'refresh_token_reused' }],
      ],
    ],
    ['user.created', { provider: 'acme' }, []],
    ['session.revoked', { reason: 7 }, [['sessions_ended_total', { reason: 'other' }]]],
  ])('%s %j', (type, data, further) => {
    const counts = countsOf({ type, data }).map(({ name, labels }) => [name, labels])
    expect(counts).toEqual([['events_total', { type }], ...further])
  })

  it('X06 reads nothing of an event that could name somebody', () => {
    const data = {
      session_id: 'canary',
      client_id: 'canary',
      subject: 'canary',
      provider: 'acme',
      error: 'x',
    }
    for (const type of ['user.signed_in', 'sign_in.failed', 'session.created', 'session.reuse_detected'])
      expect(JSON.stringify(countsOf({ type, data }))).not.toContain('canary')
  })
})
