import { describe, expect, it } from 'vitest'
import { createMetrics } from './prometheus.ts'

const nothing = { keysPublished: 0 }
const ours = async (metrics: ReturnType<typeof createMetrics>, now = nothing) => {
  const { text } = await metrics.exposition(now)
  return text.split('\n').filter((line) => line.startsWith('latchkey_') && !line.includes('_bucket'))
}
const setUp = () => createMetrics({ version: '1.2.3', providers: ['acme'] })

describe('metrics', () => {
  it('belong to one instance', async () => {
    const [one, other] = [setUp(), setUp()]
    one.vault('renewal', 'acme', 'ok')
    expect(await ours(one)).toContain('latchkey_vault_renewals_total{provider="acme",outcome="ok"} 1')
    expect((await ours(other)).join()).not.toContain('latchkey_vault_renewals_total')
  })

  it('count requests by route, method and class of status, and errors by code', async () => {
    const metrics = setUp()
    metrics.answered({ route: '/token', method: 'POST', status: 200, ms: 500, grant: 'refresh_token' })
    metrics.answered({
      ...{ route: '/token', method: 'POST', status: 400, ms: 250, grant: 'refresh_token' },
      errorCode: 'invalid_grant',
    })
    metrics.answered({ route: '/jwks', method: 'BREW', status: 405, ms: 1, errorCode: 'method_not_allowed' })
    expect(await ours(metrics)).toEqual(
      expect.arrayContaining([
        'latchkey_http_request_duration_seconds_sum{route="/token",method="POST",status="2xx"} 0.5',
        'latchkey_http_request_duration_seconds_count{route="/token",method="POST",status="4xx"} 1',
        'latchkey_http_request_duration_seconds_count{route="/jwks",method="other",status="4xx"} 1',
        'latchkey_http_errors_total{route="/token",code="invalid_grant"} 1',
        'latchkey_token_requests_total{grant="refresh_token",outcome="ok"} 1',
        'latchkey_token_requests_total{grant="refresh_token",outcome="invalid_grant"} 1',
      ]),
    )
  })

  it('have no provider that is not configured', async () => {
    const metrics = setUp()
    metrics.providerCall('stranger', 200, 10)
    metrics.providerOutcome('stranger', 'ok')
    metrics.event({
      id: 'e',
      type: 'session.created',
      time: '',
      request_id: 'r',
      data: { provider: 'stranger' },
    })
    const lines = (await ours(metrics)).join('\n')
    expect(lines).not.toContain('stranger')
    expect(lines).toContain('latchkey_sessions_created_total{provider="other"} 1')
  })

  it('tell of breakers, calls and operations', async () => {
    const metrics = setUp()
    expect(await ours(metrics)).toContain('latchkey_provider_breaker_open{provider="acme"} 0')
    metrics.breaker('acme', true)
    metrics.providerCall('acme', 'timeout', 5000)
    metrics.stored('users.find', 1)
    metrics.stored('users.find', 1, 'unavailable')
    expect(await ours(metrics)).toEqual(
      expect.arrayContaining([
        'latchkey_build_info{version="1.2.3"} 1',
        'latchkey_provider_breaker_open{provider="acme"} 1',
        'latchkey_provider_request_duration_seconds_sum{provider="acme",outcome="timeout"} 5',
        'latchkey_storage_operation_duration_seconds_count{operation="users.find"} 2',
        'latchkey_storage_errors_total{operation="users.find",code="unavailable"} 1',
      ]),
    )
  })

  it('say what is looked up when they are read, and are silent about what is not known', async () => {
    const metrics = setUp()
    const now = {
      signing: { algorithm: 'ES256', since: 5_000 },
      ...{ keysPublished: 2, outbox: { count: 3, oldestAt: 1_000 } },
    }
    const keys = [
      'latchkey_signing_key_activation_timestamp_seconds{algorithm="ES256"} 5',
      'latchkey_signing_keys_published 2',
    ]
    const outbox = [
      'latchkey_webhook_messages_waiting 3',
      'latchkey_webhook_oldest_message_timestamp_seconds 1',
    ]
    expect(await ours(metrics, now)).toEqual(expect.arrayContaining([...keys, ...outbox]))
    const later = (await ours(metrics, { keysPublished: 1 })).join('\n')
    expect(later).not.toMatch(/webhook_|activation/)
    expect(later).toContain('latchkey_signing_keys_published 1')
  })

  it('hold what Node tells of its process', async () => {
    const { text, contentType } = await setUp().exposition(nothing)
    for (const name of [
      'process_resident_memory_bytes',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_gc_duration_seconds',
    ])
      expect(text).toContain(`# TYPE ${name} `)
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  })
})
