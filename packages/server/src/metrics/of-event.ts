import type { LatchkeyEvent } from '../config/types.ts'

/** A counter that goes up by one. */
export interface Count {
  name:
    | 'events_total'
    | 'sign_ins_total'
    | 'sessions_created_total'
    | 'sessions_ended_total'
    | 'refresh_token_reuse_total'
  labels: Record<string, string>
}

/** What an event counts for. Of its data only ids of the configuration and words of ours are read. */
export function countsOf({ type, data }: Pick<LatchkeyEvent, 'type' | 'data'>): Count[] {
  return [{ name: 'events_total', labels: { type } }, ...further(type, data)]
}

function further(type: string, data: Record<string, unknown>): Count[] {
  const provider = word(data.provider)
  switch (type) {
    case 'user.signed_in':
      return [{ name: 'sign_ins_total', labels: { provider, outcome: 'ok' } }]
    case 'sign_in.failed':
      return [{ name: 'sign_ins_total', labels: { provider, outcome: word(data.error) } }]
    case 'session.created':
      return [{ name: 'sessions_created_total', labels: { provider } }]
    case 'session.revoked':
      return [{ name: 'sessions_ended_total', labels: { reason: word(data.reason) } }]
    case 'session.reuse_detected':
      return [
        { name: 'refresh_token_reuse_total', labels: {} },
        { name: 'sessions_ended_total', labels: { reason: 'refresh_token_reused' } },
      ]
    default:
      return []
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? value : 'other')
